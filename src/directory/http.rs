//! A directory behind HTTP: one GET with the name in the address, a JSON object as the answer.

use std::time::Duration;

use async_trait::async_trait;
use secrecy::ExposeSecret;
use serde_json::Value;

use super::{Entry, Lookup};
use crate::config::settings::HttpDirectory;
use crate::model::{Attributes, UserId};

/// An answer is read up to here.
const ANSWER_MAX: usize = 256 * 1024;

/// A web service as directory.
#[derive(Debug)]
pub(super) struct Http {
    client: reqwest::Client,
    settings: HttpDirectory,
}

impl Http {
    pub(super) fn new(settings: &HttpDirectory, timeout: Duration) -> Result<Self, String> {
        let mut headers = http::HeaderMap::new();
        for (name, value) in &settings.headers {
            let mut value =
                http::HeaderValue::from_str(value.expose_secret()).map_err(|_| format!("the header {name} is no header"))?;
            value.set_sensitive(true);
            headers.insert(name.clone(), value);
        }
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(timeout)
            .default_headers(headers)
            .build()
            .map_err(|e| e.to_string())?;
        Ok(Self { client, settings: settings.clone() })
    }
}

/// A service's answer, if it isn't too large.
pub async fn body_of(mut answer: reqwest::Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|e| e.without_url().to_string())? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_MAX {
            return Err("its answer is too large".into());
        }
    }
    Ok(body)
}

#[async_trait]
impl Lookup for Http {
    async fn find(&self, spelling: &str) -> Result<Vec<Entry>, String> {
        let name: String = url::form_urlencoded::byte_serialize(spelling.as_bytes()).collect();
        // `+` is a blank in a query only.
        let address = self.settings.url.replace("{login}", &name.replace('+', "%20"));
        let answer = self.client.get(address).send().await.map_err(|e| e.without_url().to_string())?;
        if answer.status() == http::StatusCode::NOT_FOUND {
            return Ok(Vec::new());
        }
        if answer.status() != http::StatusCode::OK {
            return Err(format!("it answered {}", answer.status()));
        }
        let body = body_of(answer).await?;
        let value: Value = serde_json::from_slice(&body).map_err(|e| format!("its answer is no JSON ({e})"))?;
        match value {
            Value::Null => Ok(Vec::new()),
            // A search answers with a list.
            Value::Array(list) => list.iter().map(|found| self.entry(found)).collect(),
            one => Ok(vec![self.entry(&one)?]),
        }
    }
}

impl Http {
    fn entry(&self, found: &Value) -> Result<Entry, String> {
        let id = match found.pointer(&self.settings.id) {
            Some(Value::String(text)) if !text.is_empty() => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => return Err(format!("its answer has no text at {}", self.settings.id)),
        };
        let attributes: Attributes = if self.settings.attributes.is_empty() {
            found.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect()
        } else {
            let named = self.settings.attributes.iter();
            named.filter_map(|(name, pointer)| Some((name.clone(), found.pointer(pointer)?.clone()))).collect()
        };
        Ok(Entry { id: UserId::new(id), attributes })
    }
}
