//! Certificates by ACME, from a real authority for tests (Debian's pebble).

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::bridge::certificate;
use crate::client::raw;
use crate::world::{Ends, Plan, World, free_port};

/// pebble and its name server, for a gate at these ports.
struct Authority {
    directory: String,
    ca: String,
    _servers: [Ends; 2],
}

fn authority(dir: &std::path::Path, http: u16, tls: u16) -> Authority {
    let own = certificate(dir, "pebble", "IP:127.0.0.1");
    let (listen, management, names, names_management) = (free_port(), free_port(), free_port(), free_port());
    let config = serde_json::json!({ "pebble": {
        "listenAddress": format!("127.0.0.1:{listen}"),
        "managementListenAddress": format!("127.0.0.1:{management}"),
        "certificate": own.chain, "privateKey": own.key, "httpPort": http, "tlsPort": tls,
        "ocspResponderURL": "", "externalAccountBindingRequired": false,
    }});
    let file = dir.join("pebble.json");
    std::fs::write(&file, config.to_string()).unwrap();
    let quiet = |command: &mut Command| {
        Ends(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("pebble is there (tests/setup.sh)"))
    };
    let local = |port: u16| format!("127.0.0.1:{port}");
    let resolver = quiet(
        Command::new("pebble-challtestsrv")
            .args(["-http01", "", "-https01", "", "-tlsalpn01", "", "-defaultIPv6", "", "-dns01", &local(names)])
            .args(["-management", &local(names_management)]),
    );
    let pebble =
        quiet(Command::new("pebble").arg("-config").arg(&file).args(["-dnsserver", &local(names)]).env("PEBBLE_VA_NOSLEEP", "1"));
    let until = Instant::now() + Duration::from_secs(10);
    for port in [listen, names_management] {
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < until, "pebble doesn't start");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    let directory = format!("https://127.0.0.1:{listen}/dir");
    Authority { directory, ca: own.authority.display().to_string(), _servers: [resolver, pebble] }
}

fn issuer(world: &World, name: &str) -> String {
    let at = world.address;
    let script = format!(
        "openssl s_client -connect {at} -servername {name} </dev/null 2>/dev/null | openssl x509 -noout -issuer -ext subjectAltName"
    );
    String::from_utf8_lossy(&Command::new("sh").args(["-c", &script]).output().unwrap().stdout).into_owned()
}

fn orders(by_http: bool) {
    let redirect = free_port();
    let server = if by_http { format!("redirect_listen = \"127.0.0.1:{redirect}\"") } else { String::new() };
    let mut world = World::of(&Plan { scheme: "https", public_host: "wiki.test", server, ..Plan::default() });
    let files = tempfile::tempdir().unwrap();
    let authority = authority(files.path(), redirect, world.address.port());
    let acme = format!(
        "[server]\ntls = {{ acme = {{ domains = [\"wiki.test\", \"www.wiki.test\"], contact = \"root@wiki.test\", cache = \"acme\", directory = \"{}\", ca = \"{}\" }} }}",
        authority.directory, authority.ca
    );
    let text = std::fs::read_to_string(world.config()).unwrap();
    std::fs::write(world.config(), text.replace("[server]", &acme)).unwrap();
    world.kill();
    world.start();
    let until = Instant::now() + Duration::from_secs(30);
    while !issuer(&world, "wiki.test").contains("Pebble") {
        assert!(Instant::now() < until, "{} {}", issuer(&world, "wiki.test"), world.log());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(issuer(&world, "www.wiki.test").contains("DNS:www.wiki.test"));
    let mode = |file: &str| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(world.dir.path().join("acme").join(file)).unwrap().permissions().mode() & 0o777
    };
    assert_eq!((mode("wiki.test.key"), mode("account.json")), (0o600, 0o600));
    // It is kept: another start asks nobody.
    drop(authority);
    world.kill();
    world.start();
    assert!(issuer(&world, "wiki.test").contains("Pebble"));
    if by_http {
        let at = std::net::SocketAddr::from(([127, 0, 0, 1], redirect));
        let old = raw(at, b"GET /.well-known/acme-challenge/x HTTP/1.1\r\nHost: wiki.test\r\n\r\n").unwrap();
        assert_eq!(old.status, 308);
    }
}

#[test]
fn a_certificate_is_ordered_by_a_challenge_in_the_handshake_and_kept() {
    orders(false);
}

#[test]
fn a_certificate_is_ordered_by_a_challenge_on_the_plain_port_and_kept() {
    orders(true);
}
