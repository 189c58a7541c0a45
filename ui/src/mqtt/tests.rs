//! Bytes of the standard, both ways.

use super::{Decoder, Malformed, Packet, REFUSED};
use super::{connect, disconnect, ping_request, subscribe, unsubscribe};

fn decode(bytes: &[u8]) -> Result<Option<Packet>, Malformed> {
    let mut decoder = Decoder::new();
    decoder.push(bytes);
    decoder.next()
}

#[test]
fn requests_are_what_the_standard_says() {
    assert_eq!(
        connect("id", "session", "token", 300),
        [b"\x10\x1e\0\x04MQTT\x04\xc2\x01\x2c\0\x02id".as_slice(), b"\0\x07session\0\x05token"]
            .concat()
    );
    let topics = ["a/b".to_owned(), "c".to_owned()];
    assert_eq!(subscribe(7, &topics), b"\x82\x0c\0\x07\0\x03a/b\0\0\x01c\0");
    assert_eq!(unsubscribe(7, "a/b"), b"\xa2\x07\0\x07\0\x03a/b");
    assert!(unsubscribe(7, &"t".repeat(124)).is_empty());
    assert_eq!(ping_request(), [0xc0, 0]);
    assert_eq!(disconnect(), [0xe0, 0]);
    // The length takes two bytes from 128 on.
    let long = connect("id", "session", &"t".repeat(1000), 0);
    assert_eq!((long[1], long[2], long.len()), (0x81, 0x08, 3 + 1025));
    assert!(connect("id", "session", &"t".repeat(65_536), 0).is_empty());
}

#[test]
fn answers_and_messages_are_understood() {
    for (bytes, packet) in [
        (&b"\x20\x02\0\0"[..], Packet::ConnAck { accepted: true }),
        (b"\x20\x02\0\x05", Packet::ConnAck { accepted: false }),
        (b"\x90\x04\0\x07\0\x80", Packet::SubAck { codes: vec![0, REFUSED] }),
        (b"\xb0\x02\0\x07", Packet::UnsubAck),
        (b"\xd0\0", Packet::PingResp),
        (
            b"\x30\x07\0\x03a/b{}",
            Packet::Publish { topic: "a/b".to_owned(), payload: b"{}".to_vec() },
        ),
        (b"\x30\x03\0\x01a", Packet::Publish { topic: "a".to_owned(), payload: Vec::new() }),
    ] {
        assert_eq!(decode(bytes), Ok(Some(packet)));
        for part in 0..bytes.len() {
            assert_eq!(decode(&bytes[..part]), Ok(None), "not whole yet");
        }
    }
}

#[test]
fn packets_may_be_split_and_share_frames() {
    let payload = vec![b'x'; 20_000];
    let message = [&b"\x30\xa3\x9c\x01\0\x01a"[..], &payload].concat();
    let bytes = [b"\x20\x02\0\0", &message[..], b"\xd0\0", &message].concat();
    for size in [1, 2, 3, 1000, bytes.len()] {
        let (mut decoder, mut packets) = (Decoder::new(), Vec::new());
        for part in bytes.chunks(size) {
            decoder.push(part);
            while let Some(packet) = decoder.next().expect("well-formed") {
                packets.push(packet);
            }
        }
        let said = Packet::Publish { topic: "a".to_owned(), payload: payload.clone() };
        let accepted = Packet::ConnAck { accepted: true };
        assert_eq!(packets, [accepted, said.clone(), Packet::PingResp, said]);
    }
}

#[test]
fn what_is_no_mqtt_is_refused() {
    for bytes in [
        &b"\x20\x02\0\x09"[..],      // no such answer
        b"\x20\x03\0\0\0",           // too long
        b"\x20\x01\0",               // too short
        b"\x21\x02\0\0",             // flags
        b"\x90\x03\0\x07\x03",       // no such QoS
        b"\x90\x02\0\x07",           // no answer at all
        b"\x30\x02\0\x03",           // a topic cut short
        b"\x30\x03\0\x01\xff",       // a topic that is not UTF-8
        b"\x32\x05\0\x01a\0\x01",    // QoS 1, which we did not ask for
        b"\xd0\x01\0",               // too long
        b"\xc0\0",                   // a request
        b"\0\0",                     // no such packet
        b"\x30\xff\xff\xff\xff\x01", // a length of five bytes
        b"\x30\xff\xff\xff\x7f",     // 256 MB
    ] {
        assert_eq!(decode(bytes), Err(Malformed), "{bytes:x?}");
    }
}
