//! Every way in which a request ends without the app's answer: a status, a fixed reason, sentences for people.

use crate::canonical::Malformed;
use crate::decide::Refuse;
use crate::identity::Unclear;
use crate::store::StoreError;
use crate::upstream::UpstreamError;
use crate::upstream::body::Broken;
use crate::words::id;

/// Why a request gets no answer from the app.
#[derive(Debug)]
pub enum No {
    /// It can be read in two ways.
    Malformed(Malformed),
    /// Its cookies can be read in two ways: these are expired in the client.
    Cookies(Malformed, Vec<String>),
    /// It broke off, or wasn't HTTP.
    BadRequest,
    /// It didn't arrive in time.
    TooSlow,
    /// It is larger than `server.body_max`.
    TooLarge,
    /// More requests at once than the gate takes.
    Busy,
    /// No app has this host.
    WrongHost,
    /// The connection was let in on other terms than those of now, such as without a certificate.
    OldTerms,
    /// Nobody is signed in, and the app takes name and password with each request (RFC 7617).
    PasswordFirst,
    /// The decision said no.
    Decided(Refuse),
    /// What was sent must be sent again after the challenge.
    SendAgain,
    /// The gate can't reach its memory.
    Memory(String),
    /// The app was asked who this is, and gave no clear answer.
    Probe(String),
    /// The directory of users can't be asked.
    Directory(String),
    /// The app can't be reached.
    Down(String),
    /// The app is too slow.
    Slow(String),
    /// The app broke off.
    Broke(String),
    /// The head of the app's answer is larger than any.
    AnswerTooLarge(String),
    /// The app's answer is another user's.
    UserChanged,
    /// The directory doesn't know this user.
    UnknownUser,
    /// Form and app name different users.
    Disagreement,
    /// A login's answer can't be judged.
    LoginUndecided(String),
    /// The app sent a login back, with nothing that says for certain that it failed.
    SentBack,
}

/// The parts of a refusal: status, reason, title, sentence, what to do now.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Status.
    pub status: u16,
    /// For machines.
    pub reason: &'static str,
    /// Title of the page: the id of a sentence, as the next two.
    pub title: &'static str,
    /// What happened.
    pub sentence: &'static str,
    /// What to do now, if anything.
    pub next: Option<&'static str>,
    /// Seconds after which it is worth trying again.
    pub retry_after: Option<u64>,
}

impl Told {
    const fn new(status: u16, reason: &'static str, title: &'static str, sentence: &'static str, next: &'static str) -> Self {
        Self { status, reason, title, sentence, next: Some(next), retry_after: None }
    }

    const fn again_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }
}

impl No {
    /// What people and machines are told. Nothing in it comes from the app or from a secret.
    pub fn told(&self) -> Told {
        match self {
            Self::Malformed(m) | Self::Cookies(m, _) => malformed(m),
            Self::BadRequest => Told::new(400, "bad_request", id::NO_BAD_REQUEST_TITLE, id::NO_BAD_REQUEST, id::NO_NEXT_AGAIN),
            Self::TooSlow => Told::new(408, "too_slow", id::NO_TOO_SLOW_TITLE, id::NO_TOO_SLOW, id::NO_TOO_SLOW_NEXT),
            Self::TooLarge => Told::new(413, "body_too_large", id::NO_TOO_LARGE_TITLE, id::NO_TOO_LARGE, id::NO_TOO_LARGE_NEXT),
            Self::Busy => Told::new(503, "busy", id::NO_MOMENT_TITLE, id::NO_BUSY, id::NO_NEXT_MOMENT).again_after(2),
            Self::WrongHost => Told::new(421, "wrong_host", id::NO_WRONG_HOST_TITLE, id::NO_WRONG_HOST, id::NO_WRONG_HOST_NEXT),
            Self::SendAgain => {
                Told::new(401, "second_factor_required", id::NO_SEND_AGAIN_TITLE, id::NO_SEND_AGAIN, id::NO_SEND_AGAIN_NEXT)
            }
            Self::OldTerms => Told::new(421, "connect_again", id::NO_OLD_TERMS_TITLE, id::NO_OLD_TERMS, id::NO_OLD_TERMS_NEXT),
            Self::PasswordFirst => Self::Decided(Refuse::SignInFirst).told(),
            Self::Decided(refuse) => decided(*refuse),
            Self::SentBack => Told { next: None, ..Told::new(401, "login_failed", id::NO_SENT_BACK_TITLE, id::NO_SENT_BACK, "") },
            Self::Memory(_) => {
                Told::new(503, "state_unavailable", id::NO_MOMENT_TITLE, id::NO_MEMORY, id::NO_NEXT_MOMENT).again_after(5)
            }
            Self::Probe(_) => {
                Told::new(503, "probe_failed", id::NO_MOMENT_TITLE, id::NO_PROBE, id::NO_NEXT_MOMENT).again_after(5)
            }
            Self::Directory(_) => {
                Told::new(503, "directory_unavailable", id::NO_MOMENT_TITLE, id::NO_DIRECTORY, id::NO_NEXT_MOMENT).again_after(5)
            }
            Self::Down(_) => Told::new(502, "app_down", id::NO_DOWN_TITLE, id::NO_DOWN, id::NO_NEXT_MOMENT).again_after(10),
            Self::Slow(_) => Told::new(504, "app_slow", id::NO_SLOW_TITLE, id::NO_SLOW, id::NO_NEXT_MOMENT).again_after(10),
            Self::Broke(_) => Told::new(502, "app_broke_off", id::NO_BROKE_TITLE, id::NO_BROKE, id::NO_NEXT_AGAIN),
            Self::AnswerTooLarge(_) => Told::new(
                502,
                "app_answer_too_large",
                id::NO_ANSWER_TOO_LARGE_TITLE,
                id::NO_ANSWER_TOO_LARGE,
                id::NO_ANSWER_TOO_LARGE_NEXT,
            ),
            Self::UserChanged => {
                Told::new(403, "user_changed", id::NO_USER_CHANGED_TITLE, id::NO_USER_CHANGED, id::NO_USER_CHANGED_NEXT)
            }
            Self::UnknownUser => {
                Told::new(403, "user_unknown", id::NO_USER_UNKNOWN_TITLE, id::NO_USER_UNKNOWN, id::NO_USER_UNKNOWN_NEXT)
            }
            Self::Disagreement => {
                Told::new(403, "user_disagrees", id::NO_DISAGREEMENT_TITLE, id::NO_DISAGREEMENT, id::NO_DISAGREEMENT_NEXT)
            }
            Self::LoginUndecided(_) => {
                Told::new(502, "login_undecided", id::NO_UNDECIDED_TITLE, id::NO_UNDECIDED, id::NO_NEXT_TELL)
            }
        }
    }

