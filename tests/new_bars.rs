//! More bars on one server.

use anyhow::{Result, ensure};
use domain::api::{NewBar, route};
use domain::limits::LimitsChange;
use domain::view::{BarStatus, BarSummary, BarView};
use domain::{Code, Limits, Menu};

use crate::bar::Bar;
use crate::http::Refusal as _;
use crate::person::command_id;
use crate::soon::until;

#[tokio::test]
async fn the_organiser_founds_a_bar_that_is_closed_and_standard() -> Result<()> {
    let bar = Bar::open().await?;
    let olga = bar.olga().await?;
    let names = || async {
        let bars: Vec<BarSummary> = bar.http.get(route::BARS, None).await?.read()?;
        anyhow::Ok(bars.into_iter().map(|bar| bar.bar.to_string()).collect::<Vec<_>>())
    };
    ensure!(names().await? == ["espresso"], "one bar to begin with");
    let hall = "hall-2".parse()?;
    olga.at(&hall).bar().await.refused(Code::NoSuchBar)?;
    olga.at(&hall).opens().await.refused(Code::NoSuchBar)?;

    let made = olga.founds("hall-2", LimitsChange::default()).await?;
    ensure!(made.status == BarStatus::Closed && !made.accepting, "{made:?}");
    ensure!(made.refusal.is_some_and(|refusal| refusal.code == Code::BarClosed), "{made:?}");
    ensure!(made.limits == Limits::default() && made.menu == Some(Menu::standard()), "{made:?}");
    ensure!(made.time_zone == "UTC" && made.wait_seconds > 0, "{made:?}");
    let mut seen = bar.guest().await?.at(&hall).bar().await?;
    seen.now = made.now;
    ensure!(seen == made, "{seen:?}, not {made:?}");
    ensure!(names().await? == ["espresso", "hall-2"], "two bars now");
    olga.founds("hall-2", LimitsChange::default()).await.refused(Code::BarExists)?;
    olga.founds("espresso", LimitsChange::default()).await.refused(Code::BarExists)?;
    Ok(())
}

#[tokio::test]
async fn a_bar_may_begin_with_limits_and_a_menu_of_its_own() -> Result<()> {
    let bar = Bar::open().await?;
    let olga = bar.olga().await?;
    let mut menu = Menu::standard();
    menu.drinks.retain(|drink| drink.slug.as_str() == "espresso");
    let limits = LimitsChange { window_seconds: Some(60), ..LimitsChange::default() };
    let request = NewBar {
        bar: "night".parse()?,
        name: "Night Bar".to_owned(),
        place: "Cellar".to_owned(),
        limits: Some(limits),
        menu: Some(menu.clone()),
    };
    let answer = olga.posts(route::BARS, &command_id(), &request).await?;
    ensure!(answer.status == 201, "{answer:?}");
    let made: BarView = answer.read()?;
    ensure!(made.limits == Limits { window_seconds: 60, ..Limits::default() }, "{made:?}");
    ensure!(made.menu == Some(menu) && made.name == "Night Bar", "{made:?}");
    Ok(())
}

#[tokio::test]
async fn nobody_else_founds_bars() -> Result<()> {
    let bar = Bar::open().await?;
    for person in [bar.guest().await?, bar.bea().await?, bar.display().await?] {
        person.founds("mine", LimitsChange::default()).await.refused(Code::NotAllowed)?;
    }
    let mut nobody = bar.olga().await?;
    nobody.session.token.push('x');
    nobody.founds("mine", LimitsChange::default()).await.refused(Code::NoSession)?;
    let olga = bar.olga().await?;
    let none = LimitsChange { baristas: Some(0), ..LimitsChange::default() };
    let problem = olga.founds("mine", none).await.refused(Code::Invalid)?;
    ensure!(problem.field.as_deref() == Some("limits.baristas"), "{problem:?}");
    olga.at(&"mine".parse()?).bar().await.refused(Code::NoSuchBar)?;
    Ok(())
}

/// What happens at one bar is no affair of another: numbers, codes, queues, limits per person.
#[tokio::test]
async fn bars_do_not_know_of_each_other() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, olga) = (bar.guest().await?, bar.olga().await?);
    let hall = "hall-2".parse()?;
    olga.founds("hall-2", LimitsChange::default()).await?;
    olga.at(&hall).opens().await?;
    let (here, there) = (olga.code().await?.code, olga.at(&hall).code().await?.code);
    ada.scans(&there).await.refused(Code::CodeUnknown)?;
    let first = ada.orders(&here, "latte").await?;
    let second = ada.at(&hall).orders(&there, "tea").await?;
    ensure!((first.number, second.number) == (Some(1), Some(1)), "{first:?} {second:?}");
    ensure!(olga.queue().await?.orders.len() == 1, "one each");
    ensure!(olga.at(&hall).queue().await?.orders.len() == 1, "one each");
    let newest_first = [second.order, first.order];
    // This view may lag a little.
    let settled = async || {
        let mine = ada.my_orders().await?.into_iter().map(|order| order.order);
        Ok(mine.collect::<Vec<_>>() == newest_first)
    };
    until("both are hers, newest first", settled).await
}
