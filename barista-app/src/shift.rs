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
use ui::{Clock, awake, language, sound};

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
    /// This browser cannot.
    Impossible,
    /// It can, and does not: it saves its battery, say.
    Refused,
}

impl Screen {
    fn now() -> Self {
        if awake::is_kept_awake() {
            Self::StaysOn
        } else if !window().is_secure_context() {
            Self::NeedsHttps
        } else if awake::can_stay_awake() {
            Self::Refused
        } else {
            Self::Impossible
        }
    }
}

/// What came of starting the shift, and how it is now.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Report {
    hearing: Hearing,
    screen: Screen,
    /// Whether the barista has taken the full account of it away.
    is_read: bool,
}

impl Report {
    fn now(is_read: bool) -> Self {
        Self { hearing: sound::hearing(), screen: Screen::now(), is_read }
    }

    fn is_all_well(self) -> bool {
        self.hearing == Hearing::Heard && self.screen == Screen::StaysOn
    }
}

thread_local! {
    /// Outlives the screen: sound and wake lock are the page's.
    static REPORT: Cell<Option<Report>> = const { Cell::new(None) };
}

/// What came of it on this page; none before. It stays true: a device may answer late, or let go
/// of its screen or its sound at any time, so it is looked at as often as the clock ticks.
pub(crate) fn report(clock: Clock) -> RwSignal<Option<Report>> {
    let shown = RwSignal::new(REPORT.get());
    Effect::new(move || {
        clock.now();
        if let Some(report) = shown.get_untracked() {
            let now = Report::now(report.is_read);
            if now != report {
                keep(shown, now);
            }
        }
    });
    shown
}

fn keep(shown: RwSignal<Option<Report>>, report: Report) {
    REPORT.set(Some(report));
    shown.try_set(Some(report));
}

/// The button, until it has been pressed.
pub(crate) fn start_button(report: RwSignal<Option<Report>>) -> AnyView {
    let is_starting = RwSignal::new(false);
    let start = move || {
        if is_starting.get_untracked() {
            return;
        }
        is_starting.set(true);
        let woken = sound::wake();
        stay_awake();
        spawn_local(async move {
            woken.await;
            // A trial, so that one knows what to listen for.
            sound::play(&NEW_ORDER);
            sleep(PATIENCE).await;
            keep(report, Report::now(false));
        });
    };
    live(move || {
        if report.with(Option::is_some) {
            return ().into_any();
        }
        let language = language::current();
        button("button go", start)
            .testid("start-shift")
            .live_attr("aria-busy", move || is_starting.get().then(|| "true".to_owned()))
            .text(words::start_shift(language))
            .done()
    })
}

/// From now on, and again whenever the page is back: devices let go when it is hidden.
fn stay_awake() {
    awake::stay_awake(true);
    // For the life of the page.
    window_event_listener_untyped("visibilitychange", |_| {
        if !document().hidden() {
            awake::stay_awake(true);
            let woken = sound::wake();
            spawn_local(async {
                woken.await;
            });
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
        let silent = (report.hearing != Hearing::Heard).then(|| words::no_sound(language));
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
    let sound = match report.hearing {
        Hearing::Heard => words::sounds(language),
        Hearing::NeedsTouch => words::silent(language),
        Hearing::Impossible => words::soundless(language),
    };
    let screen = match report.screen {
        Screen::StaysOn => words::stays_on(language),
        Screen::NeedsHttps => words::needs_https(language),
        Screen::Impossible => words::cannot_stay_on(language),
        Screen::Refused => words::screen_refused(language),
    };
    [sound, screen]
}
