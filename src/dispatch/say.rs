//! `say(id, name=value, …)` in the templates of e-mails: a sentence in the language that the message is in.

use minijinja::value::Kwargs;
use minijinja::{AutoEscape, Error, ErrorKind, State, Value};

use crate::words::{Arg, Language, Sentence};

/// The sentence of this id; in HTML as a piece of it, with its values escaped.
pub fn say(state: &State<'_, '_>, id: String, values: Kwargs) -> Result<Value, Error> {
    let language = state.lookup("language").and_then(|tag| Language::of(tag.as_str()?)).unwrap_or_default();
    let known = Sentence::find(&id);
    let mut sentence = known.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("there is no sentence {id:?}")))?;
    for name in values.args() {
        let value: Value = values.get(name)?;
        let arg = u64::try_from(value.clone()).map_or_else(|_| Arg::Text(value.to_string()), Arg::Number);
        sentence = sentence.with(name.to_owned(), arg);
    }
    let said = language.words().say(sentence);
    Ok(match state.auto_escape() {
        AutoEscape::None => said.to_string().into(),
        _ => Value::from_safe_string(said.html().to_string()),
    })
}
