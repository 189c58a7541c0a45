//! What somebody has in hand, such as words half typed, kept while the pages are drawn anew in
//! another language.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;

use leptos::prelude::*;
use ui::language;

thread_local! {
    // Not a component's: the app is drawn anew when the language changes.
    static KEPT: RefCell<BTreeMap<String, Box<dyn Any>>> = const { RefCell::new(BTreeMap::new()) };
}

/// A signal that outlives its component when only the language changes; however else that goes,
/// it begins again with `first`. Nothing else on the page is called by its name.
pub(crate) fn kept<T: Send + Sync + 'static>(
    name: impl Into<String>,
    first: impl FnOnce() -> T,
) -> RwSignal<T> {
    let name = name.into();
    let drawn_in = language::current_untracked();
    let known = KEPT.with_borrow(|kept| {
        kept.get(&name).and_then(|known| known.downcast_ref::<ArcRwSignal<T>>().cloned())
    });
    let signal = known.unwrap_or_else(|| {
        let signal = ArcRwSignal::new(first());
        KEPT.with_borrow_mut(|kept| kept.insert(name.clone(), Box::new(signal.clone())));
        signal
    });
    on_cleanup(move || {
        // What is drawn in another language has taken the place of this already, or will.
        if language::current_untracked() == drawn_in {
            KEPT.with_borrow_mut(|kept| kept.remove(&name));
        }
    });
    signal.into()
}
