//! A client that sends exactly what a test says, and one that keeps cookies as a browser does.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// One answer, read whole.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str()).collect()
    }

    pub fn location(&self) -> &str {
        self.header("location").unwrap_or("")
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// Does anything that the app says only to logged-in sessions stand anywhere in this answer?
    pub fn secrets(&self) -> Vec<(String, u64)> {
        let mut all = self.text();
        for (name, value) in &self.headers {
            all.push_str(&format!("\n{name}: {value}"));
        }
        all.split("SECRET-")
            .skip(1)
            .filter_map(|rest| {
                let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
                let (user, login) = word.split_once('-')?;
                Some((user.to_owned(), login.parse().ok()?))
            })
            .collect()
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:?} {}", self.headers, self.text());
        self
    }

    /// The gate's way to its challenge, and nothing of the app's.
    #[track_caller]
    pub fn expect_challenge(self) -> Self {
        assert!(self.secrets().is_empty(), "{self:?}");
        assert_eq!(self.status, 303, "{:?} {}", self.headers, self.text());
        assert!(self.location().starts_with("/.mfa/challenge"), "{}", self.location());
        self
    }

    /// A page of this user's own.
    #[track_caller]
    pub fn expect_page_of(self, user: &str) -> Self {
        assert_eq!(self.status, 200, "{:?} {}", self.headers, self.text());
        let secrets = self.secrets();
        assert!(!secrets.is_empty() && secrets.iter().all(|(who, _)| who == user), "{secrets:?} {}", self.text());
        self
    }

    #[track_caller]
    pub fn expect_problem(self, status: u16, reason: &str) -> Self {
        assert_eq!(self.status, status, "{:?} {}", self.headers, self.text());
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text());
        assert_eq!(self.json()["reason"], reason, "{}", self.text());
        assert!(self.secrets().is_empty(), "{self:?}");
        self
    }
}

/// Sends bytes as they are and reads one answer.
pub fn raw(address: SocketAddr, request: &[u8]) -> std::io::Result<Answer> {
    let mut stream = connect(address)?;
    stream.write_all(request)?;
    read_answer(&mut stream, request.starts_with(b"HEAD "))
}

pub fn connect(address: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Reads the head of an answer; what came after it is the second part.
pub fn read_head(stream: &mut TcpStream) -> std::io::Result<(Answer, Vec<u8>)> {
    read_head_after(stream, Vec::new())
}

/// The same where its beginning was read already.
fn read_head_after(stream: &mut TcpStream, mut all: Vec<u8>) -> std::io::Result<(Answer, Vec<u8>)> {
    let mut buffer = [0; 16 * 1024];
    let end = loop {
        if let Some(at) = all.windows(4).position(|w| w == b"\r\n\r\n") {
            break at;
        }
        let n = stream.read(&mut buffer)?;
        if n == 0 {
            return Err(std::io::Error::other(format!("closed after {:?}", String::from_utf8_lossy(&all))));
        }
        all.extend_from_slice(&buffer[..n]);
    };
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|l| l.split(' ').nth(1)).and_then(|s| s.parse().ok()).unwrap_or(0);
    let headers = lines.filter_map(|l| l.split_once(':')).map(|(n, v)| (n.to_owned(), v.trim().to_owned())).collect();
    Ok((Answer { status, headers, body: Vec::new() }, all[end + 4..].to_vec()))
}

/// Opens a WebSocket of the app's, and reads its first frame to the end.
pub fn open_websocket(address: SocketAddr, cookie: &str) -> TcpStream {
    let ask = Ask::new("GET", "/ws?frames=1").with("Connection", "Upgrade").with("Upgrade", "websocket");
    let mut stream = connect(address).unwrap();
    stream.write_all(&ask.bytes(&address.to_string(), cookie)).unwrap();
    let (head, mut heard) = read_head(&mut stream).unwrap();
    assert_eq!(head.status, 101);
    let mut buffer = [0; 256];
    while heard.len() < 2 || heard.len() < 2 + usize::from(heard[1]) {
        let n = stream.read(&mut buffer).unwrap();
        assert!(n > 0, "closed within a frame");
        heard.extend_from_slice(&buffer[..n]);
    }
    stream
}

pub fn read_answer(stream: &mut TcpStream, is_head: bool) -> std::io::Result<Answer> {
    let (mut answer, mut rest) = read_head(stream)?;
    while answer.status / 100 == 1 && answer.status != 101 {
        // An interim answer: the real one follows.
        (answer, rest) = read_head_after(stream, rest)?;
    }
    if is_head || matches!(answer.status, 101 | 204 | 304) {
        return Ok(answer);
    }
    let mut buffer = [0; 64 * 1024];
    if let Some(length) = answer.header("content-length").and_then(|l| l.parse::<usize>().ok()) {
        while rest.len() < length {
            let n = stream.read(&mut buffer)?;
            if n == 0 {
                return Err(std::io::Error::other("closed within the body"));
            }
            rest.extend_from_slice(&buffer[..n]);
        }
        answer.body = rest;
    } else if answer.header("transfer-encoding").is_some() {
        while !rest.ends_with(b"0\r\n\r\n") {
            let n = stream.read(&mut buffer)?;
            if n == 0 {
                return Err(std::io::Error::other("closed within a chunk"));
            }
            rest.extend_from_slice(&buffer[..n]);
        }
        answer.body = unchunk(&rest);
    } else {
        stream.read_to_end(&mut rest)?;
        answer.body = rest;
    }
    Ok(answer)
}

