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

/// The end of the stylesheet: the colours of buttons, of what stands on them, and of links.
pub(super) fn stylesheet(accent: Colour, accent_dark: Colour) -> String {
    let light = variables(accent, LIGHT, BLACK, LINK[0]);
    let dark = variables(accent_dark, DARK, WHITE, LINK[1]);
    format!("\n:root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n")
}

/// A tick on the brand's colour: the icon of the window.
pub(super) fn icon(accent: Colour) -> String {
    let on = on(accent);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"8\" fill=\"{}\"/><path d=\"m9 16.5 5 5 9.5-11\" fill=\"none\" stroke=\"{}\" stroke-width=\"3.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>",
        hex(accent),
        hex(on)
    )
}

/// What is read on this colour: white where it can be.
fn on(fill: Colour) -> Colour {
    if contrast(WHITE, fill) >= TEXT { WHITE } else { BLACK }
}

fn variables(accent: Colour, grounds: [Colour; 2], away: Colour, links: f64) -> String {
    let fill = readable(accent, grounds, away, SHAPE);
    let link = readable(accent, grounds, away, links);
    format!("--accent: {}; --on-accent: {}; --link: {};", hex(fill), hex(on(fill)), hex(link))
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

fn hex(Colour(red, green, blue): Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
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
        let said = stylesheet(Colour(0x1f, 0x5f, 0xbf), Colour(0x8d, 0xb8, 0xff));
        assert!(said.contains("--accent: #1f5fbf; --on-accent: #ffffff; --link: #1f5fbf;"), "{said}");
        assert!(said.contains("--accent: #8db8ff; --on-accent: #000000; --link: #8db8ff;"), "{said}");
    }

    #[test]
    fn the_grounds_are_those_of_the_stylesheet() {
        for ground in LIGHT.into_iter().chain(DARK) {
            let hex = hex(ground).replace("#ffffff", "#fff");
            assert!(super::super::CSS.contains(&format!(": {hex};")), "{hex}");
        }
    }
}
