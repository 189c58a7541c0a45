//! The monitor above the bar: the display app.

use std::ops::Deref;

use anyhow::{Context as _, Result};
use domain::Code;
use domain::text::Language;
use domain::view::Zone;
use serde_json::json;

use super::parts::{card, within};
use super::{Device, Noise, Size, Window, id};
use crate::bar::Bar;
use crate::server::PASSWORD;

/// A monitor with the display app on it.
pub(crate) struct Monitor(Window);

impl Deref for Monitor {
    type Target = Window;

    fn deref(&self) -> &Window {
        &self.0
    }
}

impl Monitor {
    /// A monitor that shows the bar, at an origin of its server.
    pub(crate) async fn opens(origin: &str, bar: &Bar) -> Result<Self> {
        Self::opens_on(&Device::default(), origin, bar).await
    }

    /// The same, on this device.
    pub(crate) async fn opens_on(device: &Device, origin: &str, bar: &Bar) -> Result<Self> {
        let monitor = Self::unpaired_on(device, origin, bar, "").await?;
        monitor.signs_in("display").await?;
        monitor.is_live().await?;
        Ok(monitor)
    }

    /// A monitor that nobody has paired yet, with what follows the `#` in its address.
    pub(crate) async fn unpaired(origin: &str, bar: &Bar, fragment: &str) -> Result<Self> {
        Self::unpaired_on(&Device::default(), origin, bar, fragment).await
    }

    async fn unpaired_on(device: &Device, origin: &str, bar: &Bar, fragment: &str) -> Result<Self> {
        let url = format!("{origin}/display/?bar={}{fragment}", bar.id);
        Ok(Self(Window::open_on(device, Language::English, Size::Monitor, &url).await?))
    }

    /// Signs in with a password instead of a link.
    pub(crate) async fn signs_in(&self, username: &str) -> Result<()> {
        self.clicks(&id("sign-in-instead")).await?;
        self.types(&id("sign-in-user"), username).await?;
        self.types(&id("sign-in-password"), PASSWORD).await?;
        self.clicks(&id("sign-in")).await
    }

    /// Types a link.
    pub(crate) async fn types_link(&self, link: &str) -> Result<()> {
        self.types(&id("pair"), link).await?;
        self.clicks(&id("pair-go")).await
    }

    /// Shows the bar, kept current.
    pub(crate) async fn is_live(&self) -> Result<()> {
        self.tells(&id("connection"), "data-state", "live").await
    }

    /// Invites to order.
    pub(crate) async fn invites(&self) -> Result<()> {
        self.sees(&id("qr")).await?;
        self.lacks(&id("no-orders")).await
    }

    /// Shows no code but why there is none.
    pub(crate) async fn takes_no_orders(&self, code: Code) -> Result<()> {
        self.tells(&id("no-orders"), "data-code", code.as_str()).await?;
        self.lacks(&id("qr")).await?;
        self.lacks(&id("short-code")).await
    }

    /// A monitor of the bar where its server says it is.
    pub(crate) async fn of(bar: &Bar) -> Result<Self> {
        Self::opens(&bar.server.url(), bar).await
    }

    /// The address in the QR, read from what is on the screen.
    pub(crate) async fn qr(&self) -> Result<String> {
        self.picture(&id("qr")).await?.qr()
    }

    /// How many drinks it says are left.
    pub(crate) async fn uses_left(&self) -> Result<u32> {
        let seen = self.sees(&id("uses-left")).await?;
        let digits: String = seen.text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().context("a number of drinks")
    }

    /// Waits until it says that so many drinks are left.
    pub(crate) async fn has_uses_left(&self, uses: u32) -> Result<()> {
        let digits = uses.to_string();
        self.until(&id("uses-left"), &format!("says {uses}"), |seen| {
            seen.text.chars().filter(char::is_ascii_digit).eq(digits.chars())
        })
        .await?;
        Ok(())
    }

    /// Sees a number in a half of the board, and nowhere else, with the name to call.
    pub(crate) async fn shows(&self, number: u32, zone: Zone, name: &str) -> Result<()> {
        let half = match zone {
            Zone::Preparing => id("preparing"),
            Zone::Ready => id("ready"),
        };
        let place = within(&half, &card(number));
        self.mentions(&place, name).await?;
        self.mentions(&card(number), &number.to_string()).await
    }

    /// Sees that a number is gone.
    pub(crate) async fn shows_no(&self, number: u32) -> Result<()> {
        self.lacks(&card(number)).await
    }

    /// Loads the page again, as if so many orders had been there before all that are: what numbers
    /// of three and four digits look like, without a thousand orders.
    pub(crate) async fn counts_from(&self, ahead: u32) -> Result<()> {
        let source = "{
            const real = window.fetch, ahead = Number(localStorage.ahead ?? 0);
            window.fetch = real.isAhead ? real : async (...request) => {
                const answer = await real(...request);
                if (!answer.url.endsWith('/board')) return answer;
                const board = await answer.json();
                for (const card of [...board.preparing, ...board.ready]) card.number += ahead;
                return new Response(JSON.stringify(board), answer);
            };
            window.fetch.isAhead = true;
        }";
        let remember = "localStorage.ahead = arguments[0]; return null";
        self.script::<()>(remember, &[&ahead.to_string()]).await?;
        let parameters = json!({ "source": source });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", parameters).await?;
        self.reload().await
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
