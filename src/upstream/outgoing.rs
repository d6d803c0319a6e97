//! A request on its way to the app, and why there was no answer.

use std::sync::Arc;
use std::time::Duration;

use http::request::Parts;
use http::{HeaderName, HeaderValue, Request, header};

use super::body::{Body, BodyError};
use super::connect::Wanted;
use super::direct::Odd;
use super::servers::Server;

/// A request to the app. Its head is moved as a pointer.
#[derive(Debug)]
pub struct Outgoing {
    /// Method, target and headers, as they are to be sent.
    pub head: Box<Parts>,
    /// What the gate itself says, in place of any header of the same name.
    pub said: Vec<(HeaderName, HeaderValue)>,
    /// Its body.
    pub body: Body,
}

impl From<Request<Body>> for Outgoing {
    fn from(request: Request<Body>) -> Self {
        let (head, body) = request.into_parts();
        Self { head: Box::new(head), said: Vec::new(), body }
    }
}

impl Outgoing {
    /// What kind of connection it needs.
    pub(super) fn wanted(&self) -> Wanted {
        if self.head.headers.contains_key(header::UPGRADE) {
            Wanted::Upgrade
        } else if matches!(self.body, Body::Empty | Body::Bytes(_)) {
            Wanted::Whole
        } else {
            Wanted::Streaming
        }
    }

    /// For hyper.
    pub(super) fn into_request(mut self) -> Request<Body> {
        for (name, value) in self.said {
            self.head.headers.insert(name, value);
        }
        Request::from_parts(*self.head, self.body)
    }
}

/// Why there was no answer on a connection. A request of which nothing was sent comes back.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) unsent: Option<Outgoing>,
    pub(super) why: BodyError,
}

impl Failed {
    pub(super) fn unsent(unsent: Option<Outgoing>, why: impl Into<BodyError>) -> Box<Self> {
        Box::new(Self { unsent, why: why.into() })
    }

    pub(super) fn broke(why: impl Into<BodyError>) -> Box<Self> {
        Self::unsent(None, why)
    }

    /// As the route is told.
    pub(super) fn of_server(self, server: &Server) -> UpstreamError {
        let odd = self.why.downcast_ref();
        if let Some(Odd::Slow(patience)) = odd {
            return UpstreamError::Slow(*patience);
        }
        let is_too_large =
            odd == Some(&Odd::TooLarge) || self.why.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse_too_large);
        if is_too_large {
            UpstreamError::TooLarge(server.name.clone())
        } else {
            UpstreamError::Broke(server.name.clone(), self.why)
        }
    }
}

/// Why the app didn't answer.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// No connection.
    #[error("the app at {0} can't be reached: {1}")]
    Connect(Arc<str>, std::io::Error),
    /// The connection broke, or what came wasn't HTTP.
    #[error("the app at {0} broke off: {1}")]
    Broke(Arc<str>, BodyError),
    /// The head of its answer is larger than any that is meant.
    #[error("the head of an answer of the app at {0} is too large")]
    TooLarge(Arc<str>),
    /// No answer in time.
    #[error("the app gave no answer within {0:?}")]
    Slow(Duration),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_gate_says_stands_in_place_of_anybody_elses_word() {
        let mut outgoing = Outgoing::from(Request::post("/").header("x-mfa-user", "eve").body(Body::Empty).unwrap());
        outgoing.said.push((HeaderName::from_static("x-mfa-user"), HeaderValue::from_static("alice")));
        let request = outgoing.into_request();
        assert_eq!(request.headers().get_all("x-mfa-user").iter().collect::<Vec<_>>(), ["alice"]);
    }
}
