//! What is known of a user beside the id.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `email`, `phone_number` and so on, as JSON. Every session has them and few requests want one, so they are kept as text.
#[derive(Clone, Default, PartialEq)]
pub struct Attributes(Option<Arc<str>>);

impl Attributes {
    /// The text at a dotted path such as `contact.email`; `None` where there is none or it is empty.
    pub fn text(&self, dotted: &str) -> Option<String> {
        let all = self.all();
        let mut parts = dotted.split('.');
        let mut value = all.get(parts.next()?)?;
        for part in parts {
            value = value.get(part)?;
        }
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// All of them by name.
    pub fn all(&self) -> BTreeMap<String, Value> {
        self.0.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Addresses and numbers are personal data: a log needs only which attributes there were.
        f.debug_set().entries(self.all().keys()).finish()
    }
}

impl FromIterator<(String, Value)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(pairs: I) -> Self {
        let all: BTreeMap<String, Value> = pairs.into_iter().collect();
        let text = if all.is_empty() { None } else { serde_json::to_string(&all).ok() };
        Self(text.map(Arc::from))
    }
}

impl Serialize for Attributes {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.all().serialize(to)
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(BTreeMap::<String, Value>::deserialize(from)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_by_dotted_path() {
        let contact = serde_json::json!({ "phone": { "mobile": " +48500100200 " }, "fax": 77, "none": "" });
        let attributes: Attributes = [("contact".to_owned(), contact)].into_iter().collect();
        assert_eq!(attributes.text("contact.phone.mobile").as_deref(), Some("+48500100200"));
        assert_eq!(attributes.text("contact.fax").as_deref(), Some("77"));
        for absent in ["contact.none", "contact.phone", "contact.phone.home", "phone", ""] {
            assert_eq!(attributes.text(absent), None, "{absent}");
        }
    }

    #[test]
    fn attributes_come_back_from_the_store_as_they_were() {
        let attributes: Attributes = [("b".to_owned(), 1.into()), ("a".to_owned(), "ż\"".into())].into_iter().collect();
        let stored = serde_json::to_string(&attributes).unwrap();
        assert_eq!(stored, r#"{"a":"ż\"","b":1}"#);
        assert_eq!(serde_json::from_str::<Attributes>(&stored).unwrap(), attributes);
        assert_eq!(serde_json::from_str::<Attributes>("{}").unwrap(), Attributes::default());
    }
}
