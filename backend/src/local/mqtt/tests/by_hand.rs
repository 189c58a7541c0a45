//! Bytes on a WebSocket, good and bad.

use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::{
    ACCEPTED, HOLDER, Limits, PINGREQ, PINGRESP, Server, TOKEN, TOPIC, connect, connect_as, packet,
    publish, soon, string, subscribe,
};

const NORMAL: Option<u16> = Some(1000);
const AWAY: Option<u16> = Some(1001);
const PROTOCOL: Option<u16> = Some(1002);
const UNSUPPORTED: Option<u16> = Some(1003);
const POLICY: Option<u16> = Some(1008);
const TOO_LARGE: Option<u16> = Some(1009);

#[tokio::test]
async fn packets_may_be_split_over_frames_and_share_them() {
    let server = Server::start().await;
    let mut socket = server.open().await;
    for byte in connect("", 0) {
        socket.say(&[byte]).await;
    }
    assert_eq!(socket.hear().await, ACCEPTED);
    let two_and_a_half = [&PINGREQ[..], &subscribe(TOPIC, 0), &PINGREQ[..1]].concat();
    socket.say(&two_and_a_half).await;
    assert_eq!(socket.hear().await, PINGRESP);
    assert_eq!(socket.hear().await, [0x90, 3, 0, 1, 0]);
    socket.say(&PINGREQ[1..]).await;
    assert_eq!(socket.hear().await, PINGRESP);
    // More requests in a frame than answers are kept for.
    socket.say(&PINGREQ.repeat(1000)).await;
    for _ in 0..1000 {
        assert_eq!(socket.hear().await, PINGRESP);
    }
}

#[tokio::test]
async fn connect_is_answered_as_the_standard_says() {
    let will = [b"\0\x04MQTT\x04\xc6\0\0", &string("id")[..], &string(TOPIC), &string("gone")];
    let will = [will.concat(), string("session"), string(TOKEN)].concat();
    let unclean = |id| {
        let mut packet = connect(id, 0);
        packet[9] = 0xc0;
        packet
    };
    for (name, packet, code) in [
        ("empty id", connect("", 0), 0),
        ("an id", connect("a-phone", 60), 0),
        ("not clean", unclean("a-phone"), 0),
        ("not clean without an id", unclean(""), 2),
        ("MQTT 5", packet(0x10, b"\0\x04MQTT\x05\x02\0\0\0\0\0"), 1),
        ("MQTT 3.1", packet(0x10, b"\0\x06MQIsdp\x03\x02\0\0\0\x01a"), 1),
        ("no credentials", packet(0x10, b"\0\x04MQTT\x04\x02\0\0\0\0"), 4),
        ("another user", connect_as("", 0, "ada", TOKEN), 4),
        ("forged token", connect_as("", 0, "session", "forged"), 5),
        ("empty token", connect_as("", 0, "session", ""), 5),
        ("a will", packet(0x10, &will), 5),
    ] {
        let server = Server::start().await;
        let mut socket = server.open().await;
        // What follows a refused CONNECT must not keep the refusal from arriving.
        socket.say(&[packet, subscribe(TOPIC, 0)].concat()).await;
        assert_eq!(socket.hear().await, [0x20, 2, 0, code], "{name}");
        if code == 0 {
            assert_eq!(socket.hear().await, [0x90, 3, 0, 1, 0], "{name}");
        } else {
            assert_eq!(socket.closed().await, POLICY, "{name}");
        }
    }
}

#[tokio::test]
async fn what_breaks_the_protocol_ends_the_connection() {
    let server = Server::start().await;
    for (name, said) in [
        ("second CONNECT", connect("", 0)),
        ("CONNECT of MQTT 5", packet(0x10, b"\0\x04MQTT\x05\x02\0\0\0\0\0")),
        ("PUBLISH", publish(TOPIC, "hello")),
        ("PUBREL", vec![0x62, 2, 0, 1]),
        ("a packet of the server", ACCEPTED.to_vec()),
        ("no such packet", vec![0x00, 0]),
        ("no such packet", vec![0xf0, 0]),
        ("length of five bytes", vec![0x82, 0xff, 0xff, 0xff, 0xff, 1]),
        ("wrong flags", [&[0x80], &subscribe(TOPIC, 0)[1..]].concat()),
        ("PINGREQ with a body", vec![0xc0, 1, 0]),
        ("SUBSCRIBE without filters", packet(0x82, &[0, 1])),
        ("SUBSCRIBE without id", packet(0x82, &[&[0, 0], &string(TOPIC)[..], &[0]].concat())),
        ("SUBSCRIBE to nothing", subscribe("", 0)),
        ("SUBSCRIBE to NUL", subscribe("bars/\0", 0)),
        ("SUBSCRIBE not UTF-8", packet(0x82, &[0, 1, 0, 1, 0xff, 0])),
        ("SUBSCRIBE at QoS 3", subscribe(TOPIC, 3)),
        ("SUBSCRIBE with options of MQTT 5", subscribe(TOPIC, 4)),
        ("SUBSCRIBE cut short", packet(0x82, &[0, 1, 0, 9, b'b'])),
        ("UNSUBSCRIBE without filters", packet(0xa2, &[0, 1])),
        ("PUBACK with bytes to spare", vec![0x40, 3, 0, 1, 0]),
        ("PUBACK without id", vec![0x40, 2, 0, 0]),
    ] {
        let mut socket = server.enter().await;
        socket.say(&said).await;
        assert_eq!(socket.closed().await, PROTOCOL, "{name}");
    }
}

