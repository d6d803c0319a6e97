//! The factor sent along with a request: `MFA-Code` and `MFA-Method`, for clients without a browser.

use http::{HeaderMap, HeaderValue, Response, header};

use super::challenge::open_challenge;
use crate::decide::{Challenge, Decision, decide};
use crate::flows::{FlowError, Passed};
use crate::gate::{Gate, Room};
use crate::identity::Identified;
use crate::model::{MethodName, Visitor};
use crate::no::No;
use crate::portal::gate_cookie;
use crate::store::GateRow;
use crate::upstream::body::Body;

/// A code that came with a request.
#[derive(Clone)]
pub struct Along {
    method: Option<MethodName>,
    code: String,
}

impl Along {
    /// What these headers carry; each may stand there once.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let one = |name: &str| {
            let mut lines = headers.get_all(name).iter();
            let first = lines.next()?.to_str().ok()?.trim();
            (lines.next().is_none() && !first.is_empty()).then(|| first.to_owned())
        };
        Some(Self { code: one("mfa-code")?, method: one("mfa-method").map(MethodName::new) })
    }

    /// Passes the challenge of this gate session, as the page would; memory follows.
    pub async fn verify(&self, gate: &Gate, row: &GateRow, visitor: &Visitor) -> Result<Passed, FlowError> {
        let passed = gate.flows.verify(row, self.method.as_ref(), &self.code, false, visitor).await?;
        gate.memory.adopt(row, passed.gate.token).await;
        Ok(passed)
    }
}

/// In place of a challenge: the code is verified, and the request judged again.
pub async fn pass(gate: &Gate, room: &Room, why: Challenge, along: Along, mut identified: Identified) -> super::Answered {
    let (row, pending) = open_challenge(gate, &why, &identified).await?;
    let visitor = identified.arrived.visitor();
    let token = match along.verify(gate, &row, &visitor).await {
        Ok(passed) => passed.token,
        Err(error) => {
            let mut answer = gate.refuse_flow(&error, identified.arrived.id, gate.language(&visitor.wish));
            set_cookie(gate, pending.as_ref(), &mut answer);
            return Ok(answer.into());
        }
    };
    identified.gate = gate.memory.gate_of(token.expose()).await?;
    let mut answer = match decide(&super::facts(room, &identified), gate.clock.now()) {
        Decision::Admit(permit) => super::admit(gate, room, permit, identified).await?,
        // Verified, but not as this path wants it.
        Decision::Challenge(why) => super::challenge::challenge(gate, why, &identified).await?.into(),
        Decision::Leave => super::challenge::leave(gate, room, &identified).await?.into(),
        Decision::Refuse(refuse) => return Err(No::Decided(refuse)),
    };
    set_cookie(gate, Some(&token), &mut answer);
    Ok(answer)
}

fn set_cookie(gate: &Gate, token: Option<&crate::seal::Token>, answer: &mut Response<Body>) {
    let line = token.and_then(|token| HeaderValue::from_str(&gate_cookie(&gate.settings.server, token)).ok());
    if let Some(line) = line {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
}
