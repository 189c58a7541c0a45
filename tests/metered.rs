//! A piece of a day at the bar, five times as fast as it happens: what `cargo xtask bench cost`
//! has metered on the stand-in for AWS.
//!
//! A thousand guests come in eight hours, one each 28.8 seconds, each with a phone that stays open
//! for ten minutes; two tablets and two monitors are there all day. Everybody asks and listens as
//! the apps do: a phone hears of the wait at the door only, then of its order and the bar's sign.
//! The steps of the orders are spread evenly, so that no two of them share a message: in a crowd
//! some do, and it is cheaper.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use domain::api::OrderRequest;
use domain::limits::LimitsChange;
use domain::menu::Options;
use domain::topic::Topic;
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use crate::bar::{Bar, roomy};
use crate::live::Screen;
use crate::person::{Person, slug};

const SPEED: u32 = 5;
/// Between two guests.
const BETWEEN: Duration = Duration::from_millis(28_800);
/// How long a phone is open.
const VISIT: Duration = Duration::from_secs(600);
/// The apps fetch what they show this often, whatever happens.
const MINUTE: Duration = Duration::from_secs(60);

/// After a code's end, when the next one is fetched.
const SOON: Duration = Duration::from_millis(500);

/// When a guest does what, after the phone was opened: a fifth of the time between two guests
/// apart, modulo that time.
const SCANS: Duration = Duration::from_millis(14_400);
const PLACES: Duration = Duration::from_millis(77_760);
const IS_CLAIMED: Duration = Duration::from_millis(141_120);
const IS_READY: Duration = Duration::from_millis(204_480);
const COLLECTS: Duration = Duration::from_millis(267_840);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "checks nothing: `cargo xtask bench cost` counts with it"]
async fn a_piece_of_a_day() -> Result<()> {
    let orders: u32 = std::env::var("SERVERLESSPRESSO_ORDERS").context("how many")?.parse()?;
    let meter = std::env::var_os("SERVERLESSPRESSO_METER").context("no meter")?;
    let note = |word: &str| -> Result<()> {
        let mut meter = OpenOptions::new().append(true).open(&meter)?;
        Ok(writeln!(meter, "{word}\t0\t")?)
    };
    let bar = Bar::open().await?;
    let olga = bar.olga().await?;
    // A code for five minutes, which are one here. It is another one at once only while nobody uses
    // it; and whoever counts must not be turned away.
    olga.closes().await?;
    let uses = Some(100);
    let limits = LimitsChange { window_seconds: Some(60), uses_per_window: uses, ..roomy() };
    olga.limits(limits).await?;
    olga.opens().await?;
    let (bea, bob) = (bar.bea().await?, bar.bob().await?);
    let code = Mutex::new(bea.code().await?.code);
    let day = Arc::new(Day { bar, bea, bob, code, began: Instant::now() });
    let mut present = JoinSet::new();
    for place in 0..2 {
        present.spawn(tablet(day.clone(), Duration::from_secs(5 + 30 * place)));
        present.spawn(monitor(day.clone(), Duration::from_secs(20 + 30 * place)));
    }
    // Counting begins when as many phones are there as ever.
    let ends = VISIT + BETWEEN * orders;
    let mut comes = Duration::ZERO;
    while comes < ends {
        present.spawn(guest(day.clone(), comes));
        comes += BETWEEN;
    }
    let counting = async {
        day.at(VISIT).await;
        note("begin")?;
        day.at(ends).await;
        note("end")
    };
    tokio::select! {
        counted = counting => counted,
        failed = first_failure(&mut present) => failed,
    }
}

/// Waits for somebody for whom something went wrong.
async fn first_failure(present: &mut JoinSet<Result<()>>) -> Result<()> {
    while let Some(left) = present.join_next().await {
        left??;
    }
    std::future::pending().await
}

struct Day {
    bar: Bar,
    bea: Person,
    bob: Person,
    code: Mutex<String>,
    began: Instant,
}

impl Day {
    /// Waits for a moment of the day.
    async fn at(&self, moment: Duration) {
        sleep_until(self.began + moment / SPEED).await;
    }

    async fn screen(&self, person: &Person, topics: &[Topic]) -> Result<Screen> {
        let mut screen = Screen::of(&self.bar, person).await?;
        screen.subscribes_to_all(topics).await?;
        Ok(screen)
    }
}

async fn tablet(day: Arc<Day>, from: Duration) -> Result<()> {
    let bar = || day.bar.id.clone();
    let _screen = day.screen(&day.bea, &[Topic::Queue(bar()), Topic::Sign(bar())]).await?;
    for minute in 0.. {
        day.at(from + MINUTE * minute).await;
        day.bea.queue().await?;
    }
    Ok(())
}

async fn monitor(day: Arc<Day>, from: Duration) -> Result<()> {
    let bar = || day.bar.id.clone();
    let topics = [Topic::Board(bar()), Topic::Code(bar()), Topic::Sign(bar())];
    let display = day.bar.display().await?;
    let _screen = day.screen(&display, &topics).await?;
    let fetches = async {
        for minute in 0.. {
            day.at(from + MINUTE * minute).await;
            display.board().await?;
        }
        anyhow::Ok(())
    };
    tokio::try_join!(fetches, shows_codes(&day, &display)).map(|((), ())| ())
}

/// As the apps do: another code is fetched soon after it is one. Guests scan what is shown.
async fn shows_codes(day: &Day, display: &Person) -> Result<()> {
    loop {
        let shown = display.code().await?;
        let left = Duration::from_millis(shown.closes_at.millis_since(shown.now));
        *day.code.lock().await = shown.code;
        sleep(left + SOON).await;
    }
}

/// From the moment at which a phone is opened to that at which it is put away.
async fn guest(day: Arc<Day>, comes: Duration) -> Result<()> {
    day.at(comes).await;
    let phone = day.bar.guest().await?;
    phone.bar().await?;
    let status = Topic::Status(day.bar.id.clone());
    let sign = Topic::Sign(day.bar.id.clone());
    let topics = [Topic::Orders(phone.id().clone()), sign, status.clone()];
    let screen = day.screen(&phone, &topics).await?;
    // What may have been missed until then.
    phone.bar().await?;
    day.at(comes + SCANS).await;
    let code = day.code.lock().await.clone();
    let order = phone.scans(&code).await?.order;
    // The wait is shown at the door only.
    screen.leaves(&status).await?;
    let steps = async {
        day.at(comes + PLACES).await;
        let (drink, name) = (slug("latte"), Some("Ada".to_owned()));
        let request = OrderRequest::Place { drink, options: Options::default(), name };
        phone.sends(&order, request).await?;
        day.at(comes + IS_CLAIMED).await;
        day.bob.claims(&order).await?;
        day.at(comes + IS_READY).await;
        day.bob.completes(&order).await?;
        day.at(comes + COLLECTS).await;
        phone.collects(&order).await?;
        anyhow::Ok(())
    };
    let fetches = async {
        let mut minute = comes + MINUTE;
        while minute < comes + VISIT {
            day.at(minute).await;
            if minute < comes + COLLECTS {
                phone.order(&order).await?;
            } else {
                phone.bar().await?;
            }
            minute += MINUTE;
        }
        anyhow::Ok(())
    };
    tokio::try_join!(steps, fetches)?;
    day.at(comes + VISIT).await;
    Ok(())
}
