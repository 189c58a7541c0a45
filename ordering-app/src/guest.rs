//! The guest of one bar: what is known and what is being chosen. What can be done about it is in
//! `commands`.

use domain::menu::Menu;
use domain::text::Language;
use domain::view::{BarView, OrderView};
use domain::{BarId, Timestamp};
use leptos::prelude::*;
use ui::feed::EVERY_MINUTE;
use ui::{Api, Clock, Feed, Notices, Outbox, language};

use crate::draft::Draft;
use crate::look::look;
use crate::refused::Refused;
use crate::screen::{Known, Screen, screen};
use crate::visit::Visit;
use crate::{address, memory};

/// What the screens share; found in the context.
#[derive(Clone, Copy)]
pub(crate) struct Guest {
    pub(crate) api: Api,
    pub(crate) clock: Clock,
    pub(crate) language: Language,
    pub(crate) outbox: Outbox,
    pub(crate) notices: Notices,
    /// The drink in the making.
    pub(crate) draft: RwSignal<Draft>,
    /// The name to call, as it was given last.
    pub(crate) name: RwSignal<String>,
    /// The code of the page's address, until it turns out to be of no use.
    pub(crate) code: RwSignal<Option<String>>,
    /// What the guest was refused last, until they go on from there.
    pub(crate) refused: RwSignal<Option<Refused>>,
    pub(crate) feed: Feed<Visit>,
    bar: StoredValue<BarId>,
}

impl Guest {
    /// The guest of the surrounding app.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Begins to look at a bar.
    pub(crate) fn at(bar: BarId) -> Self {
        let (api, clock): (Api, Clock) = (expect_context(), expect_context());
        let bar = StoredValue::new(bar);
        let itself = StoredValue::new_local(None::<Feed<Visit>>);
        let feed = Feed::start(clock, Some(EVERY_MINUTE), move || {
            let feed = itself.get_value();
            let seen = feed.and_then(|feed| feed.view().get_untracked());
            look(api, bar.get_value(), seen)
        });
        itself.set_value(Some(feed));
        Self {
            api,
            clock,
            language: language::current(),
            outbox: Outbox::here(),
            notices: Notices::here(),
            draft: RwSignal::new(Draft::default()),
            name: RwSignal::new(memory::name()),
            code: RwSignal::new(address::code()),
            refused: RwSignal::new(None),
            feed,
            bar,
        }
    }

    /// Which bar.
    pub(crate) fn bar_id(&self) -> BarId {
        self.bar.get_value()
    }

    /// Something about the bar; follows it. None while nothing is known of it.
    pub(crate) fn bar<T>(&self, read: impl FnOnce(&BarView) -> T) -> Option<T> {
        let visit = self.feed.view();
        visit.with(|visit| visit.as_ref().map(|visit| read(&visit.bar)))
    }

    /// Something about the guest's order; follows it. None when there is none.
    pub(crate) fn order<T>(&self, read: impl FnOnce(&OrderView) -> T) -> Option<T> {
        self.feed.view().with(|visit| {
            let order = visit.as_ref().and_then(|visit| visit.order.as_ref());
            order.map(read)
        })
    }

    /// The menu, as a signal of its own: it changes far less often than the bar.
    pub(crate) fn menu(&self) -> Memo<Menu> {
        let guest = *self;
        Memo::new(move |_| {
            let menu = guest.bar(|bar| bar.menu.clone());
            menu.flatten().unwrap_or_default()
        })
    }

    /// Which screen is shown.
    pub(crate) fn screen(&self) -> Memo<Screen> {
        let guest = *self;
        Memo::new(move |_| {
            let fault = guest.feed.fault().get();
            let refused = guest.refused.get();
            let draft = guest.draft.get();
            guest.feed.view().with(|visit| {
                let lost = fault.as_ref().filter(|_| visit.is_none());
                let refused = refused.or_else(|| lost.map(Refused::of_fault));
                screen(&Known { visit: visit.as_ref(), draft: &draft, refused: refused.as_ref() })
            })
        })
    }

    /// Whole seconds from the server's present to `at`, rounded up; 0 when it is past. Counts down.
    pub(crate) fn seconds_to(&self, at: Timestamp) -> u64 {
        at.millis_since(self.clock.now()).div_ceil(1000)
    }
}
