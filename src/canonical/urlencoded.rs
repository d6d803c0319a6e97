//! Pairs as a browser's form writes them, and percent-encoding.

/// The pairs of an urlencoded text; `&` separates.
pub fn pairs(bytes: &[u8]) -> impl Iterator<Item = (String, String)> {
    items(bytes, b'&').map(halves).map(|(name, value)| (decode_lossy(name, true), decode_lossy(value, true)))
}

pub(super) fn items(bytes: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    bytes.split(move |b| *b == separator).filter(|item| !item.is_empty())
}

pub(super) fn halves(item: &[u8]) -> (&[u8], &[u8]) {
    match item.iter().position(|b| *b == b'=') {
        Some(at) => (&item[..at], &item[at + 1..]),
        None => (item, &[]),
    }
}

pub(super) fn has_percent_u(text: &[u8]) -> bool {
    text.windows(2).any(|two| two.eq_ignore_ascii_case(b"%u"))
}

pub(super) fn has_odd_escape(text: &[u8]) -> bool {
    let is_odd = |rest: &[u8]| rest.len() < 2 || !rest[..2].iter().all(u8::is_ascii_hexdigit);
    text.iter().enumerate().any(|(at, b)| *b == b'%' && is_odd(&text[at + 1..]))
}

/// Percent-decodes; what is no escape stays, what is no UTF-8 becomes U+FFFD.
pub fn decode_lossy(bytes: &[u8], plus: bool) -> String {
    String::from_utf8_lossy(&decode(bytes, plus)).into_owned()
}

pub(super) fn decode(bytes: &[u8], plus: bool) -> Vec<u8> {
    let digit = |at: usize| bytes.get(at).and_then(|b| (*b as char).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        match (bytes[i], digit(i + 1), digit(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 3;
                continue;
            }
            (b'+', ..) if plus => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        i += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_hexadecimal_digits_are_an_escape() {
        assert_eq!(decode_lossy(b"%41%+1%4%zz+", true), "A% 1%4%zz ");
    }
}
