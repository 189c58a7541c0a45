//! One operation of the API: a route, a method, who answers, and what can be said of it beforehand.
//! The router is made of these, and so is their description.

use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::routing::{MethodFilter, MethodRouter, on};
use domain::{Code, Role};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::app::App;

/// An operation, with everything a client may rely on.
pub(super) struct Operation {
    pub(super) route: &'static str,
    pub(super) method: Method,
    pub(super) handler: MethodRouter<App>,
    /// Its name for programs.
    pub(super) id: &'static str,
    /// What it is for, in a few words.
    pub(super) summary: &'static str,
    pub(super) who: Who,
    pub(super) queries: Vec<Query>,
    /// What may be asked; none when it takes no body.
    pub(super) asks: Vec<Asked>,
    pub(super) answer: Answer,
    /// Refusals of its own, beyond those of all operations of its kind.
    pub(super) refusals: Vec<Code>,
}

/// Who may.
#[derive(Clone, Copy)]
pub(super) enum Who {
    /// Anyone, with a session or without.
    Anyone,
    /// Whoever has a session.
    AnySession,
    /// These roles.
    Roles(&'static [Role]),
}

/// Barista and organiser.
pub(super) const STAFF: Who = Who::Roles(&[Role::Barista, Role::Organiser]);
/// Staff and monitors.
pub(super) const BEHIND_THE_BAR: Who = Who::Roles(&[Role::Barista, Role::Organiser, Role::Display]);
/// The organiser.
pub(super) const ORGANISER: Who = Who::Roles(&[Role::Organiser]);
/// Guests and staff: everybody but monitors.
pub(super) const WHO_ORDERS: Who = Who::Roles(&[Role::Customer, Role::Barista, Role::Organiser]);

/// A parameter behind the question mark.
pub(super) struct Query {
    pub(super) name: &'static str,
    pub(super) summary: &'static str,
    pub(super) schema: fn(&mut SchemaGenerator) -> Schema,
}

/// A body a request may have.
pub(super) struct Asked {
    pub(super) schema: fn(&mut SchemaGenerator) -> Schema,
    /// Whether its sender names it, so that sending it again changes nothing.
    pub(super) is_command: bool,
    /// Whether it may say for which version of an order it is meant.
    pub(super) has_version: bool,
}

/// A good answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) content: Content,
    /// Whether it says where the new thing is.
    pub(super) located: bool,
}

/// What a good answer holds.
#[derive(Clone, Copy)]
pub(super) enum Content {
    Nothing,
    Text,
    Json(fn(&mut SchemaGenerator) -> Schema),
}

fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

impl Operation {
    fn new<H, T>(method: Method, route: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).expect("a method of the standard");
        Self {
            route,
            method,
            handler: on(filter, handler),
            id: "",
            summary: "",
            who: Who::Anyone,
            queries: Vec::new(),
            asks: Vec::new(),
            answer: Answer { status: StatusCode::OK, content: Content::Nothing, located: false },
            refusals: Vec::new(),
        }
    }

    pub(super) fn get<H: Handler<T, App>, T: 'static>(route: &'static str, handler: H) -> Self {
        Self::new(Method::GET, route, handler)
    }

    pub(super) fn post<H: Handler<T, App>, T: 'static>(route: &'static str, handler: H) -> Self {
        Self::new(Method::POST, route, handler)
    }

    pub(super) fn put<H: Handler<T, App>, T: 'static>(route: &'static str, handler: H) -> Self {
        Self::new(Method::PUT, route, handler)
    }

    pub(super) fn delete<H: Handler<T, App>, T: 'static>(route: &'static str, handler: H) -> Self {
        Self::new(Method::DELETE, route, handler)
    }

    /// Its name for programs, and what it is for.
    pub(super) fn named(self, id: &'static str, summary: &'static str) -> Self {
        Self { id, summary, ..self }
    }

    pub(super) fn open_to(self, who: Who) -> Self {
        Self { who, ..self }
    }

    /// A parameter that may be left out.
    pub(super) fn query<T: JsonSchema>(
        mut self,
        name: &'static str,
        summary: &'static str,
    ) -> Self {
        self.queries.push(Query { name, summary, schema: schema_of::<T> });
        self
    }

    /// A body it takes.
    pub(super) fn takes<T: JsonSchema>(self) -> Self {
        self.asked::<T>(false, false)
    }

    /// A body it takes, with a `command_id`.
    pub(super) fn takes_command<T: JsonSchema>(self) -> Self {
        self.asked::<T>(true, false)
    }

    /// A body it takes, with a `command_id` and perhaps an `if_version`.
    pub(super) fn takes_versioned_command<T: JsonSchema>(self) -> Self {
        self.asked::<T>(true, true)
    }

    fn asked<T: JsonSchema>(mut self, is_command: bool, has_version: bool) -> Self {
        self.asks.push(Asked { schema: schema_of::<T>, is_command, has_version });
        self
    }

    /// What it answers.
    pub(super) fn answers<T: JsonSchema>(self, status: StatusCode) -> Self {
        let content = Content::Json(schema_of::<T>);
        Self { answer: Answer { status, content, located: false }, ..self }
    }

    /// What it answers when it has made something, and says where that is.
    pub(super) fn makes<T: JsonSchema>(self) -> Self {
        let content = Content::Json(schema_of::<T>);
        Self { answer: Answer { status: StatusCode::CREATED, content, located: true }, ..self }
    }

    /// An answer for people, or for programs that read lines.
    pub(super) fn answers_text(self) -> Self {
        let answer = Answer { status: StatusCode::OK, content: Content::Text, located: false };
        Self { answer, ..self }
    }

    /// An answer without content.
    pub(super) fn answers_nothing(self) -> Self {
        let status = StatusCode::NO_CONTENT;
        Self { answer: Answer { status, content: Content::Nothing, located: false }, ..self }
    }

    /// Refusals of its own.
    pub(super) fn refuses(self, codes: &[Code]) -> Self {
        Self { refusals: codes.to_vec(), ..self }
    }

    /// Every code its answers may carry, in the order in which the contract checks.
    pub(super) fn codes(&self) -> Vec<Code> {
        let mut codes = Vec::new();
        if !self.asks.is_empty() {
            codes.extend([Code::Malformed, Code::TooLarge, Code::UnsupportedMediaType]);
        }
        let (session, role) = match self.who {
            Who::Anyone => (false, false),
            Who::AnySession => (true, false),
            Who::Roles(_) => (true, true),
        };
        codes.extend(session.then_some(Code::NoSession));
        codes.extend(self.route.contains("{bar}").then_some(Code::NoSuchBar));
        codes.extend(self.route.contains("{order}").then_some(Code::NoSuchOrder));
        codes.extend(role.then_some(Code::NotAllowed));
        if !self.asks.is_empty() || !self.queries.is_empty() {
            codes.push(Code::Invalid);
        }
        codes.extend(&self.refusals);
        if self.asks.iter().any(|asked| asked.is_command) {
            codes.push(Code::CommandReused);
        }
        codes.extend([Code::TooManyRequests, Code::Internal, Code::Unavailable]);
        codes
    }
}
