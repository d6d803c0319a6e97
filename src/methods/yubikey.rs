//! YubiKey one-time passwords, checked at YubiCloud or one's own servers: validation protocol 2.0, signed both ways.

use std::collections::BTreeMap;

use aws_lc_rs::hmac;
use data_encoding::{BASE64, HEXLOWER};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use reqwest::Client;
use secrecy::ExposeSecret;

use crate::config::settings::YubikeySettings;
use crate::dispatch::http;
use crate::seal::random;

/// The alphabet of YubiKeys, whose letters lie on the same keys almost everywhere.
const MODHEX: &str = "cbdefghijklnrtuv";
/// The same keys as a Dvorak layout types them.
const DVORAK: &str = "jxe.uidchtnbpygk";
/// The encrypted part of a password.
const CIPHER: usize = 32;

/// A password as a key types it: well formed, in lower case, in modhex.
#[derive(Clone, PartialEq, Eq)]
pub struct Otp(String);

impl std::fmt::Debug for Otp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Otp({}…)", self.public_id())
    }
}

impl Otp {
    /// Reads what a key typed, in capitals or by a Dvorak layout too.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let is_of = |alphabet: &str| text.chars().all(|c| alphabet.contains(c));
        let own = if is_of(MODHEX) {
            text
        } else if is_of(DVORAK) {
            text.chars().filter_map(|c| MODHEX.chars().nth(DVORAK.find(c)?)).collect()
        } else {
            return None;
        };
        // Without a public id nobody could say whose key it is.
        (CIPHER + 2..=CIPHER + 16).contains(&own.len()).then_some(Self(own))
    }

    /// Names the key; the rest is different at each press.
    pub fn public_id(&self) -> &str {
        &self.0[..self.0.len() - CIPHER]
    }

    /// All of it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Why a password was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No server knows it.
    Wrong,
    /// It was used before.
    Used,
    /// No server said; a sentence for the log.
    Unavailable(String),
}

/// The servers and our key to them.
#[derive(Debug)]
pub struct Yubikey {
    client_id: String,
    key: Option<hmac::Key>,
    urls: Vec<url::Url>,
    client: Client,
}

impl Yubikey {
    /// Reads the settings.
    pub fn new(settings: &YubikeySettings) -> Result<Self, String> {
        let key = settings.key.as_ref().and_then(|text| BASE64.decode(text.expose_secret().as_bytes()).ok());
        Ok(Self {
            client_id: settings.client_id.clone(),
            key: key.map(|bytes| hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes)),
            urls: settings.urls.clone(),
            client: http::with_timeout(settings.timeout)?,
        })
    }

    /// Asks all servers at once; the first good answer wins.
    pub async fn verify(&self, otp: &Otp) -> Result<(), Refused> {
        // One nonce for all: a server that hears of it from another says REPLAYED_REQUEST, not that it is stolen.
        let nonce = HEXLOWER.encode(&random::<16>());
        let mut asked: FuturesUnordered<_> = self.urls.iter().map(|url| self.ask(url, otp, &nonce)).collect();
        let mut worst: Option<Refused> = None;
        while let Some(said) = asked.next().await {
            match said {
                Ok(()) => return Ok(()),
                Err(refused) => {
                    let counts_more = matches!(
                        (&worst, &refused),
                        (None | Some(Refused::Unavailable(_)), _) | (Some(Refused::Wrong), Refused::Used)
                    );
                    if counts_more {
                        worst = Some(refused);
                    }
                }
            }
        }
        Err(worst.unwrap_or_else(|| Refused::Unavailable("no server is configured".into())))
    }

    async fn ask(&self, url: &url::Url, otp: &Otp, nonce: &str) -> Result<(), Refused> {
        let host = url.host_str().unwrap_or("").to_owned();
        let mut asked = url.clone();
        let mut pairs = vec![("id", self.client_id.clone()), ("nonce", nonce.to_owned()), ("otp", otp.0.clone())];
        if let Some(key) = &self.key {
            let map = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
            pairs.push(("h", sign(key, &map)));
        }
        asked.query_pairs_mut().extend_pairs(pairs);
        let unavailable = |why: String| Refused::Unavailable(format!("{host}: {why}"));
        let reply = http::send(self.client.get(asked)).await.map_err(|none| unavailable(none.to_string()))?;
        if !reply.is_success() {
            return Err(unavailable(format!("status {}", reply.status)));
        }
        let text = String::from_utf8_lossy(&reply.body);
        self.judge(&fields(&text), otp, nonce).map_err(|refused| match refused {
            Refused::Unavailable(why) => unavailable(why),
            other => other,
        })
    }

    /// What a server's answer means (validation protocol 2.0, "Response").
    fn judge(&self, said: &BTreeMap<&str, &str>, otp: &Otp, nonce: &str) -> Result<(), Refused> {
        let unavailable = |why: &str| Err(Refused::Unavailable(why.to_owned()));
        match said.get("status").copied().unwrap_or("") {
            "OK" => {
                if self.key.as_ref().is_some_and(|key| !is_signed(key, said)) {
                    return unavailable("an OK whose signature is missing or wrong; check yubicloud_secret_key");
                }
                // Neither another password's answer nor an older one.
                if said.get("otp") != Some(&otp.0.as_str()) || said.get("nonce") != Some(&nonce) {
                    return unavailable("an OK for another question");
                }
                Ok(())
            }
            "BAD_OTP" => Err(Refused::Wrong),
            "REPLAYED_OTP" | "REPLAYED_REQUEST" | "DELAYED_OTP" => Err(Refused::Used),
            "NOT_ENOUGH_ANSWERS" => unavailable("NOT_ENOUGH_ANSWERS: the servers can't agree just now"),
            "BACKEND_ERROR" => unavailable("BACKEND_ERROR: the server has trouble of its own"),
            "NO_SUCH_CLIENT" => unavailable("NO_SUCH_CLIENT: check yubicloud_client_id"),
            "BAD_SIGNATURE" => unavailable("BAD_SIGNATURE: check yubicloud_secret_key"),
            "OPERATION_NOT_ALLOWED" => unavailable("OPERATION_NOT_ALLOWED: this client id may not verify"),
            "MISSING_PARAMETER" => unavailable("MISSING_PARAMETER: the server wants another protocol"),
            _ => unavailable("an answer that can't be read"),
        }
    }

    /// Asks with a password that can't exist: says whether servers answer and know us.
    pub async fn check(&self) -> Result<String, String> {
        let none = Otp(MODHEX[..1].repeat(CIPHER + 12));
        match self.verify(&none).await {
            Err(Refused::Wrong | Refused::Used) => Ok(format!("{} server(s) asked; they answer", self.urls.len())),
            Ok(()) => Err("a server accepts passwords that can't exist".into()),
            Err(Refused::Unavailable(why)) => Err(why),
        }
    }
}

