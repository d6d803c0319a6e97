//! Codes by an administrator's own program: JSON on its standard input, exit status 0 means sent. No shell.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

use super::{BuiltIn, DispatchResponse, Message, MessageDispatcher, Trouble};
use crate::config::options::{Faults, Is, Key};
use crate::config::settings::MessageSettings;

const KEYS: &[Key] = &[Key::new("command", Is::Texts), Key::new("timeout", Is::Span)];
/// What of a program's complaint is kept for the log.
const COMPLAINT_MAX: u64 = 2_000;
/// How long is waited for it once the program has ended.
const COMPLAINT_TIME: Duration = Duration::from_millis(300);

/// For the registry.
pub fn handler() -> BuiltIn {
    BuiltIn {
        name: "command",
        keys: &[KEYS],
        source_field: None,
        check,
        factory: Arc::new(|_, method| {
            let faults = check(method);
            let [program, arguments @ ..] = method.options.texts("command") else { return Err(faults) };
            if !faults.is_empty() {
                return Err(faults);
            }
            Ok(Arc::new(Program {
                path: place(method, program),
                arguments: arguments.to_vec(),
                dir: method.base_dir.clone(),
                timeout: method.options.span("timeout").unwrap_or(Duration::from_secs(10)),
            }))
        }),
    }
}

fn place(method: &MessageSettings, program: &str) -> PathBuf {
    method.base_dir.join(program)
}

fn check(method: &MessageSettings) -> Faults {
    let fix = match method.options.texts("command") {
        [] => "write a list: the program's path, then its arguments",
        [program, ..] if !is_program(&place(method, program)) => {
            "the first entry is no program that can be run; write its whole path"
        }
        _ => return Faults::new(),
    };
    vec![("command".into(), fix.into())]
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
}

#[derive(Debug)]
struct Program {
    path: PathBuf,
    arguments: Vec<String>,
    dir: PathBuf,
    timeout: Duration,
}

/// A running program; it goes with all of its children when this does.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(group) = self.0.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)) {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Program {
    async fn run(&self, input: &str) -> std::io::Result<(Option<i32>, String)> {
        let mut command = Command::new(&self.path);
        // It gets no secret of the gate's environment, and leads a group of its own.
        command.args(&self.arguments).current_dir(&self.dir).env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin");
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).process_group(0).kill_on_drop(true);
        let mut running = Running(command.spawn()?);
        let (stdin, stderr) = (running.0.stdin.take(), running.0.stderr.take());
        let write = async {
            if let Some(mut stdin) = stdin {
                // One that doesn't read its input may still know what to do.
                let _ = stdin.write_all(input.as_bytes()).await;
            }
        };
        let complain = tokio::spawn(async move {
            let mut text = Vec::new();
            if let Some(stderr) = stderr {
                let _ = stderr.take(COMPLAINT_MAX).read_to_end(&mut text).await;
            }
            String::from_utf8_lossy(&text).into_owned()
        });
        let ((), status) = tokio::join!(write, running.0.wait());
        let code = status?.code();
        // What it left behind may hold the pipe open for long.
        let complaint = if code == Some(0) { None } else { tokio::time::timeout(COMPLAINT_TIME, complain).await.ok() };
        Ok((code, complaint.and_then(Result::ok).unwrap_or_default()))
    }
}

#[async_trait]
impl MessageDispatcher for Program {
    async fn dispatch(&self, message: &Message) -> DispatchResponse {
        let input = message.to_json().to_string();
        let name = self.path.display();
        match tokio::time::timeout(self.timeout, self.run(&input)).await {
            Ok(Ok((Some(0), _))) => DispatchResponse::Sent,
            Ok(Ok((code, complaint))) => {
                let code = code.map_or("a signal".into(), |c| format!("status {c}"));
                let complaint = complaint.replace(&message.code, "…").replace(['\n', '\r'], " ");
                Trouble::Setup.failed(format!("{name} ended with {code}: {}", complaint.trim()))
            }
            Ok(Err(e)) => Trouble::Setup.failed(format!("{name} can't be run: {e}")),
            Err(_) => Trouble::Unknown.failed(format!("{name} took longer than {:?} and was killed", self.timeout)),
        }
    }

    async fn check(&self) -> Result<String, String> {
        let name = self.path.display();
        if is_program(&self.path) { Ok(format!("{name} can be run; it was not")) } else { Err(format!("{name} can't be run")) }
    }
}
