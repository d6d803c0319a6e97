//! Real apps that nobody here wrote, unmodified, each behind the gate by its preset: from login to the next user's login.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use mfa_gate::demo::mailbox::{Mail, Mailbox};

use crate::world::{Ends, GATE, code_in, free_port, mail_catcher, start_gate};

/// A picture of one pixel.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// An app with the gate in front of it.
struct Gated {
    dir: tempfile::TempDir,
    address: SocketAddr,
    mails: Mailbox,
    _gate: Ends,
    _server: Ends,
}

impl Drop for Gated {
    fn drop(&mut self) {
        // WordPress' database is a process of its own.
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
        let text = text
            .replace("127.0.0.1:8080", &address.to_string())
            .replace("http://127.0.0.1:8000", &format!("http://{app}"))
            .replace("http://127.0.0.1:1880", &format!("http://{app}"))
            .replace("port = 25", &format!("port = {smtp}"))
            .replace("[server]\n", &format!("[server]\nadmin_listen = \"{admin}\"\n"));
        let people = "[users.carol]\nemail = \"carol@example.com\"\n[users.dave]\nemail = \"dave@example.com\"\n";
        std::fs::write(dir.path().join("users.toml"), people).unwrap();
        std::fs::write(&config, change(text, more)).unwrap();
        let gate: Child = start_gate(dir.path(), admin);
        Self { dir, address, mails, _gate: Ends(gate), _server: server }
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
        let password = format!("{user}-pass-1");
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

#[test]
fn dokuwiki_is_read_edited_and_left_by_its_own_users() {
    let gated = Gated::start("dokuwiki", "dokuwiki", |text, _| text);
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &Visitor<'_>, user: &str| {
        visitor.get("/doku.php?id=start");
        let password = format!("{user}-pass-1");
        let fields = [("u", user), ("p", &password), ("do", "login"), ("id", "start"), ("sectok", "")];
        visitor.post("/doku.php", &fields).expect_challenge();
    };
    let thief = gated.visitor();
    log_in(&thief, "carol");
    thief.get("/doku.php?id=start").expect_challenge();
    // Any page takes name and password.
    let other = gated.visitor();
    other.get("/doku.php?id=other&u=carol&p=carol-pass-1").expect_challenge();
    let wrong = gated.visitor();
    let mails = gated.mails.all().len();
    assert!(wrong.post("/doku.php", &[("u", "carol"), ("p", "no"), ("do", "login"), ("id", "start")]).to.is_empty());
    assert_eq!(gated.mails.all().len(), mails);
    for door in ["/lib/exe/xmlrpc.php", "/lib/exe/jsonrpc.php"] {
        wrong.post(door, &[("u", "carol")]).expect(403);
    }

    let carol = gated.visitor();
    log_in(&carol, "carol");
    carol.verify("carol");
    let page = carol.get("/doku.php?id=start&do=edit").expect(200);
    let mut fields: Vec<(&str, String)> =
        ["sectok", "id", "rev", "date", "prefix", "suffix", "changecheck", "target"].map(|name| (name, page.field(name))).into();
    fields.extend([
        ("wikitext", "====== Start ======\nwritten behind the gate".into()),
        ("summary", String::new()),
        ("do[save]", "Save".into()),
    ]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    carol.post("/doku.php?id=start", &fields).expect(302);
    let page = carol.get("/doku.php?id=start").expect(200);
    assert!(page.text.contains("written behind the gate"), "{}", page.text);
    let file = gated.dir.path().join("dot.png");
    std::fs::write(&file, BASE64.decode(DOT.as_bytes()).unwrap()).unwrap();
    let manager = carol.get("/lib/exe/mediamanager.php?ns=").expect(200);
    let at = format!("@{}", file.display());
    let sectok = manager.field("sectok");
    carol
        .upload("/lib/exe/mediamanager.php", &[("sectok", &sectok), ("ns", ""), ("mediaid", "dot.png"), ("upload", &at)])
        .expect(200);
    assert!(carol.get("/lib/exe/fetch.php?media=dot.png").expect(200).text.contains("PNG"));
    thief.get("/lib/exe/fetch.php?media=dot.png").expect_challenge();
    let out = format!("/doku.php?id=start&do=logout&sectok={sectok}");
    carol.get(&out).expect(302);
    assert!(!carol.get("/doku.php?id=start").text.contains("written behind"));
    log_in(&carol, "dave");
    carol.get("/doku.php?id=start").expect_challenge();
    carol.verify("dave");
    assert!(carol.get("/doku.php?id=start").expect(200).text.contains("Dave Writer"));
    thief.get("/doku.php?id=start").expect_challenge();
}

#[test]
fn wordpress_is_written_in_and_left_by_its_own_users() {
    let gated = Gated::start("wordpress", "wordpress", |text, database| {
        text.replace("{ env = \"APP_DATABASE_URL\" }", &format!("\"mysql://gate:secret@127.0.0.1:{database}/wp\""))
    });
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &Visitor<'_>, name: &str, user: &str| {
        visitor.get("/wp-login.php").expect(200);
        let password = format!("{user}-pass-1");
        let redirect = format!("http://{}/wp-admin/", gated.address);
        let fields =
            [("log", name), ("pwd", &*password), ("wp-submit", "Log In"), ("redirect_to", &*redirect), ("testcookie", "1")];
        visitor.post("/wp-login.php", &fields).expect_challenge();
    };
    let thief = gated.visitor();
    log_in(&thief, "Carol", "carol");
    for target in ["/", "/wp-admin/", "/wp-admin/profile.php", "/?p=1"] {
        thief.get(target).expect_challenge();
    }
    let call = "<methodCall><methodName>wp.getProfile</methodName></methodCall>";
    gated.visitor().curl("/xmlrpc.php", &["-d".into(), call.into()]).expect(403);
    let guess = gated.visitor().curl("/?rest_route=/wp/v2/users/me", &["-u".into(), "carol:carol-pass-1".into()]);
    assert!(!guess.text.contains("\"id\""), "{guess:?}");
    let mails = gated.mails.all().len();
    let wrong = gated.visitor();
    wrong.get("/wp-login.php");
    wrong.post("/wp-login.php", &[("log", "carol"), ("pwd", "no"), ("testcookie", "1")]).expect(200);
    assert_eq!(gated.mails.all().len(), mails);

    let dave = gated.visitor();
    log_in(&dave, "dave@example.com", "dave");
    dave.verify("dave");
    let page = dave.get("/wp-admin/profile.php").expect(200);
    assert!(page.text.contains("dave@example.com"));
    let fields = ["_wpnonce", "from", "checkuser_id", "user_id", "email", "nickname"].map(|name| (name, page.field(name)));
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    fields.extend([("action", "update"), ("first_name", "David"), ("last_name", "Behind-the-Gate"), ("display_name", "David")]);
    dave.post("/wp-admin/profile.php", &fields).expect(302);
    assert!(dave.get("/wp-admin/profile.php").expect(200).text.contains("Behind-the-Gate"));
    let form = dave.get("/wp-admin/media-new.php?browser-uploader").expect(200);
    let file = gated.dir.path().join("note.txt");
    std::fs::write(&file, "a note of dave's").unwrap();
    let at = format!("@{};type=text/plain", file.display());
    let nonce = form.field("_wpnonce");
    dave.upload(
        "/wp-admin/media-new.php",
        &[("_wpnonce", &nonce), ("html-upload", "Upload"), ("post_id", "0"), ("async-upload", &at)],
    )
    .expect(302);
    let out = dave.get("/wp-admin/").expect(200).text;
    let (_, out) = out.split_once("action=logout").and_then(|(_, after)| after.split_once("_wpnonce=")).unwrap();
    let out: String = out.chars().take_while(char::is_ascii_alphanumeric).collect();
    dave.get(&format!("/wp-login.php?action=logout&_wpnonce={out}")).expect(302);
    assert!(dave.get("/wp-admin/profile.php").expect(302).to.contains("wp-login.php"));
    log_in(&dave, "carol", "carol");
    dave.get("/wp-admin/").expect_challenge();
    dave.verify("carol");
    assert!(dave.get("/wp-admin/profile.php").expect(200).text.contains("carol@example.com"));
}

#[test]
fn django_admin_is_worked_in_and_left_by_its_own_users() {
    let gated =
        Gated::start("django", "django", |text, _| text.replace("{ env = \"APP_DATABASE_URL\" }", "\"sqlite:app/db.sqlite3\""));
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &Visitor<'_>, user: &str| {
        let page = visitor.get("/admin/login/?next=/admin/").expect(200);
        let (token, password) = (page.field("csrfmiddlewaretoken"), format!("{user}-pass-1"));
        let fields = [("csrfmiddlewaretoken", &*token), ("username", user), ("password", &*password), ("next", "/admin/")];
        visitor.post("/admin/login/", &fields)
    };
    let thief = gated.visitor();
    log_in(&thief, "carol").expect_challenge();
    thief.get("/admin/").expect_challenge();
    let wrong = gated.visitor();
    let page = wrong.get("/admin/login/").expect(200);
    let fields = [("csrfmiddlewaretoken", &*page.field("csrfmiddlewaretoken")), ("username", "carol"), ("password", "no")];
    assert!(wrong.post("/admin/login/", &fields).expect(200).text.contains("errornote"));

