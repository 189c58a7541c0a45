//! The organiser's pages, as an organiser has them before the eyes.

use std::ops::Deref;

use anyhow::Result;
use domain::text::Language;
use fantoccini::Locator;

use super::{Noise, Size, Window, id};
use crate::server::PASSWORD;
use crate::soon;

/// A laptop with the organiser's pages on it.
pub(crate) struct Office(Window);

impl Deref for Office {
    type Target = Window;

    fn deref(&self) -> &Window {
        &self.0
    }
}

impl Office {
    /// The pages at an address.
    pub(crate) async fn opens(url: &str) -> Result<Self> {
        Self::of(Language::English, url).await
    }

    /// The pages for somebody who reads this language.
    pub(crate) async fn of(language: Language, url: &str) -> Result<Self> {
        Ok(Self(Window::open_in(language, Size::Tablet, url).await?))
    }

    /// The page of a path below `/barista/manage/`, with the demonstration's organiser signed in.
    pub(crate) async fn at(origin: &str, path: &str) -> Result<Self> {
        let office = Self::opens(&format!("{origin}/barista/manage/{path}")).await?;
        office.signs_in("organiser", PASSWORD).await?;
        Ok(office)
    }

    /// Signs in; who is told.
    pub(crate) async fn signs_in(&self, username: &str, password: &str) -> Result<()> {
        self.tries_to_sign_in(username, password).await?;
        self.sees(&id("who")).await?;
        Ok(())
    }

    /// Signs in with any account.
    pub(crate) async fn tries_to_sign_in(&self, username: &str, password: &str) -> Result<()> {
        self.fills("username", username).await?;
        self.fills("password", password).await?;
        self.clicks(&id("sign-in")).await
    }

    /// Types into a field, in place of what was there.
    pub(crate) async fn fills(&self, field: &str, text: &str) -> Result<()> {
        let field = id(&format!("field-{field}"));
        self.scrolls_to(&field).await?;
        self.types(&field, text).await
    }

    /// Picks one of the values a field offers.
    pub(crate) async fn chooses(&self, field: &str, value: &str) -> Result<()> {
        let field = id(&format!("field-{field}"));
        self.scrolls_to(&field).await?;
        let select = self.0.client.find(Locator::Css(&field)).await?;
        Ok(select.select_by_value(value).await?)
    }

    /// Finds this in a field.
    pub(crate) async fn finds_in(&self, field: &str, text: &str) -> Result<()> {
        let field = format!("field-{field}");
        let value = "return document.getElementById(arguments[0])?.value ?? ''";
        soon::until(&format!("“{text}” in {field}"), async || {
            let found: String = self.script(value, &[&field]).await?;
            Ok(found == text)
        })
        .await
    }

    /// Reads on in the other language, also where a question keeps fingers from its control.
    pub(crate) async fn reads_in_the_other_language(&self) -> Result<()> {
        self.sees(&id("language")).await?;
        let lang = "return document.documentElement.lang";
        let before: String = self.script(lang, &[]).await?;
        let click = "document.querySelector(arguments[0]).click(); return null";
        self.script::<()>(click, &[&id("language")]).await?;
        soon::until("the other language", async || {
            Ok(self.script::<String>(lang, &[]).await? != before)
        })
        .await
    }

    /// Clicks, where a person would: not under the strip at the end of a long page.
    pub(crate) async fn clicks(&self, css: &str) -> Result<()> {
        self.scrolls_to(css).await?;
        self.0.clicks(css).await
    }

    async fn scrolls_to(&self, css: &str) -> Result<()> {
        self.sees(css).await?;
        let scroll = "
            document.querySelector(arguments[0])?.scrollIntoView({ block: 'center' });
            return null;
        ";
        self.script(scroll, &[css]).await
    }

    /// Goes on to a page by its link.
    pub(crate) async fn goes_to(&self, page: &str) -> Result<()> {
        self.clicks(&id(&format!("to-{page}"))).await?;
        self.tells(&id(&format!("to-{page}")), "aria-current", "page").await
    }

    /// Saves what was changed on a page.
    pub(crate) async fn saves(&self) -> Result<()> {
        self.clicks(&id("save")).await?;
        self.tells(&id("save-bar"), "data-state", "saved").await
    }

    /// Reads what is wrong with a field, beside it.
    pub(crate) async fn is_told_of(&self, field: &str, words: &str) -> Result<()> {
        self.mentions(&format!("[id=\"field-{field}-about\"] .wrong"), words).await?;
        self.tells(&id(&format!("field-{field}")), "aria-invalid", "true").await
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
