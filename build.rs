//! Finds the languages: each file `locales/TAG.ftl` is one, and every message of `locales/en.ftl` gets a constant, so that
//! a sentence which isn't there doesn't compile.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=build.rs");
    #[expect(clippy::disallowed_methods, reason = "cargo tells a build script by the environment alone")]
    let var = |name: &str| env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"));
    let folder = Path::new(&var("CARGO_MANIFEST_DIR")).join("locales");
    let entries = fs::read_dir(&folder).expect("locales/ can be read");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("locales/ can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "ftl"));
    paths.sort();
    let (mut files, mut ids) = (String::from("const FILES: &[File] = &[\n"), String::new());
    for path in paths {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a file of locales/ is named by its language");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let own = text.lines().find_map(|line| line.strip_prefix("language-name = ")).map(str::trim);
        let own = own.unwrap_or_else(|| panic!("{}: a line `language-name = …` is missing", path.display()));
        let place = path.to_str().expect("the path of locales/ is text");
        writeln!(files, "    File {{ tag: {name:?}, own_name: {own:?}, text: include_str!({place:?}) }},").expect("memory");
        if name == "en" {
            constants(&text, &mut ids);
        }
    }
    files.push_str("];\n");
    let out = var("OUT_DIR");
    fs::write(Path::new(&out).join("languages.rs"), files).expect("OUT_DIR can be written");
    fs::write(Path::new(&out).join("ids.rs"), ids).expect("OUT_DIR can be written");
}

/// `challenge-title = One more step` → `pub const CHALLENGE_TITLE: &str = "challenge-title";`
fn constants(text: &str, out: &mut String) {
    let mut all = String::new();
    for line in text.lines() {
        let Some((id, said)) = line.split_once(" =") else { continue };
        if id.starts_with(|c: char| c.is_ascii_lowercase()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            let name = id.to_uppercase().replace('-', "_");
            let doc = format!("`{id}`: {}", said.trim());
            writeln!(out, "#[doc = {doc:?}]\npub const {name}: &str = {id:?};").expect("memory");
            writeln!(all, "    {id:?},").expect("memory");
        }
    }
    writeln!(out, "/// All of them.\npub const ALL: &[&str] = &[\n{all}];").expect("memory");
}
