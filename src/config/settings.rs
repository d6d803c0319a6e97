//! The configuration as it is used: typed and complete. Nothing here is checked again later.

use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use secrecy::SecretString;

pub use super::app_settings::*;
pub use super::globs::Globs;
pub use super::identity_settings::*;
use super::options::Options;
pub use super::server_settings::*;
use crate::model::MethodName;
use crate::words::Languages;

/// Everything that gate.toml says.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `[server]`
    pub server: Server,
    /// `[store] url`, the file of `sqlite:PATH`, made absolute.
    pub store: PathBuf,
    /// `[secrets] key_file`, made absolute.
    pub key_file: PathBuf,
    /// `[smtp]`; there whenever an e-mail method is.
    pub smtp: Option<Smtp>,
    /// `[brand]`
    pub brand: Brand,
    /// `[[apps]]`, at least one.
    pub apps: Vec<App>,
    /// `[enrolment]`
    pub enrolment: Enrolment,
    /// `[session]`
    pub session: Session,
    /// `[limits]`
    pub limits: Limits,
    /// `[backup_codes]`
    pub backup_codes: BackupCodes,
    /// `[methods.NAME]` in the order of the file.
    pub methods: Vec<MethodSettings>,
}

impl Settings {
    /// The settings of a method.
    pub fn method(&self, name: &MethodName) -> Option<&MethodSettings> {
        self.methods.iter().find(|m| &m.name == name)
    }
}

/// How the mail relay is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// Plain text.
    None,
    /// Plain, then STARTTLS; no mail without it.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// `[smtp]`
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Relay.
    pub host: String,
    /// Port; default 25, 587 with starttls, 465 with tls.
    pub port: u16,
    /// `tls`
    pub tls: SmtpTls,
    /// `ca_file`: a PEM file of an own certificate authority.
    pub ca_file: Option<PathBuf>,
    /// `username` and `password`, both or none; refused with tls = "none" unless the host is loopback.
    pub credentials: Option<(String, SecretString)>,
    /// `from`, a mailbox such as `Wiki <no-reply@example.com>` (checked to parse as a lettre Mailbox).
    pub from: String,
    /// `timeout`; default 10 s.
    pub timeout: Duration,
}

/// `[brand]`
#[derive(Clone, Debug)]
pub struct Brand {
    /// Page title and issuer. Default: the host of public_url. No `:` in it.
    pub name: String,
    /// `support`: e-mail address, URL or words about the helpdesk, shown on every page and e-mail where set.
    pub support: Option<String>,
    /// `languages`: those that are offered; default all. `language`: the one of whoever wants none of these; default English.
    pub languages: Languages,
    /// `logo`: shown on every page and, where mail clients show its kind, in every e-mail, in place of the name.
    pub logo: Option<Logo>,
    /// `accent`: the colour of buttons and links.
    pub accent: Colour,
    /// `accent_dark`: the same where the browser shows dark pages; default: `accent`.
    pub accent_dark: Colour,
    /// `stylesheet`: the text of the administrator's own, which comes after the gate's.
    pub stylesheet: Option<String>,
}

/// A picture, as it is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    /// The file.
    pub bytes: bytes::Bytes,
    /// Its media type.
    pub kind: &'static str,
}

impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} bytes", self.kind, self.bytes.len())
    }
}

/// Red, green and blue (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(red, green, blue) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// `[enrolment]`. `policy` is "required" ("optional", "grace:…" and "invite" are not supported yet).
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// `confirm_with`: names of configured methods.
    pub confirm_with: Vec<MethodName>,
    /// `first_enrolment = "open"`; default "guarded".
    pub first_open: bool,
    /// `enrol_networks`: from here a first enrolment is allowed even if guarded.
    pub networks: Vec<IpNet>,
}

/// `[session]`
#[derive(Clone, Debug)]
pub struct Session {
    /// `lifetime`; default 12 h.
    pub lifetime: Duration,
    /// `idle`; default 1 h.
    pub idle: Duration,
    /// `remember_device`; default 0 (off).
    pub remember_device: Duration,
}

/// `[limits]`
#[derive(Clone, Debug)]
pub struct Limits {
    /// `attempts = { max, within, lock }`; default 5, 15m, 15m.
    pub attempts: Attempts,
    /// `sends = { max, within, resend_after }`; default 5, 1h, 30s.
    pub sends: Sends,
}

/// `limits.attempts`
#[derive(Clone, Copy, Debug)]
pub struct Attempts {
    /// Wrong codes allowed.
    pub max: u32,
    /// In this time.
    pub within: Duration,
    /// Then locked so long.
    pub lock: Duration,
}

