//! What is remembered, and what hangs on it.

use super::session::LOGIN_STALE;
use super::*;
use crate::seal::random;
use crate::store::sqlite::SqliteStore;
use crate::store::{GateRow, Member};

const HOUR: Duration = Duration::from_secs(3600);
/// After so long without use, a session is let go of.
const LONG: Duration = Duration::from_secs(600);

struct World {
    memory: Arc<Memory>,
    store: Arc<SqliteStore>,
    seal: Seal,
    clock: Clock,
    app: AppName,
    _dir: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (seal, clock) = (Seal::ephemeral(), Clock::frozen(Timestamp(1_800_000_000_000)));
        let store = Arc::new(SqliteStore::open(&dir.path().join("gate.db"), seal.clone()).await.unwrap());
        let times = SessionSettings { lifetime: 12 * HOUR, idle: HOUR, remember_device: HOUR };
        let memory = Arc::new(Memory::new(store.clone(), seal.clone(), clock.clone(), &times));
        memory.heed_revocations().await.unwrap();
        Self { memory, store, seal, clock, app: AppName::new("wiki"), _dir: dir }
    }

    fn key(&self, cookie: &str) -> MemberKey {
        let (name, value) = cookie.split_once('=').unwrap();
        self.seal.member("wiki", name.as_bytes(), value.as_bytes())
    }

    fn member(&self, cookie: &str) -> Member {
        Member { key: self.key(cookie), name: cookie.split('=').next().unwrap().into(), path: None, domain: None }
    }

    async fn session(&self, user: Option<&str>, cookies: &[&str]) -> Arc<Session> {
        let user = user.map(user_of);
        let members = cookies.iter().map(|cookie| self.member(cookie)).collect();
        self.memory.create(&self.app, user, members, None, Affinity::default()).await.unwrap()
    }

    /// The session that this cookie shows, which logs out.
    async fn log_out(&self, cookie: &str) -> Arc<Session> {
        let session = self.memory.session_of(self.key(cookie)).await.unwrap().unwrap();
        self.memory.end(&session).await.unwrap();
        session
    }

    /// Nobody asks anything for long.
    async fn rest(&self) {
        for _ in 0..2 {
            self.clock.advance(LONG);
            self.memory.let_go().await.unwrap();
        }
    }
}

fn user_of(id: &str) -> User {
    User { realm: Realm::new("wiki"), id: UserId::new(id), attributes: Attributes::default() }
}

#[tokio::test]
async fn a_session_whose_login_nobody_judged_is_forgotten_and_not_anonymous_again() {
    let world = World::new().await;
    let (memory, key) = (&world.memory, world.key("sid=1"));
    let session = world.session(None, &["sid=1"]).await;
    let page = session.until_login();
    assert!(memory.begin_login(&session).await.unwrap() && !memory.begin_login(&session).await.unwrap());
    assert!(page.is_over() && !session.until_login().is_over());
    world.clock.advance(LOGIN_STALE - Duration::from_secs(1));
    assert!(memory.session_of(key).await.unwrap().is_some_and(|s| s.is_logging_in()));
    world.clock.advance(Duration::from_secs(1));
    assert!(memory.session_of(key).await.unwrap().is_none());
    assert!(session.is_over() && world.store.session(session.id).await.unwrap().is_none());
}

#[tokio::test]
async fn a_page_of_a_session_ends_with_it_though_asked_for_later() {
    let world = World::new().await;
    let session = world.session(None, &["sid=1"]).await;
    let (page, tunnel) = (session.until_login(), Ending::of(&session).within());
    world.memory.end(&session).await.unwrap();
    assert!(page.is_over() && tunnel.is_over() && session.until_login().is_over());
}

