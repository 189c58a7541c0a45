//! Who is told by a webhook: takes what is sent, says what it is told to say, and remembers all of
//! it. What is signed it checks by the words of the standard, not by our code.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result, ensure};
use axum::Router;
use axum::extract::{Request, State};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::{BusEvent, Timestamp};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http_body_util::BodyExt as _;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{HeaderMap, LOCATION};
use serde::Deserialize;
use sha2::Sha256;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Somebody who listens on a port of this machine.
pub(crate) struct Receiver {
    address: SocketAddr,
    heard: Arc<Mutex<Heard>>,
    listening: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Heard {
    /// What is answered next; 204 when nothing is said.
    answers: VecDeque<StatusCode>,
    deliveries: Vec<Delivery>,
}

/// What came in one request.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) answered: StatusCode,
}

impl Receiver {
    /// Somebody who listens.
    pub(crate) async fn listen() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let mut receiver =
            Self { address: listener.local_addr()?, heard: Arc::default(), listening: None };
        receiver.listen_on(listener);
        Ok(receiver)
    }

    fn listen_on(&mut self, listener: TcpListener) {
        let router = Router::new().fallback(hear).with_state(self.heard.clone());
        self.listening = Some(tokio::spawn(async move {
            // It ends with its task.
            let _ = axum::serve(listener, router).await;
        }));
    }

    /// Nobody is there any more.
    pub(crate) async fn leave(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.abort();
            let _ = listening.await;
        }
    }

    /// There again, at the same address.
    pub(crate) async fn come_back(&mut self) -> Result<()> {
        self.listen_on(TcpListener::bind(self.address).await?);
        Ok(())
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/coffee?for=tills", self.address)
    }

    /// Answers these next, one after the other.
    pub(crate) fn answers(&self, statuses: &[StatusCode]) {
        self.heard().answers.extend(statuses);
    }

    /// Everything that came so far.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.heard().deliveries.clone()
    }

    /// The events that were taken with success so far, each once, in the order in which they came
    /// first.
    pub(crate) fn events(&self) -> Result<Vec<BusEvent>> {
        let mut events: Vec<BusEvent> = Vec::new();
        for delivery in self.deliveries() {
            if delivery.answered.is_success() {
                let new = delivery.events()?;
                let new: Vec<_> = new.into_iter().filter(|event| !events.contains(event)).collect();
                events.extend(new);
            }
        }
        Ok(events)
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        if let Some(listening) = &self.listening {
            listening.abort();
        }
    }
}

async fn hear(
    State(heard): State<Arc<Mutex<Heard>>>,
    request: Request,
) -> (StatusCode, [(hyper::header::HeaderName, &'static str); 1]) {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
    let answered = heard.answers.pop_front().unwrap_or(StatusCode::NO_CONTENT);
    heard.deliveries.push(Delivery { headers: head.headers, body, answered });
    // Whoever follows it comes here again, and shows.
    (answered, [(LOCATION, "/elsewhere")])
}

impl Delivery {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Result<&str> {
        let value = self.headers.get(name).with_context(|| name.to_owned())?;
        Ok(value.to_str()?)
    }

    /// What has happened.
    pub(crate) fn events(&self) -> Result<Vec<BusEvent>> {
        #[derive(Deserialize)]
        struct Sent {
            events: Vec<BusEvent>,
        }
        let Sent { events } = serde_json::from_slice(&self.body)?;
        Ok(events)
    }

    /// That whoever knows the secret has signed it within five minutes.
    pub(crate) fn is_signed_with(&self, secret: &str) -> Result<()> {
        let key = secret.strip_prefix("whsec_").context("a secret of the standard")?;
        let (id, timestamp) = (self.header("webhook-id")?, self.header("webhook-timestamp")?);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
        ensure!(now.abs_diff(timestamp.parse()?) < 300, "{timestamp} at {now}");
        let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(key)?)?;
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(&self.body);
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        let signatures = self.header("webhook-signature")?;
        ensure!(signatures.split(' ').any(|one| one == expected), "{signatures}");
        Ok(())
    }

    /// When its sender says it was sent.
    pub(crate) fn sent_at(&self) -> Result<Timestamp> {
        Ok(Timestamp::from_seconds(self.header("webhook-timestamp")?.parse()?))
    }
}
