//! The mail relay: one way out for codes and notices.

use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::ExposeSecret;

use super::letter::Letter;
use super::{DispatchResponse, Trouble};
use crate::config::options::Faults;
use crate::config::settings::{Settings, Smtp, SmtpTls};
use crate::seal::random;

/// The relay of `[smtp]`.
#[derive(Debug)]
pub struct Relay {
    smtp: Smtp,
    from: Mailbox,
    tls: Tls,
}

impl Relay {
    /// Reads what `[smtp]` names.
    pub fn new(settings: &Settings) -> Result<Self, Faults> {
        let Some(smtp) = settings.smtp.clone() else {
            return Err(vec![("smtp".into(), "add [smtp] with host, port and from".into())]);
        };
        let from = smtp.from.parse().map_err(|e| vec![("smtp.from".into(), format!("{e}"))])?;
        let tls = tls(&smtp).map_err(|why| vec![("smtp.tls".into(), why)])?;
        Ok(Self { smtp, from, tls })
    }

    fn transport(&self) -> AsyncSmtpTransport<Tokio1Executor> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.smtp.host)
            .port(self.smtp.port)
            .timeout(Some(self.smtp.timeout))
            .tls(self.tls.clone())
            // Named by the sender's domain, not by this machine.
            .hello_name(ClientId::Domain(self.from.email.domain().to_owned()))
            // Connections belong to the thread's runtime that made them, so none is kept for another.
            .pool_config(lettre::transport::smtp::PoolConfig::new().max_size(1).idle_timeout(Duration::from_secs(1)));
        if let Some((user, password)) = &self.smtp.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
        }
        builder.build()
    }

    /// Sends one mail.
    pub async fn send(&self, to: &str, letter: Letter) -> DispatchResponse {
        let mail = match self.mail(to, letter) {
            Ok(mail) => mail,
            Err(failed) => return failed,
        };
        let relay = format!("relay {}:{}", self.smtp.host, self.smtp.port);
        match tokio::time::timeout(self.smtp.timeout.saturating_mul(2), self.transport().send(mail)).await {
            Ok(Ok(_)) => DispatchResponse::Sent,
            Ok(Err(e)) if e.is_permanent() && e.status().is_some_and(|code| is_recipients(u16::from(code))) => {
                Trouble::Recipient.failed(format!("{relay}: {e}"))
            }
            Ok(Err(e)) => Trouble::Later.failed(format!("{relay}: {e}")),
            Err(_) => Trouble::Unknown.failed(format!("{relay}: no answer in time")),
        }
    }

    /// The mail as it goes out.
    pub(super) fn mail(&self, to: &str, letter: Letter) -> Result<lettre::Message, DispatchResponse> {
        let to = to.parse().map_err(|_| Trouble::Recipient.failed("the address on file is no e-mail address"))?;
        // RFC 3834: no machine answers to this.
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let id = format!("<{}@{}>", data_encoding::HEXLOWER.encode(&random::<16>()), self.from.email.domain());
        let mail = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(Some(id))
            .raw_header(automatic);
        mail.multipart(parts(letter)).map_err(|e| Trouble::Setup.failed(format!("e-mail: {e}")))
    }

    /// Greets the relay.
    pub async fn check(&self) -> Result<String, String> {
        let relay = format!("the relay {}:{}", self.smtp.host, self.smtp.port);
        match self.transport().test_connection().await {
            Ok(true) => Ok(format!("{relay} answers")),
            Ok(false) => Err(format!("{relay} refuses")),
            Err(e) => Err(format!("{relay}: {e}")),
        }
    }
}

/// Plain text, or HTML with the picture that it names.
fn parts(letter: Letter) -> MultiPart {
    let (plain, html) = (SinglePart::plain(letter.plain), SinglePart::html(letter.html));
    let either = MultiPart::alternative().singlepart(plain);
    match letter.logo.and_then(|logo| Some((ContentType::parse(logo.kind).ok()?, logo))) {
        Some((kind, logo)) => {
            let picture = Attachment::new_inline_with_name(logo.id, logo.name.to_owned()).body(logo.bytes.to_vec(), kind);
            either.multipart(MultiPart::related().singlepart(html).singlepart(picture))
        }
        None => either.singlepart(html),
    }
}

/// Is the mailbox at fault, and not the relay's opinion of us (RFC 5321, 4.2.3)?
fn is_recipients(code: u16) -> bool {
    matches!(code, 550..=553)
}

fn tls(smtp: &Smtp) -> Result<Tls, String> {
    if smtp.tls == SmtpTls::None {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(smtp.host.clone());
    if let Some(file) = &smtp.ca_file {
        let pem = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
        parameters = parameters.add_root_certificate(Certificate::from_pem(&pem).map_err(|e| e.to_string())?);
    }
    let parameters = parameters.build().map_err(|e| e.to_string())?;
    Ok(if smtp.tls == SmtpTls::Tls { Tls::Wrapper(parameters) } else { Tls::Required(parameters) })
}
