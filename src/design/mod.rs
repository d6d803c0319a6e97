//! One design for pages and e-mails: the brand's colour so that everybody can read it, and the helpdesk's words with links.

pub mod palette;
pub mod support;

pub use palette::{Palette, Tones};
pub use support::Piece;
