//! What the decision alone costs, for `make bench`: `decision DIR N ROUNDS`, of a stopped gate in DIR whose store
//! `fill_store DIR N` filled. Prints the median CPU time in nanoseconds that a request takes from its head to the permit: of
//! one session again and again, and of any in a random order, five requests each time and one.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use http::Request;
use http::request::Parts;
use mfa_gate::canonical::marks::Marks;
use mfa_gate::canonical::path;
use mfa_gate::config;
use mfa_gate::decide::{Decision, decide};
use mfa_gate::gate::{Gate, Room};
use mfa_gate::identity::{Arrived, Purpose, recognise};
use mfa_gate::model::RequestId;
use mfa_gate::route::facts;
use mfa_gate::upstream::body::Body;
use rustix::time::{ClockId, clock_gettime};

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

const PEER: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Heads are made before they are judged, so many at a time: as fresh in the processor's cache as one that was just read.
const HEADS: usize = 100;
const REQUESTS: usize = 300_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = || arguments.next().ok_or("decision DIR N ROUNDS");
    let dir = PathBuf::from(argument()?);
    let count: usize = argument()?.parse()?;
    let rounds: usize = argument()?.parse()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let builder = Gate::builder();
        let settings = config::load(&dir.join("gate.toml"), &builder.handlers())?;
        let gate = builder.build(settings).await?;
        // All are read from the store now.
        time(&gate, 0..count).await?;
        let mut seen = [const { Vec::new() }; 3];
        for _ in 0..rounds {
            for (share, seen) in [usize::MAX, 5, 1].into_iter().zip(&mut seen) {
                seen.push(time(&gate, (0..REQUESTS).map(|i| shuffled(i / share, count))).await?);
            }
        }
        let medians = seen.map(|mut times| {
            times.sort_unstable();
            times[rounds / 2].as_nanos().to_string()
        });
        println!("{}", medians.join(" "));
        Ok(())
    })
}

/// Jumps about among the sessions.
fn shuffled(i: usize, count: usize) -> usize {
    (i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) % count
}

/// CPU time per request.
async fn time(gate: &Gate, sessions: impl IntoIterator<Item = usize>) -> Result<Duration, Box<dyn Error>> {
    let room = gate.rooms().first().ok_or("the gate has no app")?;
    let (mut sessions, mut used, mut judged) = (sessions.into_iter(), Duration::ZERO, 0);
    loop {
        let heads: Vec<Box<Parts>> = sessions.by_ref().take(HEADS).map(head).collect::<Result<_, _>>()?;
        if heads.is_empty() {
            return Ok(used / judged.max(1));
        }
        judged += u32::try_from(heads.len())?;
        let mut decisions = Vec::with_capacity(HEADS);
        let before = cpu();
        for head in heads {
            decisions.push(judge(gate, room, head).await?);
        }
        used += cpu() - before;
        if !decisions.iter().all(|decision| matches!(decision, Decision::Admit(_))) {
            return Err("a session is not verified".into());
        }
    }
}

/// A request's way from its head to the permit, as the route has it.
async fn judge(gate: &Gate, room: &Room, parts: Box<Parts>) -> Result<Decision, Box<dyn Error>> {
    let marks = Marks::of(&parts.headers);
    let client = gate.client(&parts.headers, PEER);
    path::read(parts.uri.path(), &room.app.allow_in_path).map_err(|odd| odd.reason)?;
    let cookies = room.names.read(&parts.headers).map_err(|odd| odd.reason)?;
    let arrived = Arrived {
        parts,
        marks,
        body: Body::Empty,
        decoded: None,
        cookies,
        purpose: Purpose::Ordinary,
        login_name: None,
        password: false,
        listed: false,
        vouched: None,
        upgrade: false,
        client,
        id: RequestId(0),
    };
    let identified = recognise(gate.context(room), Box::new(arrived)).await?;
    Ok(decide(&facts(room, &identified), gate.clock.now()))
}

/// A browser's request in the session of this number.
fn head(session: usize) -> Result<Box<Parts>, http::Error> {
    let request = Request::get("/page")
        .header("host", "127.0.0.1")
        .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
        .header("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
        .header("accept-language", "en-US,en;q=0.5")
        .header("cookie", format!("theme=dark; sid={session:064x}; mfa={session:043}"))
        .body(())?;
    Ok(Box::new(request.into_parts().0))
}

fn cpu() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap_or_default()
}
