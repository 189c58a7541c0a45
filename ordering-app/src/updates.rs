//! Live updates of the guest's orders and of the bar; of the wait there at its door only.

use domain::api::AppConfig;
use domain::topic::Topic;
use leptos::prelude::*;
use ui::{ConnectionState, Live, json};

use crate::guest::Guest;
use crate::screen::Screen;
use crate::visit::Visit;

/// Listens for as long as the surrounding component lives; `connection` says whether updates
/// arrive.
pub(crate) fn listen(guest: Guest, connection: RwSignal<ConnectionState>) {
    let config: AppConfig = expect_context();
    let session = guest.api.session();
    // Again for every new session: it may be another person's, and topics are by person.
    Effect::new(move || {
        let Some(signed_in) = session.get() else {
            return connection.set(ConnectionState::Reconnecting);
        };
        let topics = vec![Topic::Orders(signed_in.actor.person), Topic::Sign(guest.bar_id())];
        let live = Live::start_showing(
            connection,
            config.live.clone(),
            session,
            topics,
            move || {
                guest.resume();
                guest.catch_up();
            },
            move |topic, message| hear(guest, &topic, message),
        );
        // The wait changes with every order, and each phone that hears of it is paid for.
        Effect::new(move || {
            let is_at_the_door = guest.screen.with(Screen::is_at_the_door);
            live.listen_to(Topic::Status(guest.bar_id()), is_at_the_door);
        });
    });
}

fn hear(guest: Guest, topic: &Topic, message: &[u8]) {
    match topic {
        Topic::Status(_) | Topic::Sign(_) => guest.feed.hear_message(message, Visit::hear_bar),
        Topic::Orders(_) => match json::read_bytes(message) {
            Ok(order) => guest.hear_order(order),
            // Of a newer server: the order is fetched, which says what is wrong.
            Err(_) => guest.catch_up(),
        },
        // Not for guests: never subscribed to.
        Topic::Board(_) | Topic::Queue(_) | Topic::Code(_) => {}
    }
}