/// `limits.sends`
#[derive(Clone, Copy, Debug)]
pub struct Sends {
    /// Messages allowed.
    pub max: u32,
    /// In this time.
    pub within: Duration,
    /// Wait between two of one gate session.
    pub resend_after: Duration,
    /// Messages allowed in 24 hours for the whole gate; default 10,000.
    pub per_day: u32,
}

/// `[backup_codes]`
#[derive(Clone, Debug)]
pub struct BackupCodes {
    /// `quantity`; default 8; 0 turns them off.
    pub quantity: u32,
    /// `length`; default 12, 10 to 64.
    pub length: usize,
    /// `characters`; default letters and digits that don't look alike.
    pub characters: String,
    /// `allow_regeneration`; default true.
    pub allow_regeneration: bool,
    /// `confirm_regeneration_with_code`: a code each time, however fresh the session. Default false.
    pub confirm_with_code: bool,
}

/// `[methods.NAME]`
#[derive(Clone, Debug)]
pub struct MethodSettings {
    /// The table's name; never `backup` or `trust`.
    pub name: MethodName,
    /// `verbose_name`; default: the name.
    pub verbose_name: String,
    /// Is it written in gate.toml? Else people are told the gate's own word for such a method.
    pub is_named: bool,
    /// The kind and its keys.
    pub handler: Handler,
}

/// `handler`: a closed list, so that a new kind doesn't compile until every place knows it.
#[derive(Clone, Debug)]
pub enum Handler {
    /// A code by message; what carries it is a dispatcher from the registry.
    Message(Box<MessageSettings>),
    /// `app`: an authenticator app (TOTP).
    App(AppSettings),
    /// `yubikey`: one-time passwords of a YubiKey, checked at YubiCloud.
    Yubikey(YubikeySettings),
    /// `webauthn`: passkeys and security keys.
    Webauthn(WebauthnSettings),
}

impl Handler {
    /// The name that `handler` takes in gate.toml.
    pub fn name(&self) -> &str {
        match self {
            Self::Message(message) => &message.dispatcher,
            Self::App(_) => "app",
            Self::Yubikey(_) => "yubikey",
            Self::Webauthn(_) => "webauthn",
        }
    }
}

/// Keys common to all codes by message.
#[derive(Clone, Debug)]
pub struct MessageSettings {
    /// The handler's name as written: `email`, or one that was registered.
    pub dispatcher: String,
    /// `validity_period`; default 10 m.
    pub validity: Duration,
    /// `source_field`: dotted path of the attribute with the address. Default `email` or `phone_number` where the handler has one.
    pub source_field: String,
    /// `enrol = "directory"` (default, true) or "self" (false).
    pub enrol_directory: bool,
    /// `code_length`; default 6, 6 to 12.
    pub code_length: usize,
    /// `code_alphabet`; default the ten digits.
    pub code_alphabet: String,
    /// The dispatcher's own keys.
    pub options: Options,
    /// Directory of gate.toml, for relative paths in `options`.
    pub base_dir: PathBuf,
}

/// Keys of `handler = "app"`.
#[derive(Clone, Debug)]
pub struct AppSettings {
    /// `validity_period`: the TOTP period in seconds; default 30.
    pub period: u64,
    /// `secret_length`: base32 characters of the secret; default 32, which is 160 bits.
    pub secret_length: usize,
    /// `issuer`; default `brand.name`.
    pub issuer: Option<String>,
}

/// Keys of `handler = "yubikey"`.
#[derive(Clone, Debug)]
pub struct YubikeySettings {
    /// `yubicloud_client_id`
    pub client_id: String,
    /// `yubicloud_secret_key`, in base64. Without one, TLS alone says that an answer is the server's.
    pub key: Option<SecretString>,
    /// `yubicloud_urls`, with their path. Default: Yubico's five.
    pub urls: Vec<url::Url>,
    /// `timeout`; default 8 s.
    pub timeout: Duration,
}

/// How much a key must know of the person who touches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserVerification {
    /// PIN or biometrics where the key has them: the password was the first factor already.
    Preferred,
    /// PIN or biometrics, always.
    Required,
}

/// Keys of `handler = "webauthn"`.
#[derive(Clone, Debug)]
pub struct WebauthnSettings {
    /// `rp_id`; default the host of public_url.
    pub rp_id: String,
    /// `user_verification`; default preferred.
    pub user_verification: UserVerification,
    /// `validity_period`: time for one touch; default 5 m.
    pub timeout: Duration,
}
