//! One test's world: the built gate as a process of its own, an app, a mail relay, and browsers.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use mfa_gate::demo::mailbox::Mailbox;
use mfa_gate::demo::smtp;
use tokio::runtime::Runtime;

use crate::app::{App, SIGNING_KEY, Style, password};
use crate::client::{Answer, Ask, Browser, raw};

/// Where the servers of tests run.
pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

pub const GATE: &str = env!("CARGO_BIN_EXE_mfa-gate");

/// How the gate learns who is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    Form,
    Probe,
    FormAndProbe,
    /// `response_header`
    AnswerHeader,
    /// A signed token in the app's cookie.
    Jwt,
    /// The app's session table.
    Sql,
    /// The form, confirmed by the session table, which has hashes.
    FormAndSql,
    /// What `Plan::source` says, and nothing else.
    Other,
    /// The same, and the app has a table of its sessions.
    OtherTable,
    /// Like `Other` without a directory of users.
    Bare,
}

/// What a world is made of.
#[derive(Clone, Debug)]
pub struct Plan {
    pub identity: Identity,
    pub style: Style,
    /// Lines for `[server]`.
    pub server: String,
    /// Lines for `[[apps]]` before its sub-tables.
    pub app: String,
    /// `upstream`; `APP` in it is the app's address.
    pub upstream: String,
    /// The scheme of public_url.
    pub scheme: &'static str,
    /// Lines for `[apps.identity]`.
    pub source: String,
    /// Files beside gate.toml.
    pub files: Vec<(&'static str, String)>,
    /// Tables at the end.
    pub more: String,
    pub limits: String,
    pub methods: String,
    /// Lines for `[brand]`.
    pub brand: String,
    /// Lines for `[enrolment]`.
    pub enrolment: String,
    pub confirm: String,
    /// Lines for `[smtp]` in place of the world's own relay.
    pub relay: Option<String>,
    /// Another program than the gate as it comes.
    pub program: Option<PathBuf>,
    /// The host of public_url.
    pub public_host: &'static str,
    /// Lines for each user in the directory.
    pub attributes: String,
    /// How long the app's word on a session is believed.
    pub refresh: &'static str,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            identity: Identity::FormAndProbe,
            style: Style { keeps_id: false, remembers: true, ..Style::default() },
            server: String::new(),
            app: String::new(),
            upstream: "\"http://APP\"".into(),
            scheme: "http",
            source: String::new(),
            files: Vec::new(),
            more: String::new(),
            limits: "sends = { max = 1000, resend_after = \"0s\" }".into(),
            methods: "[methods.email]\nhandler = \"email\"\n[methods.app]\nhandler = \"app\"\n".into(),
            brand: String::new(),
            enrolment: String::new(),
            relay: None,
            program: None,
            public_host: "127.0.0.1",
            attributes: String::new(),
            refresh: "1s",
            confirm: "confirm_with = [\"email\"]".into(),
        }
    }
}

pub struct World {
    pub dir: tempfile::TempDir,
    pub address: SocketAddr,
    pub admin: SocketAddr,
    pub app: App,
    pub mails: Mailbox,
    pub smtp: tokio::task::JoinHandle<()>,
    child: Option<Child>,
    program: PathBuf,
}

