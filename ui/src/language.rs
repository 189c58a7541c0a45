//! Which language the person reads.

use std::cell::OnceCell;

use domain::text::Language;

thread_local! {
    static CURRENT: OnceCell<Language> = const { OnceCell::new() };
}

/// The language of this page: the browser's first that we have words in. It does not change while
/// the page is loaded, so words need not be signals.
pub fn current() -> Language {
    CURRENT.with(|current| {
        *current.get_or_init(|| {
            let navigator = web_sys::window().map(|window| window.navigator());
            let wanted = navigator.and_then(|navigator| navigator.language());
            Language::of(&wanted.unwrap_or_default())
        })
    })
}
