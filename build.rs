//! Finds the languages: each file `locales/TAG.ftl` is one, and every message of `locales/en.ftl` gets a constant, so that
//! a sentence which isn't there doesn't compile.

use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), String> {
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=build.rs");
    let folder = var("CARGO_MANIFEST_DIR")?;
    let (mut files, mut ids) = (String::from("const FILES: &[File] = &[\n"), String::new());
    for (place, tag) in languages(&Path::new(&folder).join("locales"))? {
        let text = fs::read_to_string(&place).map_err(|e| format!("{place}: {e}"))?;
        let own = text.lines().find_map(|line| line.strip_prefix("language-name = ")).map(str::trim);
        let own = own.ok_or_else(|| format!("{place}: a line `language-name = …` is missing"))?;
        files.push_str(&format!("    File {{ tag: {tag:?}, own_name: {own:?}, text: include_str!({place:?}) }},\n"));
        if tag == "en" {
            ids = constants(&text);
        }
    }
    files.push_str("];\n");
    let out = var("OUT_DIR")?;
    for (name, made) in [("languages.rs", files), ("ids.rs", ids)] {
        fs::write(Path::new(&out).join(name), made).map_err(|e| format!("{out}/{name}: {e}"))?;
    }
    Ok(())
}

fn var(name: &str) -> Result<String, String> {
    #[expect(clippy::disallowed_methods, reason = "cargo tells a build script by the environment alone")]
    env::var(name).map_err(|e| format!("{name}, which cargo sets: {e}"))
}

/// The files of a folder, each with the tag of its language, in order.
fn languages(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let fault = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.extension().is_some_and(|ending| ending == "ftl") {
            let (place, tag) = (path.to_str(), path.file_stem().and_then(|stem| stem.to_str()));
            let (Some(place), Some(tag)) = (place, tag) else { return Err(format!("{}: its name isn't text", path.display())) };
            found.push((place.to_owned(), tag.to_owned()));
        }
    }
    found.sort();
    Ok(found)
}

/// `challenge-title = One more step` → `pub const CHALLENGE_TITLE: &str = "challenge-title";`
fn constants(text: &str) -> String {
    let (mut out, mut all) = (String::new(), String::new());
    for line in text.lines() {
        let Some((id, said)) = line.split_once(" =") else { continue };
        if id.starts_with(|c: char| c.is_ascii_lowercase()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            let name = id.to_uppercase().replace('-', "_");
            let doc = format!("`{id}`: {}", said.trim());
            out.push_str(&format!("#[doc = {doc:?}]\npub const {name}: &str = {id:?};\n"));
            all.push_str(&format!("    {id:?},\n"));
        }
    }
    format!("{out}/// All of them.\npub const ALL: &[&str] = &[\n{all}];\n")
}
