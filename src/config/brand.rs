//! `[brand]`: how the gate's own pages look. Files are read here, once; what a page can't show is a mistake.

use super::reader::{Item, Section};
use super::settings::{Brand, Colour, Logo};
use crate::words::{Language, Languages};

/// A logo comes with every page, over slow networks too.
const LOGO_MAX: usize = 64 * 1024;
/// So does an own stylesheet.
const STYLESHEET_MAX: usize = 64 * 1024;
/// Blue: safe for eyes that see no red or green.
const ACCENT: Colour = Colour(0x1f, 0x5f, 0xbf);

/// Reads the section; `host` is the name of a brand without one.
pub(super) fn brand(section: &Section<'_>, host: Option<&str>) -> Brand {
    let name = section.text("name");
    if name.as_deref().is_some_and(|n| n.contains(':') || n.trim().is_empty()) {
        section.fault("name", "authenticator apps can't show this name; write one without a colon");
    }
    let accent = section.get("accent").and_then(|item| colour(&item)).unwrap_or(ACCENT);
    let brand = Brand {
        name: name.unwrap_or_else(|| host.unwrap_or("mfa-gate").to_owned()),
        support: section.text("support"),
        languages: languages(section),
        logo: section.get("logo").and_then(|item| logo(&item)),
        accent,
        accent_dark: section.get("accent_dark").and_then(|item| colour(&item)).unwrap_or(accent),
        stylesheet: section.get("stylesheet").and_then(|item| stylesheet(&item)),
    };
    section.finish();
    brand
}

/// `language` and `languages` of `[brand]`.
fn languages(section: &Section<'_>) -> Languages {
    let read = |key: &str, tag: &str| {
        let language = Language::of(tag);
        if language.is_none() {
            let all: Vec<&str> = Language::all().map(Language::tag).collect();
            section.fault(key, format!("the gate doesn't speak {tag:?}; write some of {}", all.join(", ")));
        }
        language
    };
    let own = section.text("language").and_then(|tag| read("language", &tag));
    let offered: Vec<Language> = section.texts("languages").iter().filter_map(|tag| read("languages", tag)).collect();
    match own {
        Some(own) if !offered.is_empty() && !offered.contains(&own) => {
            section.fault("languages", format!("{:?} is this site's own language; add it", own.tag()));
            Languages::default()
        }
        _ if offered.is_empty() => Languages::new(Language::all().collect(), own.unwrap_or_default()),
        _ => {
            let english = Some(Language::ENGLISH).filter(|english| offered.contains(english));
            let fallback = own.or(english).unwrap_or(offered[0]);
            Languages::new(offered, fallback)
        }
    }
}

/// `#1f5fbf` or `#15b`.
fn colour(item: &Item<'_>) -> Option<Colour> {
    let text = item.text()?;
    let read = text.strip_prefix('#').filter(|hex| hex.is_ascii()).and_then(|hex| {
        let part = |at: usize, len: usize| u8::from_str_radix(hex.get(at..at + len)?, 16).ok();
        match hex.len() {
            3 => Some(Colour(part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17)),
            6 => Some(Colour(part(0, 2)?, part(2, 2)?, part(4, 2)?)),
            _ => None,
        }
    });
    if read.is_none() {
        item.fault(format!("found {text:?}; write a colour such as \"#1f5fbf\""));
    }
    read
}

/// Bytes of a file that every page brings along.
fn file(item: &Item<'_>, max: usize) -> Option<Vec<u8>> {
    let name = item.text()?;
    match std::fs::read(item.base().join(&name)) {
        Ok(bytes) if bytes.len() > max => {
            item.fault(format!("{name} has {} bytes, and pages take {max} at most; make it smaller", bytes.len()));
            None
        }
        Ok(bytes) => Some(bytes),
        Err(e) => {
            item.fault(format!("{name} can't be read: {e}"));
            None
        }
    }
}

/// What the file is, its first bytes say.
fn logo(item: &Item<'_>) -> Option<Logo> {
    let bytes = file(item, LOGO_MAX)?;
    let has_svg = || std::str::from_utf8(&bytes).is_ok_and(|text| text.trim_start().starts_with('<') && text.contains("<svg"));
    let kind = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ if has_svg() => "image/svg+xml",
        _ => {
            item.fault("this is no picture that every browser shows; write the name of an SVG, PNG, JPEG or WebP file");
            return None;
        }
    };
    Some(Logo { bytes: bytes.into(), kind })
}

fn stylesheet(item: &Item<'_>) -> Option<String> {
    let text = String::from_utf8(file(item, STYLESHEET_MAX)?).ok();
    if text.is_none() {
        item.fault("this file is no text; write the name of a stylesheet in UTF-8");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::reader::Reader;
    use super::*;

    /// What is read of these lines, and the mistakes in them.
    fn read(text: &str, base: &Path) -> (Brand, Vec<String>) {
        let reader = Reader::new(text, base);
        let root = reader.root().unwrap();
        let brand = brand(&Section::new(&reader, "brand", root.span(), Some(root.get_ref())), Some("host"));
        drop(root);
        let said = reader.into_problems().into_iter().map(|p| format!("{}: {}", p.key, p.message)).collect();
        (brand, said)
    }

    #[test]
    fn colours_and_pictures_are_read_and_everything_else_is_a_mistake() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("logo.svg"), "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>")
            .unwrap();
        std::fs::write(dir.path().join("page.html"), "<html>").unwrap();
        std::fs::write(dir.path().join("large.png"), [0x89, b'P', b'N', b'G'].repeat(20_000)).unwrap();
        std::fs::write(dir.path().join("own.css"), "main { border: 0 }").unwrap();
        let (brand, said) = read("accent = \"#0a7\"\nlogo = \"logo.svg\"\nstylesheet = \"own.css\"", dir.path());
        assert!(said.is_empty(), "{said:?}");
        assert_eq!((brand.accent, brand.accent_dark), (Colour(0, 0xaa, 0x77), Colour(0, 0xaa, 0x77)));
        assert_eq!(brand.logo.unwrap().kind, "image/svg+xml");
        assert_eq!(brand.stylesheet.as_deref(), Some("main { border: 0 }"));
        for (text, wanted) in [
            ("accent = \"blue\"", "brand.accent: found \"blue\"; write a colour such as \"#1f5fbf\""),
            ("accent = \"#12345\"", "write a colour"),
            ("accent = \"#ééé\"", "write a colour"),
            ("logo = \"page.html\"", "an SVG, PNG, JPEG or WebP file"),
            ("logo = \"large.png\"", "has 80000 bytes, and pages take 65536 at most"),
            ("logo = \"none.svg\"", "none.svg can't be read"),
            ("stylesheet = \"large.png\"", "make it smaller"),
            ("name = \"a:b\"", "without a colon"),
        ] {
            let (_, said) = read(text, dir.path());
            assert!(said.len() == 1 && said[0].contains(wanted), "{text}: {said:?}");
        }
    }
}
