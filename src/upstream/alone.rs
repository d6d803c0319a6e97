//! A connection of HTTP/1.1 to the app, with what carries it on.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::SendRequest;
use tokio::task::coop::unconstrained;

use super::Class;
use super::body::Body;
use super::pool::Reusable;

/// Reads and writes; ends with the connection.
pub(super) type Driver = Pin<Box<dyn Future<Output = ()> + Send + Sync>>;

/// One request at a time. Whoever waits for the answer carries the connection on, so that no task of its own has to be
/// woken for it twice; while nobody asks anything of it, nobody does.
pub(super) struct Alone {
    sender: SendRequest<Body>,
    /// `None`: it is over, or a task carries it.
    driver: Option<Driver>,
}

impl std::fmt::Debug for Alone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Alone").field("has_task", &self.driver.is_none()).finish_non_exhaustive()
    }
}

impl Alone {
    pub(super) fn new(sender: SendRequest<Body>, driver: Driver) -> Self {
        Self { sender, driver: Some(driver) }
    }

    /// Reads and writes what can be now.
    pub(super) fn drive(&mut self, cx: &mut Context<'_>) {
        if let Some(driver) = &mut self.driver
            && driver.as_mut().poll(cx).is_ready()
        {
            self.driver = None;
        }
    }

    /// Gives it a task of its own.
    pub(super) fn detach(&mut self) {
        if let Some(driver) = self.driver.take() {
            tokio::spawn(driver);
        }
    }

    /// Takes a request; the head of its answer comes while somebody drives. What was not sent comes back with the error.
    pub(super) fn begin(
        &mut self,
        request: Request<Body>,
    ) -> impl Future<Output = Result<Response<Incoming>, TrySendError<Request<Body>>>> + use<> {
        // A client that reads nothing before it has sent everything must not stop its own upload.
        if matches!(request.body(), Body::Upload(_)) {
            self.detach();
        }
        self.sender.try_send_request(request)
    }
}

impl Reusable for Alone {
    fn is_ready(&mut self, _: Class) -> bool {
        // A task that has done its share for now reads nothing, and everything looks quiet to it.
        let look = unconstrained(poll_fn(|cx| {
            self.drive(cx);
            Poll::Ready(())
        }));
        let _ = pin!(look).poll(&mut Context::from_waker(Waker::noop()));
        self.sender.is_ready()
    }

    fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }
}