/// A port for a process to be started. Not one of those that connections get for themselves, and never the same twice:
/// two gates that share a port would share its requests.
pub fn free_port() -> u16 {
    static NEXT: LazyLock<AtomicU32> = LazyLock::new(|| AtomicU32::new(std::process::id().wrapping_mul(61) % 12_000));
    loop {
        let port = 20_000 + u16::try_from(NEXT.fetch_add(1, Ordering::SeqCst) % 12_000).expect("a small number");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

impl World {
    pub fn new() -> Self {
        Self::of(&Plan::default())
    }

    pub fn of(plan: &Plan) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let app = RUNTIME.block_on(App::start(plan.style));
        if matches!(plan.identity, Identity::Sql | Identity::FormAndSql | Identity::OtherTable) {
            RUNTIME.block_on(app.keep_table(&dir.path().join("app.db")));
        }
        let mails = Mailbox::default();
        let (smtp_port, smtp) = RUNTIME.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let port = listener.local_addr().expect("an address").port();
            let mails = mails.clone();
            (port, tokio::spawn(async move { drop(smtp::serve(listener, mails).await) }))
        });
        let address: SocketAddr = format!("127.0.0.1:{}", free_port()).parse().expect("an address");
        let admin: SocketAddr = format!("127.0.0.1:{}", free_port()).parse().expect("an address");
        let text = config(plan, address, admin, app.address, smtp_port);
        std::fs::write(dir.path().join("gate.toml"), text).expect("gate.toml");
        for (name, text) in &plan.files {
            std::fs::write(dir.path().join(name), text).expect("a file");
        }
        let people: String = ["alice", "bob", "carol"]
            .iter()
            .map(|u| format!("[users.{u}]\nemail = \"{u}@example.com\"\n{}\n", plan.attributes))
            .collect();
        std::fs::write(dir.path().join("users.toml"), people).expect("users.toml");
        let program = plan.program.clone().unwrap_or_else(|| GATE.into());
        let mut world = Self { dir, address, admin, app, mails, smtp, child: None, program };
        world.start();
        world
    }

    pub fn config(&self) -> PathBuf {
        self.dir.path().join("gate.toml")
    }

    /// Starts the gate and waits until it is ready.
    pub fn start(&mut self) {
        self.child = Some(start_program(&self.program, self.dir.path(), self.admin));
    }

    /// Starts another gate on the same addresses; the old one is given back, still running.
    pub fn hand_over(&mut self) -> Child {
        let old = self.child.take().expect("a gate runs");
        let log = std::fs::OpenOptions::new().append(true).open(self.dir.path().join("log")).expect("a log");
        let mut command = Command::new(&self.program);
        command.args(["run", "--config"]).arg(self.config()).stdout(Stdio::null()).stderr(log);
        let before = self.log().matches("\"listening\"").count();
        self.child = Some(command.spawn().expect("the gate starts"));
        let until = Instant::now() + Duration::from_secs(20);
        while self.log().matches("\"listening\"").count() == before {
            assert!(Instant::now() < until, "{}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(Duration::from_millis(100));
        old
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Has the gate stopped?
    pub fn has_ended(&mut self) -> bool {
        self.child.as_mut().is_none_or(|child| child.try_wait().is_ok_and(|status| status.is_some()))
    }

    pub fn pid(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    /// A gate's command with this world's configuration.
    pub fn command(&self, args: &[&str]) -> (i32, String) {
        let done = Command::new(GATE).args(args).arg("--config").arg(self.config()).output().expect("the gate runs");
        let text = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        (done.status.code().unwrap_or(-1), text)
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.address)
    }

    /// The password only: where an attacker with a stolen one is.
    #[track_caller]
    pub fn log_in(&self, browser: &mut Browser, user: &str) -> Answer {
        browser.get("/login").expect(200);
        self.log_in_again(browser, user)
    }

    /// The login form alone.
    #[track_caller]
    pub fn log_in_again(&self, browser: &mut Browser, user: &str) -> Answer {
        browser.post("/login", &[("username", user), ("password", password(user))])
    }

    /// A new code by e-mail: asks for it and reads it.
    #[track_caller]
    pub fn code(&self, browser: &mut Browser, user: &str) -> String {
        let before = self.mails_to(user).len();
        browser.call("/.mfa/api/v1/code/request", serde_json::json!({ "method": "email" })).expect(200);
        self.read_code(user, before)
    }

    /// Mails with codes; notices are in [`World::notices_to`].
    pub fn mails_to(&self, user: &str) -> Vec<mfa_gate::demo::mailbox::Mail> {
        let mut mails = self.mails.all();
        mails.retain(|m| m.to == format!("{user}@example.com") && !m.subject.starts_with("Test Wiki: "));
        mails
    }

    /// The subjects of the notices that a user got, once there are so many.
    #[track_caller]
    pub fn notices_to(&self, user: &str, count: usize) -> Vec<String> {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            let mut mails = self.mails.all();
            mails.retain(|m| m.to == format!("{user}@example.com") && m.subject.starts_with("Test Wiki: "));
            if mails.len() >= count {
                return mails.into_iter().map(|m| m.subject).collect();
            }
            assert!(Instant::now() < until, "{} of {count} notices: {}", mails.len(), self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The code in the first mail after the first `before` ones.
    #[track_caller]
    pub fn read_code(&self, user: &str, before: usize) -> String {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(mail) = self.mails_to(user).get(before) {
                return code_in(mail.text.as_deref().unwrap_or(""));
            }
            assert!(Instant::now() < until, "no mail came for {user}: {}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Both factors.
    #[track_caller]
    pub fn verified(&self, user: &str) -> Browser {
        let mut browser = self.browser();
        self.log_in(&mut browser, user).expect_challenge();
        self.verify(&mut browser, user);
        browser
    }

    #[track_caller]
    pub fn verify(&self, browser: &mut Browser, user: &str) {
        let code = self.code(browser, user);
        browser.call("/.mfa/api/v1/verify", serde_json::json!({ "method": "email", "code": code })).expect(200);
    }

    /// With these cookies and no others.
    pub fn ask(&self, ask: &Ask, cookie: &str) -> Answer {
        self.browser().send_with(ask, cookie)
    }
}

/// Where mails arrive: a port, and what came.
pub fn mail_catcher() -> (u16, Mailbox) {
    let mails = Mailbox::default();
    let kept = mails.clone();
    let port = RUNTIME.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(async move { drop(smtp::serve(listener, kept).await) });
        port
    });
    (port, mails)
}

/// A server of the test's own, on a free port.
pub fn serve(router: axum::Router) -> SocketAddr {
    RUNTIME.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let service = hyper_util::service::TowerToHyperService::new(router.clone());
                let http = hyper::server::conn::http1::Builder::new();
                tokio::spawn(http.serve_connection(hyper_util::rt::TokioIo::new(stream), service));
            }
        });
        address
    })
}

