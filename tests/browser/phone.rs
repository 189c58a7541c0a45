//! A guest's phone: the ordering app.

use std::ops::Deref;

use anyhow::{Context as _, Result};
use domain::text::{self, Details, Language};
use domain::{Code, Status};

use super::{Device, Noise, Seen, Size, Window, drink, id, option};

/// A phone with the ordering app on it.
pub(crate) struct Phone(Window);

impl Deref for Phone {
    type Target = Window;

    fn deref(&self) -> &Window {
        &self.0
    }
}

impl Phone {
    /// A phone that opens an address.
    pub(crate) async fn opens(url: &str) -> Result<Self> {
        Self::sized(Size::Phone, url).await
    }

    /// A phone of another size.
    pub(crate) async fn sized(size: Size, url: &str) -> Result<Self> {
        Self::of(Language::English, size, url).await
    }

    /// The phone of somebody who reads this language.
    pub(crate) async fn of(language: Language, size: Size, url: &str) -> Result<Self> {
        Ok(Self(Window::open_in(language, size, url).await?))
    }

    /// A phone that opens an address, on this device.
    pub(crate) async fn opens_on(device: &Device, url: &str) -> Result<Self> {
        Ok(Self(Window::open_on(device, Language::English, Size::Phone, url).await?))
    }

    /// Axe finds nothing, in both languages and themes; then the language is what it was.
    pub(crate) async fn passes_in_every_language(&self, screen: &str) -> Result<()> {
        for _ in Language::ALL {
            self.passes(screen).await?;
            self.clicks(&id("language")).await?;
        }
        Ok(())
    }

    /// Taps "Order a drink": now a place in the bar is taken.
    pub(crate) async fn starts(&self) -> Result<()> {
        self.clicks(&id("start-order")).await?;
        self.is_choosing().await
    }

    /// Sees the menu.
    pub(crate) async fn is_choosing(&self) -> Result<()> {
        self.sees(&drink("latte")).await?;
        Ok(())
    }

    /// Types the code that is written on the monitor.
    pub(crate) async fn types_code(&self, code: &str) -> Result<()> {
        self.types(&id("code-entry"), code).await
    }

    /// Picks a drink and options of groups, up to the last question.
    pub(crate) async fn chooses(&self, slug: &str, options: &[(&str, &str)]) -> Result<()> {
        self.clicks(&drink(slug)).await?;
        for (group, choice) in options {
            self.clicks(&option(group, choice)).await?;
            self.tells(&option(group, choice), "aria-checked", "true").await?;
        }
        self.clicks(&id("next")).await?;
        self.sees(&id("place-order")).await?;
        Ok(())
    }

    /// Gives a name to call.
    pub(crate) async fn names(&self, name: &str) -> Result<()> {
        self.types(&id("name"), name).await
    }

    /// Places the order; the number to be called.
    pub(crate) async fn places(&self) -> Result<u32> {
        self.clicks(&id("place-order")).await?;
        self.number().await
    }

    /// Orders a latte, from the welcome to the queue.
    pub(crate) async fn orders_a_latte(&self) -> Result<u32> {
        self.starts().await?;
        self.chooses("latte", &[]).await?;
        self.places().await
    }

    /// The number it shows.
    pub(crate) async fn number(&self) -> Result<u32> {
        let is_number = |seen: &Seen| seen.text.parse::<u32>().is_ok();
        let seen = self.until(&id("order-number"), "is a number", is_number).await?;
        seen.text.parse().context("a number")
    }

    /// Sees where the order is.
    pub(crate) async fn is_at(&self, status: Status) -> Result<()> {
        self.tells(&id("order-status"), "data-status", status.as_str()).await
    }

    /// Reads why it goes no further, and what to do now.
    pub(crate) async fn is_refused(&self, code: Code) -> Result<()> {
        self.is_refused_in(Language::English, code).await
    }

    /// The same in a language.
    pub(crate) async fn is_refused_in(&self, language: Language, code: Code) -> Result<()> {
        self.tells(&id("refusal"), "data-code", code.as_str()).await?;
        let sentence = text::refusal(language, code, Details::default());
        self.mentions(&id("refusal"), &sentence).await?;
        self.mentions(&id("refusal-next"), text::refusal_next(language, code)).await
    }

    /// Wants the drink of the order that has ended once more: back at the door.
    pub(crate) async fn wants_it_again(&self) -> Result<()> {
        self.clicks(&id("order-again")).await?;
        self.sees(&id("start-order")).await?;
        Ok(())
    }

    /// Goes through the menu again for an order in the queue.
    pub(crate) async fn changes_to(&self, slug: &str, options: &[(&str, &str)]) -> Result<()> {
        self.clicks(&id("change-order")).await?;
        self.chooses(slug, options).await?;
        self.clicks(&id("place-order")).await?;
        self.is_at(Status::Placed).await
    }

    /// Reads the page in this language.
    pub(crate) async fn reads_in(&self, language: Language) -> Result<()> {
        self.tells("html", "lang", language.tag()).await
    }

    /// Leaves the screen on which an order has ended.
    pub(crate) async fn leaves(&self) -> Result<()> {
        self.clicks(&id("back")).await?;
        self.lacks(&id("order-status")).await
    }

    /// See [`Window::ends_clean`].
    pub(crate) async fn ends_clean(self) -> Result<()> {
        self.0.ends_clean().await
    }

    /// See [`Window::ends_clean_but`].
    pub(crate) async fn ends_clean_but(self, expected: &[Noise]) -> Result<()> {
        self.0.ends_clean_but(expected).await
    }
}
