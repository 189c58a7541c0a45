//! Readers that are too slow, and those beside them.

use std::time::Duration;

use bytes::Bytes;
use futures_util::SinkExt;
use tokio_tungstenite::tungstenite::Message;

use super::{Limits, PINGREQ, PINGRESP, Server, TOPIC, soon, subscribe};

#[tokio::test]
async fn a_slow_reader_is_cut_off_and_nobody_else_notices() {
    let server = Server::start().await;
    let slow = server.listen(0).await;
    let mut quick = server.listen(0).await;
    let payload = Bytes::from(vec![b'x'; 50_000]);
    let mut heard = 0;
    while server.broker.cut_off() == 0 {
        server.broker.publish(TOPIC, payload.clone());
        assert!(quick.hear().await.ends_with(&payload[..]));
        heard += 1;
        assert!(heard < 2000, "100 MB are more than any socket takes");
    }
    assert_eq!(server.broker.cut_off(), 1);
    soon(async {
        while server.broker.connections() > 1 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    server.broker.publish(TOPIC, "after".into());
    assert!(quick.hear().await.ends_with(b"after"));
    drop(slow);
}

#[tokio::test]
async fn a_reader_that_never_acknowledges_is_cut_off() {
    let limits = Limits { in_flight: 3, queued_messages: 5, ..Limits::default() };
    let server = Server::with(limits).await;
    let mut socket = server.listen(1).await;
    let mut ids = Vec::new();
    for number in 0..3_u8 {
        server.broker.publish(TOPIC, number.to_string().into());
        let bytes = socket.hear().await;
        assert_eq!(bytes[0], 0x32, "QoS 1");
        assert_eq!(bytes.last(), Some(&(b'0' + number)));
        ids.push(bytes[bytes.len() - 3..bytes.len() - 1].to_vec());
    }
    for number in 3..6 {
        server.broker.publish(TOPIC, number.to_string().into());
    }
    // Full, and still served: answers do not wait behind messages.
    socket.say(&PINGREQ).await;
    assert_eq!(socket.hear().await, PINGRESP);
    socket.say(&[&[0x40, 2], &ids[1][..]].concat()).await;
    let bytes = socket.hear().await;
    assert_eq!(bytes.last(), Some(&b'3'));
    assert!(!ids.contains(&bytes[bytes.len() - 3..bytes.len() - 1].to_vec()), "an id of its own");

    for _ in 0..3 {
        server.broker.publish(TOPIC, "x".into());
        assert_eq!(server.broker.cut_off(), 0);
    }
    server.broker.publish(TOPIC, "x".into());
    assert_eq!(server.broker.cut_off(), 1);
    assert_eq!(socket.closed().await, None);
}

#[tokio::test]
async fn who_takes_no_answers_is_not_read_from() {
    let server = Server::start().await;
    let pings = Message::binary(PINGREQ.repeat(30_000));
    for said in [Message::Ping(vec![0; 125].into()), pings] {
        let mut socket = server.enter().await;
        let mut sent = 0;
        let stuck = async {
            while socket.0.send(said.clone()).await.is_ok() {
                sent += said.len();
                assert!(sent < 100_000_000, "more than any socket takes");
            }
        };
        // Time is up only because the server has stopped to read.
        let stuck = tokio::time::timeout(Duration::from_secs(1), stuck).await;
        assert!(stuck.is_err(), "still connected");
    }
}

#[tokio::test]
async fn nobody_hears_more_topics_than_there_is_room_for() {
    let limits = Limits { subscriptions: 2, ..Limits::default() };
    let server = Server::with(limits).await;
    let mut socket = server.enter().await;
    for (topic, code) in [("bars/a", 0), ("bars/b", 0), ("bars/c", 0x80), ("bars/a", 0)] {
        socket.say(&subscribe(topic, 0)).await;
        assert_eq!(socket.hear().await, [0x90, 3, 0, 1, code], "{topic}");
    }
}