    /// What the log says, where it says more.
    pub fn log(&self) -> Option<&str> {
        match self {
            Self::Memory(why)
            | Self::Probe(why)
            | Self::Directory(why)
            | Self::Down(why)
            | Self::Slow(why)
            | Self::Broke(why)
            | Self::AnswerTooLarge(why)
            | Self::LoginUndecided(why) => Some(why),
            _ => None,
        }
    }
}

fn malformed(m: &Malformed) -> Told {
    let next = if m.clear_cookies { id::NO_COOKIES_NEXT } else { id::NO_NEXT_BACK };
    Told::new(m.status, m.reason, id::NO_MALFORMED_TITLE, m.sentence, next)
}

fn decided(refuse: Refuse) -> Told {
    match refuse {
        Refuse::Malformed(m) => malformed(&m),
        Refuse::Denied => Told::new(403, "denied", id::NO_DENIED_TITLE, id::NO_DENIED, id::NO_DENIED_NEXT),
        Refuse::SignInFirst => {
            Told::new(401, "sign_in_first", id::NO_SIGN_IN_FIRST_TITLE, id::NO_SIGN_IN_FIRST, id::NO_SIGN_IN_FIRST_NEXT)
        }
        Refuse::UpgradeUnverified => {
            Told::new(401, "second_factor_required", id::NO_UPGRADE_TITLE, id::NO_UPGRADE, id::NO_UPGRADE_NEXT)
        }
        Refuse::LoginInProgress => Told::new(
            409,
            "login_in_progress",
            id::NO_LOGIN_IN_PROGRESS_TITLE,
            id::NO_LOGIN_IN_PROGRESS,
            id::NO_LOGIN_IN_PROGRESS_NEXT,
        )
        .again_after(2),
        Refuse::UseAnotherAccount => Told::new(
            409,
            "use_another_account",
            id::NO_ANOTHER_ACCOUNT_TITLE,
            id::NO_ANOTHER_ACCOUNT,
            id::NO_ANOTHER_ACCOUNT_NEXT,
        ),
        Refuse::LoginElsewhere => {
            Told::new(403, "login_elsewhere", id::NO_LOGIN_ELSEWHERE_TITLE, id::NO_LOGIN_ELSEWHERE, id::NO_LOGIN_ELSEWHERE_NEXT)
        }
    }
}

impl From<Malformed> for No {
    fn from(m: Malformed) -> Self {
        Self::Malformed(m)
    }
}

impl From<StoreError> for No {
    fn from(e: StoreError) -> Self {
        Self::Memory(e.to_string())
    }
}

impl From<crate::directory::DirectoryError> for No {
    fn from(e: crate::directory::DirectoryError) -> Self {
        Self::Directory(e.to_string())
    }
}

impl From<Unclear> for No {
    fn from(e: Unclear) -> Self {
        match e {
            Unclear::Store(e) => e.into(),
            Unclear::UnknownUser => Self::UnknownUser,
            witness @ Unclear::Witness { .. } => Self::Probe(witness.to_string()),
            Unclear::Directory(e) => e.into(),
        }
    }
}

/// The client's own fault, where its body broke off.
fn broken(error: &(dyn std::error::Error + 'static)) -> Option<Broken> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(broken) = error.downcast_ref::<Broken>() {
            return Some(*broken);
        }
        cause = error.source();
    }
    None
}

impl From<UpstreamError> for No {
    fn from(e: UpstreamError) -> Self {
        match e {
            UpstreamError::Connect(..) => Self::Down(e.to_string()),
            UpstreamError::Slow(..) => Self::Slow(e.to_string()),
            UpstreamError::TooLarge(..) => Self::AnswerTooLarge(e.to_string()),
            UpstreamError::Broke(_, ref why) => match broken(&**why) {
                Some(Broken::TooLarge) => Self::TooLarge,
                Some(Broken::Stalled) => Self::TooSlow,
                Some(Broken::Ended) => Self::SendAgain,
                None => Self::Broke(e.to_string()),
            },
        }
    }
}
