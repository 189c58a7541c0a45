//! rumqttc, a client nobody here wrote.

use std::time::Duration;

use bytes::Bytes;
use rumqttc::{
    AsyncClient, ConnectReturnCode, ConnectionError, Event, EventLoop, MqttOptions, Packet, QoS,
    SubscribeReasonCode, Transport,
};

use super::{Server, TOKEN, TOPIC, soon};

fn client(server: &Server, token: &str) -> (AsyncClient, EventLoop) {
    let mut options = MqttOptions::new("a-phone", server.url.as_str(), 0);
    options.set_transport(Transport::Ws);
    options.set_keep_alive(Duration::from_secs(5));
    options.set_credentials("session", token);
    AsyncClient::new(options, 10)
}

/// The next packet from the server.
async fn incoming(events: &mut EventLoop) -> Packet {
    loop {
        if let Event::Incoming(packet) = soon(events.poll()).await.expect("connected") {
            return packet;
        }
    }
}

async fn subscribed(server: &Server, topic: &str, qos: QoS) -> (AsyncClient, EventLoop, Packet) {
    let (client, mut events) = client(server, TOKEN);
    assert!(matches!(incoming(&mut events).await, Packet::ConnAck(_)));
    client.subscribe(topic, qos).await.expect("queued");
    let answer = incoming(&mut events).await;
    (client, events, answer)
}

fn grants(answer: Packet) -> Vec<SubscribeReasonCode> {
    let Packet::SubAck(suback) = answer else { panic!("unexpected {answer:?}") };
    suback.return_codes
}

#[tokio::test]
async fn messages_arrive_at_the_qos_asked_for() {
    for (asked, granted) in [
        (QoS::AtMostOnce, QoS::AtMostOnce),
        (QoS::AtLeastOnce, QoS::AtLeastOnce),
        (QoS::ExactlyOnce, QoS::AtLeastOnce),
    ] {
        let server = Server::start().await;
        let (_client, mut events, answer) = subscribed(&server, TOPIC, asked).await;
        assert_eq!(grants(answer), [SubscribeReasonCode::Success(granted)]);
        // More than may be in flight at once, so that acknowledgements are seen to be heard.
        for number in 0..200 {
            server.broker.publish(TOPIC, Bytes::from(format!("message {number}")));
        }
        for number in 0..200 {
            let Packet::Publish(message) = incoming(&mut events).await else { panic!("a message") };
            assert_eq!(message.topic, TOPIC);
            assert_eq!(message.qos, granted);
            assert_eq!(message.payload, format!("message {number}"));
            assert!(!message.retain && !message.dup);
        }
    }
}

#[tokio::test]
async fn topics_outside_ones_rights_and_wildcards_are_refused() {
    let server = Server::start().await;
    for topic in ["people/ada/orders", "bars/+/status", "bars/#", "#", "$SYS/broker"] {
        let (_client, _events, answer) = subscribed(&server, topic, QoS::AtMostOnce).await;
        assert_eq!(grants(answer), [SubscribeReasonCode::Failure], "{topic}");
    }
}

#[tokio::test]
async fn a_bad_password_is_not_authorized() {
    let server = Server::start().await;
    let (_client, mut events) = client(&server, "a-forged-token");
    let refused = soon(events.poll()).await;
    assert!(
        matches!(
            refused,
            Err(ConnectionError::ConnectionRefused(ConnectReturnCode::NotAuthorized))
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn unsubscribed_topics_are_silent_and_disconnecting_leaves_nothing_behind() {
    let server = Server::start().await;
    let (client, mut events, _) = subscribed(&server, TOPIC, QoS::AtMostOnce).await;
    client.subscribe("bars/other/status", QoS::AtMostOnce).await.expect("queued");
    assert!(matches!(incoming(&mut events).await, Packet::SubAck(_)));
    client.unsubscribe(TOPIC).await.expect("queued");
    assert!(matches!(incoming(&mut events).await, Packet::UnsubAck(_)));
    server.broker.publish(TOPIC, Bytes::from_static(b"not heard"));
    server.broker.publish("bars/other/status", Bytes::from_static(b"heard"));
    let Packet::Publish(message) = incoming(&mut events).await else { panic!("a message") };
    assert_eq!(message.payload, "heard");

    client.disconnect().await.expect("queued");
    let ended = async { while events.poll().await.is_ok() {} };
    soon(ended).await;
    soon(async {
        while server.broker.connections() > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
