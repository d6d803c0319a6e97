//! `mfa-gate init`: a commented gate.toml, in general or for an app that the gate was tried with.

use std::path::PathBuf;

use super::Failure;

/// Each was tried with the real app; the tests do it again.
const PRESETS: [(&str, &str); 10] = [
    ("basic", include_str!("../../presets/basic.toml")),
    ("django", include_str!("../../presets/django.toml")),
    ("dokuwiki", include_str!("../../presets/dokuwiki.toml")),
    ("jupyterlab", include_str!("../../presets/jupyterlab.toml")),
    ("mediawiki", include_str!("../../presets/mediawiki.toml")),
    ("nodered", include_str!("../../presets/nodered.toml")),
    ("phpmyadmin", include_str!("../../presets/phpmyadmin.toml")),
    ("redmine", include_str!("../../presets/redmine.toml")),
    ("roundcube", include_str!("../../presets/roundcube.toml")),
    ("wordpress", include_str!("../../presets/wordpress.toml")),
];

/// The general one, with every key.
const GENERAL: &str = include_str!("../../gate.toml");

/// What to write, and where.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// The app: basic, django, dokuwiki, jupyterlab, mediawiki, nodered, phpmyadmin, redmine, roundcube, wordpress. Without it,
    /// the file explains every key.
    #[arg(long)]
    preset: Option<String>,
    /// Where to write; `-` prints it.
    #[arg(long, default_value = "gate.toml")]
    output: PathBuf,
}

pub(super) fn init(args: &InitArgs) -> Result<(), Failure> {
    let text = match &args.preset {
        None => GENERAL,
        Some(name) => {
            let known: Vec<&str> = PRESETS.iter().map(|(n, _)| *n).collect();
            let found = PRESETS.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, text)| *text);
            found.ok_or_else(|| {
                let all = known.join(", ");
                Failure::Other(format!("there is no preset {name}; there are: {all}. `mfa-gate init` alone explains every key"))
            })?
        }
    };
    if args.output.as_os_str() == "-" {
        print!("{text}");
        return Ok(());
    }
    let place = args.output.display();
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(&args.output);
    let mut file = file.map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::Other(format!("{place} is there already and stays as it is; name another with --output"))
        }
        _ => Failure::Other(format!("{place}: {e}")),
    })?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|e| Failure::Other(format!("{place}: {e}")))?;
    println!("{place} is written; change what is marked in it, then run `mfa-gate check`");
    Ok(())
}
