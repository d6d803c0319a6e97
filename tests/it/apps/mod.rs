//! Real apps that nobody here wrote, unmodified, each behind the gate by its preset: from login to the next user's login.

mod django;
mod dokuwiki;
mod jupyterlab;
mod mediawiki;
mod nodered;
mod phpmyadmin;
mod presets;
mod radicale;
mod redmine;
mod roundcube;
mod wordpress;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use mfa_gate::demo::mailbox::{Mail, Mailbox};

use crate::world::{Ends, GATE, code_in, free_port, mail_catcher, start_gate};

/// A picture of one pixel, in base64.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// An app with the gate in front of it.
struct Gated {
    dir: tempfile::TempDir,
    address: SocketAddr,
    /// The app itself, past the gate.
    app: SocketAddr,
    mails: Mailbox,
    _gate: Ends,
    _server: Ends,
}

impl Drop for Gated {
    fn drop(&mut self) {
        // A database is a process of its own.
        if let Ok(pid) = std::fs::read_to_string(self.dir.path().join("app/db.pid")) {
            let _ = Command::new("kill").arg(pid.trim()).status();
        }
    }
}

impl Gated {
    /// The preset as `init` writes it; `change` is what its administrator would change beside the addresses.
    fn start(preset: &str, script: &str, change: impl Fn(String, u16) -> String) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let local = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));
        let (address, admin, app, more) = (local(free_port()), local(free_port()), local(free_port()), free_port());
        let place = dir.path().join("app");
        std::fs::create_dir(&place).unwrap();
        let server = Command::new("bash")
            .arg(format!("{}/tests/servers/apps/{script}.sh", env!("CARGO_MANIFEST_DIR")))
            .arg(app.port().to_string())
            .arg(&place)
            .args([format!("http://{address}"), more.to_string()])
            .stdout(std::fs::File::create(dir.path().join("app.log")).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Ends(server);
        let until = Instant::now() + Duration::from_secs(60);
        while !place.join("ready").exists() {
            assert!(Instant::now() < until, "{}", std::fs::read_to_string(dir.path().join("app.log")).unwrap());
            std::thread::sleep(Duration::from_millis(50));
        }
        let (smtp, mails) = mail_catcher();
        let config = dir.path().join("gate.toml");
        let init = Command::new(GATE).args(["init", "--preset", preset, "--output"]).arg(&config).output().unwrap();
        assert!(init.status.success(), "{init:?}");
        let text = std::fs::read_to_string(&config).unwrap();
        let settings = text.lines().filter(|l| l.split_once('=').is_some_and(|(k, _)| !k.trim_start().starts_with('#'))).count();
        assert!(settings <= 25, "{settings} lines of settings");
        let upstream = text.split_once("upstream = \"").unwrap().1.split('"').next().unwrap();
        let text = text
            .replace("127.0.0.1:8080", &address.to_string())
            .replace(upstream, &format!("http://{app}"))
            .replace("port = 25", &format!("port = {smtp}"))
            .replace("[server]\n", &format!("[server]\nadmin_listen = \"{admin}\"\n"));
        let people = "[users.carol]\nemail = \"carol@example.com\"\n[users.dave]\nemail = \"dave@example.com\"\n";
        std::fs::write(dir.path().join("users.toml"), people).unwrap();
        std::fs::write(&config, change(text, more)).unwrap();
        let gate: Child = start_gate(dir.path(), admin);
        Self { dir, address, app, mails, _gate: Ends(gate), _server: server }
    }

    fn visitor(&self) -> Visitor<'_> {
        static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let jar = format!("jar{}", NEXT.fetch_add(1, std::sync::atomic::Ordering::SeqCst));
        Visitor { gated: self, jar: self.dir.path().join(jar), more: Vec::new() }
    }

    /// What `check --login` says.
    fn check(&self, user: &str, password: &str) -> (bool, String) {
        let mut check = Command::new(GATE);
        check.args([
            "check",
            "--login",
            user,
            "--field",
            "client_id=node-red-editor",
            "--field",
            "grant_type=password",
            "--field",
            "scope=",
        ]);
        check.arg("--config").arg(self.dir.path().join("gate.toml"));
        let done = check.env("MFA_GATE_CHECK_PASSWORD", password).output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
    }

    /// A right password is recognised, a wrong one is said to have failed, and no door stands open.
    #[track_caller]
    fn check_recognises(&self, typed: &str, user: &str) {
        let password = format!("{}-pass-1", user.to_lowercase());
        let (fine, said) = self.check(typed, &password);
        assert!(
            fine && said.contains(&format!("the user {user} with email")) && said.contains(": carol is recognised"),
            "{said}"
        );
        assert!(!said.contains(&password) && !said.contains("if it takes passwords"), "{said}");
        let (fine, said) = self.check(typed, "no");
        assert!(!fine && said.contains("FAIL  login at app"), "{said}");
    }
}