    let carol = gated.visitor();
    log_in(&carol, "carol").expect_challenge();
    carol.verify("carol");
    let page = carol.get("/admin/auth/group/add/").expect(200);
    let token = page.field("csrfmiddlewaretoken");
    carol.post("/admin/auth/group/add/", &[("csrfmiddlewaretoken", &token), ("name", "behind the gate")]).expect(302);
    let page = carol.get("/admin/auth/group/").expect(200);
    assert!(page.text.contains("behind the gate"));
    let token = page.field("csrfmiddlewaretoken");
    carol.post("/admin/logout/", &[("csrfmiddlewaretoken", &token)]).expect(200);
    carol.get("/admin/").expect(302);
    log_in(&carol, "dave").expect_challenge();
    carol.get("/admin/").expect_challenge();
    carol.verify("dave");
    assert!(carol.get("/admin/").expect(200).text.contains("Dave"));
}

#[test]
fn a_calendar_server_with_http_basic_is_used_by_its_own_users() {
    let gated = Gated::start("basic", "radicale", |text, _| text.replace("# method = \"PROPFIND\"", "method = \"PROPFIND\""));
    gated.check_recognises("carol", "carol");
    let sign = |user: &str, password: &str| vec!["-u".to_owned(), format!("{user}:{password}")];
    let mut carol = gated.visitor();
    let answer = carol.curl("/carol/", &["-i".into()]).expect(401);
    assert!(answer.text.to_ascii_lowercase().contains("www-authenticate: basic"), "{answer:?}");
    carol.more = sign("carol", "no");
    carol.get("/carol/").expect(401);
    assert!(gated.mails.all().is_empty());
    carol.more = sign("carol", "carol-pass-1");
    carol.get("/carol/").expect_challenge();
    carol.verify("carol");
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T120000Z\r\nSUMMARY:Tea\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let put = ["-X", "PUT", "-H", "Content-Type: text/calendar", "--data-binary", calendar].map(str::to_owned);
    carol.curl("/carol/tea.ics", &put).expect(201);
    assert!(carol.get("/carol/tea.ics").expect(200).text.contains("SUMMARY:Tea"));
    let find = carol.curl("/carol/", &["-X".into(), "PROPFIND".into(), "-H".into(), "Depth: 1".into()]).expect(207);
    assert!(find.text.contains("tea.ics"), "{find:?}");
    // The same password elsewhere, and another user in the same browser.
    let mut thief = gated.visitor();
    thief.more = sign("carol", "carol-pass-1");
    thief.get("/carol/tea.ics").expect_challenge();
    thief.curl("/carol/other.ics", &put).expect(401);
    carol.more = sign("dave", "dave-pass-1");
    carol.get("/dave/").expect_challenge();
    carol.verify("dave");
    carol.curl("/dave/tea.ics", &put).expect(201);
}