/// The lines of an answer, split at the first `=`.
fn fields(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter_map(|line| line.trim().split_once('=')).collect()
}

/// HMAC-SHA1 over the sorted pairs but `h`, as they stand, joined by `&`, in base64.
fn sign(key: &hmac::Key, pairs: &BTreeMap<&str, &str>) -> String {
    let signed = pairs.iter().filter(|(name, _)| **name != "h").map(|(name, value)| format!("{name}={value}"));
    BASE64.encode(hmac::sign(key, signed.collect::<Vec<_>>().join("&").as_bytes()).as_ref())
}

fn is_signed(key: &hmac::Key, said: &BTreeMap<&str, &str>) -> bool {
    let shown = said.get("h").copied().unwrap_or("");
    aws_lc_rs::constant_time::verify_slices_are_equal(sign(key, said).as_bytes(), shown.as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTP: &str = "vvccccccccfdetjnbdhntgdjfhnhrkhjgtninggklehk";

    #[test]
    fn what_a_key_types_is_read_in_capitals_and_by_dvorak_too() {
        let plain = Otp::read(OTP).unwrap();
        assert_eq!(plain.public_id(), "vvccccccccfd");
        assert_eq!(Otp::read(&format!(" {}\n", OTP.to_uppercase())), Some(plain.clone()));
        let typed: String = OTP.chars().map(|c| DVORAK.chars().nth(MODHEX.find(c).unwrap()).unwrap()).collect();
        assert_eq!(Otp::read(&typed), Some(plain));
        for odd in ["", "123456", &OTP[..31], &OTP[12..], &format!("{OTP}{OTP}"), &OTP.replace('v', "a")] {
            assert_eq!(Otp::read(odd), None, "{odd}");
        }
    }

    /// Recorded from Yubico's own server: our signature of each question is the one it accepted, and each answer, with its
    /// own signature, is judged as its status says.
    #[test]
    fn the_exchanges_of_yubicos_own_server_are_understood() {
        let recorded: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/specs/yubicloud-exchanges.json")).unwrap();
        let key = BASE64.decode(recorded["client"]["api_key_base64"].as_str().unwrap().as_bytes()).unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
        let yubikey = Yubikey {
            client_id: "1".into(),
            key: Some(key.clone()),
            urls: Vec::new(),
            client: http::with_timeout(std::time::Duration::from_secs(1)).unwrap(),
        };
        let (mut signed, mut judged) = (0, 0);
        for exchange in recorded["exchanges"].as_array().unwrap() {
            let text = |name: &str| exchange[name].as_str().unwrap();
            let url = url::Url::parse("http://x").unwrap().join(text("request")).unwrap();
            let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
            let asked: BTreeMap<&str, &str> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            if let Some(h) = asked.get("h")
                && text("status") != "BAD_SIGNATURE"
            {
                assert_eq!(*h, sign(&key, &asked), "{}", text("case"));
                signed += 1;
            }
            let Some(otp) = asked.get("otp").and_then(|otp| Otp::read(otp)) else { continue };
            let nonce = asked.get("nonce").copied().unwrap_or("");
            let said = fields(text("body"));
            let got = yubikey.judge(&said, &otp, nonce);
            match text("status") {
                "OK" => assert_eq!(got, Ok(()), "{}", text("case")),
                "BAD_OTP" => assert_eq!(got, Err(Refused::Wrong), "{}", text("case")),
                "REPLAYED_OTP" | "REPLAYED_REQUEST" => assert_eq!(got, Err(Refused::Used), "{}", text("case")),
                status => assert!(matches!(&got, Err(Refused::Unavailable(why)) if why.contains(status)), "{got:?}"),
            }
            judged += 1;
            if text("status") == "OK" {
                // One letter of anything that is signed or asked for makes it worthless.
                for name in ["h", "t", "otp", "nonce"] {
                    let changed = said[name].replacen(|c: char| c.is_ascii_alphanumeric(), "x", 1);
                    let mut other = said.clone();
                    other.insert(name, &changed);
                    assert!(matches!(yubikey.judge(&other, &otp, nonce), Err(Refused::Unavailable(_))), "{name}");
                }
                assert!(matches!(yubikey.judge(&said, &otp, "another"), Err(Refused::Unavailable(_))));
                let mut unsigned = said.clone();
                unsigned.remove("h");
                assert!(matches!(yubikey.judge(&unsigned, &otp, nonce), Err(Refused::Unavailable(_))));
            }
        }
        assert!(signed > 10 && judged > 15, "{signed} {judged}");
    }
}
