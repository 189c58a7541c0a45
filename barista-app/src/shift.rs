//! Starting the shift: one tap, because browsers let a page sound only after one. It asks for the
//! sound of new orders and for a screen that stays on, and says in words what is impossible.

use std::cell::Cell;
use std::time::Duration;

use domain::text::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::element::{button, div, live, p, span};
use ui::sleep::sleep;
use ui::sound::Hearing;
use ui::{awake, language, sound};

use crate::words;

/// The sound of a new order.
pub(crate) const NEW_ORDER: [f32; 2] = [880.0, 1318.5];
/// How long a device may take to say that it keeps its screen on.
const PATIENCE: Duration = Duration::from_millis(500);

/// Whether the screen stays on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    StaysOn,
    /// Browsers keep it on for pages that came over https only.
    NeedsHttps,
    /// This device cannot, or saves its battery.
    Refused,
}

impl Screen {
    fn now() -> Self {
        if awake::is_kept_awake() {
            Self::StaysOn
        } else if window().is_secure_context() {
            Self::Refused
        } else {
            Self::NeedsHttps
        }
    }
}

/// What came of starting the shift.
#[derive(Clone, Copy)]
pub(crate) struct Report {
    sounds: bool,
    screen: Screen,
    /// Whether the barista has taken the full account of it away.
    is_read: bool,
}

impl Report {
    fn is_all_well(self) -> bool {
        self.sounds && self.screen == Screen::StaysOn
    }
}

thread_local! {
    /// Outlives the screen: sound and wake lock are the page's.
    static REPORT: Cell<Option<Report>> = const { Cell::new(None) };
}

/// What came of it on this page; none before.
pub(crate) fn report() -> RwSignal<Option<Report>> {
    RwSignal::new(REPORT.get())
}

fn keep(shown: RwSignal<Option<Report>>, report: Report) {
    REPORT.set(Some(report));
    shown.try_set(Some(report));
}

/// The button, until it has been pressed.
pub(crate) fn start_button(report: RwSignal<Option<Report>>) -> AnyView {
    live(move || {
        if report.with(Option::is_some) {
            return ().into_any();
        }
        let start = move || {
            // A trial, so that one knows what to listen for.
            let woken = sound::wake();
            stay_awake();
            spawn_local(async move {
                let sounds = woken.await == Hearing::Heard;
                sound::play(&NEW_ORDER);
                sleep(PATIENCE).await;
                keep(report, Report { sounds, screen: Screen::now(), is_read: false });
            });
        };
        let language = language::current();
        button("button go", start).testid("start-shift").text(words::start_shift(language)).done()
    })
}

/// From now on, and again whenever the page is back: devices let go when it is hidden.
fn stay_awake() {
    awake::stay_awake(true);
    // For the life of the page.
    window_event_listener_untyped("visibilitychange", |_| {
        if !document().hidden() {
            awake::stay_awake(true);
        }
    });
}

/// What is impossible on this tablet, in two words each.
pub(crate) fn marks(report: RwSignal<Option<Report>>) -> AnyView {
    live(move || {
        let Some(report) = report.get() else {
            return ().into_any();
        };
        let language = language::current();
        let silent = (!report.sounds).then(|| words::no_sound(language));
        let sleepy = (report.screen != Screen::StaysOn).then(|| words::may_sleep(language));
        let marks = silent.into_iter().chain(sleepy);
        let marks = marks.map(|said| span("badge").attr("data-status", "paused").text(said));
        span("shift-marks").children(marks).done()
    })
}

/// What came of it in full, until it is taken away.
pub(crate) fn told(shown: RwSignal<Option<Report>>) -> AnyView {
    live(move || match shown.get() {
        Some(report) if !report.is_read => {
            let language = language::current();
            let read = move || keep(shown, Report { is_read: true, ..report });
            div("shift-told")
                .attr("role", "status")
                .testid("shift")
                .attr("data-well", report.is_all_well().to_string())
                .child(div("").children(account(language, report).map(|said| p("").text(said))))
                .child(button("button", read).text(words::all_right(language)))
                .done()
        }
        Some(_) | None => ().into_any(),
    })
}

fn account(language: Language, report: Report) -> [&'static str; 2] {
    let sound = if report.sounds { words::sounds(language) } else { words::silent(language) };
    let screen = match report.screen {
        Screen::StaysOn => words::stays_on(language),
        Screen::NeedsHttps => words::needs_https(language),
        Screen::Refused => words::screen_refused(language),
    };
    [sound, screen]
}
