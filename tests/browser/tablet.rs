//! The tablet behind the bar: the barista app.

use std::ops::Deref;

use anyhow::Result;
use domain::text::Language;
use domain::{Code, Status, Step};

use super::parts::{button, ticket, within};
use super::{Device, Noise, Size, Window, id};
use crate::bar::Bar;
use crate::server::PASSWORD;

/// A tablet with the barista app on it.
pub(crate) struct Tablet(Window);

impl Deref for Tablet {
    type Target = Window;

    fn deref(&self) -> &Window {
        &self.0
    }
}

impl Tablet {
    /// A tablet nobody is signed in on, at an origin of the bar's server.
    pub(crate) async fn opens(origin: &str, bar: &Bar) -> Result<Self> {
        Self::opens_on(&Device::default(), origin, bar).await
    }

    /// The same, on this device.
    pub(crate) async fn opens_on(device: &Device, origin: &str, bar: &Bar) -> Result<Self> {
        let url = format!("{origin}/barista/?bar={}", bar.id);
        Ok(Self(Window::open_on(device, Language::English, Size::Tablet, &url).await?))
    }

    /// A tablet with somebody signed in.
    pub(crate) async fn of(username: &str, bar: &Bar) -> Result<Self> {
        Self::sized(Size::Tablet, username, bar).await
    }

    /// The same, held another way.
    pub(crate) async fn sized(size: Size, username: &str, bar: &Bar) -> Result<Self> {
        let url = format!("{}/barista/?bar={}", bar.server.url(), bar.id);
        let tablet = Self(Window::open(size, &url).await?);
        tablet.signs_in(username).await?;
        Ok(tablet)
    }

    /// A tablet nobody is signed in on, of somebody who reads this language.
    pub(crate) async fn in_language(language: Language, bar: &Bar) -> Result<Self> {
        let url = format!("{}/barista/?bar={}", bar.server.url(), bar.id);
        Ok(Self(Window::open_in(language, Size::Tablet, &url).await?))
    }

    /// Signs in; the queue is there.
    pub(crate) async fn signs_in(&self, username: &str) -> Result<()> {
        self.tries_to_sign_in(username, PASSWORD).await?;
        self.is_at_work().await
    }

    /// Signs in with any password.
    pub(crate) async fn tries_to_sign_in(&self, username: &str, password: &str) -> Result<()> {
        self.types(&id("sign-in-user"), username).await?;
        self.types(&id("sign-in-password"), password).await?;
        self.clicks(&id("sign-in")).await
    }

    /// Sees the lanes, kept current.
    pub(crate) async fn is_at_work(&self) -> Result<()> {
        self.sees(&lane(Status::Placed)).await?;
        self.tells(&id("connection"), "data-state", "live").await
    }

    /// Sees the order with a number in the lane of a status, and nowhere else.
    pub(crate) async fn has(&self, number: u32, status: Status) -> Result<()> {
        self.tells(&ticket(number), "data-status", status.as_str()).await?;
        self.sees(&within(&lane(status), &ticket(number))).await?;
        Ok(())
    }

    /// Sees no ticket with a number.
    pub(crate) async fn has_no(&self, number: u32) -> Result<()> {
        self.lacks(&ticket(number)).await
    }

    /// Sees so many tickets in the lanes Up next, Making and Ready, and that many said there are.
    pub(crate) async fn counts(&self, counts: [usize; 3]) -> Result<()> {
        let lanes = [Status::Placed, Status::Making, Status::Ready].map(lane);
        for (lane, count) in lanes.iter().zip(counts) {
            self.tells(lane, "data-count", &count.to_string()).await?;
            let tickets = within(lane, "[data-testid^=\"ticket-\"]");
            let wish = format!("are {count}");
            let patience = crate::soon::PATIENCE;
            self.until_all(&tickets, &wish, patience, |seen| seen.len() == count).await?;
        }
        Ok(())
    }

    /// Presses a button of a ticket.
    pub(crate) async fn presses(&self, number: u32, step: Step) -> Result<()> {
        self.clicks(&button(number, step)).await
    }

    /// Cancels an order, with a reason of those on offer.
    pub(crate) async fn cancels(&self, number: u32, reason: &str) -> Result<()> {
        self.presses(number, Step::Cancel).await?;
        self.clicks(&id(&format!("reason-{reason}"))).await?;
        self.clicks(&id("confirm")).await
    }

    /// Sees who makes an order.
    pub(crate) async fn is_made_by(&self, number: u32, name: &str) -> Result<()> {
        self.mentions(&within(&ticket(number), &id("maker")), name).await
    }

    /// Is told something that must be read now.
    pub(crate) async fn is_told(&self, code: Code) -> Result<()> {
        self.tells(&id("notice"), "data-code", code.as_str()).await?;
        self.tells(&id("notice"), "role", "alert").await
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

/// The lane of a status.
pub(crate) fn lane(status: Status) -> String {
    id(&format!("lane-{}", status.as_str()))
}
