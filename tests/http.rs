//! The way to the server, and how it says no.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Result, ensure};
use domain::Code;
use domain::api::{Problem, route};
use domain::text::Language;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use hyper::{Method, Request, StatusCode, http::request::Builder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::client;
use crate::described;
use crate::platform::Platform;

/// One client of the server; clones share its connections.
#[derive(Clone)]
pub(crate) struct Http {
    client: Client<HttpConnector, Full<Bytes>>,
    server: SocketAddr,
    /// What it asks to be answered in, if it does.
    language: Option<Language>,
}

/// What the server answered, whatever it was.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// What was asked, for messages: `POST /api/bars`.
    pub(crate) request: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Why there is not the answer that was hoped for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum No {
    /// The server said no, as the contract has it.
    #[error("{request}: {} {}: {}", .problem.status, .problem.code.as_str(), .problem.detail)]
    Refused { request: String, problem: Box<Problem> },
    /// There was no answer.
    #[error("{request}: no answer: {cause}")]
    Lost { request: String, cause: String },
    /// There was an answer that nobody can read.
    #[error("{request}: {status} {body}: {cause}")]
    Odd { request: String, status: StatusCode, body: String, cause: String },
}

impl Http {
    /// A client of the server at this address.
    pub(crate) fn to(server: SocketAddr) -> Self {
        Self { client: client(HttpConnector::new()), server, language: None }
    }

    /// A client of the server at this address, who comes from another one.
    pub(crate) fn from(own: Ipv4Addr, server: SocketAddr) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_local_address(Some(own.into()));
        Self { client: client(connector), server, language: None }
    }

    /// The same client, which from now on asks for this language, or for none.
    pub(crate) fn reading(self, language: Option<Language>) -> Self {
        Self { language, ..self }
    }

    /// GET, as the owner of `token` or as nobody.
    pub(crate) async fn get(&self, path: &str, token: Option<&str>) -> Result<Answer, No> {
        self.send(self.request(Method::GET, path, token), Bytes::new()).await
    }

    /// POST of a JSON body.
    pub(crate) async fn post(
        &self,
        path: &str,
        token: Option<&str>,
        body: &impl Serialize,
    ) -> Result<Answer, No> {
        let body = serde_json::to_vec(body).expect("requests are plain data");
        let request = self.request(Method::POST, path, token);
        self.send(request.header(CONTENT_TYPE, "application/json"), body).await
    }

    /// A request to be completed by hand.
    pub(crate) fn request(&self, method: Method, path: &str, token: Option<&str>) -> Builder {
        let request =
            Request::builder().method(method).uri(format!("http://{}{path}", self.server));
        let request = match self.language {
            Some(language) => request.header(ACCEPT_LANGUAGE, language.tag()),
            None => request,
        };
        match token {
            Some(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }

    /// Sends a request.
    pub(crate) async fn send(
        &self,
        request: Builder,
        body: impl Into<Bytes>,
    ) -> Result<Answer, No> {
        let request = request.body(Full::new(body.into())).expect("a request is well-formed");
        let line = format!("{} {}", request.method(), request.uri().path());
        let exchange = async {
            let response = self.client.request(request).await?;
            let (head, body) = response.into_parts();
            anyhow::Ok((head, body.collect().await?.to_bytes()))
        };
        let lost = |cause: String| No::Lost { request: line.clone(), cause };
        let patience = Platform::is().answers_within();
        let answered = tokio::time::timeout(patience, exchange).await;
        let answered = answered.map_err(|_| lost(format!("not within {patience:?}")))?;
        let (head, body) = answered.map_err(|error| lost(format!("{error:#}")))?;
        let answer = Answer { request: line, status: head.status, headers: head.headers, body };
        self.compare(&answer).await?;
        Ok(answer)
    }

    /// That the server's description of its API has an answer like this.
    async fn compare(&self, answer: &Answer) -> Result<(), No> {
        if described::description().is_none() {
            // It may be too busy, or told to answer nothing: another answer will be the first.
            let uri = format!("http://{}{}", self.server, route::OPENAPI).parse();
            let fetched = self.client.get(uri.expect("an address")).await;
            let Ok(response) = fetched else { return Ok(()) };
            let Ok(body) = response.into_body().collect().await else { return Ok(()) };
            if let Ok(description) = serde_json::from_slice(&body.to_bytes()) {
                described::keep(description);
            }
        }
        let Some(description) = described::description() else { return Ok(()) };
        let asked = answer.request.split_once(' ').expect("a method and a path");
        let kind = answer.header("content-type");
        described::mentions(description, asked, answer.status, kind, &answer.body).map_err(
            |cause| No::Odd {
                request: answer.request.clone(),
                status: answer.status,
                body: String::from_utf8_lossy(&answer.body).into_owned(),
                cause: format!("{cause:#}"),
            },
        )
    }
}

impl Answer {
    /// The content of a good answer.
    pub(crate) fn read<T: DeserializeOwned>(self) -> Result<T, No> {
        let read = if self.status.is_success() {
            serde_json::from_slice(&self.body)
        } else {
            match serde_json::from_slice(&self.body) {
                Ok(problem) => {
                    return Err(No::Refused { request: self.request, problem: Box::new(problem) });
                }
                Err(error) => Err(error),
            }
        };
        read.map_err(|error| No::Odd {
            request: self.request,
            status: self.status,
            body: String::from_utf8_lossy(&self.body).into_owned(),
            cause: error.to_string(),
        })
    }

    /// The problem it must be: one of this code, in the shape of RFC 9457.
    pub(crate) fn problem(self, code: Code) -> Result<Problem> {
        let said = format!("{}: {} {:?}", self.request, self.status, self.body);
        ensure!(self.status.as_u16() == status_of(code), "{} was expected: {said}", code.as_str());
        ensure!(self.header("content-type") == "application/problem+json", "{:?}", self.headers);
        ensure!(self.header("cache-control") == "no-store", "{:?}", self.headers);
        let kind = self.header("www-authenticate").to_owned();
        ensure!(self.status != 401 || kind == "Bearer", "{:?}", self.headers);
        let problem = Err::<(), _>(self.read::<()>().expect_err("a problem")).refused(code)?;
        ensure!(problem.kind.starts_with("urn:") || problem.kind.starts_with("http"), "{said}");
        ensure!(problem.kind.contains(code.as_str()), "the type names the problem: {said}");
        Ok(problem)
    }

    /// The value of a header; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}

/// Being refused, when that is what should happen.
pub(crate) trait Refusal {
    /// The problem, which must be this one, with the status code that the contract gives it.
    fn refused(self, code: Code) -> Result<Problem>;
}

impl<T: std::fmt::Debug> Refusal for Result<T, No> {
    fn refused(self, code: Code) -> Result<Problem> {
        match self {
            Err(No::Refused { request, problem }) => {
                let said = format!("{request}: {problem:?}");
                ensure!(problem.code == code, "{} was expected: {said}", code.as_str());
                ensure!(problem.status == status_of(code), "{said}");
                ensure!(!problem.title.is_empty() && !problem.detail.is_empty(), "{said}");
                Ok(*problem)
            }
            Err(other) => Err(other.into()),
            Ok(done) => anyhow::bail!("{} was expected: {done:?}", code.as_str()),
        }
    }
}

/// The contract's table of errors.
pub(crate) const fn status_of(code: Code) -> u16 {
    match code {
        Code::Malformed => 400,
        Code::NoSession | Code::BadCredentials => 401,
        Code::NotAllowed => 403,
        Code::NoSuchBar | Code::NoSuchOrder | Code::NotFound => 404,
        Code::MethodNotAllowed => 405,
        Code::BarClosed
        | Code::BarPaused
        | Code::BarFull
        | Code::BarExists
        | Code::CodeUnknown
        | Code::CodeExpired
        | Code::CodeUsedUp
        | Code::LiveOrderExists
        | Code::DailyLimit
        | Code::SoldOut
        | Code::WrongStatus
        | Code::Taken
        | Code::Changed
        | Code::CommandReused => 409,
        Code::TooLarge => 413,
        Code::UnsupportedMediaType => 415,
        Code::Invalid => 422,
        Code::TooManyRequests => 429,
        Code::Internal => 500,
        Code::Unavailable => 503,
    }
}
