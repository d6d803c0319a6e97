//! Authenticator apps: TOTP (RFC 6238) with SHA-1 and six digits, which every app knows.

use data_encoding::BASE32_NOPAD;
use qrcode::{Color, QrCode};
use totp_rs::{Algorithm, Builder, Totp};

use crate::model::Timestamp;
use crate::seal::random;

/// What an enrolment shows, once.
#[derive(Clone)]
pub struct Shown {
    /// `otpauth://…`
    pub uri: String,
    /// The secret in base32, to type, in groups of four.
    pub secret: String,
    /// The QR code as inline SVG.
    pub qr_svg: String,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // All of it is the secret.
        f.write_str("Shown(…)")
    }
}

/// A new secret of so many base32 characters; 32 are the 160 bits that RFC 4226 (4) recommends.
pub fn new_secret(characters: usize) -> Vec<u8> {
    let mut secret = random::<80>().to_vec();
    secret.truncate((characters * 5 / 8).clamp(20, 80));
    secret
}

fn totp(secret: &[u8], period: u64) -> Option<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(period)
        .with_secret(secret.to_vec())
        .build()
        .ok()
}

/// The time step that a code belongs to, one step of clock skew allowed either way; `None`: it is wrong.
pub fn matching_step(secret: &[u8], period: u64, code: &str, now: Timestamp) -> Option<i64> {
    let now = u64::try_from(now.seconds()).ok()?;
    let step = totp(secret, period)?.check(code, now)?;
    i64::try_from(step).ok()
}

/// What is shown once: the link, the secret to type, the QR code.
pub fn present(secret: &[u8], period: u64, issuer: &str, account: &str) -> Result<Shown, String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~@".contains(&b);
    let byte = |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    let encode = |text: &str| text.bytes().map(byte).collect::<String>();
    let base32 = BASE32_NOPAD.encode(secret);
    let (issuer, account) = (encode(issuer), encode(account));
    let uri =
        format!("otpauth://totp/{issuer}:{account}?secret={base32}&issuer={issuer}&algorithm=SHA1&digits=6&period={period}");
    let qr = QrCode::new(uri.as_bytes()).map_err(|e| e.to_string())?;
    let groups: Vec<String> = base32.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
    Ok(Shown { uri, secret: groups.join(" "), qr_svg: drawn(&qr) })
}

/// The QR code as one short path: a line for each run of dark modules in a row. Around it are the four light modules that the
/// standard wants (ISO/IEC 18004, 9.1).
fn drawn(qr: &QrCode) -> String {
    let (width, colors) = (qr.width(), qr.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        path.push_str(&format!("M4 {}", y + 4));
        for run in row.chunk_by(|a, b| a == b) {
            match run[0] {
                Color::Dark => path.push_str(&format!("h{}", run.len())),
                Color::Light => path.push_str(&format!("m{} 0", run.len())),
            }
        }
    }
    let side = width + 8;
    // A line lies on the middle of its modules.
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 -.5 {side} {side}\" shape-rendering=\"crispEdges\"><path d=\"{path}\" stroke=\"#000\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B (SHA-1), the last six digits.
    #[test]
    fn the_vectors_of_rfc_6238_pass() {
        let secret = b"12345678901234567890";
        for (at, code) in [
            (59, "287082"),
            (1111111109, "081804"),
            (1111111111, "050471"),
            (1234567890, "005924"),
            (2000000000, "279037"),
            (20000000000i64, "353130"),
        ] {
            assert_eq!(matching_step(secret, 30, code, Timestamp(at * 1000)), Some(at / 30), "{at}");
        }
    }

    #[test]
    fn one_step_of_skew_and_no_more() {
        let secret = b"12345678901234567890";
        for (offset, fits) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            let now = Timestamp((1111111111 + offset) * 1000);
            assert_eq!(matching_step(secret, 30, "050471", now).is_some(), fits, "{offset}");
        }
        assert_eq!(matching_step(secret, 30, "05047", Timestamp(1111111111000)), None);
        assert_eq!(matching_step(secret, 30, "", Timestamp(1111111111000)), None);
    }

    /// RFC 4226, appendix D: the counter is the time step. RFC 6238, appendix B, has eight digits; apps show the last six.
    #[test]
    fn the_vectors_of_rfc_4226_and_6238_as_data_pass_and_one_changed_digit_fails() {
        let vectors: serde_json::Value = serde_json::from_str(include_str!("../../tests/specs/otp-vectors.json")).unwrap();
        let secret = vectors["rfc4226"]["secret_ascii"].as_str().unwrap().as_bytes();
        let mut cases: Vec<(i64, String)> = Vec::new();
        for value in vectors["rfc4226"]["values"].as_array().unwrap() {
            cases.push((value["count"].as_i64().unwrap(), value["hotp"].as_str().unwrap().to_owned()));
        }
        for value in vectors["rfc6238"]["values"].as_array().unwrap() {
            if value["algorithm"] == "SHA1" {
                cases.push((value["time"].as_i64().unwrap() / 30, value["totp"].as_str().unwrap()[2..].to_owned()));
            }
        }
        assert_eq!(cases.len(), 16);
        for (step, code) in cases {
            let now = Timestamp(step * 30_000);
            assert_eq!(matching_step(secret, 30, &code, now), Some(step), "{step}");
            let changed: String = code.chars().take(5).chain([if code.ends_with('0') { '1' } else { '0' }]).collect();
            assert_eq!(matching_step(secret, 30, &changed, now), None, "{step}");
        }
    }
}
