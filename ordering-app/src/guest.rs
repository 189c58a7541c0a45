//! The guest of one bar: what is known, and what they have in hand. What can be done about it is
//! in `commands`.
//!
//! Two signals and one that is worked out from them: each further kind of signal would be some
//! thousand bytes of a phone's download.

use domain::text::Language;
use domain::view::OrderView;
use domain::{BarId, Timestamp};
use leptos::prelude::*;
use ui::feed::EVERY_MINUTE;
use ui::{Api, Clock, Fault, Feed, Notices, Outbox, language};

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
    pub(crate) outbox: Outbox,
    pub(crate) notices: Notices,
    /// What the bar knows.
    pub(crate) feed: Feed<Visit>,
    /// What only this phone knows.
    pub(crate) hand: RwSignal<Hand>,
    /// What is shown.
    pub(crate) screen: Memo<Screen>,
    /// Hears the answers. Made once: a screen that is drawn anew takes with it what it made, and
    /// the news that draws it anew may come before the answer.
    pub(crate) answered: Callback<Result<OrderView, Fault>>,
    bar: StoredValue<BarId>,
}

/// What the guest has in hand: nothing of it is known to the bar.
pub(crate) struct Hand {
    /// The drink in the making.
    pub(crate) draft: Draft,
    /// The order whose drink is wanted once more.
    pub(crate) again: Option<OrderView>,
    /// What was refused last, until the guest goes on from there.
    pub(crate) refused: Option<Refused>,
    /// Whether the guest asked to come in, and was told to wait.
    pub(crate) wants_in: bool,
    /// Whether the question before an order is called off is open.
    pub(crate) is_asking: bool,
    /// The code of the page's address, until it turns out to be of no use; else empty.
    pub(crate) code: String,
    /// The code as far as it has been typed.
    pub(crate) typed: String,
    /// The name to call.
    pub(crate) name: String,
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
        let hand = RwSignal::new(Hand {
            draft: Draft::default(),
            again: None,
            refused: None,
            wants_in: false,
            is_asking: false,
            code: address::code(),
            typed: String::new(),
            name: memory::name(),
        });
        let screen = Memo::new(move |_| {
            feed.view().with(|visit| {
                let fault = feed.fault().get().filter(|_| visit.is_none());
                let lost = fault.as_ref().map(Refused::of_fault);
                hand.with(|hand| {
                    screen(&Known {
                        visit: visit.as_ref(),
                        draft: &hand.draft,
                        refused: hand.refused.as_ref().or(lost.as_ref()),
                        language: language::current(),
                    })
                })
            })
        });
        let this = StoredValue::new(None::<Self>);
        let answered = Callback::new(move |answer| {
            if let Some(guest) = this.get_value() {
                guest.answered(answer);
            }
        });
        let guest = Self {
            api,
            clock,
            outbox: Outbox::here(),
            notices: Notices::here(),
            feed,
            hand,
            screen,
            answered,
            bar,
        };
        this.set_value(Some(guest));
        guest.resume();
        guest.remember_again();
        guest
    }

    /// What the guest reads; who draws with it is drawn anew when it changes.
    pub(crate) fn language(&self) -> Language {
        language::current()
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
