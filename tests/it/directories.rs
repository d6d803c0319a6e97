//! Directories: one user however the name is written, strangers denied, and closed when they can't be asked.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::Path as InPath;
use axum::routing::get;
use http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::app::password;
use crate::methods::enrol_app;
use crate::world::{Ends, Identity, Plan, World, free_port, serve};

fn world(directory: &str) -> World {
    let source = format!("source = \"login_form\"\n[apps.directory]\n{directory}");
    World::of(&Plan { identity: Identity::Bare, source, ..Plan::default() })
}

/// Whatever is typed, it is alice's session; what nobody has is denied; what is in a filter's or a query's language is a name.
fn one_user_however_written(world: &World) {
    for spelling in ["alice", "Alice", " alice ", "ALICE@example.com"] {
        let mut browser = world.browser();
        browser.get("/login").expect(200);
        let fields = [("username", spelling), ("password", password("alice")), ("as", "alice")];
        browser.post("/login", &fields).expect_challenge();
        assert_eq!(browser.get("/.mfa/api/v1/session").json()["user"], "alice", "{spelling}");
    }
    for stranger in ["mallory", "*", "alice)(uid=*", "' or 'a'='a", "ali%"] {
        let mut browser = world.browser();
        browser.get("/login").expect(200);
        let answer = browser.post("/login", &[("username", stranger), ("password", password("alice")), ("as", "alice")]);
        assert!(answer.status == 403 && answer.secrets().is_empty(), "{stranger}: {answer:?}");
    }
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice").expect_challenge();
    world.verify(&mut alice, "alice");
    alice.get("/orders").expect_page_of("alice");
}

#[test]
fn a_web_service_tells_who_somebody_is_and_what_it_said_counts_while_it_is_away() {
    let (down, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
    let (is_down, counter) = (down.clone(), asked.clone());
    let address = serve(Router::new().route(
        "/people/{name}",
        get(move |InPath(name): InPath<String>, headers: HeaderMap| async move {
            counter.fetch_add(1, Ordering::SeqCst);
            if is_down.load(Ordering::SeqCst) || headers.get("x-key").is_none_or(|k| k != "let me in") {
                return (StatusCode::INTERNAL_SERVER_ERROR, String::new());
            }
            match name.as_str() {
                "alice" | "alice@example.com" => {
                    (StatusCode::OK, json!({ "id": "alice", "email": "alice@example.com" }).to_string())
                }
                "bob" => (StatusCode::OK, json!([{ "id": "bob" }, { "id": "bob2" }]).to_string()),
                _ => (StatusCode::NOT_FOUND, String::new()),
            }
        }),
    ));
    let world = world(&format!(
        "source = \"http\"\nurl = \"http://{address}/people/{{login}}\"\nheaders = {{ X-Key = \"let me in\" }}\ncache = \"2s\"\n"
    ));
    one_user_however_written(&world);
    let log_in = |user: &str| {
        let mut browser = world.browser();
        browser.get("/login").expect(200);
        browser.post("/login", &[("username", user), ("password", password("alice")), ("as", "alice")])
    };
    // Two users for one name are nobody's login, and a service that is away lets nobody in whom it didn't name lately.
    log_in("bob").expect(403);
    log_in("alice").expect_challenge();
    let before = asked.load(Ordering::SeqCst);
    down.store(true, Ordering::SeqCst);
    log_in("alice").expect_challenge();
    assert_eq!(asked.load(Ordering::SeqCst), before);
    let before = world.app.newest();
    log_in("carol").expect(503);
    std::thread::sleep(Duration::from_millis(2100));
    log_in("alice").expect(503);
    assert_eq!(world.app.newest(), before, "nothing was sent to the app");
}

#[test]
fn a_table_of_the_app_tells_who_somebody_is() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("people.db");
    let rows = "create table people (login text, mail text, phone text);
        insert into people values ('alice', 'alice@example.com', null), ('bob', 'bob@example.com', '+48500100200');";
    let made = Command::new("sqlite3").arg(&file).arg(rows).status().unwrap();
    assert!(made.success());
    let query =
        "select login as id, mail as email, phone as phone_number from people where lower(login) = :login or mail = :login";
    let world = world(&format!("source = \"sql\"\nurl = \"sqlite:{}\"\nquery = \"{query}\"\n", file.display()));
    one_user_however_written(&world);
}

#[test]
fn a_second_spelling_of_a_name_locks_nobody_out_where_the_app_tells_them_apart() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("people.db");
    let rows = "create table people (login text, mail text);
        insert into people values ('alice', 'alice@example.com'), ('Alice', 'other@example.com'), ('bob@example.com', 'x@example.com'), ('bob', 'bob@example.com');";
    assert!(Command::new("sqlite3").arg(&file).arg(rows).status().unwrap().success());
    let query = "select login as id, mail as email from people where lower(login) = :login or mail = :login";
    let table = format!("source = \"sql\"\nurl = \"sqlite:{}\"\nquery = \"{query}\"\n", file.display());
    let log_in = |world: &World, name: &str, user: &str| {
        let mut browser = world.browser();
        browser.get("/login").expect(200);
        let answer = browser.post("/login", &[("username", name), ("password", password(user)), ("as", user)]);
        (answer.status, browser)
    };
    let exact = world(&format!("{table}exact = true\n"));
    let (status, mut alice) = log_in(&exact, "alice", "alice");
    assert_eq!((status, &alice.get("/.mfa/api/v1/session").json()["user"]), (303, &json!("alice")));
    // Neither of them in this spelling; and a name that is another's address could be either.
    assert_eq!(log_in(&exact, "ALICE", "alice").0, 403);
    assert_eq!(log_in(&exact, "bob@example.com", "bob").0, 403);
    // An app that ignores case could have let in either.
    assert_eq!(log_in(&world(&table), "alice", "alice").0, 403);
    // Unless the app itself says who it is.
    let confirm = "[apps.identity.confirm]\nsource = \"probe\"\npath = \"/api/me\"\nuser = \"json:/username\"\n";
    let source = format!("source = \"login_form\"\n{confirm}[apps.directory]\n{table}");
    let confirmed = World::of(&Plan { identity: Identity::Bare, source, ..Plan::default() });
    assert_eq!(log_in(&confirmed, "alice", "alice").0, 303);
}

