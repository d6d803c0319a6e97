//! Every way in which a request ends without the app's answer: a status, a fixed reason, sentences for people.

use crate::canonical::Malformed;
use crate::decide::Refuse;
use crate::identity::Unclear;
use crate::store::StoreError;
use crate::upstream::UpstreamError;
use crate::upstream::body::Broken;

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
pub struct Words {
    /// Status.
    pub status: u16,
    /// For machines.
    pub reason: &'static str,
    /// Title of the page.
    pub title: &'static str,
    /// What happened.
    pub sentence: &'static str,
    /// What to do now.
    pub next: &'static str,
    /// Seconds after which it is worth trying again.
    pub retry_after: Option<u64>,
}

const fn words(status: u16, reason: &'static str, title: &'static str, sentence: &'static str, next: &'static str) -> Words {
    Words { status, reason, title, sentence, next, retry_after: None }
}

impl No {
    /// What people and machines are told. Nothing in it comes from the app or from a secret.
    pub fn words(&self) -> Words {
        match self {
            Self::Malformed(m) | Self::Cookies(m, _) | Self::Decided(Refuse::Malformed(m)) => words(
                m.status,
                m.reason,
                "This request can't be passed on",
                m.sentence,
                if m.clear_cookies {
                    "These cookies were taken off your browser. Sign in again; if this page comes back, clear this site's cookies."
                } else {
                    "Go back and try again."
                },
            ),
            Self::BadRequest => {
                words(400, "bad_request", "This request can't be read", "What arrived was incomplete or no HTTP.", "Try again.")
            }
            Self::TooSlow => {
                words(408, "too_slow", "This took too long", "The rest of what you sent didn't arrive in time.", "Send it again.")
            }
            Self::TooLarge => words(
                413,
                "body_too_large",
                "This is too large",
                "What you sent is larger than this site takes.",
                "Send something smaller, or ask your administrator.",
            ),
            Self::Busy => Words {
                retry_after: Some(2),
                ..words(
                    503,
                    "busy",
                    "Just a moment",
                    "More is asked of this site than it can answer at once.",
                    "Try again in a moment.",
                )
            },
            Self::WrongHost => words(
                421,
                "wrong_host",
                "No app lives at this address",
                "The gate serves no app under this host name.",
                "Check the address.",
            ),
            Self::OldTerms => words(
                421,
                "connect_again",
                "Connect again",
                "What this site wants of a connection has changed since yours was opened.",
                "Reload the page.",
            ),
            Self::SendAgain => words(
                401,
                "second_factor_required",
                "One more step before this is sent",
                "What you sent was not passed on. Pass your second factor, go back, and send it again.",
                "Continue to the second factor.",
            ),
            Self::Decided(Refuse::Denied) => words(
                403,
                "denied",
                "This page is closed",
                "The administrator has closed this page for you.",
                "Go back to the start page.",
            ),
            Self::PasswordFirst | Self::Decided(Refuse::SignInFirst) => words(
                401,
                "sign_in_first",
                "Sign in first",
                "You are not signed in, so this was not passed on.",
                "Sign in, then send it again.",
            ),
            Self::Decided(Refuse::UpgradeUnverified) => words(
                401,
                "second_factor_required",
                "Pass your second factor first",
                "This connection needs a verified session.",
                "Sign in and pass your second factor.",
            ),
            Self::Decided(Refuse::LoginInProgress) => Words {
                retry_after: Some(2),
                ..words(
                    409,
                    "login_in_progress",
                    "A sign-in is under way",
                    "Another sign-in of this browser is on its way to the app.",
                    "Wait a moment and try again.",
                )
            },
            Self::Decided(Refuse::UseAnotherAccount) => words(
                409,
                "use_another_account",
                "You are signed in as someone else",
                "A sign-in as another user was not passed on, since a verified session is open in this browser.",
                "Choose \"Use another account\", then sign in again.",
            ),
            Self::Decided(Refuse::LoginElsewhere) => words(
                403,
                "login_elsewhere",
                "This is not the place to sign in",
                "A name and a password were sent to an address that isn't known as a sign-in page, so they were not passed on.",
                "Sign in on the site's own sign-in page. Administrators: list this address in login_paths, or add a confirming source.",
            ),
            Self::SentBack => words(
                401,
                "login_failed",
                "You are not signed in",
                "The app sent you back to sign in. Perhaps the name or the password was wrong.",
                "",
            ),
            Self::Memory(_) => Words {
                retry_after: Some(5),
                ..words(
                    503,
                    "state_unavailable",
                    "Just a moment",
                    "The gate can't reach its memory, so it can't tell whose session this is.",
                    "Try again in a moment.",
                )
            },
            Self::Probe(_) => Words {
                retry_after: Some(5),
                ..words(
                    503,
                    "probe_failed",
                    "Just a moment",
                    "The app didn't say clearly whose session this is.",
                    "Try again in a moment.",
                )
            },
            Self::Directory(_) => Words {
                retry_after: Some(5),
                ..words(
                    503,
                    "directory_unavailable",
                    "Just a moment",
                    "The list of users can't be asked just now, so nobody can be signed in.",
                    "Try again in a moment.",
                )
            },
            Self::Down(_) => Words {
                retry_after: Some(10),
                ..words(
                    502,
                    "app_down",
                    "The app can't be reached",
                    "The app behind this page isn't answering.",
                    "Try again in a moment.",
                )
            },
            Self::Slow(_) => Words {
                retry_after: Some(10),
                ..words(
                    504,
                    "app_slow",
                    "The app takes too long",
                    "The app behind this page gave no answer in time.",
                    "Try again in a moment.",
                )
            },
            Self::Broke(_) => {
                words(502, "app_broke_off", "The app broke off", "The app's answer can't be passed on.", "Try again.")
            }
            Self::AnswerTooLarge(_) => words(
                502,
                "app_answer_too_large",
                "The app's answer can't be passed on",
                "The app answered with more headers than anyone can take.",
                "Tell your administrator; often many old cookies are the cause.",
            ),
            Self::UserChanged => words(
                403,
                "user_changed",
                "You are signed in as someone else now",
                "The app names another user than the one who passed the second factor, so its answer was withheld.",
                "Sign in again.",
            ),
            Self::UnknownUser => words(
                403,
                "user_unknown",
                "Your account isn't known here",
                "The app let you in, but the gate's directory doesn't know this account, so nobody can check its second factor.",
                "Ask your administrator to add you.",
            ),
            Self::Disagreement => words(
                403,
                "user_disagrees",
                "The sign-in can't be matched",
                "The app says that another user is signed in than the one you typed.",
                "Sign in again with your own user name.",
            ),
            Self::LoginUndecided(_) => words(
                502,
                "login_undecided",
                "The sign-in can't be judged",
                "The app's answer to your sign-in can't be understood, so you are not signed in.",
                "Try again, or tell your administrator.",
            ),
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
fn broken(error: &hyper::Error) -> Option<Broken> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = std::error::Error::source(error);
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
            UpstreamError::Broke(_, ref why) => match broken(why) {
                Some(Broken::TooLarge) => Self::TooLarge,
                Some(Broken::Stalled) => Self::TooSlow,
                Some(Broken::Ended) => Self::SendAgain,
                _ if why.is_parse_too_large() => Self::AnswerTooLarge(e.to_string()),
                _ => Self::Broke(e.to_string()),
            },
        }
    }
}
