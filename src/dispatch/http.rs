//! One HTTP client for all providers: time limits, no redirects, short answers, and honest failures.

use std::error::Error;
use std::time::Duration;

use reqwest::{Client, RequestBuilder, redirect};

use super::{DispatchResponse, Trouble};
use crate::config::options::{Is, Key, Options};

/// Keys of every handler that speaks HTTP.
pub const KEYS: &[Key] = &[Key::new("base_url", Is::Url), Key::new("timeout", Is::Span)];
/// No provider says more than this.
const ANSWER_MAX: usize = 64 * 1024;

/// A provider's answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Status.
    pub status: u16,
    /// Body, cut at 64 KiB.
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as JSON; null where it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Did it succeed?
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// No answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoReply {
    /// Nothing was sent.
    NotSent(String),
    /// It was sent; what became of it isn't known.
    Unknown(String),
}

impl NoReply {
    /// What the user and the log are told.
    pub fn failed(&self, provider: &str) -> DispatchResponse {
        match self {
            Self::NotSent(why) => Trouble::Later.failed(format!("{provider} can't be reached: {why}")),
            Self::Unknown(why) => Trouble::Unknown.failed(format!("{provider} gave no whole answer: {why}")),
        }
    }
}

impl std::fmt::Display for NoReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotSent(why) | Self::Unknown(why) => f.write_str(why),
        }
    }
}

/// The client that a method's `timeout` makes; 10 s where it isn't written.
pub fn client(options: &Options) -> Result<Client, String> {
    with_timeout(options.span("timeout").unwrap_or(Duration::from_secs(10)))
}

/// A client with a limit for the whole exchange.
pub fn with_timeout(timeout: Duration) -> Result<Client, String> {
    Client::builder()
        .redirect(redirect::Policy::none())
        .connect_timeout(timeout.min(Duration::from_secs(5)))
        .timeout(timeout)
        .user_agent(concat!("mfa-gate/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|e| e.to_string())
}

/// Sends a request, and once more where no connection could be made.
pub async fn send(request: RequestBuilder) -> Result<Reply, NoReply> {
    let again = request.try_clone();
    match once(request).await {
        Err(NoReply::NotSent(why)) => match again {
            Some(again) => once(again).await,
            None => Err(NoReply::NotSent(why)),
        },
        done => done,
    }
}

async fn once(request: RequestBuilder) -> Result<Reply, NoReply> {
    let mut answer = request.send().await.map_err(no_reply)?;
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    while body.len() < ANSWER_MAX {
        match answer.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => return Err(no_reply(error)),
        }
    }
    body.truncate(ANSWER_MAX);
    Ok(Reply { status, body })
}

fn no_reply(error: reqwest::Error) -> NoReply {
    // The address may hold an account's id: it is left out.
    let error = error.without_url();
    let mut why = error.to_string();
    let mut cause = error.source();
    while let Some(more) = cause {
        why = format!("{why}: {more}");
        cause = more.source();
    }
    if error.is_connect() || error.is_builder() { NoReply::NotSent(why) } else { NoReply::Unknown(why) }
}
