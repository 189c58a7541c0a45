//! The live topics on the laptop's own broker.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use domain::PersonId;
use domain::topic::Topic;
use futures_util::FutureExt as _;

use super::mqtt::{Broker, Guard};
use crate::app::App;
use crate::ports::{Live, Unavailable};
use crate::session::SignedIn;

/// Publishes to the screens connected to this process.
pub(super) struct MqttLive(pub(super) Broker);

#[async_trait]
impl Live for MqttLive {
    async fn publish(&self, topic: &Topic, payload: Bytes) -> Result<(), Unavailable> {
        self.0.publish(&topic.to_string(), payload);
        Ok(())
    }

    fn sessions_withdrawn(&self, person: &PersonId) {
        self.0.ask_again(person.as_str());
    }
}

/// Lets sessions in, to the topics `domain` opens to them. Whoever keeps the accounts of a laptop
/// answers at once.
pub(super) struct LiveGuard(pub(super) App);

impl Guard for LiveGuard {
    type Pass = SignedIn;

    fn admit(&self, token: &str) -> Option<SignedIn> {
        let checked = self.0.sessions().check(token, self.0.now()).now_or_never();
        checked.and_then(Result::ok).flatten()
    }

    fn still_admits(&self, pass: &SignedIn) -> bool {
        let stands = self.0.sessions().stands(pass).now_or_never();
        stands.is_some_and(|stands| stands.unwrap_or(false))
    }

    fn may_subscribe(&self, pass: &SignedIn, topic: &str) -> bool {
        topic.parse::<Topic>().is_ok_and(|topic| topic.is_open_to(&pass.actor))
    }

    fn holder<'a>(&self, pass: &'a SignedIn) -> &'a str {
        pass.actor.person.as_str()
    }

    fn time_left(&self, pass: &SignedIn) -> Duration {
        Duration::from_millis(pass.expires_at.millis_since(self.0.now()))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use domain::api::route;

    use super::*;
    use crate::scenarios::door::House;

    #[tokio::test]
    async fn a_live_connection_lasts_as_long_as_its_session() {
        const DAY: Duration = Duration::from_secs(24 * 3600);
        let house = House::open().await;
        let guard = LiveGuard(house.app.clone());
        let bea = house.staff("bea").await;
        let pass = guard.admit(&bea.token()).expect("she is signed in");
        assert_eq!(guard.holder(&pass), bea.person().as_str());
        assert_eq!(guard.time_left(&pass), DAY);
        house.pass(24 * 3600 - 1);
        assert_eq!(guard.time_left(&pass), Duration::from_secs(1));
        house.pass(1);
        assert_eq!(guard.time_left(&pass), Duration::ZERO);
        assert!(guard.admit(&bea.token()).is_none(), "nor is she let in again");

        let bea = house.staff("bea").await;
        let pass = guard.admit(&bea.token()).expect("she is signed in");
        assert!(guard.still_admits(&pass));
        bea.sends(Method::DELETE, route::CURRENT_SESSION, None).await;
        assert!(!guard.still_admits(&pass));
    }
}