fn unchunk(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|w| w == b"\r\n") {
        let size = usize::from_str_radix(String::from_utf8_lossy(&rest[..at]).trim(), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        body.extend_from_slice(&rest[at + 2..at + 2 + size]);
        rest = &rest[at + 4 + size..];
    }
    body
}

/// A request in the making.
#[derive(Clone, Debug)]
pub struct Ask {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Ask {
    pub fn new(method: &str, target: &str) -> Self {
        Self { method: method.into(), target: target.into(), headers: Vec::new(), body: Vec::new() }
    }

    /// As a browser opens a page.
    pub fn page(target: &str) -> Self {
        Self::new("GET", target).navigation()
    }

    pub fn navigation(self) -> Self {
        self.with("Accept", "text/html,*/*;q=0.8").with("Sec-Fetch-Mode", "navigate").with("Sec-Fetch-Dest", "document")
    }

    /// As a script asks.
    pub fn script(method: &str, target: &str) -> Self {
        Self::new(method, target).with("Accept", "application/json")
    }

    pub fn form(target: &str, fields: &[(&str, &str)]) -> Self {
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields {
            text.append_pair(name, value);
        }
        Self::new("POST", target).navigation().with("Content-Type", "application/x-www-form-urlencoded").body(text.finish())
    }

    pub fn json(target: &str, value: Value) -> Self {
        Self::script("POST", target).with("Content-Type", "application/json").body(value.to_string())
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn bytes(&self, host: &str, cookie: &str) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        let has = |name: &str| self.headers.iter().any(|(n, _)| n.eq_ignore_ascii_case(name));
        if !has("host") {
            head.push_str(&format!("Host: {host}\r\n"));
        }
        if !cookie.is_empty() {
            head.push_str(&format!("Cookie: {cookie}\r\n"));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if (!self.body.is_empty() || self.method == "POST") && !has("transfer-encoding") && !has("content-length") {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        let mut all = head.into_bytes();
        all.extend_from_slice(&self.body);
        all
    }
}

/// Keeps cookies as a browser does, by name.
#[derive(Clone, Debug)]
pub struct Browser {
    pub address: SocketAddr,
    pub jar: BTreeMap<String, String>,
    host: Option<String>,
}

impl Browser {
    /// At another host name.
    pub fn at(self, host: &str) -> Self {
        Self { host: Some(host.to_owned()), ..self }
    }

    fn host(&self) -> String {
        self.host.clone().unwrap_or_else(|| self.address.to_string())
    }

    pub fn new(address: SocketAddr) -> Self {
        Self { address, jar: BTreeMap::new(), host: None }
    }

    pub fn cookie_line(&self) -> String {
        self.jar.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("; ")
    }

    #[track_caller]
    pub fn send(&mut self, ask: &Ask) -> Answer {
        self.try_send(ask).unwrap_or_else(|e| panic!("{} {}: {e}", ask.method, ask.target))
    }

    pub fn try_send(&mut self, ask: &Ask) -> std::io::Result<Answer> {
        let answer = raw(self.address, &ask.bytes(&self.host(), &self.cookie_line()))?;
        self.keep(&answer);
        Ok(answer)
    }

    /// With a Cookie line of the test's own; what comes back is not kept.
    #[track_caller]
    pub fn send_with(&self, ask: &Ask, cookie: &str) -> Answer {
        raw(self.address, &ask.bytes(&self.host(), cookie)).unwrap_or_else(|e| panic!("{}: {e}", ask.target))
    }

    pub fn keep(&mut self, answer: &Answer) {
        for line in answer.all("set-cookie") {
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if attributes.to_ascii_lowercase().contains("max-age=0") || value.is_empty() {
                self.jar.remove(name.trim());
            } else {
                self.jar.insert(name.trim().into(), value.into());
            }
        }
    }

    #[track_caller]
    pub fn get(&mut self, target: &str) -> Answer {
        self.send(&Ask::page(target))
    }

    #[track_caller]
    pub fn post(&mut self, target: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(&Ask::form(target, fields))
    }

    #[track_caller]
    pub fn call(&mut self, target: &str, value: Value) -> Answer {
        self.send(&Ask::json(target, value))
    }

    /// The gate's form on the page at `target`, sent with these fields beside its hidden ones.
    #[track_caller]
    pub fn submit(&mut self, target: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(target).expect(200).text();
        let form = page
            .split("<form ")
            .skip(1)
            .map(|f| f.split("</form>").next().unwrap_or(""))
            .find(|f| f.contains(&format!("action=\"{action}\"")))
            .unwrap_or_else(|| panic!("no form to {action} in {page}"));
        let hidden: Vec<(String, String)> = form
            .split("<input type=\"hidden\" name=\"")
            .skip(1)
            .filter_map(|rest| {
                let (name, rest) = rest.split_once('"')?;
                let value = rest.split_once("value=\"")?.1.split_once('"')?.0;
                Some((name.to_owned(), html_escape::decode_html_entities(value).into_owned()))
            })
            .collect();
        let mut all: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        all.extend_from_slice(fields);
        self.post(action, &all)
    }
}
