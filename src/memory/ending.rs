//! The end of something that streams may hang on.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering, fence};
use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

use super::Session;

/// The end of one thing. Asking costs a load; only who waits for it makes a token.
#[derive(Debug, Default)]
pub(super) struct End {
    is_over: AtomicBool,
    waited_for: OnceLock<CancellationToken>,
}

impl End {
    pub(super) fn set(&self) {
        // Before the token is looked for: who makes one afterwards sees that it is over.
        self.is_over.store(true, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        if let Some(token) = self.waited_for.get() {
            token.cancel();
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    /// The same for who has just put something where [`End::set`] looks for it afterwards: one of the two sees the other.
    pub(super) fn came_first(&self) -> bool {
        fence(Ordering::SeqCst);
        self.is_over()
    }
}

/// What can end: by itself, or with another.
pub(super) trait HasEnd: fmt::Debug + Send + Sync {
    /// Its own end.
    fn own(&self) -> &End;

    /// What it ends with.
    fn outer(&self) -> Option<&Ending> {
        None
    }

    /// Ends it.
    fn end(&self) {
        self.own().set();
    }
}

/// Whether something has ended; a session's own end is a part of the session.
#[derive(Clone, Debug)]
pub struct Ending(Arc<dyn HasEnd>);

#[derive(Debug, Default)]
struct Part {
    end: End,
    outer: Option<Ending>,
}

impl HasEnd for Part {
    fn own(&self) -> &End {
        &self.end
    }

    fn outer(&self) -> Option<&Ending> {
        self.outer.as_ref()
    }
}

impl Default for Ending {
    fn default() -> Self {
        Self(Arc::new(Part::default()))
    }
}

impl Ending {
    /// That of a session, which is held with it.
    pub fn of(session: &Arc<Session>) -> Self {
        Self(session.clone())
    }

    /// One that ends by itself, or with this one.
    pub fn within(&self) -> Self {
        Self(Arc::new(Part { end: End::default(), outer: Some(self.clone()) }))
    }

    /// Ends it.
    pub fn end(&self) {
        self.0.end();
    }

    /// Has it ended?
    pub fn is_over(&self) -> bool {
        self.0.own().is_over() || self.0.outer().is_some_and(Self::is_over)
    }

    /// Waits for it.
    pub async fn over(&self) {
        let own = self.token();
        match self.0.outer() {
            None => own.cancelled().await,
            Some(outer) => tokio::select! {
                () = own.cancelled() => {}
                () = Box::pin(outer.over()) => {}
            },
        }
    }

    fn token(&self) -> &CancellationToken {
        let token = self.0.own().waited_for.get_or_init(CancellationToken::new);
        if self.0.own().came_first() {
            token.cancel();
        }
        token
    }

    /// Does anybody beside its owner hold it?
    pub(super) fn is_held(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn an_end_is_seen_by_who_waits_and_by_who_comes_later() {
        let session = Ending::default();
        let (page, other) = (session.within(), session.within());
        let mut waiting = Box::pin(page.over());
        assert!(waiting.as_mut().now_or_never().is_none() && !page.is_over());
        other.end();
        assert!(other.is_over() && !page.is_over() && !session.is_over());
        session.end();
        assert!(waiting.now_or_never().is_some() && page.is_over());
        assert!(session.within().over().now_or_never().is_some());
        // However deep.
        let session = Ending::default();
        let tunnel = session.within().within();
        let mut waiting = Box::pin(tunnel.over());
        assert!(waiting.as_mut().now_or_never().is_none());
        session.end();
        assert!(waiting.now_or_never().is_some());
    }
}
