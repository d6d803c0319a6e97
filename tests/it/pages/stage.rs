//! The stage of a walk: one gate with every kind of method, its stand-ins, and one Chromium.

use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::{Client, Locator};
use serde_json::json;

use super::wire::devtools;
use crate::app::password;
use crate::browser::{chromium_of, fill, press, wait_for_path};
use crate::keys::{ENROLLED, Key};
use crate::messages::sent;
use crate::world::{Ends, Identity, Plan, World, code_in, free_port, python};

/// A gate, what stands around it, and a browser.
pub struct Stage {
    pub world: World,
    pub browser: Client,
    pub site: String,
    pub key: Key,
    sms: u16,
    _servers: Vec<Ends>,
    _dir: tempfile::TempDir,
}

/// Every kind of method: codes by e-mail and SMS, an app, a YubiKey, a passkey.
pub fn every_method(plan: &mut Plan, sms: u16, keys: u16) {
    plan.public_host = "localhost";
    plan.identity = Identity::Form;
    plan.attributes = "phone_number = \"+1 415 555 2671\"\n".into();
    plan.brand = "support = \"Help desk: extension 100, helpdesk@example.com\"\n".into();
    plan.methods = format!(
        "[methods.email]\nverbose_name = \"E-mail\"\nhandler = \"email\"\n\
         [methods.sms]\nverbose_name = \"Text message\"\nhandler = \"twilio\"\nsource_field = \"phone_number\"\n\
         base_url = \"http://127.0.0.1:{sms}\"\ntwilio_account_sid = \"AC{}\"\ntwilio_auth_token = \"twilio-token\"\n\
         twilio_verified_from_number = \"+1 500 555 0006\"\n\
         [methods.app]\nverbose_name = \"Authenticator app\"\nhandler = \"app\"\n\
         [methods.yubi]\nverbose_name = \"YubiKey\"\nhandler = \"yubikey\"\nyubicloud_client_id = 1\n\
         yubicloud_secret_key = \"Z2F0ZS1zb2Z0LXl1Ymkta2V5MjA=\"\nyubicloud_urls = [\"http://127.0.0.1:{keys}/ok\"]\n\
         [methods.passkey]\nverbose_name = \"Passkey\"\nhandler = \"webauthn\"\n",
        "a".repeat(32)
    );
}

impl Stage {
    /// With what `vary` makes of the plan.
    pub async fn new(scripts: bool, vary: impl FnOnce(&mut Plan)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (sms, keys) = (free_port(), free_port());
        let logs = json!({ "browser": "ALL", "performance": "ALL" });
        // Every name leads here: a host that no app has is one of them.
        let args = ["--host-resolver-rules=MAP *.example.com 127.0.0.1", "--window-size=1280,900", "--hide-scrollbars"];
        let (servers, key, world) = tokio::task::block_in_place(|| {
            let servers = vec![python("sms.py", dir.path(), sms), python("yubicloud.py", dir.path(), keys)];
            let mut plan = Plan::default();
            every_method(&mut plan, sms, keys);
            vary(&mut plan);
            (servers, Key::new(dir.path(), ENROLLED), World::of(&plan))
        });
        let mut servers = servers;
        let (driver, browser) = chromium_of(&args, scripts, logs).await;
        servers.push(driver);
        // Tab beyond a page's end goes to the browser's own buttons; the window is in front all the same.
        devtools(&browser, "Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await;
        let site = format!("http://localhost:{}", world.address.port());
        Self { world, browser, site, key, sms, _servers: servers, _dir: dir }
    }

    pub async fn goto(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.site)).await.unwrap();
    }

    /// The password, typed at the app; the app's form has no button.
    pub async fn sign_in(&self, user: &str) {
        self.goto("/logout").await;
        self.goto("/login").await;
        fill(&self.browser, "input[name=username]", user).await;
        fill(&self.browser, "input[name=password]", password(user)).await;
        self.browser.execute("document.forms[0].submit()", Vec::new()).await.unwrap();
    }

    pub async fn challenged(&self, user: &str) {
        self.sign_in(user).await;
        wait_for_path(&self.browser, "/.mfa/challenge").await;
    }

    /// The same on a device that hasn't noted which method it used the last time: a passkey would be asked for at once.
    pub async fn challenged_anew(&self, user: &str) {
        self.goto("/public").await;
        self.browser.delete_cookie("mfa-method").await.unwrap();
        self.challenged(user).await;
    }

    /// How many mails with codes there are for a user.
    pub fn mails(&self, user: &str) -> usize {
        self.world.mails_to(user).len()
    }

    /// The code in the first mail after the first `before` ones.
    pub fn mailed(&self, user: &str, before: usize) -> String {
        tokio::task::block_in_place(|| self.world.read_code(user, before))
    }

    /// How many text messages were sent.
    pub fn messages(&self) -> usize {
        tokio::task::block_in_place(|| sent(self.sms).len())
    }

    /// The code in the first text message after the first `before` ones.
    pub fn texted(&self, before: usize) -> String {
        let until = Instant::now() + Duration::from_secs(10);
        tokio::task::block_in_place(|| {
            loop {
                if let Some(message) = sent(self.sms).get(before) {
                    return code_in(message["Body"].as_str().unwrap());
                }
                assert!(Instant::now() < until, "no message came: {}", self.world.log());
                std::thread::sleep(Duration::from_millis(10));
            }
        })
    }

    /// Types a code; the last digit sends it. Comes back when the next page is there.
    pub async fn type_code(&self, code: &str) {
        self.browser.execute("window.isOld = true", Vec::new()).await.unwrap();
        fill(&self.browser, "input[name=code]", code).await;
        self.next_page().await;
    }

    /// Waits until another page than the one that is marked as old is there.
    pub async fn next_page(&self) {
        for _ in 0..400 {
            let script = "return !window.isOld && document.readyState === 'complete'";
            if self.browser.execute(script, Vec::new()).await.is_ok_and(|done| done == true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the page stays: {}", self.browser.source().await.unwrap());
    }

    /// Presses the button of a form by its address.
    pub async fn submit(&self, action: &str) {
        press(&self.browser, &format!("form[action='/.mfa/{action}'] :is(button:not([type=button]), input[type=submit])")).await;
    }

    /// Goes to another method of the challenge, by its link or button.
    pub async fn choose(&self, method: &str) {
        let chosen = format!("form[action='/.mfa/challenge'] input[name=method][value='{method}']");
        if self.browser.find(Locator::Css(&chosen)).await.is_ok() {
            return;
        }
        let css = format!("main a[href*='challenge'][href*='method={method}']");
        // The others may be folded away.
        self.unfold(&css).await;
        press(&self.browser, &css).await;
        self.wait_for(&format!("input[type=hidden][name=method][value='{method}']")).await;
    }

    /// Opens what an element is folded in.
    pub async fn unfold(&self, css: &str) {
        self.wait_for(css).await;
        let script = "for (let e = document.querySelector(arguments[0]); e; e = e.parentElement) if (e.localName === 'details') e.open = true";
        self.browser.execute(script, vec![json!(css)]).await.unwrap();
    }

    pub async fn wait_for(&self, css: &str) {
        let found = self.browser.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(css)).await;
        if let Err(error) = found {
            let page = self.browser.source().await.unwrap_or_default();
            panic!("{css}: {error} at {:?}\n{page}", self.browser.current_url().await);
        }
    }

    /// Is there a file of this language's words?
    pub fn speaks(language: &str) -> bool {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{language}.ftl")).exists()
    }
}