#[tokio::test]
async fn what_is_no_connect_is_refused_before_it() {
    let server = Server::start().await;
    let mut password_alone = connect("", 0);
    password_alone[9] = 0x42;
    for (name, said) in [
        ("PINGREQ", PINGREQ.to_vec()),
        ("DISCONNECT", vec![0xe0, 0]),
        ("SUBSCRIBE", subscribe(TOPIC, 0)),
        ("reserved flag", packet(0x10, b"\0\x04MQTT\x04\x03\0\0\0\0")),
        ("QoS of no will", packet(0x10, b"\0\x04MQTT\x04\x0a\0\0\0\0")),
        ("no such QoS of a will", packet(0x10, b"\0\x04MQTT\x04\x1e\0\0\0\0\0\x01a\0\0")),
        ("password without username", password_alone),
        ("NUL in the id", connect("\0", 0)),
        ("another protocol", packet(0x10, b"\0\x04HTTP\x04\x02\0\0\0\0")),
        ("cut short", packet(0x10, b"\0\x04MQTT\x04")),
        ("empty", vec![0x10, 0]),
    ] {
        let mut socket = server.open().await;
        socket.say(&said).await;
        assert_eq!(socket.closed().await, PROTOCOL, "{name}");
    }
}

#[tokio::test]
async fn packets_beyond_64_kib_end_the_connection_and_smaller_ones_do_not() {
    let server = Server::start().await;
    let body = [&[0, 1], &string(&"x".repeat(65_527))[..], &[0]].concat();
    let largest = [&[0x82, 0xfc, 0xff, 0x03], &body[..]].concat();
    assert_eq!(largest.len(), 64 * 1024);
    let mut socket = server.enter().await;
    for part in largest.chunks(10_000) {
        socket.say(part).await;
    }
    assert_eq!(socket.hear().await, [0x90, 3, 0, 1, 0x80], "no such topic");
    socket.say(&largest).await;
    assert_eq!(socket.hear().await, [0x90, 3, 0, 1, 0x80], "in one frame");

    // One byte more is known from the first four.
    let mut socket = server.enter().await;
    socket.say(&[0x82, 0xfd, 0xff, 0x03]).await;
    assert_eq!(socket.closed().await, TOO_LARGE);

    let mut socket = server.enter().await;
    let _ = soon(socket.0.send(Message::binary(vec![0; 10_000_000]))).await;
    socket.closed().await;
}

#[tokio::test]
async fn text_and_other_subprotocols_are_refused() {
    let server = Server::start().await;
    let mut socket = server.enter().await;
    soon(socket.0.send(Message::text("hello"))).await.expect("sent");
    assert_eq!(socket.closed().await, UNSUPPORTED);

    let refused = soon(connect_async(server.url.as_str())).await;
    assert!(matches!(refused, Err(Error::Http(response)) if response.status() == 400));
}

#[tokio::test]
async fn disconnect_closes_and_so_does_the_end_of_the_server() {
    let server = Server::start().await;
    let mut socket = server.enter().await;
    socket.say(&[0xe0, 0]).await;
    assert_eq!(socket.closed().await, NORMAL);

    let mut socket = server.enter().await;
    let mut silent = server.open().await;
    let (closed, code, other) =
        tokio::join!(soon(server.broker.close_all()), socket.closed(), silent.closed());
    assert_eq!((closed, code, other), ((), AWAY, AWAY));
    assert_eq!(server.broker.connections(), 0);
    assert!(matches!(soon(connect_async(server.url.as_str())).await, Err(Error::Http(_))));
}

