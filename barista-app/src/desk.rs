//! What the parts of the working screen share: the views of the bar, kept current, and what the
//! barista is about to do.

use domain::api::AppConfig;
use domain::menu::{Menu, Named};
use domain::topic::Topic;
use domain::view::{BarStatus, BarView, OrderView, QueueView};
use domain::{BarId, Timestamp};
use leptos::prelude::*;
use ui::element::live;
use ui::feed::EVERY_MINUTE;
use ui::{Api, Clock, ConnectionState, Fault, Feed, Live, Notices, Outbox, language};

use crate::moves::Move;
use crate::panels::Panel;
use crate::undo::Undo;

/// The working screen's state.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) api: Api,
    pub(crate) clock: Clock,
    pub(crate) notices: Notices,
    pub(crate) connection: RwSignal<ConnectionState>,
    pub(crate) bar: Feed<BarView>,
    /// The queue as the server says it is.
    pub(crate) queue: Feed<QueueView>,
    /// The queue with what was tapped and is not answered yet, in the words of the tablet's
    /// language.
    pub(crate) shown: RwSignal<Option<QueueView>>,
    /// What was tapped and is not answered yet, oldest first.
    pub(crate) moves: RwSignal<Vec<Move>>,
    pub(crate) undo: RwSignal<Option<Undo>>,
    /// What is open over the lanes.
    pub(crate) panel: RwSignal<Option<Panel>>,
    /// How many tickets of one lane fit below each other.
    pub(crate) slots: RwSignal<usize>,
    /// Opens, pauses and closes the bar.
    pub(crate) outbox: Outbox,
    /// Hears every answer to a command about the bar.
    pub(crate) bar_answered: Callback<Result<BarView, Fault>>,
    bar_id: StoredValue<BarId>,
}

impl Desk {
    /// Fetches and follows the views of a bar for as long as the surrounding component lives.
    pub(crate) fn at(bar: BarId) -> Self {
        let (api, clock): (Api, Clock) = (expect_context(), expect_context());
        let config: AppConfig = expect_context();
        let topics = vec![Topic::Queue(bar.clone()), Topic::Sign(bar.clone())];
        let of_bar = bar.clone();
        let queue = Feed::start(clock, Some(EVERY_MINUTE), move || {
            let bar = of_bar.clone();
            async move { api.queue(&bar).await }
        });
        let of_bar = bar.clone();
        let bar_feed = Feed::start(clock, None, move || {
            let bar = of_bar.clone();
            async move { api.bar(&bar).await }
        });
        let ready = move || {
            queue.refetch();
            bar_feed.refetch();
        };
        let live = Live::start(config.live, api.session(), topics, ready, move |topic, payload| {
            hear(queue, bar_feed, &topic, payload);
        });
        let desk = Self {
            api,
            clock,
            notices: Notices::here(),
            connection: live.state(),
            bar: bar_feed,
            queue,
            shown: RwSignal::new(None),
            moves: RwSignal::new(Vec::new()),
            undo: RwSignal::new(None),
            panel: RwSignal::new(None),
            slots: RwSignal::new(2),
            outbox: Outbox::here(),
            bar_answered: Callback::new(move |answer| match answer {
                Ok(bar) => bar_feed.hear(move |shown: &mut BarView| shown.apply(&bar)),
                Err(_) => bar_feed.refetch(),
            }),
            bar_id: StoredValue::new(bar),
        };
        Effect::new(move || desk.shown.set(desk.expected()));
        // A pause ends by the clock alone: no message tells.
        Effect::new(move || {
            if let Some(until) = desk.paused_until() {
                bar_feed.refetch_at(until);
            }
        });
        desk
    }

    /// Which bar.
    pub(crate) fn bar_id(&self) -> BarId {
        self.bar_id.get_value()
    }

    /// Whether the bar takes orders, once that is known; follows it.
    pub(crate) fn status(&self) -> Option<BarStatus> {
        self.bar.view().with(|bar| bar.as_ref().map(|bar| bar.status))
    }

    /// When a pause ends by itself; follows it.
    pub(crate) fn paused_until(&self) -> Option<Timestamp> {
        self.bar.view().with(|bar| bar.as_ref().and_then(|bar| bar.paused_until))
    }

    /// What comes of the menu, once that is known; follows it.
    pub(crate) fn with_menu<T>(&self, look: impl FnOnce(Option<&Menu>) -> T) -> T {
        self.bar.view().with(|bar| look(bar.as_ref().and_then(|bar| bar.menu.as_ref())))
    }

    /// The same at this moment.
    pub(crate) fn with_menu_untracked<T>(&self, look: impl FnOnce(Option<&Menu>) -> T) -> T {
        let bar = self.bar.view();
        bar.with_untracked(|bar| look(bar.as_ref().and_then(|bar| bar.menu.as_ref())))
    }

    /// What is made of the menu: drawn once that is known, which may be after a sheet is opened,
    /// and again when drinks come or go. What is sold out meanwhile only marks it, for what is
    /// drawn anew loses the press that is about to be made.
    pub(crate) fn drawn_from_menu(
        self,
        draw: impl Fn(&Menu) -> AnyView + Send + 'static,
    ) -> AnyView {
        let drinks =
            Memo::new(move |_| self.with_menu(|menu| menu.map_or(0, |menu| menu.drinks.len())));
        live(move || {
            drinks.track();
            self.with_menu_untracked(|menu| menu.map_or_else(|| ().into_any(), &draw))
        })
    }

    /// The name of who works here.
    pub(crate) fn me(&self) -> Option<String> {
        self.api.session().get_untracked().and_then(|session| session.actor.name)
    }

    /// Opens a panel, without what was said before.
    pub(crate) fn opens(&self, panel: Panel) {
        self.notices.clear();
        self.panel.set(Some(panel));
    }

    /// Closes whatever is open over the lanes.
    pub(crate) fn closes(&self) {
        self.panel.try_set(None);
    }

    /// Hears an order as an answer has it.
    pub(crate) fn hear(&self, order: OrderView) {
        self.queue.hear(move |queue| queue.answered(&order));
    }

    fn expected(&self) -> Option<QueueView> {
        let mut queue = self.queue.view().get()?;
        let me = self.me();
        self.moves.with(|moves| {
            for tapped in moves {
                tapped.expect(&mut queue, me.as_deref());
            }
        });
        let language = language::current();
        self.with_menu(|menu| {
            let Some(menu) = menu else {
                return;
            };
            for order in queue.orders.iter_mut().chain(&mut queue.recent) {
                let Named { drink, options } = Named::order(menu, order, language);
                order.drink_name = Some(drink);
                order.option_names = Some(options);
            }
        });
        Some(queue)
    }
}

fn hear(queue: Feed<QueueView>, bar: Feed<BarView>, topic: &Topic, payload: &[u8]) {
    match topic {
        Topic::Queue(_) => queue.hear_message(payload, QueueView::apply),
        Topic::Sign(_) => bar.hear_message(payload, BarView::apply),
        Topic::Status(_) | Topic::Board(_) | Topic::Code(_) | Topic::Orders(_) => {}
    }
}
