//! Every refusal of the contract that a request alone can bring about, its shape and its words.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use domain::api::{path, route};
use domain::limits::LimitsChange;
use domain::text::{self, Details, Language};
use domain::{Code, Menu, Mistake, OrderId};
use hyper::Method;
use hyper::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::bar::{Bar, roomy};
use crate::http::Answer;
use crate::person::{Person, command_id, slug};

/// What no single request brings about: rate limits, faults of our own.
const OUT_OF_REACH: [Code; 3] = [Code::TooManyRequests, Code::Internal, Code::Unavailable];

#[tokio::test]
async fn every_refusal_has_its_code_and_its_shape() -> Result<()> {
    every_refusal_in(None).await
}

#[tokio::test]
async fn every_refusal_is_said_in_portuguese_to_who_asks_for_it() -> Result<()> {
    every_refusal_in(Some(Language::Portuguese)).await
}

async fn every_refusal_in(language: Option<Language>) -> Result<()> {
    let mut counter = Counter::open(language).await?;
    counter.doors().await?;
    counter.bodies().await?;
    counter.codes().await?;
    counter.orders().await?;
    let all: BTreeSet<Code> = Code::ALL.into_iter().collect();
    let out_of_reach: BTreeSet<Code> = OUT_OF_REACH.into_iter().collect();
    let never: Vec<&Code> = all.difference(&counter.seen).collect();
    ensure!(never == out_of_reach.iter().collect::<Vec<_>>(), "{never:?}");
    Ok(())
}

struct Counter {
    bar: Bar,
    language: Language,
    ada: Person,
    bea: Person,
    olga: Person,
    seen: BTreeSet<Code>,
}

impl Counter {
    /// A bar that is asked for this language, or for none: then it is the default.
    async fn open(language: Option<Language>) -> Result<Self> {
        let tight = LimitsChange {
            uses_per_window: Some(3),
            max_in_progress: Some(3),
            live_per_person: Some(1),
            daily_per_person: Some(1),
            grace_seconds: Some(0),
            ..roomy()
        };
        let mut bar = Bar::with_limits(tight).await?;
        bar.http = bar.http.reading(language);
        let language = language.unwrap_or_default();
        let (ada, bea, olga) = (bar.guest().await?, bar.bea().await?, bar.olga().await?);
        Ok(Self { bar, language, ada, bea, olga, seen: BTreeSet::new() })
    }

    /// That an answer is this refusal, with these fields of its own.
    fn is(&mut self, answer: Answer, code: Code, fields: &[(&str, Value)]) -> Result<()> {
        self.is_about(None, answer, code, fields)
    }

    /// The same, of an item that its sentence names.
    fn is_about(
        &mut self,
        item: Option<&str>,
        answer: Answer,
        code: Code,
        fields: &[(&str, Value)],
    ) -> Result<()> {
        let body: Value = serde_json::from_slice(&answer.body)?;
        let tag = answer.header("content-language").to_owned();
        ensure!(tag == self.language.tag(), "{body} is in {tag:?}");
        let problem = answer.problem(code)?;
        let details = Details {
            item,
            taken_by: problem.taken_by.as_deref(),
            order_status: problem.order_status,
            by_link: false,
        };
        let sentence = text::refusal(self.language, code, details);
        ensure!(problem.detail == sentence, "{sentence:?} was expected: {body}");
        ensure!(problem.title == text::refusal_title(self.language, code), "{body}");
        ensure!(body["status"].is_u64() && body["code"] == code.as_str(), "{body}");
        for (field, value) in fields {
            ensure!(body[*field] == *value, "{field} should be {value}: {body}");
        }
        self.seen.insert(code);
        Ok(())
    }

    async fn doors(&mut self) -> Result<()> {
        let (http, ada) = (self.bar.http.clone(), self.ada.clone());
        self.is(http.get("/api/nowhere", None).await?, Code::NotFound, &[])?;
        let put = http.request(Method::PUT, route::BARS, None);
        self.is(http.send(put, "").await?, Code::MethodNotAllowed, &[])?;
        let nowhere = path::bar(&"nowhere".parse()?);
        self.is(http.get(&nowhere, None).await?, Code::NoSuchBar, &[])?;
        let nobodys: OrderId = "hall-2.NOBODYS0".parse()?;
        self.is(ada.gets(&path::order(&nobodys)).await?, Code::NoSuchOrder, &[])?;
        self.is(http.get(&path::queue(&ada.bar), None).await?, Code::NoSession, &[])?;
        self.is(ada.gets(&path::queue(&ada.bar)).await?, Code::NotAllowed, &[])?;
        let wrong = json!({ "username": "barista", "password": "guess" });
        let answer = http.post(route::STAFF_SESSIONS, None, &wrong).await?;
        self.is(answer, Code::BadCredentials, &[])
    }

