//! The house itself: what must not compile doesn't, and imports run one way.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The library as it was built for these tests.
fn library() -> PathBuf {
    let deps = Path::new(crate::world::GATE).with_file_name("deps");
    let all = std::fs::read_dir(deps).unwrap().map(|e| e.unwrap().path());
    let is_library = |p: &PathBuf| {
        let name = p.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("libmfa_gate-") && name.ends_with(".rlib")
    };
    all.filter(is_library).max_by_key(|p| p.metadata().unwrap().modified().unwrap()).unwrap()
}

#[test]
fn forwarding_what_was_not_judged_does_not_compile() {
    let library = library();
    let out = tempfile::tempdir().unwrap();
    let mut cases = 0;
    for case in std::fs::read_dir(root().join("tests/compile_fail")).unwrap() {
        let case = case.unwrap().path();
        let text = std::fs::read_to_string(&case).unwrap();
        let wanted = text.trim_start_matches("//! ").split(':').next().unwrap();
        let done = Command::new("rustc")
            .args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--out-dir"])
            .arg(out.path())
            .arg("--extern")
            .arg(format!("mfa_gate={}", library.display()))
            .arg("-L")
            .arg(format!("dependency={}", library.parent().unwrap().display()))
            .arg(&case)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        if wanted == "compiles" {
            assert!(done.status.success(), "{}: {told}", case.display());
        } else {
            let errors: BTreeSet<&str> =
                told.lines().filter_map(|l| l.split(':').next()).filter(|l| l.starts_with("error[")).collect();
            assert_eq!(errors.into_iter().collect::<Vec<_>>(), [wanted], "{}: {told}", case.display());
        }
        cases += 1;
    }
    assert_eq!(cases, 6);
}

/// Every `crate::room` that a room's files name, tests apart.
fn rooms_named(room: &str) -> BTreeSet<String> {
    let mut files = vec![root().join(format!("src/{room}.rs"))];
    let mut dirs = vec![root().join("src").join(room)];
    while let Some(dir) = dirs.pop() {
        for entry in std::fs::read_dir(dir).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { dirs.push(path) } else { files.push(path) }
        }
    }
    let is_code = |f: &PathBuf| f.extension().is_some_and(|e| e == "rs") && !f.ends_with("tests.rs") && !f.ends_with("table.rs");
    let mut named = BTreeSet::new();
    for file in files.into_iter().filter(is_code) {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        let uses = text.split("crate::").skip(1);
        named.extend(uses.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()));
    }
    named.remove(room);
    named
}

#[test]
fn imports_run_one_way() {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let rooms: Vec<&str> = lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(rooms.len() > 15, "{rooms:?}");
    let mut upward = Vec::new();
    for (at, room) in rooms.iter().enumerate() {
        for named in rooms_named(room) {
            if let Some(to) = rooms.iter().position(|r| **r == named)
                && to > at
            {
                upward.push(format!("{room} imports {named}"));
            }
        }
    }
    assert!(upward.is_empty(), "lib.rs lists the rooms from ground to roof, but {upward:#?}");
}

/// No row of the table is empty, and the tests that it names exist.
#[test]
fn the_table_of_django_trenchs_features_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/trench-parity.md")).unwrap();
    let mut rows = 0;
    for line in text.lines().filter(|l| l.starts_with('|') && !l.starts_with("|---") && !l.contains("| test |")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        assert!(cells.len() == 3 && cells.iter().all(|c| !c.is_empty()), "{line}");
        let (file, test) = cells[2].trim_matches('`').split_once("::").unwrap_or_else(|| panic!("{line}"));
        let path = if file.ends_with(".rs") { root.join(file) } else { root.join(format!("tests/it/{file}.rs")) };
        let source = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(source.contains(&format!("fn {test}(")), "{line}");
        rows += 1;
    }
    assert!(rows > 40, "{rows}");
}

/// The pictures of the pages are all shown, and weigh little.
#[test]
fn the_docs_show_small_pictures_of_the_pages() {
    let pictures = root().join("docs/screenshots");
    let text = std::fs::read_to_string(pictures.join("README.md")).unwrap();
    let shown: BTreeSet<String> = text.split("src=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    let files =
        std::fs::read_dir(pictures).unwrap().map(|e| e.unwrap()).filter(|f| f.path().extension().is_some_and(|e| e == "png"));
    let sizes: Vec<(String, u64)> = files.map(|f| (f.file_name().into_string().unwrap(), f.metadata().unwrap().len())).collect();
    assert_eq!(sizes.iter().map(|(name, _)| name.clone()).collect::<BTreeSet<_>>(), shown);
    assert!(shown.len() >= 12 && sizes.iter().all(|(_, size)| *size < 60_000), "{sizes:?}");
    assert!(sizes.iter().map(|(_, size)| size).sum::<u64>() < 1_000_000, "{sizes:?}");
}
