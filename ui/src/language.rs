//! Which language the person reads.

use std::cell::Cell;

use domain::text::Language;
use leptos::prelude::*;

use crate::element::{button, live};
use crate::{address, storage, words};

/// Where a choice is kept on this device, for all apps.
const CHOSEN: &str = "serverlesspresso.language";

struct Current {
    language: Cell<Language>,
    /// Not a signal of languages: each kind of signal is some thousand bytes of a download.
    changed: ArcRwSignal<()>,
}

thread_local! {
    static CURRENT: Current = Current {
        language: Cell::new(begin()),
        changed: ArcRwSignal::new(()),
    };
}

/// The language of this page: that of its address (`?lang=pt-BR`, for screens that nobody touches),
/// else the one chosen on this device, else the browser's first that we have words in. Whatever is
/// drawn with it is drawn anew when it changes.
pub fn current() -> Language {
    CURRENT.with(|current| {
        current.changed.track();
        current.language.get()
    })
}

/// The language at this moment, for what is not drawn.
pub fn current_untracked() -> Language {
    CURRENT.with(|current| current.language.get())
}

/// Reads on in another language, and remembers it.
pub fn choose(language: Language) {
    storage::save(CHOSEN, language.tag());
    CURRENT.with(|current| current.language.set(language));
    mark_page();
    CURRENT.with(|current| current.changed.notify());
}

/// Says in `<html lang>` what language the page is in.
pub(crate) fn mark_page() {
    if let Some(page) = document().document_element() {
        // A page that refuses an attribute is still a page.
        let _ = page.set_attribute("lang", current_untracked().tag());
    }
}

/// The control for the language, called by the name of the one it leads to.
pub fn language_switch() -> AnyView {
    live(|| {
        let now = current();
        let other = after(now);
        button("language", move || choose(other))
            .testid("language")
            .attr("lang", other.tag())
            .attr("aria-label", [words::language(other), ": ", other.own_name()].concat())
            .text(other.own_name())
            .done()
    })
}

/// Round and round.
fn after(language: Language) -> Language {
    let mut from = Language::ALL.into_iter().skip_while(|other| *other != language);
    from.nth(1).unwrap_or(Language::ALL[0])
}

fn begin() -> Language {
    let chosen = address::query("lang").or_else(|| storage::load(CHOSEN));
    let accepted = chosen.or_else(|| {
        let navigator = web_sys::window()?.navigator();
        navigator.languages().join(",").as_string()
    });
    Language::of(&accepted.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_leads_through_every_language_and_back() {
        let mut language = Language::default();
        for _ in Language::ALL {
            language = after(language);
        }
        assert_eq!(language, Language::default());
    }
}
