//! The guest of one bar: what is known and what is being chosen. What can be done about it is in
//! `commands`.
//!
//! What screens follow is a handful of signals made here once: each further kind of signal would
//! be a thousand bytes of a phone's download.

use domain::menu::Menu;
use domain::text::Language;
use domain::view::{BarStatus, OrderView};
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

/// What the screens share.
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
    /// The code of the page's address, until it turns out to be of no use; else empty.
    pub(crate) code: RwSignal<String>,
    /// The code as far as it has been typed.
    pub(crate) typed: RwSignal<String>,
    /// What the guest was refused last, until they go on from there.
    pub(crate) refused: RwSignal<Option<Refused>>,
    /// Whether the question before an order is called off is open.
    pub(crate) is_asking: RwSignal<bool>,
    pub(crate) feed: Feed<Visit>,
    /// The bar's name, status and wait.
    pub(crate) face: Memo<Face>,
    /// The bar's menu: empty while it is not known.
    pub(crate) menu: Memo<Menu>,
    /// The guest's order, until its end has been seen and dismissed.
    pub(crate) order: Memo<Option<OrderView>>,
    /// Which screen is shown.
    pub(crate) screen: Memo<Screen>,
    bar: StoredValue<BarId>,
}

/// What a guest sees of a bar beside its menu.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Face {
    pub(crate) name: String,
    pub(crate) place: String,
    /// None while nothing is known.
    pub(crate) status: Option<BarStatus>,
    pub(crate) wait_seconds: u32,
}

impl Guest {
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
        let draft = RwSignal::new(Draft::default());
        let refused = RwSignal::new(None);
        let visit = feed.view();
        Self {
            api,
            clock,
            language: language::current(),
            outbox: Outbox::here(),
            notices: Notices::here(),
            draft,
            name: RwSignal::new(memory::name()),
            code: RwSignal::new(address::code()),
            typed: RwSignal::new(String::new()),
            refused,
            is_asking: RwSignal::new(false),
            feed,
            face: Memo::new(move |_| {
                visit.with(|visit| visit.as_ref().map(face).unwrap_or_default())
            }),
            menu: Memo::new(move |_| {
                let menu = visit.with(|visit| visit.as_ref()?.bar.menu.clone());
                menu.unwrap_or_default()
            }),
            order: Memo::new(move |_| visit.with(|visit| visit.as_ref()?.order.clone())),
            screen: Memo::new(move |_| {
                let draft = draft.read();
                let refused = refused.get();
                visit.with(|visit| {
                    let fault = feed.fault().get().filter(|_| visit.is_none());
                    let refused = refused.or_else(|| fault.as_ref().map(Refused::of_fault));
                    screen(&Known {
                        visit: visit.as_ref(),
                        draft: &draft,
                        refused: refused.as_ref(),
                    })
                })
            }),
            bar,
        }
    }

    /// Which bar.
    pub(crate) fn bar_id(&self) -> BarId {
        self.bar.get_value()
    }

    /// Whole seconds from the server's present to `at`, rounded up; 0 when it is past. Counts down.
    pub(crate) fn seconds_to(&self, at: Timestamp) -> u64 {
        at.millis_since(self.clock.now()).div_ceil(1000)
    }
}

fn face(visit: &Visit) -> Face {
    Face {
        name: visit.bar.name.clone(),
        place: visit.bar.place.clone(),
        status: Some(visit.bar.status),
        wait_seconds: visit.bar.wait_seconds,
    }
}
