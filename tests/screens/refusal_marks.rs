//! Each reason to be refused is recognised before it is read.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use domain::Code;
use domain::limits::LimitsChange;

use super::guest::{Item, set_available, without_a_code};
use super::refusals::{code_of_the_past, owner, starts_with};
use crate::bar::Bar;
use crate::browser::{Noise, Phone, desk, id};

/// The mark's shape, whatever its colours.
const SHAPE: &str = "
    const sign = getComputedStyle(document.querySelector('.refusal-mark'), '::before');
    const round = colour => colour.replace(/rgba?\\([^)]*\\)/g, '');
    return [sign.content, sign.width, sign.height, sign.padding, sign.borderWidth,
        sign.borderRadius, round(sign.backgroundImage), round(sign.boxShadow)].join(' / ');
";

#[tokio::test]
async fn every_refusal_has_a_mark_of_its_own() -> Result<()> {
    let bar = Bar::open().await?;
    let expired = code_of_the_past(&bar).await?;
    super::keep_the_code(&bar).await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let _desk = desk().await?;
    let phone = Phone::opens(&without_a_code(&bar).await?).await?;
    phone.sees(&id("start-order")).await?;
    let mut marks = Marks::default();

    olga.closes().await?;
    marks.sees(&phone, Code::BarClosed).await?;
    olga.opens().await?;
    bea.pauses(None, None).await?;
    marks.sees(&phone, Code::BarPaused).await?;
    bea.opens().await?;
    olga.limits(LimitsChange { max_in_progress: Some(1), ..LimitsChange::default() }).await?;
    let order = bea.takes("tea").await?.order;
    marks.sees(&phone, Code::BarFull).await?;
    bea.completes(&order).await?;
    olga.limits(LimitsChange { max_in_progress: Some(20), ..LimitsChange::default() }).await?;

    starts_with(&phone, "NOT A CODE").await?;
    marks.sees(&phone, Code::CodeUnknown).await?;
    phone.clicks(&id("refusal-next")).await?;
    starts_with(&phone, &expired).await?;
    marks.sees(&phone, Code::CodeExpired).await?;
    olga.limits(LimitsChange { uses_per_window: Some(1), ..LimitsChange::default() }).await?;
    let code = bea.code().await?;
    bar.guest().await?.scans(&code.code).await?;
    phone.clicks(&id("refusal-next")).await?;
    starts_with(&phone, &code.code).await?;
    marks.sees(&phone, Code::CodeUsedUp).await?;

    olga.limits(LimitsChange { uses_per_window: Some(9), ..LimitsChange::default() }).await?;
    phone.clicks(&id("refusal-next")).await?;
    phone.sees(&id("start-order")).await?;
    // What happens meanwhile is news to this phone.
    phone.goes_deaf().await?;
    let ada = owner(&phone, &bar).await?;
    let order = ada.scans(&code.code).await?.order;
    starts_with(&phone, &code.code).await?;
    marks.sees(&phone, Code::LiveOrderExists).await?;
    phone.clicks(&id("refusal-next")).await?;
    phone.chooses("latte", &[]).await?;
    set_available(&bea, Item::Drink("latte"), false).await?;
    phone.clicks(&id("place-order")).await?;
    marks.sees(&phone, Code::SoldOut).await?;

    // Today's only drink.
    olga.limits(LimitsChange { daily_per_person: Some(1), ..LimitsChange::default() }).await?;
    ada.places(&order, "tea").await?;
    bea.completes(&order).await?;
    phone.reload().await?;
    phone.clicks(&id("got-it")).await?;
    phone.leaves().await?;
    phone.goto(&code.url).await?;
    phone.clicks(&id("start-order")).await?;
    marks.sees(&phone, Code::DailyLimit).await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}

/// The shapes so far, and whose they are.
#[derive(Default)]
struct Marks(BTreeMap<String, Code>);

impl Marks {
    /// Sees the mark of a refusal, which is like none before it.
    async fn sees(&mut self, phone: &Phone, code: Code) -> Result<()> {
        phone.tells(&id("refusal"), "data-code", code.as_str()).await?;
        let shape: String = phone.script(SHAPE, &[]).await?;
        let same = self.0.insert(shape.clone(), code);
        ensure!(same.is_none(), "{same:?} looks like {code:?}: {shape}");
        Ok(())
    }
}
