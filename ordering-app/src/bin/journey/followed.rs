//! The journey that is followed, and what keeps it current.

use std::time::Duration;

use domain::api::AppConfig;
use domain::journey::JourneyView;
use domain::topic::Topic;
use domain::view::BarView;
use domain::{OrderId, Status};
use leptos::prelude::*;
use ui::feed::{EVERY_MINUTE, Feed};
use ui::sleep::sleep;
use ui::{Api, Clock, ConnectionState, Live};

use crate::reader::Reader;

/// How long after a step it is written down when everybody had heard.
const WRITTEN_DOWN: Duration = Duration::from_secs(3);

/// One order, followed by somebody.
#[derive(Clone, Copy)]
pub(crate) struct Followed {
    pub(crate) reader: Reader,
    pub(crate) clock: Clock,
    pub(crate) journey: Feed<JourneyView>,
    /// For its name, its time zone and the names of its drinks.
    pub(crate) bar: Feed<BarView>,
    pub(crate) connection: RwSignal<ConnectionState>,
}

impl Followed {
    /// Follows an order until the surrounding component is gone.
    pub(crate) fn begin(reader: Reader, order: OrderId) -> Self {
        let (api, clock): (Api, Clock) = (expect_context(), expect_context());
        let (bar, asked) = (order.bar(), order.clone());
        let followed = Self {
            reader,
            clock,
            journey: Feed::start(clock, Some(EVERY_MINUTE), move || {
                let order = asked.clone();
                async move { api.journey(&order).await }
            }),
            bar: Feed::start(clock, None, move || {
                let bar = bar.clone();
                async move { api.bar(&bar).await }
            }),
            connection: RwSignal::new(ConnectionState::Reconnecting),
        };
        followed.listen(api, order);
        clock.after_a_jump(move || followed.journey.refetch());
        followed
    }

    fn listen(self, api: Api, order: OrderId) {
        let Some(session) = api.session().get_untracked() else {
            return;
        };
        let topic = match self.reader {
            Reader::Guest => Topic::Orders(session.actor.person),
            Reader::Staff => Topic::Queue(order.bar()),
        };
        let config: AppConfig = expect_context();
        Live::start_showing(
            self.connection,
            config.live,
            api.session(),
            vec![topic],
            move || self.journey.refetch(),
            // Whatever a message says of the order, the log says more.
            move |_, message| {
                let name = order.as_str().as_bytes();
                if message.windows(name.len()).any(|part| part == name) {
                    self.hears();
                }
            },
        );
    }

    /// Something has happened to the order.
    fn hears(self) {
        self.journey.refetch();
        if self.tells_hops() {
            leptos::task::spawn_local(async move {
                sleep(WRITTEN_DOWN).await;
                self.journey.refetch();
            });
        }
    }

    /// Whether it is written down here when everybody has heard.
    fn tells_hops(self) -> bool {
        let of = |journey: &JourneyView| journey.steps.iter().any(|step| step.hops.is_some());
        self.journey.view().with_untracked(|journey| journey.as_ref().is_some_and(of))
    }
}

/// Where an order is, by its last step.
pub(crate) fn status(journey: &JourneyView) -> Option<Status> {
    journey.steps.last().map(|step| step.status)
}
