//! `brand.support`: what of it is an address becomes a link.

/// A piece of it: words, or words that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As it is read.
    pub text: String,
    /// Where it leads.
    pub to: Option<String>,
}

/// The text in pieces; put together again they are the text.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut plain = |text: &str, to: Option<String>| match pieces.last_mut() {
        Some(last) if to.is_none() && last.to.is_none() => last.text.push_str(text),
        _ if text.is_empty() => {}
        _ => pieces.push(Piece { text: text.to_owned(), to }),
    };
    if let Some(to) = number(text.trim()) {
        return vec![Piece { text: text.trim().to_owned(), to: Some(to) }];
    }
    for word in text.split_inclusive(char::is_whitespace) {
        let core = word.trim_matches(|c: char| c.is_whitespace() || "()<>[],;.:!?\"'".contains(c));
        let at = word.find(core).unwrap_or(0);
        match address(core) {
            Some(to) => {
                plain(&word[..at], None);
                plain(core, Some(to));
                plain(&word[at + core.len()..], None);
            }
            None => plain(word, None),
        }
    }
    pieces
}

fn address(word: &str) -> Option<String> {
    if let Ok(url) = url::Url::parse(word)
        && matches!(url.scheme(), "http" | "https" | "mailto" | "tel")
    {
        return Some(word.to_owned());
    }
    let (local, domain) = word.split_once('@')?;
    let fits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._+-".contains(&b));
    (fits(local) && fits(domain) && domain.contains('.')).then(|| format!("mailto:{word}"))
}

/// `+48 123 456 789` is called by a phone.
fn number(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_number =
        text.starts_with('+') && digits.len() >= 7 && text[1..].chars().all(|c| c.is_ascii_digit() || " -()".contains(c));
    is_number.then(|| format!("tel:+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_nothing_else_does() {
        let links = |text: &str| pieces(text).into_iter().filter_map(|p| Some((p.text, p.to?))).collect::<Vec<_>>();
        let one = |text: &str, shown: &str, to: &str| assert_eq!(links(text), [(shown.to_owned(), to.to_owned())], "{text}");
        one("help@example.com", "help@example.com", "mailto:help@example.com");
        one("https://help.example.com/mfa", "https://help.example.com/mfa", "https://help.example.com/mfa");
        one("Helpdesk (help@example.com), room 5.", "help@example.com", "mailto:help@example.com");
        one("+48 123 456 789", "+48 123 456 789", "tel:+48123456789");
        for text in ["Room 5", "javascript:alert(1)", "@", "a@b", "ask: Ms. Smith", ""] {
            assert!(links(text).is_empty(), "{text}");
        }
        for text in ["Helpdesk (help@example.com), room 5.", "  two  words ", "see https://a.example or +1"] {
            assert_eq!(pieces(text).into_iter().map(|p| p.text).collect::<String>(), text);
        }
    }
}
