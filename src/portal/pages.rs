//! One struct per page; the template has the same name.

use std::time::Duration;

use askama::Template;

use super::frame::Frame;
use super::icons;
use crate::flows::{Kind, MethodView, Overview};
use crate::model::Timestamp;
use crate::words::Html;

/// A code that is on its way: how long until another can be sent, and until it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnItsWay {
    pub(super) resend_in: Duration,
    pub(super) expires_in: Duration,
}

#[derive(Template)]
#[template(path = "challenge.html")]
pub(super) struct ChallengePage<'a> {
    pub(super) frame: &'a Frame,
    pub(super) heading: String,
    pub(super) method: &'a MethodView,
    pub(super) others: Vec<&'a MethodView>,
    pub(super) next: &'a str,
    /// What is opened by it.
    pub(super) purpose: Html,
    /// What to do.
    pub(super) lead: Html,
    /// Why it is asked for.
    pub(super) why: Html,
    pub(super) error: Option<String>,
    pub(super) notice: Option<String>,
    /// For a key: what the script asks the browser for.
    pub(super) options: Option<String>,
    pub(super) sent: Option<OnItsWay>,
    pub(super) remember_days: u64,
    pub(super) remember: bool,
    /// When this session was verified last, in seconds; a later time is another tab's doing.
    pub(super) since: i64,
    pub(super) locked: bool,
    /// Seconds until a lock opens.
    pub(super) left: Option<u64>,
}

#[derive(Template)]
#[template(path = "enrol.html")]
pub(super) struct EnrolPage<'a> {
    pub(super) frame: &'a Frame,
    pub(super) heading: String,
    pub(super) methods: Vec<&'a MethodView>,
    /// It is this user's first method.
    pub(super) first: bool,
}

#[derive(Template)]
#[template(path = "enrol_app.html")]
pub(super) struct EnrolApp<'a> {
    pub(super) frame: &'a Frame,
    pub(super) heading: String,
    pub(super) method: &'a str,
    pub(super) uri: &'a str,
    pub(super) secret: &'a str,
    pub(super) qr_svg: &'a str,
}

#[derive(Template)]
#[template(path = "enrol_code.html")]
pub(super) struct EnrolCode<'a> {
    pub(super) frame: &'a Frame,
    pub(super) heading: String,
    pub(super) lead: Html,
    pub(super) method: &'a MethodView,
    /// What beginning anew does: a new code, a new secret.
    pub(super) again: String,
    pub(super) error: Option<String>,
}

#[derive(Template)]
#[template(path = "enrol_key.html")]
pub(super) struct EnrolKey<'a> {
    pub(super) frame: &'a Frame,
    pub(super) heading: String,
    pub(super) method: &'a MethodView,
    /// What was typed before.
    pub(super) name: &'a str,
    /// `None`: a YubiKey that types.
    pub(super) options: Option<String>,
    pub(super) error: Option<String>,
}

#[derive(Template)]
#[template(path = "confirm.html")]
pub(super) struct ConfirmPage<'a> {
    pub(super) frame: &'a Frame,
    pub(super) heading: String,
    pub(super) lead: Html,
    pub(super) action: &'a str,
    pub(super) hidden: &'a [(String, String)],
    pub(super) query: &'a str,
    pub(super) method: &'a MethodView,
    pub(super) others: Vec<&'a MethodView>,
    pub(super) sent: Option<OnItsWay>,
    pub(super) options: Option<String>,
    pub(super) error: Option<String>,
}

#[derive(Template)]
#[template(path = "backup_codes.html")]
pub(super) struct BackupCodes<'a> {
    pub(super) frame: &'a Frame,
    pub(super) heading: String,
    /// That a method was added, where one was.
    pub(super) added: Option<String>,
    pub(super) codes: &'a [String],
    pub(super) done: &'a str,
}

/// A line of the recent activity.
pub(super) struct Happened {
    pub(super) at: Timestamp,
    pub(super) what: String,
    pub(super) how: String,
}

#[derive(Template)]
#[template(path = "settings.html")]
pub(super) struct SettingsPage<'a> {
    pub(super) frame: &'a Frame,
    pub(super) heading: String,
    pub(super) overview: &'a Overview,
    pub(super) notice: Option<String>,
    pub(super) devices: usize,
    pub(super) activity: Vec<Happened>,
    pub(super) backup_on: bool,
}

#[derive(Template)]
#[template(path = "refusal.html")]
pub(super) struct RefusalPage<'a> {
    pub(super) frame: &'a Frame,
    pub(super) heading: &'a str,
    pub(super) sentence: &'a str,
    pub(super) next: &'a str,
    pub(super) request_id: &'a str,
    pub(super) offers_challenge: bool,
    pub(super) sign_in: Option<&'a str>,
    pub(super) leave: Option<String>,
}
