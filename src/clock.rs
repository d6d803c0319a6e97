//! The only place that asks for the time of day, and a twin that tests set.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::model::Timestamp;

/// Tells the time. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until [`Clock::advance`] moves it.
    pub fn frozen(at: Timestamp) -> Self {
        Self(Source::Set(Arc::new(AtomicI64::new(at.0))))
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            // The kernel's coarse clock: milliseconds are enough, and every request asks several times.
            Source::System => {
                let now = rustix::time::clock_gettime(rustix::time::ClockId::RealtimeCoarse);
                Timestamp(now.tv_sec * 1000 + now.tv_nsec / 1_000_000)
            }
            Source::Set(at) => Timestamp(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a frozen clock; the machine's clock can't be moved.
    pub fn advance(&self, span: std::time::Duration) {
        if let Source::Set(at) = &self.0 {
            at.fetch_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX), Ordering::SeqCst);
        }
    }
}