    async fn bodies(&mut self) -> Result<()> {
        let http = self.bar.http.clone();
        let guests = |kind: &str| {
            let request = http.request(Method::POST, route::GUEST_SESSIONS, None);
            request.header(CONTENT_TYPE, kind)
        };
        let answer = http.send(guests("application/json"), "{").await?;
        self.is(answer, Code::Malformed, &[])?;
        let answer = http.send(guests("text/plain"), "{}").await?;
        self.is(answer, Code::UnsupportedMediaType, &[])?;
        let answer = http.send(guests("application/json"), vec![b' '; 64 * 1024 + 1]).await?;
        self.is(answer, Code::TooLarge, &[])?;
        let answer = http.send(guests("application/json"), r#"{"name":"Ada"}"#).await?;
        let wrong = format!("`name` {}", text::mistake(self.language, Mistake::Unknown));
        self.is_about(Some(&wrong), answer, Code::Invalid, &[("field", json!("name"))])
    }

    async fn codes(&mut self) -> Result<()> {
        let (ada, bea, olga) = (self.ada.clone(), self.bea.clone(), self.olga.clone());
        let scan = async |who: &Person, code: &str| {
            let body = json!({ "code": code });
            who.posts(&path::orders(&who.bar), &command_id(), body).await
        };
        let code = bea.code().await?.code;
        self.is(scan(&ada, "nonsense").await?, Code::CodeUnknown, &[])?;
        bea.closes().await?;
        self.is(scan(&ada, &code).await?, Code::BarClosed, &[])?;
        // Another length of the windows, and with no grace the code before it is out of date.
        olga.limits(LimitsChange { window_seconds: Some(86_399), ..Default::default() }).await?;
        bea.opens().await?;
        self.is(scan(&ada, &code).await?, Code::CodeExpired, &[])?;
        let view = bea.code().await?;
        let code = view.code;
        let until = bea.bar().await?.now.plus_seconds(600);
        bea.pauses(Some(until), None).await?;
        let answer = scan(&ada, &code).await?;
        self.is(answer, Code::BarPaused, &[("retry_at", json!(until.to_string()))])?;
        bea.opens().await?;

        let order = ada.scans(&code).await?.order;
        let answer = scan(&ada, &code).await?;
        self.is(answer, Code::LiveOrderExists, &[("order", json!(order))])?;
        ada.places(&order, "latte").await?;
        bea.completes(&order).await?;
        bea.collects(&order).await?;
        self.is(scan(&ada, &code).await?, Code::DailyLimit, &[])?;
        self.bar.guest().await?.scans(&code).await?;
        self.bar.guest().await?.scans(&code).await?;
        let eve = self.bar.guest().await?;
        let answer = scan(&eve, &code).await?;
        self.is(answer, Code::CodeUsedUp, &[("retry_at", json!(view.closes_at.to_string()))])?;
        olga.limits(LimitsChange { uses_per_window: Some(9), ..Default::default() }).await?;
        bea.takes("tea").await?;
        self.is(scan(&eve, &code).await?, Code::BarFull, &[])
    }

    async fn orders(&mut self) -> Result<()> {
        let (bea, bob, olga) = (self.bea.clone(), self.bar.bob().await?, self.olga.clone());
        let body = json!({ "bar": "espresso", "name": "Again", "place": "Here" });
        let answer = olga.posts(route::BARS, &command_id(), body).await?;
        self.is(answer, Code::BarExists, &[])?;
        // A drink that is called something else in each language.
        let drink = "hot-chocolate";
        let sold_out = json!({ "type": "set_availability", "drink": drink, "available": false });
        bea.posts(&path::bar_commands(&bea.bar), &command_id(), sold_out).await?;
        let order = json!({ "drink": drink, "options": {} });
        let answer = bea.posts(&path::orders(&bea.bar), &command_id(), order).await?;
        let menu = Menu::standard();
        let name = menu.drink(&slug(drink)).context("it is on the menu")?.name_in(self.language);
        self.is_about(Some(name), answer, Code::SoldOut, &[("field", json!("drink"))])?;

        let id = command_id();
        let seen = bea.takes_as(&id, "tea", None).await?;
        let answer = bea.posts(&path::orders(&bea.bar), &id, json!({ "drink": "latte" })).await?;
        self.is(answer, Code::CommandReused, &[])?;
        let commands = path::order_commands(&seen.order);
        let step = async |body| bob.posts(&commands, &command_id(), body).await;
        let answer = step(json!({ "type": "release" })).await?;
        self.is(answer, Code::WrongStatus, &[("order_status", json!("placed"))])?;
        bea.claims(&seen.order).await?;
        let answer = step(json!({ "type": "claim" })).await?;
        self.is(answer, Code::Taken, &[("taken_by", json!("Bea"))])?;
        let answer = step(json!({ "type": "complete", "if_version": seen.version })).await?;
        self.is(answer, Code::Changed, &[])
    }
}