#[test]
fn postgresql_and_mariadb_are_asked_alike() {
    for kind in ["postgres", "mariadb"] {
        let dir = tempfile::Builder::new().permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755)).tempdir().unwrap();
        let port = free_port();
        let server = start("database.sh", &[kind, &port.to_string()], dir.path());
        let scheme = if kind == "postgres" { "postgres" } else { "mysql" };
        let query = "select login as id, mail as email from people where lower(login) = :login or mail = :login";
        let url = format!("{scheme}://gate:secret@127.0.0.1:{port}/app");
        let world = world(&format!("source = \"sql\"\nurl = \"{url}\"\nquery = \"{query}\"\ncache = \"1s\"\ntimeout = \"2s\"\n"));
        one_user_however_written(&world);
        assert!(!world.log().contains("secret"));
        drop(server);
        std::thread::sleep(Duration::from_millis(1200));
        let mut browser = world.browser();
        world.log_in(&mut browser, "alice").expect(503);
    }
}

#[test]
fn an_ldap_server_tells_who_somebody_is_over_tls() {
    let dir = tempfile::tempdir().unwrap();
    let (plain, tls) = (free_port(), free_port());
    let server = start("ldap.sh", &[&plain.to_string(), &tls.to_string()], dir.path());
    let ca = dir.path().join("ca.pem");
    for reach in [format!("url = \"ldaps://localhost:{tls}\""), format!("url = \"ldap://localhost:{plain}\"\nstart_tls = true")] {
        let text = format!(
            "source = \"ldap\"\n{reach}\nca = \"{}\"\nbind_dn = \"cn=reader,dc=example,dc=com\"\nbind_password = \"hush\"\nbase = \"ou=people,dc=example,dc=com\"\ncache = \"1s\"\ntimeout = \"2s\"\n",
            ca.display()
        );
        let world = world(&text);
        one_user_however_written(&world);
        // The server goes by the certificate that it is configured with: another is none.
        let other = text.replace(&format!("ca = \"{}\"\n", ca.display()), "");
        let (status, said) = {
            std::fs::write(world.config(), std::fs::read_to_string(world.config()).unwrap().replace(&text, &other)).unwrap();
            world.command(&["check"])
        };
        assert!(status == 1 && said.contains("FAIL  directory of app wiki"), "{said}");
    }
    drop(server);
}

/// A server of tests/servers, once it is ready.
fn start(script: &str, args: &[&str], dir: &Path) -> Ends {
    let log = dir.join("log");
    let server = Command::new("bash")
        .arg(format!("{}/tests/servers/{script}", env!("CARGO_MANIFEST_DIR")))
        .args(args)
        .arg(dir)
        .stdout(std::fs::File::create(&log).unwrap())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let server = Ends(server);
    for _ in 0..600 {
        if dir.join("ready").exists() {
            return server;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{script} didn't start: {}", std::fs::read_to_string(log).unwrap_or_default());
}

#[test]
fn each_host_has_its_own_app_and_users_of_one_realm_enrol_once() {
    let table = |name: &str, realm: &str, upstream: SocketAddr| {
        format!(
            r#"
[[apps]]
name = "{name}"
host = "{name}.example.com"
{realm}
upstream = "http://{upstream}"
session_cookies = ["sid"]
login_paths = ["/login"]
[apps.identity]
source = "probe"
path = "/api/me"
user = "json:/username"
attributes = {{ email = "json:/email" }}
"#
        )
    };
    let mut world = World::of(&Plan { app: "host = \"127.0.0.1\"\nrealm = \"people\"\n".into(), ..Plan::default() });
    let more = table("shop", "realm = \"people\"", world.app.address) + &table("vault", "", world.app.address);
    let text = std::fs::read_to_string(world.config()).unwrap() + &more;
    world.kill();
    std::fs::write(world.config(), text).unwrap();
    world.start();
    let mut wiki = world.browser();
    world.log_in(&mut wiki, "alice").expect_challenge();
    world.verify(&mut wiki, "alice");
    wiki.get("/orders").expect_page_of("alice");
    let mut shop = world.browser().at("shop.example.com");
    let mut vault = world.browser().at("vault.example.com");
    // One app's cookies, the gate's too, mean nothing at another's host.
    shop.jar = wiki.jar.clone();
    vault.jar = wiki.jar.clone();
    shop.get("/orders").expect_challenge();
    vault.get("/orders").expect_challenge();
    world.browser().at("other.example.com").get("/").expect(421);
    // An authenticator app that was added for the wiki is the shop's as well, and not the vault's.
    enrol_app(&mut wiki);
    let active = |browser: &mut crate::client::Browser| {
        browser.jar.clear();
        world.log_in(browser, "alice").expect_challenge();
        let methods = browser.get("/.mfa/api/v1/session").json()["methods"].to_string();
        methods.contains("\"app\"")
    };
    assert!(active(&mut shop));
    assert!(!active(&mut vault));
}