#[tokio::test]
async fn the_silent_are_closed() {
    let short = Duration::from_millis(50);
    let server = Server::with(Limits { connect: short, ..Limits::default() }).await;
    assert_eq!(server.open().await.closed().await, None, "no CONNECT");

    let mut socket = server.open().await;
    socket.say(&connect("", 1)).await;
    let since = std::time::Instant::now();
    assert_eq!(socket.hear().await, ACCEPTED);
    assert_eq!(socket.closed().await, None, "no packet within 1.5 x keep-alive");
    assert!(since.elapsed() >= Duration::from_millis(1400), "{:?}", since.elapsed());

    // Without a keep-alive the WebSocket asks. A client that reads answers, and stays.
    let server = Server::with(Limits { silence: 10 * short, ..Limits::default() }).await;
    let mut awake = server.listen(0).await;
    let asleep = server.listen(0).await;
    soon(async {
        while server.broker.connections() > 1 {
            let _ = tokio::time::timeout(Duration::from_millis(10), awake.hear()).await;
        }
    })
    .await;
    server.broker.publish(TOPIC, "still here".into());
    assert_eq!(awake.hear().await, publish(TOPIC, "still here"));
    drop(asleep);
}

#[tokio::test]
async fn expired_and_revoked_passes_end_their_connections() {
    let recheck = Duration::from_millis(20);
    let server = Server::with(Limits { recheck, ..Limits::default() }).await;
    let mut socket = server.listen(0).await;
    server.door.revoked.store(true, Ordering::Relaxed);
    assert_eq!(socket.closed().await, POLICY);

    // By the guard's clock, which is looked at whenever its time may have come.
    let server = Server::start().await;
    server.door.left_millis.store(50, Ordering::Relaxed);
    let mut socket = server.listen(0).await;
    server.door.left_millis.store(0, Ordering::Relaxed);
    assert_eq!(socket.closed().await, POLICY);
}

#[tokio::test]
async fn a_pass_that_is_taken_back_ends_its_connections_at_once() {
    let server = Server::start().await;
    let mut socket = server.listen(0).await;
    server.broker.ask_again(HOLDER);
    server.broker.publish(TOPIC, "goes on".into());
    assert_eq!(socket.hear().await, publish(TOPIC, "goes on"));

    server.door.revoked.store(true, Ordering::Relaxed);
    server.broker.ask_again("bob");
    server.broker.publish(TOPIC, "not asked".into());
    assert_eq!(socket.hear().await, publish(TOPIC, "not asked"));
    // The minute after which it would be asked anyway is not waited for.
    server.broker.ask_again(HOLDER);
    assert_eq!(socket.closed().await, POLICY);

    // Whoever comes meanwhile is asked once more after being let in.
    let mut late = server.open().await;
    late.say(&connect("", 0)).await;
    assert_eq!(late.hear().await, [0x20, 2, 0, 5]);
}

#[tokio::test]
async fn the_same_client_again_replaces_itself_and_nobody_else() {
    let server = Server::start().await;
    let mut first = server.open().await;
    first.say(&connect("a-phone", 0)).await;
    assert_eq!(first.hear().await, ACCEPTED);
    let mut other = server.open().await;
    other.say(&connect("another-phone", 0)).await;
    assert_eq!(other.hear().await, ACCEPTED);
    let mut second = server.open().await;
    second.say(&connect("a-phone", 0)).await;
    assert_eq!(second.hear().await, ACCEPTED);
    assert_eq!(first.closed().await, POLICY);
    for socket in [&mut other, &mut second] {
        socket.say(&PINGREQ).await;
        assert_eq!(socket.hear().await, PINGRESP);
    }
}

/// A WebSocket does not give back what it needed to hear a long message, so few may say one.
#[tokio::test]
async fn few_connections_at_once_may_say_something_long() {
    let server = Server::with(Limits { long_winded: 2, ..Limits::default() }).await;
    let filter = string(&"x".repeat(60_000));
    let length = filter.len() + 2;
    let length =
        [(length % 128) as u8 | 0x80, (length / 128 % 128) as u8 | 0x80, (length >> 14) as u8];
    let long = [&[0xa2][..], &length, &[0, 1], &filter].concat();
    let unsuback = [0xb0, 2, 0, 1];
    let (mut first, mut second) = (server.enter().await, server.enter().await);
    for socket in [&mut first, &mut second] {
        // What one says again counts once.
        for _ in 0..2 {
            socket.say(&long).await;
            assert_eq!(socket.hear().await, unsuback);
        }
    }
    let mut third = server.enter().await;
    third.say(&long).await;
    assert_eq!(third.closed().await, TOO_LARGE);
    drop(first);
    loop {
        let mut next = server.enter().await;
        next.say(&long).await;
        if next.0.next().await.is_some_and(|said| said.is_ok_and(|said| said.is_binary())) {
            break;
        }
    }
}
