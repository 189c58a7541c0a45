//! What calls a guest who does not look: a sound, a buzz, a screen that stays on; and why not,
//! where this phone cannot.

use std::cell::Cell;

use domain::text::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::element::{button, div, p};
use ui::sound::{self, Hearing};
use ui::{awake, language};

use crate::guest::Guest;
use crate::{memory, words};

/// C, E and G, an octave up: heard over a coffee machine.
const CHIME: [f32; 3] = [1046.5, 1318.5, 1568.0];
const BUZZ_MILLIS: u32 = 400;

thread_local! {
    /// Browsers let only pages that have been touched make themselves felt.
    static IS_TOUCHED: Cell<bool> = const { Cell::new(false) };
}

/// The first touch, wherever it is, lets the page be heard.
pub(crate) fn listen(guest: Guest) {
    let touched = window_event_listener_untyped("click", |_| {
        IS_TOUCHED.set(true);
        spawn_local(async {
            sound::wake().await;
        });
    });
    // What keeps a screen on lets go of it while the page is hidden.
    let back = window_event_listener_untyped("visibilitychange", move |_| watch(guest));
    on_cleanup(move || {
        touched.remove();
        back.remove();
    });
}

/// The screen stays on while the guest waits, and only then.
pub(crate) fn watch(guest: Guest) {
    let is_waiting = guest.screen.try_with_untracked(|screen| screen.name() == "waiting");
    awake::stay_awake(is_waiting == Some(true));
}

/// The drink is ready.
pub(crate) fn ring() {
    if !memory::is_silent() {
        sound::play(&CHIME);
    }
    if IS_TOUCHED.get() {
        awake::buzz(BUZZ_MILLIS);
    }
}

/// What this phone will do when the drink is ready, or why it did not, and the switch for the sound.
pub(crate) fn about(guest: Guest, is_over: bool) -> AnyView {
    // A phone may lose its voice at any time: it is asked as often as the clock ticks.
    let said = move || {
        guest.clock.now();
        say(language::current(), is_over)
    };
    let turn = || {
        memory::keep_silent(!memory::is_silent());
        // Turned on, it is heard at once.
        if !memory::is_silent() {
            sound::play(&CHIME);
        }
    };
    let is_on = move || {
        guest.clock.now();
        Some((!memory::is_silent()).to_string())
    };
    let switch = button("switch", turn)
        .testid("sound")
        .attr("role", "switch")
        .live_attr("aria-checked", is_on)
        .text(words::sound(guest.language()));
    div("signals").child(p("small muted").live_text(said)).child(switch).done()
}

fn say(language: Language, is_over: bool) -> String {
    let heard = if memory::is_silent() {
        words::is_silent(language)
    } else {
        match sound::hearing() {
            Hearing::Heard if is_over => "",
            Hearing::Heard => words::is_heard(language),
            Hearing::NeedsTouch => words::needs_touch(language),
            Hearing::Impossible => words::no_sound(language),
        }
    };
    let buzz = if awake::can_buzz() { "" } else { words::no_buzz(language) };
    let dark = if is_over || awake::can_stay_awake() { "" } else { words::goes_dark(language) };
    [heard, " ", buzz, " ", dark].concat()
}