/// curl, which keeps cookies by their paths as browsers do.
struct Visitor<'a> {
    gated: &'a Gated,
    jar: PathBuf,
    more: Vec<String>,
}

/// What came.
#[derive(Debug)]
struct Page {
    status: u16,
    to: String,
    text: String,
}

impl Page {
    #[track_caller]
    fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    #[track_caller]
    fn expect_challenge(self) -> Self {
        assert!(self.status == 303 && self.to.contains("/.mfa/challenge") && self.text.is_empty(), "{self:?}");
        self
    }

    /// The value of a form's field.
    #[track_caller]
    fn field(&self, name: &str) -> String {
        let tag =
            self.text.split('<').find(|tag| tag.contains(&format!("name=\"{name}\"")) || tag.contains(&format!("name='{name}'")));
        let tag = tag.unwrap_or_else(|| panic!("no field {name} in {}", self.text));
        let (_, value) = tag.split_once("value=").unwrap_or(("", "\"\""));
        let quote = value.chars().next().unwrap_or('"');
        value[1..].split(quote).next().unwrap_or("").to_owned()
    }
}

impl Visitor<'_> {
    #[track_caller]
    fn curl(&self, target: &str, args: &[String]) -> Page {
        let navigates = !self.more.iter().chain(args).any(|arg| arg.starts_with("Sec-Fetch"));
        let page = ["-H", "Sec-Fetch-Mode: navigate", "-H", "Sec-Fetch-Dest: document", "-H", "Accept: text/html"];
        let done = Command::new("curl")
            .args(["-s", "-m", "30"])
            .args(page.iter().filter(|_| navigates))
            .args(["-w", "\n%{http_code} %{redirect_url}", "-b"])
            .arg(&self.jar)
            .arg("-c")
            .arg(&self.jar)
            .args(&self.more)
            .args(args)
            .arg(format!("http://{}{target}", self.gated.address))
            .output()
            .unwrap();
        let all = String::from_utf8_lossy(&done.stdout).into_owned();
        let (text, last) = all.rsplit_once('\n').unwrap_or(("", &all));
        let (status, to) = last.split_once(' ').unwrap_or((last, ""));
        Page { status: status.parse().unwrap_or(0), to: to.to_owned(), text: text.to_owned() }
    }

    #[track_caller]
    fn get(&self, target: &str) -> Page {
        self.curl(target, &[])
    }

    #[track_caller]
    fn post(&self, target: &str, fields: &[(&str, &str)]) -> Page {
        let fields = fields.iter().flat_map(|(name, value)| ["--data-urlencode".to_owned(), format!("{name}={value}")]);
        self.curl(target, &fields.collect::<Vec<_>>())
    }

    /// A form with files: `name=@path` is a file.
    #[track_caller]
    fn upload(&self, target: &str, fields: &[(&str, &str)]) -> Page {
        let fields = fields.iter().flat_map(|(name, value)| ["-F".to_owned(), format!("{name}={value}")]);
        self.curl(target, &fields.collect::<Vec<_>>())
    }

    /// Passes the challenge with the code that was mailed.
    #[track_caller]
    fn verify(&self, user: &str) {
        let to = format!("{user}@example.com");
        let is_code = |m: &Mail| m.to == to && m.subject.contains("verification code");
        let codes = || -> Vec<String> {
            self.gated.mails.all().iter().filter(|m| is_code(m)).map(|m| code_in(m.text.as_deref().unwrap_or_default())).collect()
        };
        let before = codes().len();
        // The first challenge sends by itself; a later one's code is asked for.
        let page = self.get("/.mfa/challenge").expect(200);
        let until = Instant::now() + Duration::from_secs(10);
        while codes().len() == before && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        let code = codes().pop().unwrap_or_else(|| panic!("no mail to {user}: {}", page.text));
        self.post("/.mfa/challenge", &[("code", &code), ("method", "email"), ("form_token", &page.field("form_token"))])
            .expect(303);
    }
}
