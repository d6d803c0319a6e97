//! `mfa-gate check`: reads the configuration and tries each thing it names, a line each.

use std::path::Path;

use super::walk::{Visitor, walk};
use super::{Failure, doors, runtime, settings};
use crate::config::settings::Source;
use crate::gate::Builder;

/// As whom, and where, `--login` signs in.
pub(super) struct Login {
    pub(super) user: String,
    pub(super) app: Option<String>,
    pub(super) fields: Vec<String>,
}

pub(super) fn check(gate: &Builder, config: &Path, offline: bool, login: Option<&Login>) -> Result<(), Failure> {
    let settings = settings(gate, config)?;
    println!("ok    {}: read, no mistakes", config.display());
    for app in &settings.apps {
        if matches!(app.identity.source, Source::LoginForm) && app.identity.confirm.is_none() {
            println!(
                "warn  app {}: with login_form alone the promise holds as far as login_paths is complete; add [apps.identity.confirm] with source = \"probe\"",
                app.name
            );
        }
    }
    if offline {
        return Ok(());
    }
    let apps = settings.apps.clone();
    let password = match login {
        None => String::new(),
        Some(login) => match crate::config::check_password() {
            Some(password) => password,
            None => {
                rpassword::prompt_password(format!("Password of {}: ", login.user)).map_err(|e| Failure::Other(e.to_string()))?
            }
        },
    };
    runtime()?.block_on(async {
        let gate = gate.clone().build(settings).await?;
        let mut bad = 0;
        let mut tell = |what: &str, result: Result<String, String>| match result {
            Ok(text) => println!("ok    {what}: {text}"),
            Err(text) => {
                bad += 1;
                println!("FAIL  {what}: {text}");
            }
        };
        tell("store", gate.memory.store().ping().await.map(|()| "can be read and written".into()).map_err(|e| e.to_string()));
        for app in &apps {
            let Some(room) = gate.rooms().iter().find(|r| r.app.name == app.name) else { continue };
            for (server, tried) in room.servers.try_all().await {
                let said = match tried {
                    Ok(()) => Ok(format!("{server} answers")),
                    Err(why) => Err(format!("{server} can't be reached: {why}")),
                };
                tell(&format!("app {}", app.name), said);
            }
            if let Some(directory) = &room.directory {
                tell(&format!("directory of app {}", app.name), directory.try_it().await);
            }
        }
        for room in gate.rooms() {
            let app = &room.app;
            for (path, what) in doors::open_doors(app, &room.servers).await {
                println!(
                    "warn  app {}: {path} answers ({what}); if it takes passwords, add it to login_paths or close it with a rule (action = \"deny\")",
                    app.name
                );
            }
        }
        if let Some(login) = login {
            let visitor = Visitor { user: &login.user, password: &password, fields: &login.fields };
            for room in gate.rooms().iter().filter(|room| login.app.as_ref().is_none_or(|name| room.app.name.as_str() == name)) {
                println!("      app {}: signing in as {}", room.app.name, login.user);
                let walked = walk(&gate, room, &visitor).await;
                tell(&format!("login at app {}", room.app.name), walked.map(|()| format!("{} is recognised", login.user)));
            }
        }
        for (name, tried) in gate.flows.try_methods().await {
            tell(&format!("method {name}"), tried);
        }
        if bad == 0 { Ok(()) } else { Err(Failure::Other(format!("{bad} of these can't be used"))) }
    })
}
