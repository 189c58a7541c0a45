//! What is being edited, kept above the pages: going from one page to another, or reading it in
//! another language, loses nothing.

use std::collections::BTreeMap;

use domain::command::Details;
use domain::limits::Limit;
use domain::{BarId, Limits, Menu};
use leptos::prelude::*;

use crate::menu_change;

/// Something of a bar that is edited as a whole.
pub(crate) trait Editable: Clone + PartialEq + Send + Sync + 'static {
    /// What was edited from `base`, brought forward to what it has become meanwhile, and whether
    /// saving it would undo something of that.
    fn brought_forward(&self, base: &Self, theirs: &Self) -> (Self, bool);
}

impl Editable for Menu {
    fn brought_forward(&self, base: &Self, theirs: &Self) -> (Self, bool) {
        menu_change::brought_forward(self, base, theirs)
    }
}

impl Editable for Limits {
    fn brought_forward(&self, base: &Self, theirs: &Self) -> (Self, bool) {
        let changed = Limit::ALL.into_iter().filter(|limit| limit.of(self) != limit.of(base));
        (changed.fold(*theirs, |limits, limit| limits.with(limit, limit.of(self))), false)
    }
}

impl Editable for Details {
    fn brought_forward(&self, base: &Self, theirs: &Self) -> (Self, bool) {
        fn either<T: Clone + PartialEq>(mine: &T, base: &T, theirs: &T) -> T {
            if mine == base { theirs.clone() } else { mine.clone() }
        }
        let merged = Self {
            name: either(&self.name, &base.name, &theirs.name),
            place: either(&self.place, &base.place, &theirs.place),
            languages: either(&self.languages, &base.languages, &theirs.languages),
            time_zone: either(&self.time_zone, &base.time_zone, &theirs.time_zone),
        };
        (merged, false)
    }
}

/// One thing that is being edited.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft<T> {
    /// As the bar has it.
    pub(crate) base: T,
    /// As it is to be.
    pub(crate) now: T,
    /// Changes whenever `now` changed by something other than typing: fields are drawn anew.
    pub(crate) drawn: u64,
    /// Somebody else changed it meanwhile, and saving this would undo that.
    pub(crate) is_overtaken: bool,
}

impl<T: Editable> Draft<T> {
    fn of(base: T) -> Self {
        Self { now: base.clone(), base, drawn: 0, is_overtaken: false }
    }

    pub(crate) fn is_changed(&self) -> bool {
        self.now != self.base
    }

    /// Takes in what the bar has now.
    fn hear(&mut self, theirs: &T) {
        if self.base == *theirs {
            return;
        }
        let (now, undoes) = self.now.brought_forward(&self.base, theirs);
        if now != self.now {
            self.now = now;
            self.drawn += 1;
        }
        self.base = theirs.clone();
        self.is_overtaken = self.is_changed() && (undoes || self.is_overtaken);
    }

    fn discard(&mut self) {
        self.now = self.base.clone();
        self.drawn += 1;
        self.is_overtaken = false;
    }
}

