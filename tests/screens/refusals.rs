//! Not now, and why: seven answers, seven screens, each with its next step.

use anyhow::{Result, ensure};
use domain::api::Session;
use domain::limits::LimitsChange;
use domain::{Code, Status};

use super::guest::without_a_code;
use crate::bar::Bar;
use crate::browser::{Noise, Phone, desk, id};
use crate::person::Person;
use crate::soon::soon;

#[tokio::test]
async fn a_bar_that_lets_nobody_in_says_why_until_it_does() -> Result<()> {
    let bar = super::bar().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.sees(&id("start-order")).await?;

    olga.closes().await?;
    phone.is_refused(Code::BarClosed).await?;
    phone.lacks(&id("start-order")).await?;
    olga.opens().await?;
    phone.sees(&id("start-order")).await?;

    // A pause ends by the clock alone.
    let until = bea.bar().await?.now.plus_seconds(12);
    bea.pauses(Some(until), Some("Grinding fresh beans")).await?;
    phone.is_refused(Code::BarPaused).await?;
    phone.mentions(&id("refusal"), "Grinding fresh beans").await?;
    phone.mentions(&id("retry-at"), "0:").await?;
    phone.sees(&id("start-order")).await?;

    // One order is all this bar takes.
    olga.limits(LimitsChange { max_in_progress: Some(1), ..LimitsChange::default() }).await?;
    let order = bea.takes("tea").await?.order;
    phone.is_refused(Code::BarFull).await?;
    bea.completes(&order).await?;
    phone.sees(&id("start-order")).await?;
    phone.was_not_reloaded().await?;
    phone.ends_clean().await
}

#[tokio::test]
async fn a_code_of_no_use_leads_to_the_next() -> Result<()> {
    let bar = Bar::open().await?;
    let expired = code_of_the_past(&bar).await?;
    super::keep_the_code(&bar).await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&without_a_code(&bar).await?).await?;

    starts_with(&phone, "NOT A CODE").await?;
    phone.is_refused(Code::CodeUnknown).await?;
    phone.passes_in_every_language("code unknown").await?;

    phone.clicks(&id("refusal-next")).await?;
    starts_with(&phone, &expired).await?;
    phone.is_refused(Code::CodeExpired).await?;
    phone.passes_in_every_language("code out of date").await?;

    let one = LimitsChange { uses_per_window: Some(1), ..LimitsChange::default() };
    super::set(&bar, one).await?;
    let code = bar.bea().await?.code().await?.code;
    bar.guest().await?.scans(&code).await?;
    phone.clicks(&id("refusal-next")).await?;
    starts_with(&phone, &code).await?;
    phone.is_refused(Code::CodeUsedUp).await?;
    phone.passes_in_every_language("code used up").await?;

    let two = LimitsChange { uses_per_window: Some(2), ..LimitsChange::default() };
    super::set(&bar, two).await?;
    phone.clicks(&id("refusal-next")).await?;
    starts_with(&phone, &code).await?;
    phone.is_choosing().await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}

#[tokio::test]
async fn one_order_at_a_time_and_so_many_a_day() -> Result<()> {
    let bar = super::bar().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let code = bea.code().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&code.url).await?;
    phone.sees(&id("start-order")).await?;
    phone.tells(&id("connection"), "data-state", "live").await?;
    // Nobody tells this phone of the order that is made in its name.
    phone.goes_deaf().await?;
    let ada = owner(&phone, &bar).await?;
    let order = ada.orders(&code.code, "tea").await?;

    phone.clicks(&id("start-order")).await?;
    phone.is_refused(Code::LiveOrderExists).await?;
    phone.passes_in_every_language("one at a time").await?;
    phone.clicks(&id("refusal-next")).await?;
    phone.is_at(Status::Placed).await?;
    ensure!(Some(phone.number().await?) == order.number, "another order");

    // Today's only drink.
    olga.limits(LimitsChange { daily_per_person: Some(1), ..LimitsChange::default() }).await?;
    bea.completes(&order.order).await?;
    phone.reload().await?;
    phone.clicks(&id("got-it")).await?;
    phone.is_at(Status::Collected).await?;
    phone.leaves().await?;
    phone.goto(&code.url).await?;
    phone.clicks(&id("start-order")).await?;
    phone.is_refused(Code::DailyLimit).await?;
    phone.passes_in_every_language("limit reached").await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}

#[tokio::test]
async fn a_guest_who_was_told_to_wait_goes_in_by_itself() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.sees(&id("start-order")).await?;
    phone.tells(&id("connection"), "data-state", "live").await?;
    // The pause begins while this guest taps.
    phone.goes_deaf().await?;
    let until = bea.bar().await?.now.plus_seconds(8);
    bea.pauses(Some(until), None).await?;
    phone.clicks(&id("start-order")).await?;
    phone.is_refused(Code::BarPaused).await?;
    phone.mentions(&id("retry-at"), "0:").await?;
    phone.is_choosing().await?;
    phone.was_not_reloaded().await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}

#[tokio::test]
async fn a_code_that_is_used_up_says_when_the_next_one_comes() -> Result<()> {
    let bar = Bar::open().await?;
    let short = LimitsChange {
        window_seconds: Some(15),
        uses_per_window: Some(1),
        ..LimitsChange::default()
    };
    super::set(&bar, short).await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&without_a_code(&bar).await?).await?;
    phone.sees(&id("code-entry")).await?;
    let code = fresh_code(&bea).await?;
    bar.guest().await?.scans(&code).await?;
    starts_with(&phone, &code).await?;
    phone.is_refused(Code::CodeUsedUp).await?;
    phone.mentions(&id("retry-at"), "0:").await?;

    // Then it is time for the next one.
    phone.sees(&id("code-entry")).await?;
    starts_with(&phone, &fresh_code(&bea).await?).await?;
    phone.is_choosing().await?;
    phone.was_not_reloaded().await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}

/// A code with most of its window to come.
async fn fresh_code(bea: &Person) -> Result<String> {
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(100));
    let fresh = async {
        loop {
            looks.tick().await;
            let code = bea.code().await?;
            if code.closes_at.millis_since(code.now) > 9000 {
                return anyhow::Ok(code.code);
            }
        }
    };
    soon("a fresh code", fresh).await?
}

pub(super) async fn starts_with(phone: &Phone, code: &str) -> Result<()> {
    phone.types_code(code).await?;
    phone.clicks(&id("start-order")).await
}

/// A code whose window is over, and which has no grace.
pub(super) async fn code_of_the_past(bar: &Bar) -> Result<String> {
    let short =
        LimitsChange { window_seconds: Some(1), grace_seconds: Some(0), ..LimitsChange::default() };
    super::set(bar, short).await?;
    let bea = bar.bea().await?;
    let first = bea.code().await?.code;
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(100));
    let over = async {
        while bea.code().await?.code == first {
            looks.tick().await;
        }
        anyhow::Ok(())
    };
    soon("the next code", over).await??;
    Ok(first)
}

/// The guest whose phone it is: the session is wherever the app keeps it.
pub(super) async fn owner(phone: &Phone, bar: &Bar) -> Result<Person> {
    let kept = "return Object.values(localStorage)
        .map(text => { try { return JSON.parse(text).session } catch { return null } })
        .find(session => session)";
    let session: Session = phone.script(kept, &[]).await?;
    Ok(Person { http: bar.http.clone(), session, bar: bar.id.clone() })
}
