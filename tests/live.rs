//! A screen that listens to live topics, through a client nobody here wrote.

use anyhow::{Context as _, Result, bail};
use domain::topic::Topic;
use rumqttc::{
    AsyncClient, Event, MqttOptions, Packet, QoS, SubscribeFilter, SubscribeReasonCode, Transport,
};
use serde::de::DeserializeOwned;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use crate::bar::Bar;
use crate::person::Person;
use crate::soon::soon;

/// A live connection. Cut off when dropped.
pub(crate) struct Screen {
    client: AsyncClient,
    grants: UnboundedReceiver<SubscribeReasonCode>,
    messages: UnboundedReceiver<Message>,
    reader: JoinHandle<()>,
}

/// What arrived on a topic.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) topic: Topic,
    pub(crate) payload: Vec<u8>,
}

impl Message {
    /// What it says.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        let said = || String::from_utf8_lossy(&self.payload).into_owned();
        serde_json::from_slice(&self.payload).with_context(said)
    }
}

impl Screen {
    /// A person's live connection.
    pub(crate) async fn of(bar: &Bar, person: &Person) -> Result<Self> {
        Self::with_token(bar, person.token()).await
    }

    /// A live connection with any token.
    pub(crate) async fn with_token(bar: &Bar, token: &str) -> Result<Self> {
        let url = format!("ws://{}{}", bar.server.address(), domain::api::route::LIVE);
        let mut options = MqttOptions::new("", url, 0);
        options.set_transport(Transport::Ws);
        options.set_clean_session(true);
        options.set_credentials("session", token);
        options.set_max_packet_size(1 << 20, 1 << 20);
        let (client, mut events) = AsyncClient::new(options, 100);
        let first = soon("a live connection", events.poll()).await??;
        if !matches!(first, Event::Incoming(Packet::ConnAck(_))) {
            bail!("not a CONNACK: {first:?}");
        }
        let (grant, grants) = unbounded_channel();
        let (message, messages) = unbounded_channel();
        let reader = tokio::spawn(async move {
            // An error is the connection's end: the channels close, which readers notice.
            while let Ok(event) = events.poll().await {
                if pass_on(event, &grant, &message).is_err() {
                    break;
                }
            }
        });
        Ok(Self { client, grants, messages, reader })
    }

    /// Subscribes; whether that was granted.
    pub(crate) async fn subscribes(&mut self, topic: &Topic) -> Result<bool> {
        self.subscribes_to(&topic.to_string()).await
    }

    /// Subscribes to whatever it is; whether that was granted.
    pub(crate) async fn subscribes_to(&mut self, topic: &str) -> Result<bool> {
        self.client.subscribe(topic, QoS::AtMostOnce).await?;
        match soon("an answer to a subscription", self.grants.recv()).await? {
            Some(SubscribeReasonCode::Success(_)) => Ok(true),
            Some(SubscribeReasonCode::Failure) => Ok(false),
            None => bail!("the live connection has ended"),
        }
    }

    /// Subscribes to all of these at once, which must be granted.
    pub(crate) async fn subscribes_to_all(&mut self, topics: &[Topic]) -> Result<()> {
        let filter = |topic: &Topic| SubscribeFilter::new(topic.to_string(), QoS::AtMostOnce);
        self.client.subscribe_many(topics.iter().map(filter)).await?;
        for topic in topics {
            match soon("an answer to a subscription", self.grants.recv()).await? {
                Some(SubscribeReasonCode::Success(_)) => {}
                Some(SubscribeReasonCode::Failure) => bail!("{topic} is refused"),
                None => bail!("the live connection has ended"),
            }
        }
        Ok(())
    }

    /// Listens to a topic no longer.
    pub(crate) async fn leaves(&self, topic: &Topic) -> Result<()> {
        Ok(self.client.unsubscribe(topic.to_string()).await?)
    }

    /// Publishes, which nobody may.
    pub(crate) async fn says(&self, topic: &Topic, text: &str) -> Result<()> {
        Ok(self.client.publish(topic.to_string(), QoS::AtMostOnce, false, text).await?)
    }

    /// The next message, whichever topic it is for.
    pub(crate) async fn next(&mut self) -> Result<Message> {
        soon("a message", self.messages.recv()).await?.context("the live connection has ended")
    }

    /// A message that has arrived already.
    pub(crate) fn waiting(&mut self) -> Option<Message> {
        self.messages.try_recv().ok()
    }

    /// Waits for the connection to be ended by the server.
    pub(crate) async fn ends(mut self) -> Result<()> {
        soon("the connection's end", async { while self.messages.recv().await.is_some() {} }).await
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

fn pass_on(
    event: Event,
    grant: &UnboundedSender<SubscribeReasonCode>,
    message: &UnboundedSender<Message>,
) -> Result<()> {
    match event {
        Event::Incoming(Packet::SubAck(answer)) => {
            answer.return_codes.into_iter().try_for_each(|code| grant.send(code))?;
        }
        Event::Incoming(Packet::Publish(publish)) => {
            let topic = publish.topic.parse().context("a topic of ours")?;
            message.send(Message { topic, payload: publish.payload.to_vec() })?;
        }
        Event::Incoming(_) | Event::Outgoing(_) => {}
    }
    Ok(())
}
