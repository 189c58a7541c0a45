//! What a person must read now: a refused command, who has taken it, nobody answers.

use domain::Code;
use domain::text::Language;
use leptos::prelude::*;

use crate::element::{button, div, live, p};
use crate::fault::Fault;
use crate::{language, words};

/// The one notice of an app; a new one replaces the one before.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Option<Shown>>,
}

#[derive(Clone)]
struct Shown {
    fault: Fault,
    /// The language the server was asked in.
    asked_in: Language,
    retry: Option<Callback<()>>,
}

impl Shown {
    fn sentence(&self, language: Language) -> String {
        if language == self.asked_in {
            self.fault.sentence(language)
        } else {
            self.fault.sentence_of_ours(language)
        }
    }
}

impl Notices {
    /// No notice yet; what is below in the page finds it with [`Notices::here`].
    pub fn provide() -> Self {
        let notices = Self { shown: RwSignal::new(None) };
        provide_context(notices);
        notices
    }

    /// The notice of this app.
    pub fn here() -> Self {
        expect_context()
    }

    /// Shows a fault; `retry` becomes a button where trying the very same again may help.
    pub fn show(&self, fault: &Fault, retry: Option<Callback<()>>) {
        self.shown.try_set(Some(Shown {
            fault: fault.clone(),
            asked_in: language::current_untracked(),
            retry: retry.filter(|_| fault.may_pass()),
        }));
    }

    /// Shows a refusal that is known without asking the backend.
    pub fn say(&self, code: Code) {
        self.show(&Fault::plain(code), None);
    }

    /// Shows nothing.
    pub fn clear(&self) {
        self.shown.try_update(|shown| *shown = None);
    }

    /// Whether one is shown; follows it.
    pub fn is_shown(&self) -> bool {
        self.shown.with(Option::is_some)
    }
}

/// The app's notice, while there is one: it stays until it is dismissed, retried or replaced.
pub fn notice() -> AnyView {
    let notices = Notices::here();
    live(move || match notices.shown.get() {
        Some(shown) => say(notices, shown),
        None => ().into_any(),
    })
}

/// The same for `view!`.
#[component]
pub fn Notice() -> impl IntoView {
    notice()
}

fn say(notices: Notices, shown: Shown) -> AnyView {
    let language = language::current();
    let sentence = shown.sentence(language);
    let retry = shown.retry.map(|retry| {
        let again = move || {
            notices.clear();
            retry.run(());
        };
        button("button", again).text(words::try_again(language))
    });
    div("notice")
        .attr("role", "alert")
        .testid("notice")
        .attr("data-code", shown.fault.code().as_str())
        .child(p("").text(sentence))
        .children(retry)
        .child(
            button("notice-close", move || notices.clear())
                .attr("aria-label", words::dismiss(language))
                .text("×"),
        )
        .done()
}