#[test]
fn node_red_is_changed_with_its_tokens_by_its_own_users() {
    let gated = Gated::start("nodered", "nodered", |text, _| text);
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &mut Visitor<'_>, user: &str| {
        visitor.more.clear();
        let password = format!("{user}-pass-1");
        let fields = [
            ("client_id", "node-red-editor"),
            ("grant_type", "password"),
            ("scope", ""),
            ("username", user),
            ("password", &*password),
        ];
        let fields: Vec<String> =
            fields.iter().flat_map(|(n, v)| ["--data-urlencode".to_owned(), format!("{n}={v}")]).chain(script()).collect();
        let page = visitor.curl("/auth/token", &fields).expect(200);
        let token = serde_json::from_str::<serde_json::Value>(&page.text).unwrap()["access_token"].as_str().unwrap().to_owned();
        visitor.more = ["-H".to_owned(), format!("Authorization: Bearer {token}")].into();
        token
    };
    let mut wrong = gated.visitor();
    wrong.more = script().into();
    let page = wrong.post(
        "/auth/token",
        &[("client_id", "node-red-editor"), ("grant_type", "password"), ("username", "carol"), ("password", "no")],
    );
    assert!(page.status == 403 || page.status == 401, "{page:?}");
    assert!(gated.mails.all().is_empty());
    let mut thief = gated.visitor();
    log_in(&mut thief, "carol");
    let mut carol = gated.visitor();
    let token = log_in(&mut carol, "carol");
    carol.curl("/settings", &script()).expect(401);
    // The editor's page is asked for without the token.
    let with_token = std::mem::take(&mut carol.more);
    carol.get("/").expect_challenge();
    carol.verify("carol");
    carol.get("/").expect(200);
    carol.more = with_token;
    assert!(carol.curl("/settings", &script()).expect(200).text.contains("\"username\":\"carol\""));
    let flow = r#"[{"id":"a1","type":"tab","label":"behind the gate"}]"#;
    let save = ["-H", "Content-Type: application/json", "-d", flow].map(str::to_owned);
    carol.curl("/flows", &save).expect(204);
    assert!(carol.curl("/flows", &script()).expect(200).text.contains("behind the gate"));
    thief.curl("/flows", &script()).expect(401);
    thief.curl("/flows", &save).expect(401);
    let socket = |visitor: &Visitor<'_>| {
        let ask = ["-i", "-m", "2", "-H", "Connection: Upgrade", "-H", "Upgrade: websocket", "-H", "Sec-WebSocket-Version: 13"];
        let key = ["-H", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "-H", "Accept: */*"];
        let mut browser = gated.visitor();
        browser.jar = visitor.jar.clone();
        browser.curl("/comms", &ask.iter().chain(&key).map(|s| (*s).to_owned()).collect::<Vec<_>>()).text
    };
    assert!(socket(&carol).starts_with("HTTP/1.1 101"));
    assert!(socket(&thief).starts_with("HTTP/1.1 401"));
    carol.post("/auth/revoke", &[("token", &token)]).expect(200);
    carol.curl("/settings", &script()).expect(401);
    log_in(&mut carol, "dave");
    carol.curl("/settings", &script()).expect(401);
    carol.more.clear();
    carol.get("/").expect_challenge();
}

/// Headers of a script's request.
fn script() -> [String; 4] {
    ["-H", "Sec-Fetch-Mode: cors", "-H", "Sec-Fetch-Dest: empty"].map(str::to_owned)
}

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
    assert!(said.contains("basic, django, dokuwiki, nodered, wordpress"), "{said}");
    assert!(init("WordPress").status.success());
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(!init("django").status.success());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
}
