//! The brand's logo in e-mails: a part of the mail, since nothing is ever fetched for one.

use aws_lc_rs::digest::{SHA256, digest};
use bytes::Bytes;
use data_encoding::HEXLOWER;

use crate::config::settings;

/// As high as on the gate's pages (`static/gate.css`).
const HEIGHT_MAX: u32 = 36;

/// A picture that mail clients show.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Its `Content-ID`, by what is in it.
    pub id: String,
    /// As what it is saved.
    pub name: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// The file.
    pub bytes: Bytes,
    /// Width and height that it is shown in, where the file tells: some clients heed no style.
    pub size: Option<(u32, u32)>,
}

impl Logo {
    /// PNG and JPEG; mail clients don't show SVG and WebP, so that the brand's name stands there.
    pub fn new(logo: &settings::Logo) -> Option<Self> {
        let (name, size) = match logo.kind {
            "image/png" => ("logo.png", png(&logo.bytes)),
            "image/jpeg" => ("logo.jpg", jpeg(&logo.bytes)),
            _ => return None,
        };
        let hash = HEXLOWER.encode(&digest(&SHA256, &logo.bytes).as_ref()[..12]);
        Some(Self {
            id: format!("logo-{hash}@mfa-gate"),
            name,
            kind: logo.kind,
            bytes: logo.bytes.clone(),
            size: size.and_then(shown),
        })
    }

    /// How HTML names it.
    pub fn address(&self) -> String {
        format!("cid:{}", self.id)
    }
}

/// Never larger than it is.
fn shown((width, height): (u32, u32)) -> Option<(u32, u32)> {
    let high = height.min(HEIGHT_MAX);
    let wide = u64::from(width) * u64::from(high) / u64::from(height.max(1));
    Some((u32::try_from(wide).ok()?.max(1), high)).filter(|_| width > 0 && height > 0)
}

/// The IHDR chunk comes first.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if bytes.get(12..16)? == b"IHDR" { Some((number(16)?, number(20)?)) } else { None }
}

/// In the first segment that begins a frame (ITU T.81, B.2.2).
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = 2;
    loop {
        let [0xff, marker] = *bytes.get(at..at + 2)? else { return None };
        match marker {
            0xff => at += 1,
            0xc4 | 0xc8 | 0xcc => at += 2 + usize::from(number(at + 2)?),
            0xc0..=0xcf => return Some((number(at + 7)?.into(), number(at + 5)?.into())),
            0xd9 | 0xda => return None,
            _ => at += 2 + usize::from(number(at + 2)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_tells_its_size_and_is_shown_no_higher_than_on_pages() {
        let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &400_u32.to_be_bytes(), &72_u32.to_be_bytes()].concat();
        // A comment, a table, then the frame: 8 bits, 20 high, 50 wide.
        let jpeg = b"\xff\xd8\xff\xfe\0\x04hi\xff\xc4\0\x03\0\xff\xff\xc2\0\x11\x08\0\x14\0\x32\x03".to_vec();
        let of = |bytes: &[u8], kind| Logo::new(&settings::Logo { bytes: bytes.to_vec().into(), kind });
        assert_eq!(of(&png, "image/png").unwrap().size, Some((200, 36)));
        assert_eq!(of(&jpeg, "image/jpeg").unwrap().size, Some((50, 20)));
        assert!(of(&png, "image/webp").is_none() && of(&png, "image/svg+xml").is_none());
        for cut in 0..png.len() {
            assert_eq!(of(&png[..cut], "image/png").unwrap().size, None);
        }
        for cut in 0..jpeg.len() - 1 {
            assert_eq!(of(&jpeg[..cut], "image/jpeg").unwrap().size, None);
        }
        assert_eq!((shown((10, 0)), shown((1, 5000)), shown((u32::MAX, 1))), (None, Some((1, 36)), Some((u32::MAX, 1))));
    }
}
