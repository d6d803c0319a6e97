//! Codes by e-mail: a plain and an HTML part from templates, through one relay.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use minijinja::{Environment, UndefinedBehavior, context};
use secrecy::ExposeSecret;

use super::{DispatchResponse, Message, MessageDispatcher};
use crate::config::settings::{MessageSettings, Settings, Smtp, SmtpTls};

const PLAIN: &str = include_str!("../../templates/email/code.txt");
const HTML: &str = include_str!("../../templates/email/code.html");

/// The e-mail dispatcher of one method.
#[derive(Debug)]
pub struct Email {
    smtp: Smtp,
    from: Mailbox,
    subject: String,
    templates: Environment<'static>,
    brand: String,
    host: String,
    tls: Option<Tls>,
}

impl Email {
    /// Reads the templates and tries them once; a broken one is a mistake in gate.toml, not a mail that never came.
    pub fn new(settings: &Settings, method: &MessageSettings) -> Result<Self, Vec<(String, String)>> {
        let mut faults = Vec::new();
        let mut fault = |key: &str, what: String| faults.push((key.to_owned(), what));
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.set_fuel(Some(100_000));
        for (name, key, built_in) in [("code.txt", "email_plain_template", PLAIN), ("code.html", "email_html_template", HTML)] {
            let source = match method.options.get(key).and_then(toml::Value::as_str) {
                Some(file) => match std::fs::read_to_string(method.base_dir.join(file)) {
                    Ok(text) => text,
                    Err(e) => {
                        fault(key, format!("{file} can't be read: {e}"));
                        continue;
                    }
                },
                None => built_in.to_owned(),
            };
            if let Err(e) = templates.add_template_owned(name, source) {
                fault(key, format!("the template is broken: {e:#}"));
            }
        }
        let smtp = settings.smtp.clone();
        let from = smtp.as_ref().and_then(|s| s.from.parse::<Mailbox>().ok());
        let tls = match &smtp {
            Some(smtp) => tls(smtp).unwrap_or_else(|why| {
                fault("smtp.tls", why);
                None
            }),
            None => None,
        };
        let subject = method.options.get("email_subject").and_then(toml::Value::as_str).unwrap_or("Your verification code");
        let (Some(smtp), Some(from)) = (smtp, from) else {
            return Err(vec![("smtp".into(), "add [smtp] with host, port and from".into())]);
        };
        let email = Self {
            smtp,
            from,
            subject: subject.to_owned(),
            templates,
            brand: settings.brand.name.clone(),
            host: settings.server.public_url.host_str().unwrap_or("").to_owned(),
            tls,
        };
        if faults.is_empty() {
            for name in ["code.txt", "code.html"] {
                let sample = context! { code => "123456", verbose_name => "email", brand => "B", minutes => 10, host => "h", user => "u",
                when => "now", network => "127.0.0.1", browser => "b" };
                if let Err(e) = email.templates.get_template(name).and_then(|t| t.render(sample)) {
                    let key = if name == "code.txt" { "email_plain_template" } else { "email_html_template" };
                    faults.push((key.into(), format!("the template can't be rendered: {e:#}")));
                }
            }
        }
        if faults.is_empty() { Ok(email) } else { Err(faults) }
    }

    fn transport(&self) -> AsyncSmtpTransport<Tokio1Executor> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.smtp.host)
            .port(self.smtp.port)
            .timeout(Some(self.smtp.timeout))
            .tls(self.tls.clone().unwrap_or(Tls::None))
            // Connections belong to the thread's runtime that made them, so none is kept for another.
            .pool_config(lettre::transport::smtp::PoolConfig::new().max_size(1).idle_timeout(Duration::from_secs(1)));
        if let Some((user, password)) = &self.smtp.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
        }
        builder.build()
    }

    fn render(&self, name: &str, message: &Message) -> Result<String, minijinja::Error> {
        let minutes = (message.expires_at.since(message.asked_at).as_secs().saturating_add(59)) / 60;
        let when = jiff::Timestamp::from_millisecond(message.asked_at.0).map(|t| t.strftime("%Y-%m-%d %H:%M UTC").to_string());
        self.templates.get_template(name)?.render(context! {
            code => &message.code, verbose_name => &message.verbose_name, brand => &self.brand, minutes => minutes,
            host => &self.host, user => message.user.id.as_str(), when => when.unwrap_or_default(),
            network => message.visitor.ip.to_string(), browser => &message.visitor.user_agent,
        })
    }
}

fn tls(smtp: &Smtp) -> Result<Option<Tls>, String> {
    if smtp.tls == SmtpTls::None {
        return Ok(None);
    }
    let mut parameters = TlsParameters::builder(smtp.host.clone());
    if let Some(file) = &smtp.ca_file {
        let pem = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
        parameters = parameters.add_root_certificate(Certificate::from_pem(&pem).map_err(|e| e.to_string())?);
    }
    let parameters = parameters.build().map_err(|e| e.to_string())?;
    Ok(Some(if smtp.tls == SmtpTls::Tls { Tls::Wrapper(parameters) } else { Tls::Required(parameters) }))
}

fn failed(details: &str, log: String) -> DispatchResponse {
    DispatchResponse::Failed { details: details.to_owned(), log }
}

#[async_trait]
impl MessageDispatcher for Email {
    async fn dispatch(&self, message: &Message) -> DispatchResponse {
        let Ok(to) = message.to.parse::<lettre::Address>() else {
            return failed(
                "Your e-mail address on file can't be used. Ask your administrator to correct it.",
                format!("the address of {} is no e-mail address", message.user.id),
            );
        };
        let parts = match (self.render("code.txt", message), self.render("code.html", message)) {
            (Ok(plain), Ok(html)) => MultiPart::alternative_plain_html(plain, html),
            (Err(e), _) | (_, Err(e)) => {
                return failed(
                    "The e-mail with your code couldn't be written. Tell your administrator.",
                    format!("e-mail template: {e:#}"),
                );
            }
        };
        let mail = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(self.subject.clone())
            .multipart(parts);
        let mail = match mail {
            Ok(mail) => mail,
            Err(e) => {
                return failed("The e-mail with your code couldn't be written. Tell your administrator.", format!("e-mail: {e}"));
            }
        };
        match tokio::time::timeout(self.smtp.timeout.saturating_mul(2), self.transport().send(mail)).await {
            Ok(Ok(_)) => DispatchResponse::Sent,
            Ok(Err(e)) => failed(
                "The e-mail with your code couldn't be sent. Try again in a moment, or use another method.",
                format!("relay {}:{}: {e}", self.smtp.host, self.smtp.port),
            ),
            Err(_) => failed(
                "The e-mail with your code couldn't be sent in time. Try again in a moment, or use another method.",
                format!("relay {}:{}: no answer in time", self.smtp.host, self.smtp.port),
            ),
        }
    }

    async fn check(&self) -> Result<String, String> {
        match self.transport().test_connection().await {
            Ok(true) => Ok(format!("the relay {}:{} answers", self.smtp.host, self.smtp.port)),
            Ok(false) => Err(format!("the relay {}:{} refuses", self.smtp.host, self.smtp.port)),
            Err(e) => Err(format!("the relay {}:{}: {e}", self.smtp.host, self.smtp.port)),
        }
    }
}

/// The maker, for the registry.
pub fn factory() -> super::Factory {
    Arc::new(|settings, method| Ok(Arc::new(Email::new(settings, method)?)))
}
