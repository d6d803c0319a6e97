//! Every language that the gate speaks, on the smallest screen: words differ in length, and some run the other way.

use std::path::Path;

use super::stage::Stage;
use super::walk::{Direction, Walk};
use crate::browser::wait_for_path;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_language_fits_the_smallest_screen() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let names = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut languages: Vec<String> = names.filter_map(|name| Some(name.strip_suffix(".ftl")?.to_owned())).collect();
    languages.sort();
    assert!(languages.len() > 1, "{languages:?}");
    let stage = Stage::new(true, |plan| plan.limits = "attempts = { max = 50 }\nsends = { max = 50 }\n".into()).await;
    let mut walk = Walk::over(stage, Direction::Ltr).await;
    let before = walk.mails("alice");
    walk.challenged("alice").await;
    walk.type_code(&walk.mailed("alice", before)).await;
    wait_for_path(&walk.browser, "/welcome").await;
    let mut found = Vec::new();
    for language in &languages {
        walk.speak(language).await;
        for (page, path) in [("settings", "settings"), ("enrol", "enrol"), ("remove", "settings/backup-codes"), ("refused", "x")]
        {
            walk.goto(&format!("/.mfa/{path}")).await;
            let told = walk.browser.execute("return document.documentElement.lang", Vec::new()).await.unwrap();
            if told != **language {
                found.push(format!("{page} is in {told}, not in {language}"));
            }
            walk.glance(&format!("{page}-{language}")).await;
        }
        walk.challenged("bob").await;
        walk.glance(&format!("challenge-{language}")).await;
        walk.goto("/logout").await;
        let before = walk.mails("alice");
        walk.challenged("alice").await;
        walk.type_code(&walk.mailed("alice", before)).await;
        wait_for_path(&walk.browser, "/welcome").await;
    }
    found.extend(walk.leave().await.1);
    assert!(found.is_empty(), "{} things are wrong:\n{}", found.len(), found.join("\n"));
}
