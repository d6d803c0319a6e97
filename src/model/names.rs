//! Names. Those that come again and again are kept once per thread: a hundred thousand sessions share them.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// So many different names are shared; more of them are nobody's configuration, and it begins anew.
const SHARED_MAX: usize = 1024;
/// Longer ones are nobody's either.
const LENGTH_MAX: usize = 64;

thread_local! {
    static SHARED: RefCell<HashSet<Arc<str>>> = RefCell::default();
}

fn shared(text: &str) -> Arc<str> {
    SHARED.with_borrow_mut(|names| match names.get(text) {
        Some(name) => name.clone(),
        None => {
            let name: Arc<str> = Arc::from(text);
            if text.len() <= LENGTH_MAX {
                if names.len() >= SHARED_MAX {
                    names.clear();
                }
                names.insert(name.clone());
            }
            name
        }
    })
}

macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident, $text:ty, $make:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name($text);

        impl $name {
            /// Takes the text as it is; reading and folding happen where the text comes from.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self($make(text.as_ref()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Ok(Self::new(String::deserialize(from)?))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

name_type!(
    /// Who the app says is logged in: the id after the directory has had its say.
    /// Short ones stand where the id stands: one place in memory less to look at with each request.
    UserId,
    SmolStr,
    SmolStr::new
);
name_type!(
    /// The name of an app in gate.toml.
    AppName,
    Arc<str>,
    shared
);
name_type!(
    /// The name of a `[methods.NAME]` table.
    MethodName,
    Arc<str>,
    shared
);
name_type!(
    /// Users of apps with the same realm share enrolments. Without `realm` an app's realm is its name.
    Realm,
    Arc<str>,
    shared
);
name_type!(
    /// What an app calls a cookie, its path or its domain.
    Name,
    Arc<str>,
    shared
);

impl std::ops::Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
