//! Globs over names and paths: `*` stays inside a segment, `**` crosses them. Most are plain, and cost a comparison.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A list of globs.
#[derive(Clone, Debug)]
pub struct Globs {
    plain: Vec<Plain>,
    rest: Option<GlobSet>,
    texts: Vec<String>,
}

/// A glob that needs no automaton.
#[derive(Clone, Debug)]
enum Plain {
    /// No wildcard.
    Is(String),
    /// `prefix*`
    InSegment(String),
    /// `prefix/**`
    Below(String),
}

impl Plain {
    fn of(glob: &str) -> Option<Self> {
        let is_plain = |text: &str| !text.contains(['*', '?', '[', ']', '{', '}', '\\', '!', ',']);
        if is_plain(glob) {
            return Some(Self::Is(glob.to_owned()));
        }
        if let Some(prefix) = glob.strip_suffix("**").filter(|p| is_plain(p) && p.len() > 1 && p.ends_with('/')) {
            return Some(Self::Below(prefix.to_owned()));
        }
        let prefix = glob.strip_suffix('*').filter(|p| is_plain(p) && !p.is_empty())?;
        Some(Self::InSegment(prefix.to_owned()))
    }

    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Is(whole) => text == whole,
            Self::InSegment(prefix) => text.strip_prefix(prefix.as_str()).is_some_and(|rest| !rest.contains('/')),
            Self::Below(prefix) => text.starts_with(prefix.as_str()),
        }
    }
}

impl Globs {
    /// Compiles the globs. Errors name the glob that is none.
    pub fn new(texts: &[String]) -> Result<Self, String> {
        let mut plain = Vec::new();
        let mut rest = GlobSetBuilder::new();
        let mut any_rest = false;
        for text in texts {
            let glob = GlobBuilder::new(text).literal_separator(true).backslash_escape(true).build();
            let glob = glob.map_err(|e| format!("`{text}` is no glob: {}", e.kind()))?;
            match Plain::of(text) {
                Some(one) => plain.push(one),
                None => {
                    any_rest = true;
                    rest.add(glob);
                }
            }
        }
        let rest = if any_rest { Some(rest.build().map_err(|e| e.to_string())?) } else { None };
        Ok(Self { plain, rest, texts: texts.to_vec() })
    }

    /// No glob, which matches nothing.
    pub fn none() -> Self {
        Self { plain: Vec::new(), rest: None, texts: Vec::new() }
    }

    /// Does one of them match?
    pub fn matches(&self, text: &str) -> bool {
        self.plain.iter().any(|p| p.matches(text)) || self.rest.as_ref().is_some_and(|set| set.is_match(text))
    }

    /// As written.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_glob_means_what_the_automaton_says() {
        let texts = ["sid", "remember_*", "/static/**", "/a/*", "/", "/x/**", "a.b", "wp-*", "/**", "*"];
        let tried = [
            "sid",
            "sid2",
            "remember_",
            "remember_me",
            "remember_a/b",
            "/static/",
            "/static",
            "/static/a",
            "/static/a/b",
            "/a/",
            "/a/b",
            "/a/b/c",
            "/",
            "/x",
            "/x/",
            "/x/y\nz",
            "a.b",
            "aXb",
            "wp-1",
            "",
            "/a",
        ];
        for text in texts {
            let mut set = GlobSetBuilder::new();
            set.add(GlobBuilder::new(text).literal_separator(true).backslash_escape(true).build().unwrap());
            let (set, globs) = (set.build().unwrap(), Globs::new(&[text.to_owned()]).unwrap());
            for path in tried {
                assert_eq!(globs.matches(path), set.is_match(path), "{text} on {path:?}");
            }
        }
    }
}
