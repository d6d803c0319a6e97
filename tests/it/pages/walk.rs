//! A walk over a stage: each state that it comes to is looked at from all sides; what is wrong is told at its end, all at once.

use std::time::Duration;

use serde_json::{Value, json};

use super::check;
use super::stage::Stage;
use super::wire::{devtools, emulate, screenshot};

/// Left to right, or right to left: in Arabic where the gate speaks it, else by the page's `dir`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Ltr,
    Rtl,
}

/// Width, height, colours, and whether axe-core looks too.
const LOOKS: [(u32, u32, &str, bool); 6] = [
    (320, 640, "light", false),
    (320, 640, "dark", false),
    (390, 844, "dark", false),
    (390, 844, "light", true),
    (1280, 900, "light", false),
    (1280, 900, "dark", true),
];

pub struct Walk {
    pub stage: Stage,
    direction: Direction,
    scripts: bool,
    states: Vec<String>,
    found: Vec<String>,
    heaviest: (u64, String),
}

impl std::ops::Deref for Walk {
    type Target = Stage;

    fn deref(&self) -> &Stage {
        &self.stage
    }
}

impl Walk {
    /// The language of this direction, where it isn't the usual one.
    pub fn language(&self) -> Option<&'static str> {
        (self.direction == Direction::Rtl && Stage::speaks("ar")).then_some("ar")
    }

    pub async fn over(stage: Stage, direction: Direction) -> Self {
        let walk = Self { stage, direction, scripts: true, states: Vec::new(), found: Vec::new(), heaviest: (0, String::new()) };
        if let Some(language) = walk.language() {
            walk.speak(language).await;
        }
        walk
    }

    /// Chooses a language, as the pages' own switch does.
    pub async fn speak(&self, language: &str) {
        self.goto("/public").await;
        self.speak_here(language).await;
    }

    /// The same at the host of the page that is open: each has its own cookies.
    pub async fn speak_here(&self, language: &str) {
        let script = "document.cookie = `mfa-language=${arguments[0]}; path=/`";
        self.browser.execute(script, vec![json!(language)]).await.unwrap();
    }

    /// From the next page on, scripts don't run; only what looks at the pages does.
    pub async fn without_scripts(&mut self) {
        self.scripts = false;
        self.let_scripts_run(false).await;
    }

    async fn let_scripts_run(&self, run: bool) {
        devtools(&self.browser, "Emulation.setScriptExecutionDisabled", json!({ "value": !run })).await;
    }

    fn say(&mut self, state: &str, look: &str, found: Vec<String>) {
        let dir = if self.direction == Direction::Rtl { " rtl" } else { "" };
        for what in found {
            // Told at once too, for a walk that doesn't come to its end.
            eprintln!("{state} [{look}{dir}]: {what}");
            self.found.push(format!("{state} [{look}{dir}]: {what}"));
        }
    }

    async fn look(&self, width: u32, height: u32, colours: &str) {
        emulate(&self.browser, width, height, colours).await;
        self.still().await;
    }

    /// Waits until the page is there and nothing moves.
    async fn still(&self) {
        for _ in 0..400 {
            let script = "return document.readyState === 'complete' && !document.getAnimations().some((a) => a.playState === 'running' && a.effect.getComputedTiming().iterations !== Infinity)";
            if self.browser.execute(script, Vec::new()).await.is_ok_and(|still| still == true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the page never stands still");
    }

    async fn picture(&self, state: &str, width: u32, colours: &str) {
        let way = if self.direction == Direction::Rtl { "rtl" } else { "ltr" };
        screenshot(&self.browser, &format!("pages/{state}.{width}.{colours}.{way}")).await;
    }

    /// One state of a page, looked at from all sides.
    pub async fn state(&mut self, name: &str) {
        self.still().await;
        if !self.scripts {
            // axe-core waits for promises. The page was read without.
            self.let_scripts_run(true).await;
        }
        let mut found = check::console(&self.browser).await;
        found.extend(check::markup(&self.browser).await);
        found.extend(self.focus().await);
        found.extend(self.turned().await);
        let (heavy, bytes) = check::weight(&self.browser).await;
        found.extend(heavy);
        if bytes > self.heaviest.0 {
            self.heaviest = (bytes, name.to_owned());
        }
        self.say(name, "as it comes", found);
        for (width, height, colours, axe) in LOOKS {
            self.look(width, height, colours).await;
            let mut found = check::layout(&self.browser).await;
            if axe {
                found.extend(check::axe(&self.browser).await);
            }
            self.picture(name, width, colours).await;
            self.say(name, &format!("{width} {colours}"), found);
        }
        self.unfolded(name).await;
        let found = check::stops(&self.browser).await;
        self.say(name, "keyboard", found);
        let found = check::console(&self.browser).await;
        self.say(name, "looked at", found);
        if !self.scripts {
            self.let_scripts_run(false).await;
        }
        self.states.push(name.to_owned());
    }

    /// A page that was looked at before, in other words: on the smallest screen, as it comes and unfolded.
    pub async fn glance(&mut self, name: &str) {
        self.look(320, 640, "light").await;
        let mut found = check::layout(&self.browser).await;
        found.extend(check::axe(&self.browser).await);
        self.picture(name, 320, "light").await;
        self.say(name, "320 light", found);
        self.unfolded(name).await;
        self.states.push(name.to_owned());
    }

    /// The same state with everything that was folded opened.
    async fn unfolded(&mut self, name: &str) {
        let open = "const folded = [...document.querySelectorAll('details:not([open])')]; folded.forEach((d) => { d.open = true; d.dataset.folded = 1; }); return folded.length";
        if self.browser.execute(open, Vec::new()).await.unwrap() == 0 {
            return;
        }
        self.look(320, 640, "light").await;
        let mut found = check::layout(&self.browser).await;
        found.extend(check::axe(&self.browser).await);
        self.say(name, "320 light, unfolded", found);
        let fold =
            "document.querySelectorAll('details[data-folded]').forEach((d) => { d.open = false; delete d.dataset.folded; })";
        self.browser.execute(fold, Vec::new()).await.unwrap();
    }

    /// A state in which what was typed is wrong: the error belongs to the field, and the field has the focus.
    pub async fn wrong(&mut self, name: &str) {
        self.stage.wait_for("[role=alert]:not([hidden])").await;
        let script = "const field = document.querySelector('input[name=code]:not([type=hidden])'); if (!field) return 'has no field to type in';\
            const alert = document.querySelector('[role=alert]:not([hidden])');\
            if (field.getAttribute('aria-invalid') !== 'true') return 'the field is not said to be invalid';\
            const ids = `${field.getAttribute('aria-describedby') || ''} ${field.getAttribute('aria-errormessage') || ''}`.split(' ');\
            const tied = ids.filter(Boolean).map((id) => document.getElementById(id)).some((e) => e && (e === alert || e.contains(alert) || alert.contains(e)));\
            return tied ? '' : 'the error is not tied to the field'";
        let told = self.browser.execute(script, Vec::new()).await.unwrap();
        let found = told.as_str().filter(|t| !t.is_empty()).map(str::to_owned);
        self.say(name, "error", found.into_iter().collect());
        self.state(name).await;
    }

    /// Where there is a field for a code, the cursor is in it; but first a QR code is scanned, which a phone's keyboard would hide.
    async fn focus(&self) -> Vec<String> {
        let script = "const field = document.querySelector('input[name=code]:not([type=hidden])');\
            if (!field || field === document.activeElement || document.querySelector('#secret')) return '';\
            return `the focus is in <${document.activeElement.localName} ${document.activeElement.name || ''}>, not in the code field`";
        let told = self.browser.execute(script, Vec::new()).await.unwrap();
        told.as_str().filter(|t| !t.is_empty()).map(str::to_owned).into_iter().collect()
    }

    /// Turns the page where it isn't in a language that runs the other way.
    async fn turned(&self) -> Vec<String> {
        if self.direction == Direction::Ltr {
            return Vec::new();
        }
        let dir = self.browser.execute("return document.documentElement.dir", Vec::new()).await.unwrap();
        if !Stage::speaks("ar") {
            self.browser.execute("document.documentElement.dir = 'rtl'", Vec::new()).await.unwrap();
        } else if dir != "rtl" {
            return vec![format!("is to be in Arabic and has dir={dir}")];
        }
        Vec::new()
    }

    /// Fields and buttons of a form, whatever it looks like.
    pub async fn has(&self, css: &str) -> bool {
        let script = "return !!document.querySelector(arguments[0])";
        self.browser.execute(script, vec![json!(css)]).await.unwrap_or(Value::Null) == true
    }

    /// Leaves the stage; which states were seen, and what was wrong.
    pub async fn leave(self) -> (Vec<String>, Vec<String>) {
        let Self { stage, found, states, heaviest, .. } = self;
        stage.browser.clone().close().await.unwrap();
        tokio::task::block_in_place(|| drop(stage));
        println!("{} states; the heaviest is {} with {} bytes", states.len(), heaviest.1, heaviest.0);
        (states, found)
    }

    /// Tells all that was wrong; so many states must have been seen.
    pub async fn end(self, count: usize) {
        let (states, found) = self.leave().await;
        assert!(found.is_empty(), "{} things are wrong:\n{}", found.len(), found.join("\n"));
        assert_eq!(states.len(), count, "{states:?}");
    }
}
