//! The working screen: the bar's queue in three lanes, kept current.

use domain::api::AppConfig;
use domain::topic::Topic;
use domain::view::{BarStatus, BarView, OrderView, QueueView};
use domain::{BarId, Status};
use leptos::prelude::*;
use ui::feed::EVERY_MINUTE;
use ui::{Api, Clock, Fault, Feed, Live, Notice, language};

use crate::cancelling::{CancelDialog, Cancelling};
use crate::header::Header;
use crate::lane::Lane;
use crate::words;

/// What the parts of the working screen share.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) bar_id: StoredValue<BarId>,
    pub(crate) queue: Feed<QueueView>,
    pub(crate) bar: Feed<BarView>,
    /// Whether the bar takes orders, once that is known.
    pub(crate) status: Memo<Option<BarStatus>>,
    /// Hears every answer to a command about an order.
    pub(crate) answered: Callback<Result<OrderView, Fault>>,
    /// Hears every answer to a command about the bar.
    pub(crate) bar_answered: Callback<Result<BarView, Fault>>,
}

/// The working screen of one bar.
#[component]
pub(crate) fn Counter(
    /// Which bar.
    bar: BarId,
) -> impl IntoView {
    let api: Api = expect_context();
    let clock: Clock = expect_context();
    let config: AppConfig = expect_context();

    let bar_id = StoredValue::new(bar.clone());
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
    let topics = vec![Topic::Queue(bar.clone()), Topic::Status(bar)];
    let ready = move || {
        queue.refetch();
        bar_feed.refetch();
    };
    let live = Live::start(config.live, api.session(), topics, ready, move |topic, payload| {
        hear(queue, bar_feed, &topic, payload)
    });
    // A pause ends by the clock alone: no message tells.
    Effect::new(move || {
        let until = bar_feed.view().with(|bar| bar.as_ref().and_then(|bar| bar.paused_until));
        if let Some(until) = until {
            bar_feed.refetch_at(until);
        }
    });

    let desk = Desk {
        bar_id,
        queue,
        bar: bar_feed,
        status: Memo::new(move |_| bar_feed.view().with(|bar| bar.as_ref().map(|bar| bar.status))),
        answered: Callback::new(move |answer| match answer {
            Ok(order) => queue.hear(move |queue: &mut QueueView| queue.answered(&order)),
            Err(_) => queue.refetch(),
        }),
        bar_answered: Callback::new(move |answer| match answer {
            Ok(bar) => bar_feed.hear(move |shown: &mut BarView| shown.apply(&bar)),
            Err(_) => bar_feed.refetch(),
        }),
    };
    provide_context(desk);
    let cancelling = Cancelling::provide();
    view! {
        <Header connection=live.state() />
        <div class="notice-place">
            <Notice />
        </div>
        <main class="lanes">
            <Lane status=Status::Placed />
            <Lane status=Status::Making />
            <Lane status=Status::Ready />
        </main>
        <Lost />
        <CancelDialog cancelling=cancelling />
    }
}

fn hear(queue: Feed<QueueView>, bar: Feed<BarView>, topic: &Topic, payload: &[u8]) {
    match topic {
        Topic::Queue(_) => queue.hear_message(payload, QueueView::apply),
        Topic::Status(_) => bar.hear_message(payload, BarView::apply),
        Topic::Board(_) | Topic::Code(_) | Topic::Orders(_) => {}
    }
}

/// Over the lanes when there is no such bar for this person.
#[component]
fn Lost() -> impl IntoView {
    let language = language::current();
    let queue = expect_context::<Desk>().queue;
    move || {
        let fault = queue.fault().get().filter(|fault| !fault.may_pass());
        let hopeless = fault.filter(|_| queue.view().with(Option::is_none));
        hopeless.map(|fault| {
            view! {
                <div class="lost">
                    <p>{fault.sentence(language)}</p>
                    <a class="button primary" href="?">{words::other_bar(language)}</a>
                </div>
            }
        })
    }
}
