//! The promises of the store: one winner per race, members of one session, nothing lost over a restart.

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::seal::random;

async fn open() -> (tempfile::TempDir, Arc<SqliteStore>, Seal) {
    let dir = tempfile::tempdir().unwrap();
    let seal = Seal::ephemeral();
    let store = SqliteStore::open(&dir.path().join("gate.db"), seal.clone()).await.unwrap();
    (dir, Arc::new(store), seal)
}

fn user() -> User {
    User {
        realm: Realm::new("wiki"),
        id: UserId::new("alice"),
        attributes: [("email".to_owned(), "a@b.c".into())].into_iter().collect(),
    }
}

fn member(n: u8) -> Member {
    Member { key: MemberKey([n; 16]), name: Name::new(format!("c{n}")), path: Some("/".into()), domain: None }
}

fn session(members: Vec<Member>) -> SessionRow {
    SessionRow {
        id: SessionId(random()),
        app: AppName::new("wiki"),
        user: Some(user()),
        created_at: Timestamp(1),
        login_since: None,
        tried: Some(MemberKey([9; 16])),
        affinity: Affinity(u64::MAX - 1),
        members,
    }
}

/// Runs ten at once and counts the winners.
async fn race<F, Fut>(run: F) -> usize
where
    F: Fn() -> Fut,
    Fut: Future<Output = bool> + Send + 'static,
{
    let tasks: Vec<_> = (0..10).map(|_| tokio::spawn(run())).collect();
    let mut winners = 0;
    for task in tasks {
        winners += usize::from(task.await.unwrap());
    }
    winners
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_spent_by_one_of_ten() {
    let (_dir, store, _) = open().await;
    let row = CodeRow {
        realm: Realm::new("wiki"),
        user: UserId::new("alice"),
        method: MethodName::new("email"),
        gate: GateId([1; 16]),
        purpose: "challenge".into(),
        hash: CodeHash([7; 32]),
        sent_at: Timestamp(0),
        expires_at: Timestamp(100),
    };
    store.put_code(&row).await.unwrap();
    let spend = |hash, at| {
        let (store, row) = (store.clone(), row.clone());
        async move { store.consume_code(&row.realm, &row.user, &row.method, hash, Timestamp(at)).await.unwrap() }
    };
    assert_eq!(spend(CodeHash([8; 32]), 5).await, CodeOutcome::Wrong);
    assert_eq!(spend(CodeHash([7; 32]), 100).await, CodeOutcome::Expired);
    let won = race(|| {
        let spent = spend(CodeHash([7; 32]), 5);
        async move { spent.await == CodeOutcome::Consumed }
    });
    assert_eq!(won.await, 1);
    assert_eq!(spend(CodeHash([7; 32]), 5).await, CodeOutcome::Used);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_belongs_to_one_session() {
    let (_dir, store, _) = open().await;
    let (a, b) = (session(vec![member(1), member(2)]), session(vec![member(2), member(3)]));
    store.create_session(&a, None).await.unwrap();
    store.create_session(&b, None).await.unwrap();
    assert_eq!(store.session_by_member(MemberKey([1; 16])).await.unwrap().unwrap().id, a.id);
    assert_eq!(store.session_by_member(MemberKey([2; 16])).await.unwrap().unwrap().id, b.id);
    // Adding can't take a value away from another session.
    assert_eq!(store.add_members(a.id, &[member(3), member(4)]).await.unwrap(), Some(vec![member(4).key]));
    assert_eq!(store.session_by_member(MemberKey([3; 16])).await.unwrap().unwrap().id, b.id);
    assert_eq!(store.session_by_member(MemberKey([4; 16])).await.unwrap().unwrap().id, a.id);
    assert_eq!(store.session_by_member(MemberKey([4; 16])).await.unwrap().unwrap().user, Some(user()));
    // A session whose last value another one takes is over.
    store.create_session(&session(vec![member(2), member(3)]), None).await.unwrap();
    assert!(store.session(b.id).await.unwrap().is_none() && store.session(a.id).await.unwrap().is_some());
    // A new session that ends an old one leaves nothing of it.
    store.create_session(&session(vec![member(4)]), Some(a.id)).await.unwrap();
    assert!(store.session_by_member(MemberKey([1; 16])).await.unwrap().is_none());
    assert_eq!(store.add_members(a.id, &[member(9)]).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_64_values_stay_members() {
    let (_dir, store, _) = open().await;
    let row = session(vec![member(0)]);
    store.create_session(&row, None).await.unwrap();
    for n in 1..=80 {
        store.add_members(row.id, &[member(n)]).await.unwrap();
    }
    assert_eq!(store.session(row.id).await.unwrap().unwrap().members.len(), 64);
    assert!(store.session_by_member(MemberKey([16; 16])).await.unwrap().is_none());
    assert!(store.session_by_member(MemberKey([17; 16])).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_set_once_stays_a_member_beside_one_that_every_answer_sets() {
    let (_dir, store, _) = open().await;
    let row = session(vec![member(0), member(1)]);
    store.create_session(&row, None).await.unwrap();
    for n in 2..=90 {
        store.add_members(row.id, &[Member { name: "c1".into(), ..member(n) }]).await.unwrap();
    }
    assert_eq!(store.session(row.id).await.unwrap().unwrap().members.len(), 64);
    for (n, stays) in [(0, true), (1, false), (27, false), (28, true), (90, true)] {
        assert_eq!(store.session_by_member(MemberKey([n; 16])).await.unwrap().is_some(), stays, "{n}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attempts_lock_after_the_last_one_and_open_again() {
    let (_dir, store, _) = open().await;
    let limit = Limit { max: 3, within: Duration::from_secs(60), lock: Duration::from_secs(120) };
    for left in [2, 1, 0] {
        assert_eq!(store.reserve("k", limit, Timestamp(0)).await.unwrap(), Reserved::Allowed { left });
    }
    let until = Timestamp(120_010);
    assert_eq!(store.reserve("k", limit, Timestamp(10)).await.unwrap(), Reserved::Locked { until });
    assert_eq!(store.reserve("k", limit, Timestamp(119_000)).await.unwrap(), Reserved::Locked { until });
    assert_eq!(store.locked_until("k", Timestamp(20)).await.unwrap(), Some(until));
    assert_eq!(store.reserve("k", limit, until).await.unwrap(), Reserved::Allowed { left: 2 });
    let racing = race(|| {
        let store = store.clone();
        async move { matches!(store.reserve("r", limit, Timestamp(0)).await.unwrap(), Reserved::Allowed { .. }) }
    });
    assert_eq!(racing.await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_step_and_a_login_have_one_winner_and_survive_a_restart() {
    let (dir, store, seal) = open().await;
    let row = EnrolmentRow {
        id: EnrolmentId([1; 16]),
        realm: Realm::new("wiki"),
        user: UserId::new("alice"),
        method: MethodName::new("app"),
        label: "phone".into(),
        secret: b"seed".to_vec(),
        confirmed_at: None,
        created_at: Timestamp(0),
        last_step: 0,
    };
    store.put_pending_enrolment(&row).await.unwrap();
    assert!(!store.advance_step(row.id, 5).await.unwrap(), "a pending enrolment is no factor");
    let proved = EnrolmentRow { last_step: 5, ..row.clone() };
    assert!(store.confirm_enrolment(&proved, Timestamp(1)).await.unwrap());
    assert!(!store.confirm_enrolment(&proved, Timestamp(1)).await.unwrap());
    let steps = race(|| {
        let store = store.clone();
        async move { store.advance_step(EnrolmentId([1; 16]), 6).await.unwrap() }
    });
    assert_eq!(steps.await, 1);
    let logging_in = session(vec![member(1)]);
    store.create_session(&logging_in, None).await.unwrap();
    let logins = race(|| {
        let (store, id) = (store.clone(), logging_in.id);
        async move { store.begin_login(id, Timestamp(10), Timestamp(0)).await.unwrap() }
    });
    assert_eq!(logins.await, 1);
    drop(store);
    let again = SqliteStore::open(&dir.path().join("gate.db"), seal).await.unwrap();
    let kept = again.enrolments(&row.realm, &row.user).await.unwrap();
    assert_eq!((kept[0].secret.as_slice(), kept[0].last_step), (&b"seed"[..], 6));
    assert!(!again.advance_step(row.id, 6).await.unwrap());
}

#[test]
fn one_store_serves_threads_with_runtimes_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // What opened it goes on, as the process's own does: a connection may still be on its way back there.
    let first = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let store = Arc::new(first.block_on(SqliteStore::open(&dir.path().join("gate.db"), Seal::ephemeral())).unwrap());
    let threads: Vec<_> = (0..2u8)
        .map(|t| {
            let store = store.clone();
            std::thread::spawn(move || {
                runtime().block_on(async {
                    for n in 0..20 {
                        store.create_session(&session(vec![member(t * 100 + n)]), None).await.unwrap();
                    }
                });
            })
        })
        .collect();
    threads.into_iter().for_each(|t| t.join().unwrap());
    drop(first);
    runtime().block_on(async { store.ping().await.unwrap() });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ceremony_is_taken_by_one_of_ten_and_never_late() {
    let (_dir, store, _) = open().await;
    let (realm, name) = (Realm::new("wiki"), UserId::new("alice"));
    let row = |n: u8, expires: i64| CeremonyRow {
        key: CodeHash([n; 32]),
        realm: Realm::new("wiki"),
        user: UserId::new("alice"),
        gate: GateId([1; 16]),
        state: vec![n],
        expires_at: Timestamp(expires),
    };
    store.put_ceremony(&row(1, 100)).await.unwrap();
    let taken = race(|| {
        let (store, realm, name) = (store.clone(), realm.clone(), name.clone());
        async move { store.take_ceremony(&realm, &name, CodeHash([1; 32]), Timestamp(5)).await.unwrap() == Some(vec![1]) }
    })
    .await;
    assert_eq!(taken, 1);
    store.put_ceremony(&row(2, 100)).await.unwrap();
    assert_eq!(store.take_ceremony(&realm, &name, CodeHash([2; 32]), Timestamp(100)).await.unwrap(), None);
    assert_eq!(store.take_ceremony(&realm, &UserId::new("bob"), CodeHash([2; 32]), Timestamp(5)).await.unwrap(), None);
    for n in 10..30 {
        store.put_ceremony(&row(n, 1000 + i64::from(n))).await.unwrap();
    }
    assert_eq!(store.take_ceremony(&realm, &name, CodeHash([10; 32]), Timestamp(5)).await.unwrap(), None, "the newest eight");
    assert!(store.take_ceremony(&realm, &name, CodeHash([29; 32]), Timestamp(5)).await.unwrap().is_some());
    let spent = race(|| {
        let store = store.clone();
        async move { store.spend(CodeHash([9; 32]), Timestamp(1)).await.unwrap() }
    })
    .await;
    assert_eq!(spent, 1);
}