/// An app that sets `seen=1` at each login, and a stream of the first who logged in.
#[tokio::test]
async fn a_stream_ends_with_its_session_though_another_login_took_one_of_its_values() {
    let world = World::new().await;
    let memory = &world.memory;
    let alice = world.session(Some("alice"), &["sid=1", "seen=1"]).await;
    let (id, stream) = (alice.id, Ending::of(&alice).within());
    drop(alice);
    let bob = world.session(Some("bob"), &["sid=2", "seen=1"]).await;
    memory.heed_revocations().await.unwrap();
    assert_eq!(memory.session_of(world.key("seen=1")).await.unwrap().unwrap().id, bob.id);
    world.rest().await;
    let alice = world.log_out("sid=1").await;
    assert_eq!((alice.id, alice.members().len()), (id, 1));
    assert!(stream.is_over());
}

#[tokio::test]
async fn a_stream_ends_with_its_session_though_one_of_its_values_stayed_with_another() {
    let world = World::new().await;
    let memory = &world.memory;
    let bob = world.session(Some("bob"), &["sid=2", "theme=dark"]).await;
    let alice = world.session(Some("alice"), &["sid=1"]).await;
    assert!(memory.add_members(&alice, vec![world.member("theme=dark"), world.member("lang=pl")]).await.unwrap());
    assert_eq!(memory.session_of(world.key("theme=dark")).await.unwrap().unwrap().id, bob.id);
    let stream = Ending::of(&alice).within();
    drop((alice, bob));
    world.rest().await;
    assert_eq!(world.log_out("lang=pl").await.members().len(), 2);
    assert!(stream.is_over());
}

/// Where a gate session isn't remembered, its user's revocation ends the streams of the session all the same.
#[tokio::test]
async fn the_streams_of_a_user_who_is_revoked_end_whether_the_gate_session_is_remembered_or_not() {
    let world = World::new().await;
    let session = world.session(Some("alice"), &["sid=1"]).await;
    let other = world.session(Some("bob"), &["sid=2"]).await;
    world.memory.heed_revocations().await.unwrap();
    let streams = [Ending::of(&session), Ending::of(&other)];
    world.store.revoke_user(&Realm::new("wiki"), &UserId::new("alice"), world.clock.now()).await.unwrap();
    world.memory.heed_revocations().await.unwrap();
    assert_eq!(streams.map(|stream| stream.is_over()), [true, false]);
}

#[tokio::test]
async fn what_a_session_has_no_room_for_is_nobodys() {
    let world = World::new().await;
    let memory = &world.memory;
    let session = world.session(Some("alice"), &["sid=1"]).await;
    for n in 0..70 {
        memory.add_members(&session, vec![world.member(&format!("turn={n}"))]).await.unwrap();
    }
    assert_eq!(session.members().len(), 64);
    for (cookie, is_there) in [("sid=1", true), ("turn=0", false), ("turn=5", false), ("turn=69", true)] {
        assert_eq!(memory.session_of(world.key(cookie)).await.unwrap().is_some(), is_there, "{cookie}");
    }
    let stream = Ending::of(&session);
    drop(session);
    world.rest().await;
    world.log_out("sid=1").await;
    assert!(stream.is_over());
}

#[tokio::test]
async fn a_step_up_leaves_a_session_in_use_as_it_is() {
    let world = World::new().await;
    let memory = &world.memory;
    let session = world.session(Some("alice"), &["sid=1"]).await;
    let (token, ..) = memory.pending(&session, &user_of("alice"), None, false).await.unwrap();
    for _ in 0..9 {
        world.clock.advance(HOUR / 6);
        assert!(memory.gate_of(token.expose()).await.unwrap().is_some());
    }
    let gate = memory.gate_of(token.expose()).await.unwrap().unwrap();
    let wanted = Requirement { methods: vec![MethodName::new("app")], max_age_ms: None };
    memory.set_step_up(&gate.row, &wanted).await.unwrap();
    let gate = memory.gate_of(token.expose()).await.unwrap().expect("it was in use a moment ago");
    assert_eq!(gate.row.step_up.as_deref(), Some(&wanted));
}

