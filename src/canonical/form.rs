//! The one reading of what a form submits, in query and body: urlencoded, multipart, top-level JSON.

mod fill;

use super::Malformed;
pub use super::content_type::Encoding;
use super::fold::{fold, is_plain, is_read_as};
use crate::words::id;

/// Bodies are read for this up to here; no login form is larger.
pub const BODY_MAX: usize = 64 * 1024;

/// Two runtimes could read two things in it.
pub const ODD: Malformed = Malformed::new(400, "ambiguous_form", id::ODD_FORM);

/// Everything that was submitted, query first.
#[derive(Clone, Debug, Default)]
pub struct Form {
    entries: Vec<Entry>,
    has_body: bool,
}

/// Where a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the query.
    Address,
    /// In an urlencoded or multipart body.
    Body,
    /// In a JSON body.
    Json,
    /// In one of several objects of a JSON list: nobody takes one of them for the form.
    List,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Where it stands.
    pub place: Place,
    /// What the name folds to, where that is something else.
    folded: Option<String>,
    /// By the gate's reading. Else only some runtimes see this field.
    is_sure: bool,
}

impl Entry {
    /// Does some runtime read this as the field of this name?
    pub fn is_read_as(&self, name: &str) -> bool {
        is_read_as(&self.name, self.folded(), &fold(name))
    }

    /// Is it read so by everybody?
    pub fn is_sure(&self) -> bool {
        self.is_sure
    }

    fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or(&self.name)
    }
}

/// The body of a request, as far as it was read.
#[derive(Clone, Copy, Debug)]
pub enum Sent<'a> {
    /// There is none.
    Nothing,
    /// There is one, which is no form or too large.
    Unread,
    /// All of it.
    Read {
        /// How it is written.
        encoding: &'a Encoding,
        /// What stands in it.
        bytes: &'a [u8],
        /// On a login path nothing goes on that is no set of fields.
        is_login: bool,
    },
}

/// What a form says of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field<'a> {
    /// Not there.
    Absent,
    /// Once.
    Once(&'a str),
    /// Not there, but one whose name binders take for the same (`userName` for `username`).
    Respelled,
    /// Twice, or as an array, or seen by some parsers only: two would read two things.
    Ambiguous,
}

impl Form {
    /// Reads query and body.
    pub fn read(query: &str, body: Sent<'_>) -> Result<Self, Malformed> {
        let mut form = Self { entries: Vec::new(), has_body: !matches!(body, Sent::Nothing) };
        form.add_pairs(query.as_bytes(), Place::Address, true)?;
        if let Sent::Read { encoding, bytes, is_login } = body {
            form.has_body = !bytes.is_empty();
            form.add_body(encoding, bytes, is_login)?;
            form.check_charset();
        }
        Ok(form)
    }

    /// Nothing was submitted.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All fields, those too that only some runtimes see.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One field, by the strict reading.
    pub fn field(&self, name: &str) -> Field<'_> {
        let folded = fold(name);
        let mut found = Field::Absent;
        for entry in &self.entries {
            let one = if entry.is_sure && entry.name == name {
                Field::Once(&entry.value)
            } else if !is_read_as(&entry.name, entry.folded(), &folded) {
                continue;
            } else if entry.is_sure && is_plain(&entry.name) {
                Field::Respelled
            } else {
                Field::Ambiguous
            };
            found = if found == Field::Absent { one } else { Field::Ambiguous };
        }
        found
    }

    /// Does this field stand anywhere but in a list of several?
    pub fn is_beside_lists(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.place != Place::List && e.is_read_as(name))
    }

    /// Does this field stand in the address though there is a body, in which an app may find another one?
    pub fn is_beside_the_body(&self, name: &str) -> bool {
        self.has_body && self.entries.iter().any(|e| e.place == Place::Address && e.name == name)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(super) fn sent(query: &str, encoding: Encoding, body: &str, is_login: bool) -> Result<Form, Malformed> {
        Form::read(query, Sent::Read { encoding: &encoding, bytes: body.as_bytes(), is_login })
    }

    pub(super) fn form(query: &str, body: &str) -> Form {
        sent(query, Encoding::Urlencoded, body, true).unwrap()
    }

    #[test]
    fn a_field_counts_once_over_query_and_body() {
        assert_eq!(form("", "user=a%40b&p=1").field("user"), Field::Once("a@b"));
        assert_eq!(form("user=a", "user=b").field("user"), Field::Ambiguous);
        for odd in [
            "user[]=a",
            "user%5B0%5D=a",
            "+user=a",
            "user=a&user=a",
            "z=1&[user]=a",
            "%5Duser=a",
            "x=1;user=a",
            "user]=a",
            "user=a&User=b",
            "User=a&USER=b",
        ] {
            assert_eq!(form("", odd).field("user"), Field::Ambiguous, "{odd}");
        }
        assert_eq!(form("", "users=1").field("user"), Field::Absent);
        assert_eq!(form("", "User=a").field("user"), Field::Respelled);
    }

    #[test]
    fn a_field_in_brackets_has_look_alikes_too() {
        let name = "user[email]";
        assert_eq!(form("", "user%5Bemail%5D=a&user%5Bpassword%5D=b").field(name), Field::Once("a"));
        for odd in ["user[[email]]", "user[email]]", "user.email", "user[email][]"] {
            assert_eq!(form("", &format!("user[email]=a&{odd}=b")).field(name), Field::Ambiguous, "{odd}");
            assert_eq!(form("", &format!("{odd}=b")).field(name), Field::Ambiguous, "{odd}");
        }
    }

    #[test]
    fn a_name_in_the_address_is_not_that_of_a_body() {
        assert!(form("user=mallory", "p=1").is_beside_the_body("user"));
        assert!(Form::read("user=mallory", Sent::Unread).unwrap().is_beside_the_body("user"));
        assert!(!Form::read("user=mallory", Sent::Nothing).unwrap().is_beside_the_body("user"));
        assert!(!form("user=mallory", "").is_beside_the_body("user"));
        assert!(!form("a=b", "user=alice").is_beside_the_body("user"));
    }
}
