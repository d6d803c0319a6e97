//! The end of something that streams may hang on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

/// Whether something has ended. Asking costs a load; only who waits for it makes a token.
#[derive(Clone, Debug, Default)]
pub struct Ending(Arc<State>);

#[derive(Debug, Default)]
struct State {
    is_over: AtomicBool,
    waited_for: OnceLock<CancellationToken>,
    /// It ends with this one too.
    within: Option<Ending>,
}

impl Ending {
    /// One that ends by itself, or with this one.
    pub fn within(&self) -> Self {
        Self(Arc::new(State { within: Some(self.clone()), ..State::default() }))
    }

    /// Ends it.
    pub fn end(&self) {
        // Before the token is looked for: who makes one afterwards sees that it is over.
        self.0.is_over.store(true, Ordering::SeqCst);
        if let Some(token) = self.0.waited_for.get() {
            token.cancel();
        }
    }

    /// Has it ended?
    pub fn is_over(&self) -> bool {
        self.0.is_over.load(Ordering::SeqCst) || self.0.within.as_ref().is_some_and(Self::is_over)
    }

    /// Waits for it.
    pub async fn over(&self) {
        let own = self.token();
        match &self.0.within {
            None => own.cancelled().await,
            Some(outer) => tokio::select! {
                () = own.cancelled() => {}
                () = Box::pin(outer.over()) => {}
            },
        }
    }

    fn token(&self) -> &CancellationToken {
        let token = self.0.waited_for.get_or_init(CancellationToken::new);
        if self.is_over() {
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
