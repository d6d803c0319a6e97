//! A field's name as the most lenient runtimes read it: what folds to the same may be the same field to some app.

use std::borrow::Cow;

/// Letters and digits in one case. Binders ignore case (some by Unicode, where `ſ` is `s` and the Kelvin sign `k`),
/// take `userName` for `user_name`, and PHP, Rack, Spring and qs change, or read through, marks and blanks.
pub fn fold(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().flat_map(letters).collect())
}

pub(super) fn letters(c: char) -> impl Iterator<Item = char> {
    c.to_uppercase().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric())
}

/// Does some runtime read this name as one that folds to `folded`: as a whole, or up to an index or a control character?
pub fn is_read_as(name: &str, own_fold: &str, folded: &str) -> bool {
    if own_fold == folded {
        return true;
    }
    let ends = |c: char| c == '[' || c.is_control();
    if !name.contains(ends) {
        return false;
    }
    let mut wanted = folded.chars().peekable();
    for (at, c) in name.char_indices() {
        if at > 0 && ends(c) && wanted.peek().is_none() {
            return true;
        }
        if letters(c).any(|letter| wanted.next() != Some(letter)) {
            return false;
        }
    }
    false
}

/// Is this how somebody names a field of their own, beyond what runtimes change?
pub fn is_plain(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')) && !name.starts_with(['_', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runtimes_take_for_one_name_folds_to_one() {
        for (name, others) in [
            (
                "username",
                &[
                    "USERNAME",
                    "userName",
                    "user_name",
                    "user.name",
                    "user name",
                    " username",
                    "[username]",
                    "username]",
                    "username[]",
                    "username[0]",
                    "username[a][b]",
                    "!username",
                    "u\u{17f}ername",
                    "username\0x",
                    "username\nx",
                ][..],
            ),
            ("user[email]", &["user[email]]", "user[[email]]", "user.email", "user[email][]", "USER[EMAIL]", "user][email]"]),
            ("link", &["lin\u{212a}", "l\u{131}nk", "l\u{130}nk"]),
        ] {
            for other in others {
                assert!(is_read_as(other, &fold(other), &fold(name)), "{other:?} as {name}");
            }
        }
        for other in ["users", "user", "xusername", "username2", "[username"] {
            assert_eq!(is_read_as(other, &fold(other), "username"), other == "[username", "{other}");
        }
    }
}