/// Drafts of one kind, by bar.
pub(crate) struct Kept<T: 'static>(RwSignal<BTreeMap<BarId, Draft<T>>>);

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T: Editable> Kept<T> {
    /// The draft for a bar, if the bar has been heard of; follows it.
    pub(crate) fn get(self, bar: &BarId) -> Option<Draft<T>> {
        self.0.with(|drafts| drafts.get(bar).cloned())
    }

    /// Something of that draft; follows it.
    pub(crate) fn with<R>(self, bar: &BarId, read: impl FnOnce(&Draft<T>) -> R) -> Option<R> {
        self.0.with(|drafts| drafts.get(bar).map(read))
    }

    /// Changes what is to be.
    pub(crate) fn edit(self, bar: &BarId, edit: impl FnOnce(&mut T)) {
        self.0.update(|drafts| {
            if let Some(draft) = drafts.get_mut(bar) {
                edit(&mut draft.now);
            }
        });
    }

    /// Goes back to what the bar has.
    pub(crate) fn discard(self, bar: &BarId) {
        self.0.update(|drafts| {
            if let Some(draft) = drafts.get_mut(bar) {
                draft.discard();
            }
        });
    }

    /// Takes in what the bar has now.
    pub(crate) fn hear(self, bar: &BarId, theirs: &T) {
        let knows = |drafts: &BTreeMap<BarId, Draft<T>>| {
            drafts.get(bar).is_some_and(|draft| draft.base == *theirs)
        };
        if self.0.try_with_untracked(knows) != Some(false) {
            return;
        }
        self.0.try_update(|drafts| match drafts.get_mut(bar) {
            Some(draft) => draft.hear(theirs),
            None => {
                drafts.insert(bar.clone(), Draft::of(theirs.clone()));
            }
        });
    }

    fn forget(self) {
        self.0.update(BTreeMap::clear);
    }

    fn is_any_changed(self) -> bool {
        self.0.with_untracked(|drafts| drafts.values().any(Draft::is_changed))
    }
}

/// Everything that is being edited.
#[derive(Clone, Copy)]
pub(crate) struct Drafts {
    pub(crate) menus: Kept<Menu>,
    pub(crate) limits: Kept<Limits>,
    pub(crate) details: Kept<Details>,
}

type Shared<T> = ArcRwSignal<BTreeMap<BarId, Draft<T>>>;

thread_local! {
    // Not a component's: the app is drawn anew when the language changes.
    static KEPT: (Shared<Menu>, Shared<Limits>, Shared<Details>) =
        (Shared::default(), Shared::default(), Shared::default());
}

impl Drafts {
    /// Finds what is being edited, and lets the pages below find it.
    pub(crate) fn provide() -> Self {
        let drafts = KEPT.with(|(menus, limits, details)| Self {
            menus: Kept(menus.clone().into()),
            limits: Kept(limits.clone().into()),
            details: Kept(details.clone().into()),
        });
        provide_context(drafts);
        drafts
    }

    /// Forgets what was edited: whoever signs in next begins with what the bars have.
    pub(crate) fn forget(&self) {
        self.menus.forget();
        self.limits.forget();
        self.details.forget();
    }

    /// Whether something would be lost with the page.
    pub(crate) fn are_any_changed(&self) -> bool {
        self.menus.is_any_changed() || self.limits.is_any_changed() || self.details.is_any_changed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_change_comes_in_and_what_is_typed_stays() {
        let base = Limits::default();
        let mut draft = Draft::of(base);
        draft.now = draft.now.with(Limit::Baristas, 3);
        let theirs = base.with(Limit::UsesPerWindow, 12);
        draft.hear(&theirs);
        assert_eq!(draft.now, theirs.with(Limit::Baristas, 3));
        assert_eq!((draft.drawn, draft.is_changed(), draft.is_overtaken), (1, true, false));

        draft.hear(&theirs.with(Limit::Baristas, 3));
        assert_eq!(
            (draft.drawn, draft.is_changed()),
            (1, false),
            "what was saved needs no drawing"
        );
        draft.now = draft.now.with(Limit::Baristas, 4);
        draft.discard();
        assert_eq!((draft.drawn, draft.is_changed()), (2, false));
    }

    #[test]
    fn a_menu_that_somebody_else_rewrote_is_told() {
        let base = Menu::standard();
        let mut draft = Draft::of(base.clone());
        draft.now.drinks.remove(0);
        let mut theirs = base.clone();
        theirs.drinks[3].available = false;
        draft.hear(&theirs);
        assert!(!draft.is_overtaken, "sold out is taken in");
        assert!(!draft.now.drinks[2].available);
        theirs.drinks[5].name = "Capuccino".to_owned();
        draft.hear(&theirs);
        assert!(draft.is_overtaken);
        draft.discard();
        assert_eq!((draft.now, draft.is_overtaken), (theirs, false));
    }
}
