//! `url` and `query`: a question to the app's database, with its parameter in the driver's own spelling.

use secrecy::{ExposeSecret, SecretString};

use super::reader::Section;
use super::settings::Question;

/// Reads `url` and `query`; `:name` in the query is the value that is asked about.
pub(super) fn question(section: &Section<'_>, name: &str) -> Option<Question> {
    let url = match section.get("url") {
        Some(item) => item.secret(),
        None => {
            section.fault("url", "the database is missing; write url = { env = \"APP_DATABASE_URL\" }");
            None
        }
    };
    let query = section.text("query");
    if query.is_none() {
        section.fault("query", format!("the query is missing; write query = \"select … where … = :{name}\""));
    }
    let (url, query) = (url?, query?);
    let text = url.expose_secret();
    let scheme = text.split(':').next().unwrap_or("").to_owned();
    let parameter = match scheme.as_str() {
        "postgres" | "postgresql" => "$1",
        "mysql" | "mariadb" => "?",
        "sqlite" => "?1",
        _ => {
            section.fault("url", "write an address that begins with postgres://, mysql:// or sqlite:");
            return None;
        }
    };
    let (sql, times) = with_parameter(&query, name, parameter);
    if times == 0 {
        section.fault("query", format!("it doesn't say where the value goes; write :{name} there"));
        return None;
    }
    let parameters = if parameter == "?" { times } else { 1 };
    let (url, place) = match scheme.as_str() {
        "sqlite" => {
            let file = text.trim_start_matches("sqlite:").trim_start_matches("//").split('?').next().unwrap_or("");
            let path = section.reader.base.join(file);
            if !path.is_file() {
                section.fault("url", "there is no such file; write sqlite: and its path, relative to this file");
                return None;
            }
            // The gate only reads what is the app's.
            (SecretString::from(format!("sqlite://{}?mode=ro", path.display())), path.display().to_string())
        }
        _ => {
            let Ok(mut parsed) = url::Url::parse(text) else {
                section.fault("url", "this is no address of a database");
                return None;
            };
            let _ = parsed.set_password(None);
            parsed.set_query(None);
            (url.clone(), parsed.to_string())
        }
    };
    Some(Question { url, place, sql, parameters })
}

/// Puts the driver's parameter where `:name` stands outside of quotes.
fn with_parameter(query: &str, name: &str, parameter: &str) -> (String, usize) {
    let (mut sql, mut times, mut quote) = (String::with_capacity(query.len()), 0, None);
    let mut rest = query;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix(':').and_then(|r| r.strip_prefix(name));
        let whole = |r: &str| !r.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        match (quote, named) {
            (None, Some(after)) if whole(after) && !sql.ends_with(':') => {
                sql.push_str(parameter);
                times += 1;
                rest = after;
                continue;
            }
            (None, _) if matches!(c, '\'' | '"' | '`') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        sql.push(c);
        rest = &rest[c.len_utf8()..];
    }
    (sql, times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_stands_outside_of_quotes_only() {
        let sql = "select ':login', a::text from t where x = :login or y=:login2 or z = lower(:login)";
        let (sql, times) = with_parameter(sql, "login", "$1");
        assert_eq!((sql.as_str(), times), ("select ':login', a::text from t where x = $1 or y=:login2 or z = lower($1)", 2));
    }
}
