//! What `init` and `check` say of the presets.

use super::*;

#[test]
fn check_says_which_doors_stand_open_and_why_nobody_is_recognised() {
    let gated = Gated::start("dokuwiki", "dokuwiki", |text, _| {
        text.replace("action = \"deny\"", "action = \"require\"").replace("\"DokuWiki\", \"DW*\"", "\"JSESSIONID\"")
    });
    let (fine, said) = gated.check("carol", "carol-pass-1");
    assert!(!fine && said.contains("/lib/exe/xmlrpc.php answers"), "{said}");
    assert!(said.contains("cookie DokuWiki") && said.contains("name the app's cookie in session_cookies"), "{said}");
}

#[test]
fn a_preset_is_never_written_over_a_file_and_an_unknown_one_names_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("gate.toml");
    let init = |preset: &str| Command::new(GATE).args(["init", "--preset", preset, "--output"]).arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&init("joomla").stderr).into_owned();
    let all = "basic, django, dokuwiki, jupyterlab, mediawiki, nodered, phpmyadmin, redmine, roundcube, wordpress";
    assert!(said.contains(all), "{said}");
    assert!(init("WordPress").status.success());
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(!init("django").status.success());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
}
