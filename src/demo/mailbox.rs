//! The mail catcher's web side: a page with the newest mails, and the same as JSON.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use hyper_util::rt::TokioIo;
use mail_parser::MessageParser;
use serde::Serialize;
use tokio::net::TcpListener;

const MAILS_MAX: usize = 200;

/// One mail.
#[derive(Clone, Debug, Serialize)]
pub struct Mail {
    /// Recipient.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Plain part.
    pub text: Option<String>,
    /// HTML part.
    pub html: Option<String>,
    /// As it came.
    #[serde(skip)]
    pub raw: Vec<u8>,
}

/// The newest mails, oldest first. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Mailbox(Arc<Mutex<Vec<Mail>>>);

impl Mailbox {
    /// Keeps a mail as it came over SMTP.
    pub fn put(&self, to: &[String], raw: &[u8]) {
        let Some(mail) = MessageParser::default().parse(raw) else { return };
        let mail = Mail {
            to: to.join(", "),
            subject: mail.subject().unwrap_or("").to_owned(),
            text: mail.body_text(0).map(|t| t.into_owned()),
            html: mail.body_html(0).map(|t| t.into_owned()),
            raw: raw.to_vec(),
        };
        let mut mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if mails.len() >= MAILS_MAX {
            mails.remove(0);
        }
        mails.push(mail);
    }

    /// All of them.
    pub fn all(&self) -> Vec<Mail> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets them.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Serves the page until the listener breaks.
pub async fn serve(listener: TcpListener, mailbox: Mailbox) -> std::io::Result<()> {
    let (page, list, clear) = (mailbox.clone(), mailbox.clone(), mailbox);
    let json = move || async move {
        let text = serde_json::to_string(&list.all()).unwrap_or_else(|_| "[]".into());
        ([(header::CONTENT_TYPE, "application/json")], text)
    };
    let router = Router::new()
        .route("/", get(move || async move { Html(render(&page.all())) }))
        .route("/messages.json", get(json).delete(move || async move { clear.clear() }));
    loop {
        let (stream, _) = listener.accept().await?;
        let service = hyper_util::service::TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

fn render(mails: &[Mail]) -> String {
    let mut list = String::new();
    for mail in mails.iter().rev() {
        let text = mail.text.as_deref().unwrap_or("");
        let code = text.split_whitespace().find(|w| w.len() >= 6 && w.bytes().all(|b| b.is_ascii_digit())).unwrap_or("");
        let safe = |text: &str| html_escape::encode_text(text).into_owned();
        list.push_str(&format!(
            "<article><h2>{}</h2><p>to {}</p><p class=code>{}</p><pre>{}</pre></article>",
            safe(&mail.subject),
            safe(&mail.to),
            safe(code),
            safe(text)
        ));
    }
    if list.is_empty() {
        list.push_str("<p>No mail yet. Sign in to the app: the gate sends its code here.</p>");
    }
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><meta http-equiv=refresh content=3><meta name=viewport content=\"width=device-width, initial-scale=1\">\
         <title>Mailbox</title><style>body{{font:16px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}}article{{border:1px solid #ccc;border-radius:8px;padding:1rem;margin:1rem 0}}\
         h2{{margin:0}}.code{{font:700 2rem monospace;letter-spacing:.2em;margin:.5rem 0}}pre{{white-space:pre-wrap}}</style></head><body><h1>Mailbox</h1>{list}</body></html>"
    )
}
