//! One struct per page; the template has the same name.

use askama::Template;

use crate::flows::{Kind, MethodView, Overview};

/// What every page shows.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) brand: String,
    pub(super) prefix: String,
    pub(super) support: Option<String>,
    pub(super) user: String,
    pub(super) form_token: String,
}

#[derive(Template)]
#[template(path = "challenge.html")]
pub(super) struct ChallengePage<'a> {
    pub(super) frame: &'a Frame,
    pub(super) method: &'a MethodView,
    pub(super) others: Vec<&'a MethodView>,
    pub(super) next: &'a str,
    pub(super) error: Option<String>,
    pub(super) notice: Option<String>,
    /// For a key: what the script asks the browser for.
    pub(super) options: Option<String>,
    pub(super) resend_in: u64,
    pub(super) expires_minutes: u64,
    pub(super) remember_days: u64,
    pub(super) step_up: bool,
    pub(super) locked: bool,
}

#[derive(Template)]
#[template(path = "enrol.html")]
pub(super) struct EnrolPage<'a> {
    pub(super) frame: &'a Frame,
    pub(super) methods: Vec<&'a MethodView>,
}

#[derive(Template)]
#[template(path = "enrol_app.html")]
pub(super) struct EnrolApp<'a> {
    pub(super) frame: &'a Frame,
    pub(super) method: &'a str,
    pub(super) uri: &'a str,
    pub(super) secret: &'a str,
    pub(super) qr_svg: &'a str,
}

#[derive(Template)]
#[template(path = "enrol_code.html")]
pub(super) struct EnrolCode<'a> {
    pub(super) frame: &'a Frame,
    pub(super) method: &'a str,
    pub(super) masked: String,
    pub(super) error: Option<String>,
    pub(super) numeric: bool,
}

#[derive(Template)]
#[template(path = "enrol_key.html")]
pub(super) struct EnrolKey<'a> {
    pub(super) frame: &'a Frame,
    pub(super) method: &'a str,
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
    pub(super) title: &'a str,
    pub(super) action: &'a str,
    pub(super) hidden: &'a [(String, String)],
    pub(super) query: &'a str,
    pub(super) method: &'a MethodView,
    pub(super) others: Vec<&'a MethodView>,
    pub(super) sent: bool,
    pub(super) resend_in: u64,
    pub(super) options: Option<String>,
    pub(super) error: Option<String>,
}

#[derive(Template)]
#[template(path = "backup_codes.html")]
pub(super) struct BackupCodes<'a> {
    pub(super) frame: &'a Frame,
    pub(super) codes: &'a [String],
    pub(super) done: &'a str,
}

#[derive(Template)]
#[template(path = "settings.html")]
pub(super) struct SettingsPage<'a> {
    pub(super) frame: &'a Frame,
    pub(super) overview: &'a Overview,
    pub(super) devices: usize,
    pub(super) activity: Vec<(String, String, String)>,
    pub(super) backup_on: bool,
}