#[tokio::test]
async fn a_verification_that_was_revoked_before_memory_heard_of_it_is_none() {
    let world = World::new().await;
    let memory = &world.memory;
    let session = world.session(Some("alice"), &["sid=1"]).await;
    let (_, old, _) = memory.pending(&session, &user_of("alice"), None, false).await.unwrap();
    let token = world.seal.new_token();
    let passed = Verification { method: MethodName::new("email"), at: world.clock.now() };
    let new = GateRow {
        id: GateId(random()),
        token: world.seal.token_hash(token.expose()),
        verifications: [passed].into_iter().collect(),
        ..old.row.clone()
    };
    assert!(world.store.replace_gate(old.row.id, &new).await.unwrap());
    world.store.revoke_user(&Realm::new("wiki"), &UserId::new("alice"), world.clock.now()).await.unwrap();
    memory.heed_revocations().await.unwrap();
    memory.adopt(&old.row, new.token).await;
    assert!(memory.gate_of(token.expose()).await.unwrap().is_none());
}

/// An app that gives the same token at each login.
#[tokio::test]
async fn a_session_whose_last_value_another_login_takes_ends_with_what_hangs_on_it() {
    let world = World::new().await;
    let laptop = world.session(Some("alice"), &[":authorization=token"]).await;
    let (token, ..) = world.memory.pending(&laptop, &user_of("alice"), None, false).await.unwrap();
    let stream = Ending::of(&laptop).within();
    let phone = world.session(Some("alice"), &[":authorization=token"]).await;
    assert!(stream.is_over() && !phone.is_over());
    assert!(world.memory.gate_of(token.expose()).await.unwrap().is_none());
    assert!(world.memory.session(laptop.id).await.unwrap().is_none());
    assert!(world.memory.session(phone.id).await.unwrap().is_some());
}

/// The owner of a value isn't remembered just now; the store knows whose it is.
#[tokio::test]
async fn a_value_stays_with_a_session_that_was_let_go_of() {
    let world = World::new().await;
    let memory = &world.memory;
    let bob = world.session(Some("bob"), &["theme=dark", "sid=2"]).await.id;
    let alice = world.session(Some("alice"), &["sid=1"]).await;
    world.rest().await;
    assert!(memory.add_members(&alice, vec![world.member("theme=dark")]).await.unwrap());
    assert_eq!(alice.members().len(), 1);
    assert_eq!(memory.session(bob).await.unwrap().map(|session| session.id), Some(bob));
    assert_eq!(memory.session_of(world.key("theme=dark")).await.unwrap().unwrap().id, bob);
}

#[tokio::test]
async fn a_logout_is_done_to_its_end_though_the_client_goes_away() {
    let world = World::new().await;
    let session = world.session(Some("alice"), &["sid=1"]).await;
    let mut logout = Box::pin(world.memory.end(&session));
    assert!(futures_util::poll!(logout.as_mut()).is_pending());
    drop(logout);
    tokio::time::timeout(Duration::from_secs(10), Ending::of(&session).over()).await.unwrap();
    assert!(world.store.session(session.id).await.unwrap().is_none());
}

/// A request is on its way, with a gate session that ends before it is known what its streams hang on.
#[tokio::test]
async fn what_hangs_on_a_browser_whose_gate_session_has_just_ended_is_over() {
    let world = World::new().await;
    let memory = &world.memory;
    let session = world.session(Some("alice"), &[":vouched=alice"]).await;
    let (_, left, _) = memory.pending(&session, &user_of("alice"), None, true).await.unwrap();
    let (_, stays, _) = memory.pending(&session, &user_of("alice"), None, true).await.unwrap();
    memory.end_gate(&left.row).await.unwrap();
    assert!(memory.browser(&left.row, &session).is_over());
    assert!(!memory.browser(&stays.row, &session).is_over());
}
