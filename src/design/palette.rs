//! The brand's colour as buttons and links: moved towards black or white until everybody can read it (WCAG 2.2, 1.4.3 and
//! 1.4.11).

use crate::config::settings::Colour;

/// What the colour stands on: the card, and the page around it (`static/gate.css`).
const LIGHT: [Colour; 2] = [Colour(0xff, 0xff, 0xff), Colour(0xf1, 0xf3, 0xf6)];
const DARK: [Colour; 2] = [Colour(0x17, 0x1e, 0x26), Colour(0x0e, 0x13, 0x18)];
const BLACK: Colour = Colour(0, 0, 0);
const WHITE: Colour = Colour(0xff, 0xff, 0xff);
/// Contrast of text, of links in light and in dark, where thin letters are read less well, and of the shape of a button.
const TEXT: f64 = 4.5;
const LINK: [f64; 2] = [4.5, 6.0];
const SHAPE: f64 = 3.0;

/// The brand's colour in light and in dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// On light grounds.
    pub light: Tones,
    /// On dark ones.
    pub dark: Tones,
}

/// What the brand's colour is on grounds of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tones {
    /// Shapes: buttons, frames.
    pub accent: Colour,
    /// What is read on such a shape.
    pub on_accent: Colour,
    /// Text: links.
    pub link: Colour,
}

impl Palette {
    /// From `brand.accent` and `brand.accent_dark`.
    pub fn new(accent: Colour, accent_dark: Colour) -> Self {
        Self { light: tones(accent, LIGHT, BLACK, LINK[0]), dark: tones(accent_dark, DARK, WHITE, LINK[1]) }
    }
}

fn tones(colour: Colour, grounds: [Colour; 2], away: Colour, links: f64) -> Tones {
    let accent = readable(colour, grounds, away, SHAPE);
    Tones { accent, on_accent: on(accent), link: readable(colour, grounds, away, links) }
}

/// What is read on this colour: white where it can be.
pub fn on(fill: Colour) -> Colour {
    if contrast(WHITE, fill) >= TEXT { WHITE } else { BLACK }
}

/// The colour, as far away from these grounds as it must be.
fn readable(colour: Colour, grounds: [Colour; 2], away: Colour, wanted: f64) -> Colour {
    let steps = (0..=32).map(|step| mix(colour, away, step));
    steps.into_iter().find(|c| grounds.iter().all(|ground| contrast(*c, *ground) >= wanted)).unwrap_or(away)
}

/// So many thirty-seconds of the way from one colour to the other.
fn mix(from: Colour, to: Colour, step: u16) -> Colour {
    let part = |from: u8, to: u8| ((u16::from(from) * (32 - step) + u16::from(to) * step) / 32) as u8;
    Colour(part(from.0, to.0), part(from.1, to.1), part(from.2, to.2))
}

/// The contrast ratio of WCAG: from 1 to 21.
fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(Colour(red, green, blue): Colour) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_can_be_read_in_light_and_dark() {
        assert!((contrast(BLACK, WHITE) - 21.0).abs() < 0.01 && (contrast(Colour(0x77, 0x77, 0x77), WHITE) - 4.48).abs() < 0.01);
        // Six steps of each part.
        for n in 0..216_u8 {
            let accent = Colour(n / 36 * 51, n / 6 % 6 * 51, n % 6 * 51);
            for (grounds, away) in [(LIGHT, BLACK), (DARK, WHITE)] {
                let fill = readable(accent, grounds, away, SHAPE);
                let on = on(fill);
                let link = readable(accent, grounds, away, TEXT);
                assert!(contrast(fill, on) >= TEXT && grounds.iter().all(|g| contrast(fill, *g) >= SHAPE), "{accent:?}");
                assert!(grounds.iter().all(|g| contrast(link, *g) >= TEXT), "{accent:?}");
            }
        }
    }

    #[test]
    fn a_readable_accent_stays_as_it_is() {
        let (blue, pale) = (Colour(0x1f, 0x5f, 0xbf), Colour(0x8d, 0xb8, 0xff));
        let palette = Palette::new(blue, pale);
        assert_eq!(palette.light, Tones { accent: blue, on_accent: WHITE, link: blue });
        assert_eq!(palette.dark, Tones { accent: pale, on_accent: BLACK, link: pale });
    }

    #[test]
    fn the_grounds_are_those_of_the_stylesheet() {
        for ground in LIGHT.into_iter().chain(DARK) {
            let hex = ground.to_string().replace("#ffffff", "#fff");
            assert!(include_str!("../../static/gate.css").contains(&format!(": {hex};")), "{hex}");
        }
    }
}
