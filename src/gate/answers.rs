//! What the gate answers itself: its own pages, and refusals with their log line.

use std::sync::Arc;

use http::{Request, Response};
use hyper::body::Incoming;

use super::{Gate, Room};
use crate::flows::FlowError;
use crate::identity::visitor;
use crate::model::{Client, RequestId};
use crate::no::{No, Told};
use crate::portal::refusal::{self, Asked, Refusal};
use crate::portal::{Asking, refused};
use crate::proxy::set_cookie;
use crate::store::GateRow;
use crate::upstream::body::Body;
use crate::words::{Language, Sentence, Wish};

impl Gate {
    /// A request to the gate's own pages.
    pub async fn own_page(
        &self,
        room: &Room,
        request: Request<Incoming>,
        client: Client,
        id: RequestId,
    ) -> Result<Response<Body>, No> {
        self.believe()?;
        let cookies = room.names.read(request.headers()).unwrap_or_default();
        let gate = match cookies.gate {
            Some(token) => self.memory.gate_of_hash(token.hash(&self.seal)).await?.filter(|g| g.row.app == room.app.name),
            None => None,
        };
        // It is worth what its session is.
        let gate = match gate {
            Some(gate) if self.memory.session(gate.row.session).await?.is_some() => Some(gate),
            _ => None,
        };
        Ok(self.ask_portal(request, client, id, gate.map(|g| Arc::new(g.row.clone())), cookies.device.as_deref()).await)
    }

    /// A file that the gate's own pages bring along. It needs neither an app nor memory: the page that says so has a look too.
    pub async fn own_file(&self, request: Request<Incoming>, client: Client, id: RequestId) -> Response<Body> {
        self.ask_portal(request, client, id, None, None).await
    }

    async fn ask_portal(
        &self,
        request: Request<Incoming>,
        client: Client,
        id: RequestId,
        gate: Option<Arc<GateRow>>,
        device: Option<&str>,
    ) -> Response<Body> {
        let visitor = visitor(request.headers(), client);
        let language = self.language(&visitor.wish);
        let device = device.map(str::to_owned);
        let asking = Asking { visitor, gate, device, request_id: id.to_string(), language };
        self.portal.answer(request.map(axum::body::Body::new), asking).await.map(Body::from)
    }

    /// The challenge page in place of what was sent: 401, with the sentence that it must be sent again.
    pub async fn challenge_page(&self, asking: Asking, next: &str, id: RequestId) -> Response<Body> {
        let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let page = format!("{}/challenge?unsent=1&next={next}", self.settings.server.prefix);
        let request = Request::get(page).header(http::header::ACCEPT, "text/html").body(axum::body::Body::empty());
        let asked = self.asked(true, id, asking.language);
        let Ok(request) = request else { return self.refuse(No::SendAgain, &asked) };
        let mut answer = self.portal.answer(request, asking).await.map(Body::from);
        if answer.status().is_redirection() {
            // There is nothing to pass yet: the page that says so leads on.
            return self.refuse(No::SendAgain, &asked);
        }
        if answer.status().is_success() {
            *answer.status_mut() = http::StatusCode::UNAUTHORIZED;
        }
        answer
    }

    /// How an error answer is to look.
    pub fn asked(&self, wants_page: bool, id: RequestId, language: Language) -> Asked {
        Asked { wants_page, request_id: id.to_string(), look: self.portal.look().clone(), language }
    }

    /// The language of an answer of the gate's own.
    pub fn language(&self, wish: &Wish) -> Language {
        self.settings.brand.languages.choose(wish)
    }

    /// A refusal as page or problem, with its log line.
    pub fn refuse(&self, no: No, asked: &Asked) -> Response<Body> {
        let told = no.told();
        match no.log() {
            Some(why) => {
                tracing::warn!(request_id = %asked.request_id, status = told.status, reason = told.reason, why, "refused")
            }
            None => tracing::debug!(request_id = %asked.request_id, status = told.status, reason = told.reason, "refused"),
        }
        let refusal = refusal_of(&told);
        let mut answer = refusal::answer(&refusal, asked).map(Body::from);
        if told.status == 405 {
            // RFC 9110 (15.5.6) wants it; which of these the app takes is the app's word.
            let allow = http::HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
            answer.headers_mut().insert(http::header::ALLOW, allow);
        }
        if matches!(no, No::PasswordFirst) {
            let basic = format!("Basic realm=\"{}\", charset=\"UTF-8\"", self.settings.brand.name.replace(['"', '\\'], ""));
            if let Ok(basic) = http::HeaderValue::from_str(&basic) {
                answer.headers_mut().insert(http::header::WWW_AUTHENTICATE, basic);
            }
        }
        if let No::Cookies(_, names) = no {
            set_cookie::expire_names(&names, answer.headers_mut());
        }
        answer
    }

    /// The app sent a login back: the gate says so, and where to sign in again.
    pub fn sent_back(&self, to: String, asked: &Asked) -> Response<Body> {
        let refusal = Refusal { sign_in: Some(to), ..refusal_of(&No::SentBack.told()) };
        refusal::answer(&refusal, asked).map(Body::from)
    }

    /// A flow's refusal to a client that sent its factor along, as a problem.
    pub fn refuse_flow(&self, error: &FlowError, id: RequestId, language: Language) -> Response<Body> {
        refusal::answer(&refused(error, self.clock.now()), &self.asked(false, id, language)).map(Body::from)
    }
}

fn refusal_of(told: &Told) -> Refusal {
    Refusal {
        next: told.next.map(Sentence::new),
        retry_after: told.retry_after,
        ..Refusal::new(told.status, told.reason, told.title, told.sentence)
    }
}
