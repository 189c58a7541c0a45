//! One window of a real browser, with a profile of its own.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::text::Language;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use super::console::{self, Noise};
use super::device::Device;
use super::driver;
use crate::soon::PATIENCE;

/// How often a screen is looked at while something is waited for.
pub(super) const GLANCE: Duration = Duration::from_millis(50);

/// `bar.test` is this machine, everything else is out of reach: a venue without internet.
const HOSTS: &str =
    "--host-resolver-rules=MAP bar.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";

const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    HOSTS,
];

/// What a window is the screen of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// A phone of today.
    Phone,
    /// The narrowest phone there is.
    NarrowPhone,
    /// The tablet behind the bar.
    Tablet,
    /// The same, upright.
    UprightTablet,
    /// The monitor above it.
    Monitor,
}

impl Size {
    fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::NarrowPhone => "narrow-phone",
            Self::Tablet => "tablet",
            Self::UprightTablet => "upright-tablet",
            Self::Monitor => "monitor",
        }
    }

    /// As the page finds it: the size of the view, not of a window with a frame around it.
    pub(super) fn metrics(self) -> Value {
        let (width, height, ratio, is_phone, touch) = match self {
            Self::Phone => (390, 844, 3.0, true, true),
            Self::NarrowPhone => (320, 568, 2.0, true, true),
            Self::Tablet => (1180, 820, 1.0, false, true),
            Self::UprightTablet => (820, 1180, 1.0, false, true),
            Self::Monitor => (1920, 1080, 1.0, false, false),
        };
        json!({
            "width": width, "height": height, "pixelRatio": ratio, "mobile": is_phone, "touch": touch
        })
    }
}

/// A window. Closed when dropped; a picture of it is kept unless it was found clean before.
pub(crate) struct Window {
    pub(super) client: Client,
    pub(super) session: String,
    size: Size,
    found_clean: bool,
    _profile: TempDir,
}

impl Window {
    /// Opens a page in a browser of somebody who reads English.
    pub(crate) async fn open(size: Size, url: &str) -> Result<Self> {
        Self::open_in(Language::English, size, url).await
    }

    /// Opens a page in a browser of somebody who reads this language.
    pub(crate) async fn open_in(language: Language, size: Size, url: &str) -> Result<Self> {
        Self::open_on(&Device::default(), language, size, url).await
    }

    /// The same, on this device.
    pub(crate) async fn open_on(
        device: &Device,
        language: Language,
        size: Size,
        url: &str,
    ) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let mut flags: Vec<String> = FLAGS.into_iter().map(str::to_owned).collect();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        flags.push(format!("--lang={}", language.tag()));
        let mut options = json!({
            "args": flags, "mobileEmulation": { "deviceMetrics": size.metrics() },
            "prefs": { "intl.accept_languages": language.tag() }
        });
        if let Some(browser) = device.browser() {
            options["binary"] = json!(browser);
        }
        let Value::Object(wishes) = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        }) else {
            unreachable!("an object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wishes)
            .connect(&format!("http://{}", driver::address()))
            .await
            .context("a browser cannot be started")?;
        let session = client.session_id().await?.context("a session has an id")?;
        // Ended by `drop`, which also runs when a test has failed.
        client.persist().await?;
        let window = Self { client, session, size, found_clean: false, _profile: profile };
        window.goto(url).await?;
        Ok(window)
    }

    /// Goes to another page.
    pub(crate) async fn goto(&self, url: &str) -> Result<()> {
        self.client.goto(url).await?;
        self.mark().await
    }

    /// Loads the page again.
    pub(crate) async fn reload(&self) -> Result<()> {
        self.client.refresh().await?;
        self.mark().await
    }

    /// What it is the screen of, for messages.
    pub(super) fn name(&self) -> &'static str {
        self.size.name()
    }

    async fn mark(&self) -> Result<()> {
        self.script("window.theSameDocument = true; return null", &[]).await
    }

    /// Whether the page has not been loaded again since it was asked for.
    pub(crate) async fn was_not_reloaded(&self) -> Result<()> {
        let same: bool = self.script("return window.theSameDocument === true", &[]).await?;
        ensure!(same, "the {} has loaded its page again", self.name());
        Ok(())
    }

    /// Puts a finger on the one element of a selector, to see whether it stays there.
    pub(crate) async fn holds(&self, css: &str) -> Result<()> {
        self.script("document.querySelector(arguments[0]).isHeld = true; return null", &[css]).await
    }

    /// Whether that is still the same element: one that was drawn anew in between loses the press
    /// that was about to be made, the words typed into it and the keyboard's focus.
    pub(crate) async fn still_holds(&self, css: &str) -> Result<()> {
        let is_held = "return document.querySelector(arguments[0])?.isHeld === true";
        let held: bool = self.script(is_held, &[css]).await?;
        ensure!(held, "{css} of the {} was drawn anew", self.name());
        Ok(())
    }

    /// Runs a function's body in the page, with `arguments`.
    pub(crate) async fn script<T: DeserializeOwned>(
        &self,
        body: &str,
        arguments: &[&str],
    ) -> Result<T> {
        let arguments = arguments.iter().map(|&argument| argument.into()).collect();
        Ok(serde_json::from_value(self.client.execute(body, arguments).await?)?)
    }

    /// The end of a test: whether the browser had nothing to complain about since the beginning.
    pub(crate) async fn ends_clean(self) -> Result<()> {
        self.ends_clean_but(&[]).await
    }

    /// The same, where some complaints belong to the test.
    pub(crate) async fn ends_clean_but(mut self, expected: &[Noise]) -> Result<()> {
        let lines = console::read(&self.session).await?;
        console::is_clean(&lines, expected)
            .with_context(|| format!("the {} is not clean", self.name()))?;
        self.found_clean = true;
        Ok(())
    }

    /// Nothing that the server says by itself is heard any more, as if it were still on its way;
    /// until the page is loaded again.
    pub(crate) async fn goes_deaf(&self) -> Result<()> {
        let silence = "
            Object.defineProperty(MessageEvent.prototype, 'data', { get: () => new ArrayBuffer(0) });
            return null;
        ";
        self.script(silence, &[]).await
    }

    /// The first complaint, in a test of this harness: that there is none would be the failure.
    pub(crate) async fn complains_in_spite_of(mut self, expected: &[Noise]) -> Result<String> {
        let mut lines = Vec::new();
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            lines.extend(console::read(&self.session).await?);
            if let Err(complaint) = console::is_clean(&lines, expected) {
                self.found_clean = true;
                return Ok(complaint.to_string());
            }
            sleep(GLANCE).await;
        }
        anyhow::bail!("no complaint within {PATIENCE:?}")
    }

    fn keep_picture(&self) -> Option<()> {
        let answer = driver::ask("GET", &format!("/session/{}/screenshot", self.session))?;
        let png = STANDARD.decode(answer["value"].as_str()?).ok()?;
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots-of-failures");
        fs::create_dir_all(&folder).ok()?;
        let test = std::thread::current().name().unwrap_or("a test").replace("::", "-");
        let file = folder.join(format!("{test}-{}.png", self.name()));
        fs::write(&file, png).ok()?;
        eprintln!("as it was at the end: {}", file.display());
        Some(())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if !self.found_clean && self.keep_picture().is_none() {
            eprintln!("there is no picture of the {}", self.name());
        }
        driver::ask("DELETE", &format!("/session/{}", self.session));
    }
}
