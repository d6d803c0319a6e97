//! Django's own admin behind the gate: real sessions, a real login form with CSRF token, mail over STARTTLS and AUTH.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use mail_parser::MessageParser;

use crate::client::{Ask, Browser};
use crate::world::{Ends, code_in, free_port, python, start_gate};

struct Admin {
    dir: tempfile::TempDir,
    address: SocketAddr,
    app: SocketAddr,
    _processes: Vec<Ends>,
}

fn start(identity: &str) -> Admin {
    let dir = tempfile::tempdir().unwrap();
    let (app, relay) = (free_port(), free_port());
    let local = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));
    let (address, admin) = (local(free_port()), local(free_port()));
    let servers = vec![python("django_admin.py", dir.path(), app), python("relay.py", dir.path(), relay)];
    let text = format!(
        r#"
[server]
listen = "{address}"
public_url = "http://{address}"
admin_listen = "{admin}"
[store]
url = "sqlite:gate.db"
[secrets]
key_file = "gate.key"
[smtp]
host = "127.0.0.1"
port = {relay}
tls = "starttls"
ca_file = "ca.pem"
username = "gate"
password = {{ file = "relay-password" }}
from = "Site administration <no-reply@example.com>"
[[apps]]
name = "admin"
upstream = "http://127.0.0.1:{app}"
session_cookies = ["sessionid"]
harmless_cookies = ["csrftoken"]
login_paths = ["/admin/login/"]
logout_paths = ["/admin/logout/"]
# The page that makes a user has the fields of a login.
not_login_paths = ["/admin/auth/user/add/"]
{identity}
[apps.directory]
source = "file"
path = "users.toml"
[[apps.rules]]
path = "/static/**"
action = "anonymous"
[methods.email]
handler = "email"
"#
    );
    std::fs::write(dir.path().join("gate.toml"), text).unwrap();
    std::fs::write(dir.path().join("relay-password"), "relay-password\n").unwrap();
    let users = "[users.alice]\nemail = \"alice@example.com\"\n[users.bob]\nemail = \"bob@example.com\"\n";
    std::fs::write(dir.path().join("users.toml"), users).unwrap();
    let mut processes = vec![Ends(start_gate(dir.path(), admin))];
    processes.extend(servers);
    Admin { dir, address, app: local(app), _processes: processes }
}

const FORM: &str = "[apps.identity]\nsource = \"login_form\"\n";
const PROBE: &str = "[apps.identity]\nsource = \"probe\"\npath = \"/admin/\"\nuser = \"css:#user-tools strong\"\n";
const BOTH: &str = "[apps.identity]\nsource = \"login_form\"\n[apps.identity.confirm]\nsource = \"probe\"\npath = \"/admin/\"\nuser = \"css:#user-tools strong\"\n";

fn token_in(page: &str) -> String {
    page.split("name=\"csrfmiddlewaretoken\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

fn log_in(browser: &mut Browser, user: &str) -> crate::client::Answer {
    let page = browser.get("/admin/login/?next=/admin/auth/user/").expect(200).text();
    let (token, password) = (token_in(&page), format!("{user}-password-1"));
    let fields =
        [("csrfmiddlewaretoken", token.as_str()), ("username", user), ("password", &password), ("next", "/admin/auth/user/")];
    browser.post("/admin/login/?next=/admin/auth/user/", &fields)
}

fn mail(dir: &Path, nth: usize) -> (String, String, String) {
    let path = dir.join(format!("{nth:03}.eml"));
    let until = Instant::now() + Duration::from_secs(15);
    while !path.exists() {
        assert!(Instant::now() < until, "no mail: {}", std::fs::read_to_string(dir.join("log")).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(20));
    }
    let raw = std::fs::read(path).unwrap();
    let mail = MessageParser::default().parse(&raw).unwrap();
    let to = mail.to().unwrap().first().unwrap().address.clone().unwrap().into_owned();
    let part = |text: Option<std::borrow::Cow<'_, str>>| text.unwrap_or_default().into_owned();
    (to, part(mail.body_text(0)), part(mail.body_html(0)))
}

fn passes(identity: &str) {
    let world = start(identity);
    let mut alice = Browser::new(world.address);
    let first = alice.get("/admin/").expect(302);
    assert!(first.location().starts_with("/admin/login/"), "{}", first.location());
    let told = log_in(&mut alice, "alice").expect_challenge();
    assert_eq!(told.location(), "/.mfa/challenge?next=%2Fadmin%2Fauth%2Fuser%2F");
    assert!(alice.jar.contains_key("sessionid") && alice.jar.contains_key("csrftoken"));
    alice.get("/admin/auth/user/").expect_challenge();
    alice.send(&Ask::script("GET", "/admin/auth/user/")).expect_problem(401, "second_factor_required");
    alice.get("/.mfa/challenge").expect(200);
    let (to, text, html) = mail(world.dir.path(), 1);
    assert_eq!(to, "alice@example.com");
    let code = code_in(&text);
    assert!(html.contains(&code));
    let passed = alice.submit("/.mfa/challenge?next=/admin/auth/user/", "/.mfa/challenge", &[("code", &code)]).expect(303);
    assert_eq!(passed.location(), "/admin/auth/user/");
    assert!(alice.get("/admin/auth/user/").expect(200).text().contains("alice@example.com"));
    // An unsafe request of the app's own: making a user, whose form looks like a login.
    let token = token_in(&alice.get("/admin/auth/user/add/").expect(200).text());
    let fields = [
        ("csrfmiddlewaretoken", token.as_str()),
        ("username", "dora"),
        ("usable_password", "true"),
        ("password1", "dora-password-1"),
        ("password2", "dora-password-1"),
    ];
    let made = alice.post("/admin/auth/user/add/", &fields).expect(302);
    assert!(made.location().starts_with("/admin/auth/user/"), "{}", made.location());
    // A wrong password is Django's own page, and no mail.
    let mut mallory = Browser::new(world.address);
    let page = mallory.get("/admin/login/").expect(200).text();
    let fields = [("csrfmiddlewaretoken", token_in(&page)), ("username", "alice".into()), ("password", "guess".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert!(mallory.post("/admin/login/", &fields).expect(200).text().contains("Please enter the correct username"));
    assert!(!world.dir.path().join("002.eml").exists());
    // Logging out reaches Django: the old cookie is worth nothing there either.
    let old = alice.cookie_line();
    let token = token_in(&alice.get("/admin/").expect(200).text());
    let out = alice.post("/admin/logout/", &[("csrfmiddlewaretoken", &token)]).expect(200);
    assert!(out.text().contains("Log in again"), "{}", out.text());
    let direct = Browser::new(world.app).send_with(&Ask::page("/admin/"), &old);
    assert_eq!(direct.status, 302, "the session is gone at Django too");
    log_in(&mut alice, "bob").expect_challenge();
}

#[test]
fn djangos_admin_gets_its_second_factor_with_login_form() {
    passes(FORM);
}

#[test]
fn djangos_admin_gets_its_second_factor_with_a_probe() {
    passes(PROBE);
}

#[test]
fn djangos_admin_gets_its_second_factor_with_both() {
    passes(BOTH);
}
