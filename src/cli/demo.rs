//! `mfa-gate demo`: a legacy app, the gate in front of it and a mail catcher, in one process on loopback.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;

use super::{Failure, run};
use crate::config;
use crate::demo::{app, mailbox, smtp};
use crate::gate::Gate;
use crate::server::{self, House};

/// Where the demo listens.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// The gate.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The mail catcher's page.
    #[arg(long, default_value = "127.0.0.1:8025")]
    mail_listen: SocketAddr,
    /// The gate's health page.
    #[arg(long, default_value = "127.0.0.1:0")]
    admin_listen: SocketAddr,
}

pub(super) fn demo(args: &DemoArgs) -> Result<(), Failure> {
    if ![args.listen, args.mail_listen, args.admin_listen].iter().all(|a| a.ip().is_loopback()) {
        return Err(Failure::Other("the demo has known passwords, so it listens on loopback only; write 127.0.0.1:PORT".into()));
    }
    run::log();
    let fault = |what: &str| {
        let what = what.to_owned();
        move |e: std::io::Error| Failure::Other(format!("{what}: {e}"))
    };
    let data = std::env::temp_dir().join(format!("mfa-gate-demo-{}", std::process::id()));
    std::fs::create_dir_all(&data).map_err(fault("a place for the demo's data"))?;
    let beside =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(fault("a runtime"))?;
    let (app_port, smtp_port, mail_at) = beside.block_on(async {
        let app_listener = TcpListener::bind("127.0.0.1:0").await.map_err(fault("the demo's app"))?;
        let smtp_listener = TcpListener::bind("127.0.0.1:0").await.map_err(fault("the demo's relay"))?;
        let mail_listener = TcpListener::bind(args.mail_listen).await.map_err(fault("the mail catcher"))?;
        let ports = (
            app_listener.local_addr().map_err(fault("a port"))?.port(),
            smtp_listener.local_addr().map_err(fault("a port"))?.port(),
            mail_listener.local_addr().map_err(fault("a port"))?,
        );
        let mails = mailbox::Mailbox::default();
        tokio::spawn(app::serve(app_listener, app::Warehouse::default()));
        tokio::spawn(smtp::serve(smtp_listener, mails.clone()));
        tokio::spawn(mailbox::serve(mail_listener, mails));
        Ok::<_, Failure>(ports)
    })?;
    // Port 0 is any that is free; its number stands in public_url.
    let at = if args.listen.port() == 0 { free(args.listen).map_err(fault("a port"))? } else { args.listen };
    let text = settings_text(at, app_port, smtp_port);
    let settings = config::parse(&text, "the demo's gate.toml", &data, &Gate::builder().handlers())
        .map_err(|e| Failure::Config(e.to_string()))?;
    let listeners = server::bind(&settings.server)?;
    let house = Arc::new(House::new(beside.block_on(Gate::builder().build(settings))?)?);
    let admin = beside.block_on(run::admin(&house, args.admin_listen))?;
    println!("app URL     http://{at}/");
    println!("mailbox URL http://{mail_at}/");
    println!("admin URL   http://{admin}/");
    for (user, password, _) in app::USERS {
        println!("login {user} / {password}");
    }
    let done = run::until_stopped(&beside, &house, listeners, None);
    let _ = std::fs::remove_dir_all(&data);
    done
}

fn free(at: SocketAddr) -> std::io::Result<SocketAddr> {
    std::net::TcpListener::bind(at)?.local_addr()
}

fn settings_text(at: SocketAddr, app: u16, smtp: u16) -> String {
    format!(
        r#"
[server]
listen = "{at}"
public_url = "http://{at}"
threads = 1
[store]
url = "sqlite:gate.db"
[secrets]
key_file = "gate.key"
[smtp]
host = "127.0.0.1"
port = {smtp}
from = "Parts Warehouse <no-reply@example.com>"
[brand]
name = "Parts Warehouse"
[[apps]]
name = "warehouse"
upstream = "http://127.0.0.1:{app}"
session_cookies = ["warehouse_session", "remember_token"]
harmless_cookies = ["lang"]
login_paths = ["/login"]
logout_paths = ["/logout"]
[apps.identity]
source = "login_form"
[apps.identity.confirm]
source = "probe"
path = "/api/me"
user = "json:/username"
attributes = {{ email = "json:/email" }}
[[apps.rules]]
path = "/static/**"
action = "anonymous"
[enrolment]
confirm_with = ["email"]
[limits]
sends = {{ max = 100, resend_after = "5s" }}
[methods.email]
verbose_name = "E-mail"
handler = "email"
[methods.app]
verbose_name = "Authenticator app"
handler = "app"
"#
    )
}
