//! What a person must read now: a refused command, who has taken it, nobody answers.

use domain::Code;
use domain::text::{self, Details};
use leptos::prelude::*;

use crate::fault::Fault;
use crate::{language, words};

/// The one notice of an app; a new one replaces the one before.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Option<Shown>>,
}

#[derive(Clone)]
struct Shown {
    code: Code,
    sentence: String,
    retry: Option<Callback<()>>,
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
            code: fault.code(),
            sentence: fault.sentence(language::current()),
            retry: retry.filter(|_| fault.may_pass()),
        }));
    }

    /// Shows a refusal that is known without asking the backend.
    pub fn say(&self, code: Code) {
        self.shown.try_set(Some(Shown {
            code,
            sentence: text::refusal(language::current(), code, Details::default()),
            retry: None,
        }));
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
#[component]
pub fn Notice() -> impl IntoView {
    let notices = Notices::here();
    let language = language::current();
    move || {
        notices.shown.get().map(|shown| {
            let retry = shown.retry.map(|retry| {
                let again = move |_| {
                    notices.clear();
                    retry.run(());
                };
                view! { <button type="button" class="button" on:click=again>{words::try_again(language)}</button> }
                    .into_any()
            });
            view! {
                <div class="notice" role="alert" data-testid="notice" data-code=shown.code.as_str()>
                    <p class="notice-says">{shown.sentence}</p>
                    {retry}
                    <button
                        type="button"
                        class="notice-close"
                        aria-label=words::dismiss(language)
                        on:click=move |_| notices.clear()
                    >
                        "×"
                    </button>
                </div>
            }
            .into_any()
        })
    }
}
