//! The gate as a service of systemd: sockets that are passed to it, and what it tells of itself.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::fd::AsFd;
use std::os::unix::net::{UnixDatagram, UnixListener, UnixStream};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::client::{Ask, Browser, connect, read_answer};
use crate::world::{Ends, GATE, World};

/// A world whose gate isn't running yet.
fn waiting_world() -> World {
    let mut world = World::new();
    world.kill();
    world
}

/// A shell that becomes the gate, so that its process id can be said beforehand, as systemd does.
fn service(world: &World, before: &str) -> Command {
    let log = std::fs::OpenOptions::new().append(true).open(world.dir.path().join("log")).unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{before} exec \"$0\" run --config \"$1\"")]).arg(GATE).arg(world.config());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    command
}

/// Starts the gate with these two sockets as its third and fourth descriptors.
fn with_sockets(world: &World, tcp: &TcpListener, unix: &UnixListener) -> Ends {
    let passed = |socket: &dyn AsFd| -> Stdio { socket.as_fd().try_clone_to_owned().unwrap().into() };
    let mut command = service(world, "exec 3<&0 4<&1 </dev/null >/dev/null; LISTEN_FDS=2 LISTEN_PID=$$");
    Ends(command.stdin(passed(tcp)).stdout(passed(unix)).spawn().unwrap())
}

#[test]
fn sockets_that_systemd_holds_take_the_place_of_listen_and_outlive_the_gate() {
    let mut world = waiting_world();
    let configured = world.address;
    let (tcp, path) = (TcpListener::bind("127.0.0.1:0").unwrap(), world.dir.path().join("passed.sock"));
    let unix = UnixListener::bind(&path).unwrap();
    world.address = tcp.local_addr().unwrap();
    // Who comes before the gate is there waits, and isn't refused.
    let mut early = connect(world.address).unwrap();
    early.write_all(&Ask::page("/login").bytes(&world.address.to_string(), "")).unwrap();
    let gate = with_sockets(&world, &tcp, &unix);
    read_answer(&mut early, false).unwrap().expect(200);
    assert!(connect(configured).is_err(), "server.listen is not listened on");
    let mut alice = world.verified("alice");
    alice.get("/private").expect_page_of("alice");
    let mut by_unix = UnixStream::connect(&path).unwrap();
    let ask = Ask::page("/private").with("Connection", "close").bytes(&world.address.to_string(), &alice.cookie_line());
    by_unix.write_all(&ask).unwrap();
    let mut said = String::new();
    by_unix.read_to_string(&mut said).unwrap();
    assert!(said.starts_with("HTTP/1.1 200 ") && said.contains("SECRET-alice"), "{said}");
    let told = |address: String| world.log().contains(&format!("\"listen\":\"{address}\""));
    assert!(told(world.address.to_string()) && told(format!("unix:{}", path.display())), "{}", world.log());
    // Between two gates the sockets are still there.
    drop(gate);
    let mut between = connect(world.address).unwrap();
    between.write_all(&Ask::page("/private").bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
    let _gate = with_sockets(&world, &tcp, &unix);
    read_answer(&mut between, false).unwrap().expect_page_of("alice");
}

#[test]
fn systemd_is_told_when_the_gate_is_ready_reloads_lives_and_stops() {
    let world = waiting_world();
    let path = world.dir.path().join("notify.sock");
    let told = UnixDatagram::bind(&path).unwrap();
    told.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let hear = || {
        let mut buffer = [0; 512];
        let length = told.recv(&mut buffer).unwrap_or_else(|e| panic!("{e}: {}", world.log()));
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    };
    // What says that it lives comes in between at any time.
    let hear_news = || std::iter::repeat_with(hear).take(100).find(|news| news != "WATCHDOG=1\n").unwrap();
    let mut command = service(&world, "");
    let mut gate = Ends(command.env("NOTIFY_SOCKET", &path).env("WATCHDOG_USEC", "400000").spawn().unwrap());
    assert_eq!(hear_news(), "READY=1\n");
    Browser::new(world.address).get("/login").expect(200);
    for _ in 0..4 {
        assert_eq!(hear(), "WATCHDOG=1\n");
    }
    let signal = |name: &str| {
        let done = Command::new("kill").args([name, &gate.0.id().to_string()]).status().unwrap();
        assert!(done.success());
    };
    // A file that changed and is refused is a reload as well: the gate goes on.
    let worse = format!("{}\n[surprise]\n", std::fs::read_to_string(world.config()).unwrap());
    let ways: [&dyn Fn(); 2] = [&|| signal("-HUP"), &|| {
        let beside = world.dir.path().join("beside");
        std::fs::write(&beside, &worse).unwrap();
        std::fs::rename(&beside, world.config()).unwrap();
    }];
    for reload in ways {
        reload();
        let news = hear_news();
        let since_boot = news.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").unwrap_or_else(|| panic!("{news}"));
        let uptime = std::fs::read_to_string("/proc/uptime").unwrap();
        let uptime: f64 = uptime.split(' ').next().unwrap().parse().unwrap();
        let then: f64 = since_boot.trim().parse().unwrap();
        assert!((uptime - then / 1e6).abs() < 30.0, "{since_boot} at {uptime}");
        assert_eq!(hear_news(), "READY=1\n");
    }
    signal("-TERM");
    assert_eq!(hear_news(), "STOPPING=1\n");
    assert!(gate.0.wait().unwrap().success());
}
