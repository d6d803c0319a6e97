//! What is open when the rules change: judged once more, as it was asked for.

use std::sync::Arc;

use super::Gate;
use crate::canonical::path;
use crate::decide::{self, Decision, Facts, Standing};
use crate::identity::Purpose;
use crate::proxy::open::Opened;

impl Gate {
    /// From now on these rules count for what other rules let in, and what is still open.
    pub fn judge_open(self: &Arc<Self>) {
        let gate = Arc::downgrade(self);
        self.tunnels.noted.judge(move |opened| gate.upgrade().is_some_and(|gate| gate.still_admits(opened)));
    }

    fn still_admits(&self, opened: &Opened) -> bool {
        let Some(room) = self.rooms.iter().find(|room| room.app.name == opened.app) else { return false };
        let Ok(path) = path::read(opened.target.path(), &room.app.allow_in_path) else { return false };
        let standing = Standing::LoggedIn { user: &opened.user, gate: opened.gate.as_ref().map(|gate| &gate.row) };
        let Opened { method, client, upgrade, .. } = opened;
        let (client, upgrade, purpose) = (*client, *upgrade, &Purpose::Ordinary);
        let names_another = false;
        let facts = Facts { app: &room.app, path: &path, method, client, upgrade, purpose, names_another, standing };
        matches!(decide::decide(&facts, opened.at), Decision::Admit(permit) if permit.kind().is_credentialed())
    }
}
