//! Bytes as text, with escapes taken for what they say to the most lenient reader.

/// Bytes as UTF-8, and as a charset with a character a byte.
pub(super) fn texts(bytes: &[u8]) -> impl Iterator<Item = String> + use<> {
    let single = || bytes.iter().map(|b| if b.is_ascii() { *b as char } else { char::REPLACEMENT_CHARACTER }).collect();
    let single = (!bytes.is_ascii()).then(single);
    std::iter::once(String::from_utf8_lossy(bytes).into_owned()).chain(single)
}

/// With what ASP decodes besides: `%u0061`.
pub(super) fn of_asp(text: String) -> String {
    if !text.contains("%u") && !text.contains("%U") {
        return text;
    }
    let mut pieces = text.split("%u").flat_map(|piece| piece.split("%U"));
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str(&code_point(piece, 4));
    }
    out
}

/// Stands for any letter, or none.
pub(super) const ANY: char = '\u{fffe}';

/// A text that begins with hexadecimal digits, with what they say in their place. (Half of a pair is no letter.)
fn code_point(text: &str, digits: usize) -> String {
    let (hex, rest) = match text.get(..digits).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())) {
        Some(hex) => (hex, &text[digits..]),
        None => ("", text),
    };
    let c = u32::from_str_radix(hex, 16).map_or(ANY, |code| char::from_u32(code).unwrap_or(' '));
    format!("{c}{rest}")
}

/// JSON with its escapes taken for what they say, those of its lenient relatives too.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('\\');
    out.push_str(pieces.next().unwrap_or_default());
    let mut is_escaped = false;
    for piece in pieces {
        if std::mem::take(&mut is_escaped) {
            out.push_str(piece);
            continue;
        }
        match piece.as_bytes().first() {
            None => {
                out.push(' ');
                is_escaped = true;
            }
            Some(b'u') if piece[1..].starts_with('{') => {
                let (hex, rest) = piece[2..].split_once('}').unwrap_or(("", &piece[1..]));
                out.push_str(&code_point(hex, hex.len()));
                out.push_str(rest);
            }
            Some(b'u') => out.push_str(&code_point(&piece[1..], 4)),
            Some(b'U') => out.push_str(&code_point(&piece[1..], 8)),
            Some(b'x') => out.push_str(&code_point(&piece[1..], 2)),
            Some(b'0'..=b'7') => {
                out.push(ANY);
                out.push_str(piece.trim_start_matches(|c: char| c.is_digit(8)));
            }
            Some(b'b' | b'f' | b'n' | b'r' | b't' | b'v') => {
                out.push(' ');
                out.push_str(&piece[1..]);
            }
            Some(_) => out.push_str(piece),
        }
    }
    out
}