/// Starts the gate of `dir/gate.toml`; its log is `dir/log`.
pub fn start_gate(dir: &Path, admin: SocketAddr) -> Child {
    start_program(Path::new(GATE), dir, admin)
}

/// The same with a gate of one's own making.
fn start_program(program: &Path, dir: &Path, admin: SocketAddr) -> Child {
    let log = std::fs::OpenOptions::new().create(true).append(true).open(dir.join("log")).expect("a log");
    let mut command = Command::new(program);
    command.args(["run", "--config"]).arg(dir.join("gate.toml")).env("MFA_GATE_LOG", "warn,mfa_gate=debug");
    #[expect(clippy::zombie_processes, reason = "a gate that isn't ready fails the test")]
    let child = command.stdout(Stdio::null()).stderr(log).spawn().expect("the gate starts");
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let ready = raw(admin, b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        if ready.is_ok_and(|a| a.status == 200) {
            return child;
        }
        let log = || std::fs::read_to_string(dir.join("log")).unwrap_or_default();
        assert!(Instant::now() < until, "the gate isn't ready: {}", log());
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A child process that ends with the test.
pub struct Ends(pub Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A server of tests/servers, in the Python of target/venv.
pub fn python(script: &str, dir: &Path, port: u16) -> Ends {
    python_of("target/venv", script, dir, port)
}

/// The same in another Python.
pub fn python_of(venv: &str, script: &str, dir: &Path, port: u16) -> Ends {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(root.join(venv).join("bin/python"));
    command.arg(root.join("tests/servers").join(script)).arg(dir).arg(port.to_string());
    let mut child = command.stdout(Stdio::piped()).spawn().expect("target/venv is there (tests/setup.sh)");
    let mut line = String::new();
    let said = BufReader::new(child.stdout.as_mut().expect("a pipe")).read_line(&mut line);
    assert!(said.is_ok() && line.trim() == "ready", "{script}: {line}");
    Ends(child)
}

pub fn code_in(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_digit());
    words.into_iter().find(|w| w.len() == 6).unwrap_or_else(|| panic!("no code in {text}")).to_owned()
}

impl Drop for World {
    fn drop(&mut self) {
        self.kill();
        self.smtp.abort();
        if std::thread::panicking() {
            let log = self.log();
            eprintln!("--- the gate's log, its end:\n{}", &log[log.len().saturating_sub(6000)..]);
        } else {
            self.app.check();
        }
    }
}

pub fn config(plan: &Plan, address: SocketAddr, admin: SocketAddr, app: SocketAddr, smtp: u16) -> String {
    let probe = format!(
        "path = \"/api/me\"\nuser = \"json:/username\"\nattributes = {{ email = \"json:/email\" }}\nrefresh = \"{}\"\n",
        plan.refresh
    );
    let refresh = plan.refresh;
    let file = "[apps.directory]\nsource = \"file\"\npath = \"users.toml\"\n";
    let identity = match plan.identity {
        Identity::Form => format!(
            "[apps.identity]\nsource = \"login_form\"\n{}\n[apps.directory]\nsource = \"file\"\npath = \"users.toml\"\n",
            plan.source
        ),
        Identity::Probe => format!("[apps.identity]\nsource = \"probe\"\n{probe}{}\n", plan.source),
        Identity::AnswerHeader => {
            format!(
                "[apps.identity]\nsource = \"response_header\"\nheader = \"X-App-User\"\npath = \"/api/me\"\nrefresh = \"{refresh}\"\n{}\n{file}",
                plan.source
            )
        }
        Identity::Jwt => format!(
            "[apps.identity]\nsource = \"jwt\"\ncookie = \"sid\"\nalgorithm = \"HS256\"\nkey = \"{SIGNING_KEY}\"\nrefresh = \"{refresh}\"\n{}\n{file}",
            plan.source
        ),
        Identity::Sql => format!(
            "[apps.identity]\nsource = \"sql\"\nurl = \"sqlite:app.db\"\ncookie = \"sid\"\nquery = \"select username as id from sessions where id = :session\"\nrefresh = \"{refresh}\"\n{}\n{file}",
            plan.source
        ),
        Identity::FormAndSql => format!(
            "[apps.identity]\nsource = \"login_form\"\n{}\n[apps.identity.confirm]\nsource = \"sql\"\nurl = \"sqlite:app.db\"\ncookie = \"sid\"\nhash = \"sha256\"\nquery = \"select username as id from sessions where hash = :session\"\nrefresh = \"{refresh}\"\n{file}",
            plan.source
        ),
        Identity::Bare => format!("[apps.identity]\n{}\n", plan.source),
        Identity::Other | Identity::OtherTable => format!("[apps.identity]\n{}\n{file}", plan.source),
        Identity::FormAndProbe => format!(
            "[apps.identity]\nsource = \"login_form\"\n{}\n[apps.identity.confirm]\nsource = \"probe\"\n{probe}",
            plan.source
        ),
    };
    format!(
        r#"
[server]
listen = "{address}"
public_url = "{scheme}://{host}:{port}"
admin_listen = "{admin}"
{server}
[store]
url = "sqlite:gate.db"
[secrets]
key_file = "gate.key"
[smtp]
{relay}
from = "Gate <no-reply@example.com>"
timeout = "3s"
[brand]
name = "Test Wiki"
{brand}
[limits]
{limits}
[enrolment]
{confirm}
{enrolment}
[[apps]]
name = "wiki"
upstream = {upstream}
session_cookies = ["sid", "remember_*"]
harmless_cookies = ["lang"]
login_paths = ["/login"]
logout_paths = ["/logout"]
{of_app}
{identity}
{methods}
{more}
"#,
        relay = plan.relay.clone().unwrap_or_else(|| format!("host = \"127.0.0.1\"\nport = {smtp}")),
        host = plan.public_host,
        port = address.port(),
        server = plan.server,
        scheme = plan.scheme,
        upstream = plan.upstream.replace("APP", &app.to_string()),
        limits = plan.limits,
        confirm = plan.confirm,
        enrolment = plan.enrolment,
        of_app = plan.app,
        methods = plan.methods,
        brand = plan.brand,
        more = plan.more,
    )
}
