//! Another language on the tablet: what is typed or on its way stays, and drinks are called as the
//! barista calls them.

use anyhow::Result;
use domain::api::BarRequest;
use domain::text::Language;
use domain::{Code, Status, Step};

use super::shift::{take, until_at};
use crate::bar::Bar;
use crate::browser::{Noise, Tablet, desk, id, ticket, within};
use crate::http::Http;
use crate::server::{PASSWORD, Server};

#[tokio::test]
async fn what_is_on_its_way_survives_another_language() -> Result<()> {
    let mut bar = Bar::of(Server::start_lasting().await?);
    let bob = bar.bob().await?;
    let (first, second) = (take(&bar, "tea").await?, take(&bar, "latte").await?);
    let _desk = desk().await?;
    let tablet = Tablet::opens(&bar.server.url(), &bar).await?;
    tablet.types(&id("sign-in-user"), "barista").await?;
    turns_to(&tablet, Language::Portuguese).await?;
    turns_to(&tablet, Language::English).await?;
    tablet.types(&id("sign-in-password"), PASSWORD).await?;
    tablet.clicks(&id("sign-in")).await?;
    tablet.is_at_work().await?;

    // The second step waits until the first is answered.
    bar.server.freeze().await?;
    for (step, status) in [(Step::Claim, Status::Making), (Step::Complete, Status::Ready)] {
        tablet.presses(first, step).await?;
        tablet.has(first, status).await?;
    }
    turns_to(&tablet, Language::Portuguese).await?;
    tablet.has(first, Status::Ready).await?;
    bar.server.thaw().await?;
    until_at(&bob, first, Status::Ready).await?;
    tablet.has(first, Status::Ready).await?;

    // Nobody answers, and the way to try again is as good in another language.
    bar.server.kill().await?;
    tablet.presses(second, Step::Claim).await?;
    turns_to(&tablet, Language::English).await?;
    tablet.is_told(Code::Unavailable).await?;
    tablet.mentions(&id("notice"), "did not answer").await?;
    tablet.has(second, Status::Placed).await?;
    turns_to(&tablet, Language::Portuguese).await?;
    tablet.mentions(&id("notice"), "não respondeu").await?;
    bar.server.restart().await?;
    // Its connections from before may be closed by the server just as they are used.
    bar.http = Http::to(bar.server.address());
    tablet.clicks(&within(&id("notice"), ".button")).await?;
    tablet.has(second, Status::Making).await?;
    until_at(&bar.bob().await?, second, Status::Making).await?;
    tablet.lacks(&id("notice")).await?;
    tablet.was_not_reloaded().await?;
    tablet.ends_clean_but(&[Noise::Outage]).await
}

#[tokio::test]
async fn drinks_are_called_as_the_barista_calls_them() -> Result<()> {
    let bar = super::bar().await?;
    let olga = bar.olga().await?;
    let number = take(&bar, "hot-chocolate").await?;
    let _desk = desk().await?;
    let tablet = Tablet::in_language(Language::Portuguese, &bar).await?;
    tablet.signs_in("barista").await?;
    for words in ["Chocolate quente", "Integral", "Normal"] {
        tablet.mentions(&ticket(number), words).await?;
    }
    tablet.reads(&id("all-day"), "1 Chocolate quente · 1 Integral").await?;
    turns_to(&tablet, Language::English).await?;
    tablet.mentions(&ticket(number), "Hot Chocolate").await?;
    tablet.reads(&id("all-day"), "1 Hot Chocolate · 1 Whole").await?;
    turns_to(&tablet, Language::Portuguese).await?;
    tablet.mentions(&ticket(number), "Chocolate quente").await?;

    // What is not on the menu any more is called as it was sold.
    let mut menu = olga.bar().await?.menu.unwrap_or_default();
    menu.drinks.retain(|drink| drink.slug.as_str() != "hot-chocolate");
    olga.tells(BarRequest::SetMenu { menu }).await?;
    tablet.mentions(&ticket(number), "Hot Chocolate").await?;
    tablet.ends_clean().await
}

/// Presses the control for the language, which is called by the name of that one.
async fn turns_to(tablet: &Tablet, language: Language) -> Result<()> {
    tablet.reads(&id("language"), language.own_name()).await?;
    tablet.clicks(&id("language")).await?;
    tablet.tells("html", "lang", language.tag()).await
}
