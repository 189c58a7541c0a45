//! The live topics on IoT Core.

use async_trait::async_trait;
use aws_sdk_iotdataplane::Client;
use aws_sdk_iotdataplane::primitives::Blob;
use bytes::Bytes;
use domain::PersonId;
use domain::topic::Topic;

use crate::ports::{Live, Unavailable};

/// Publishes to the screens connected to IoT Core.
pub struct IotLive(Client);

impl IotLive {
    /// The live topics of this account and region.
    pub fn new(client: Client) -> Self {
        Self(client)
    }
}

#[async_trait]
impl Live for IotLive {
    async fn publish(&self, topic: &Topic, payload: Bytes) -> Result<(), Unavailable> {
        let publish = self.0.publish().topic(topic.to_string()).qos(1);
        publish.payload(Blob::new(payload)).send().await.map_err(Unavailable::new)?;
        Ok(())
    }

    /// Nothing to do: IoT Core asks again, every few minutes, whether a session still stands.
    fn sessions_withdrawn(&self, _: &PersonId) {}
}
