//! Moments on pages: in the reader's own time zone by script, in UTC without.

use serde_json::json;

use super::stage::Stage;
use super::wire::devtools;

/// The moments of the settings page: what is seen, what stands over it, and what machines read.
async fn moments(stage: &Stage) -> Vec<[String; 3]> {
    let script = "return [...document.querySelectorAll('time')].map((t) => [t.textContent, t.title, t.dateTime])";
    let told = stage.browser.execute(script, Vec::new()).await.unwrap();
    serde_json::from_value(told).unwrap()
}

/// `2026-03-01T22:30:00Z` in a time zone without another time in summer: year, month, day, hour, minute.
fn in_zone(moment: &str, zone: &str) -> [String; 5] {
    let at: jiff::Timestamp = moment.parse().unwrap();
    let at = at.in_tz(zone).unwrap();
    ["%Y", "%-m", "%-d", "%-H", "%M"].map(|part| at.strftime(part).to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moments_are_in_the_readers_time_zone_and_without_script_in_utc() {
    for scripts in [true, false] {
        let stage = Stage::new(scripts, |_| {}).await;
        stage.challenged("alice").await;
        let code = stage.mailed("alice", 0);
        if scripts {
            stage.type_code(&code).await;
        } else {
            crate::browser::fill(&stage.browser, "input[name=code]", &code).await;
            stage.submit("challenge").await;
            crate::browser::wait_for_path(&stage.browser, "/welcome").await;
        }
        for (language, zone) in [("en", "Asia/Kathmandu"), ("de", "Pacific/Kiritimati"), ("ar", "Asia/Tokyo")] {
            devtools(&stage.browser, "Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await;
            let script = "document.cookie = `mfa-language=${arguments[0]}; path=/`";
            stage.browser.execute(script, vec![json!(language)]).await.unwrap();
            stage.goto("/.mfa/settings").await;
            stage.wait_for("time").await;
            let all = moments(&stage).await;
            assert!(!all.is_empty());
            for [seen, over, moment] in all {
                if !scripts {
                    assert!(seen.contains("UTC") && over.is_empty(), "{seen}");
                    continue;
                }
                assert!(over.contains("UTC") && !seen.contains("UTC"), "{seen} {over}");
                let [year, month, day, hour, minute] = in_zone(&moment, zone);
                let twelve = (hour.parse::<u8>().unwrap() + 11) % 12 + 1;
                let numbers: Vec<String> = seen
                    .split(|c: char| !c.is_ascii_digit())
                    .filter(|n| !n.is_empty())
                    .map(|n| n.trim_start_matches('0').to_owned())
                    .collect();
                for wanted in [year.as_str(), day.as_str(), minute.trim_start_matches('0')] {
                    assert!(numbers.iter().any(|n| n == wanted), "{wanted} of {moment} in {zone}: {seen}");
                }
                let is_hour = |n: &String| *n == hour.trim_start_matches('0') || *n == twelve.to_string();
                assert!(numbers.iter().any(is_hour) && (language == "en" || !seen.contains("AM")), "{hour}: {seen}");
                let english = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
                assert!(language != "en" || seen.contains(english[month.parse::<usize>().unwrap() - 1]), "{month}: {seen}");
            }
        }
        stage.browser.clone().close().await.unwrap();
        tokio::task::block_in_place(|| drop(stage));
    }
}
