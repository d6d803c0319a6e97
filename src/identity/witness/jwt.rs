//! `jwt` (RFC 7519): a token's signature, times and names are checked here; keys from a URL are remembered and renewed.

use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use http::header;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};
use tokio::sync::Mutex;

use super::{Answer, Ask};
use crate::config::keys::decoding_key;
use crate::config::settings::{Jwt, JwtKey};
use crate::directory::body_of;

/// Clocks differ.
const LEEWAY_SECONDS: u64 = 30;
/// Keys are fetched again after this, and sooner for a key that isn't among them, but not more often than that.
const RENEW: Duration = Duration::from_secs(600);
const RENEW_UNKNOWN: Duration = Duration::from_secs(10);

/// The token that is to be checked, where the configuration says that it stands.
pub(super) fn token(jwt: &Jwt, ask: &Ask) -> Option<String> {
    match &jwt.cookie {
        Some(cookie) => ask.cookies.iter().find(|(name, _)| name == cookie).map(|(_, value)| value.clone()),
        None => {
            let (_, value) = ask.headers.iter().find(|(name, _)| *name == header::AUTHORIZATION)?;
            let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.to_owned())
        }
    }
}

/// Keys as they were fetched.
#[derive(Clone)]
struct Fetched {
    keys: Arc<JwkSet>,
    at: Instant,
}

/// Checks tokens by the configured algorithms and no others.
pub(super) struct Checker {
    settings: Jwt,
    validation: Validation,
    client: reqwest::Client,
    fetched: RwLock<Option<Fetched>>,
    /// When keys were asked for last; whoever asks holds it.
    tried: Mutex<Option<Instant>>,
}

impl std::fmt::Debug for Checker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checker").field("algorithms", &self.settings.algorithms).finish_non_exhaustive()
    }
}

impl Checker {
    pub(super) fn new(settings: &Jwt, timeout: Duration) -> Result<Self, String> {
        let algorithms = settings.algorithms.iter().map(|a| Algorithm::from_str(a).map_err(|e| e.to_string()));
        let algorithms = algorithms.collect::<Result<Vec<_>, _>>()?;
        let mut validation = Validation::new(*algorithms.first().ok_or("no algorithm is named")?);
        validation.algorithms = algorithms;
        validation.leeway = LEEWAY_SECONDS;
        validation.validate_nbf = true;
        let mut required = vec!["exp"];
        if let Some(issuer) = &settings.issuer {
            validation.set_issuer(&[issuer]);
            required.push("iss");
        }
        match &settings.audience {
            Some(audience) => {
                validation.set_audience(&[audience]);
                required.push("aud");
            }
            None => validation.validate_aud = false,
        }
        validation.set_required_spec_claims(&required);
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(timeout);
        let client = client.build().map_err(|e| e.to_string())?;
        Ok(Self { settings: settings.clone(), validation, client, fetched: RwLock::default(), tried: Mutex::default() })
    }

    pub(super) async fn check(&self, token: Option<String>) -> Answer {
        let Some(token) = token else { return Answer::Nobody };
        let Ok(head) = decode_header(&token) else { return Answer::Nobody };
        if !self.validation.algorithms.contains(&head.alg) {
            return Answer::Nobody;
        }
        let key = match &self.settings.key {
            JwtKey::Given(key) => decoding_key(&self.settings.algorithms[0], key).map(Some),
            JwtKey::Url(url) => self.fetched_key(url, head.kid.as_deref(), head.alg).await,
        };
        let key = match key {
            Ok(Some(key)) => key,
            Ok(None) => return Answer::Nobody,
            Err(why) => return Answer::Undecided(why),
        };
        match decode::<Map<String, Value>>(&token, &key, &self.validation) {
            Ok(token) => self.user(&token.claims),
            Err(e) => match e.kind() {
                ErrorKind::Provider(_) => Answer::Undecided(e.to_string()),
                _ => Answer::Nobody,
            },
        }
    }

    fn user(&self, claims: &Map<String, Value>) -> Answer {
        let user = match claims.get(&self.settings.user_claim) {
            Some(Value::String(text)) if !text.trim().is_empty() && text.len() <= 256 && !text.chars().any(char::is_control) => {
                text.trim().to_owned()
            }
            Some(Value::Number(number)) => number.to_string(),
            _ => return Answer::Undecided(format!("a good token names nobody in its claim `{}`", self.settings.user_claim)),
        };
        let attribute = |(name, claim): &(String, String)| Some((name.clone(), claims.get(claim)?.clone()));
        Answer::User(user, self.settings.attributes.iter().filter_map(attribute).collect())
    }

    /// The key of this id; `None`: the set has none. An old set counts while a new one can't be had.
    async fn fetched_key(&self, url: &url::Url, kid: Option<&str>, algorithm: Algorithm) -> Result<Option<DecodingKey>, String> {
        let found = |known: &Option<Fetched>| known.as_ref().and_then(|k| pick(&k.keys, kid, algorithm));
        let known = self.known();
        let key = found(&known);
        if key.is_some() && known.is_some_and(|k| k.at.elapsed() < RENEW) {
            return Ok(key);
        }
        // One fetches. Who has an old key goes on with it, who has none waits.
        let mut tried = match (key, self.tried.try_lock()) {
            (Some(key), Err(_)) => return Ok(Some(key)),
            (_, Ok(tried)) => tried,
            (None, Err(_)) => self.tried.lock().await,
        };
        if tried.is_none_or(|at| at.elapsed() >= RENEW_UNKNOWN) {
            *tried = Some(Instant::now());
            match self.fetch(url).await {
                Ok(keys) => {
                    let fetched = Fetched { keys: Arc::new(keys), at: Instant::now() };
                    *self.fetched.write().unwrap_or_else(PoisonError::into_inner) = Some(fetched);
                }
                Err(why) => tracing::warn!(%url, why, "the keys of tokens can't be had; old ones still count"),
            }
        }
        let known = self.known();
        if known.is_none() {
            return Err(format!("{url} gives no keys"));
        }
        Ok(found(&known))
    }

    fn known(&self) -> Option<Fetched> {
        self.fetched.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn fetch(&self, url: &url::Url) -> Result<JwkSet, String> {
        let answer = self.client.get(url.clone()).send().await.map_err(|e| e.without_url().to_string())?;
        if answer.status() != http::StatusCode::OK {
            return Err(format!("it answered {}", answer.status()));
        }
        let body = body_of(answer).await?;
        serde_json::from_slice(&body).map_err(|e| format!("its answer is no set of keys ({e})"))
    }
}

/// By its id; without one, the only key there is.
fn pick(set: &JwkSet, kid: Option<&str>, algorithm: Algorithm) -> Option<DecodingKey> {
    let jwk = match kid {
        Some(kid) => set.find(kid)?,
        None if set.keys.len() == 1 => set.keys.first()?,
        None => return None,
    };
    DecodingKey::from_jwk(jwk).ok().filter(|key| key.family() == algorithm.family())
}
