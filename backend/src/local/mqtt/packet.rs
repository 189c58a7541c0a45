//! What clients say: MQTT 3.1.1 packets from bytes.
//!
//! The codec parses the fields; what the standard forbids and the codec lets pass is refused
//! here. Only this file and `answer.rs` know the codec.

use mqtt_protocol_core::mqtt::packet::{SubEntry, v3_1_1};
use mqtt_protocol_core::mqtt::result_code::MqttError;

use super::outbox::End;

/// The largest packet taken from a client, fixed header included. The contract's figure.
pub(super) const MAX_PACKET: usize = 64 * 1024;

/// What clients of this broker may say.
pub(super) enum Packet {
    Connect(Connect),
    /// A CONNECT of another version of the protocol.
    ConnectOtherVersion,
    Subscribe {
        id: u16,
        filters: Vec<(String, RequestedQos)>,
    },
    Unsubscribe {
        id: u16,
        filters: Vec<String>,
    },
    Acknowledge {
        id: u16,
    },
    Ping,
    Disconnect,
}

/// The parts of CONNECT that matter here.
pub(super) struct Connect {
    pub(super) client_id: String,
    pub(super) clean_session: bool,
    pub(super) keep_alive_seconds: u16,
    pub(super) has_will: bool,
    pub(super) username: Option<String>,
    pub(super) password: Option<Vec<u8>>,
}

/// The QoS a client asks for; 2 is granted as 1.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RequestedQos {
    AtMostOnce,
    AtLeastOnce,
}

/// Takes one packet from the front of `bytes`: the packet and the bytes it took, `None` when
/// more bytes are needed, which is never so beyond [`MAX_PACKET`].
pub(super) fn next(bytes: &[u8]) -> Result<Option<(Packet, usize)>, End> {
    let Some((first, start, end)) = frame(bytes)? else {
        return Ok(None);
    };
    if end > MAX_PACKET {
        return Err(End::TooLarge);
    }
    let Some(body) = bytes.get(start..end) else {
        return Ok(None);
    };
    parse(first, body).map(|packet| Some((packet, end)))
}

/// The first byte, and where the body starts and ends.
fn frame(bytes: &[u8]) -> Result<Option<(u8, usize, usize)>, End> {
    let mut length = 0;
    for at in 1..=4 {
        let Some(byte) = bytes.get(at) else {
            return Ok(None);
        };
        length |= usize::from(byte & 0x7f) << (7 * (at - 1));
        if byte & 0x80 == 0 {
            return Ok(Some((bytes[0], at + 1, at + 1 + length)));
        }
    }
    Err(End::Violation)
}

/// The first byte is compared as a whole, which checks the reserved flags too (MQTT-2.2.2-2).
fn parse(first: u8, body: &[u8]) -> Result<Packet, End> {
    let packet = match first {
        0x10 => return connect(body),
        // The codec would take a reason code as well, which is MQTT 5.
        0x40 if body.len() == 2 => {
            Packet::Acknowledge { id: id(whole(v3_1_1::Puback::parse(body), body)?.packet_id())? }
        }
        0x82 => subscribe(&whole(v3_1_1::Subscribe::parse(body), body)?)?,
        0xa2 => unsubscribe(&whole(v3_1_1::Unsubscribe::parse(body), body)?)?,
        0xc0 if body.is_empty() => Packet::Ping,
        0xe0 if body.is_empty() => Packet::Disconnect,
        // PUBLISH and what belongs to QoS 2 are for publishers, the rest is the server's to say
        // or no packet at all.
        _ => return Err(End::Violation),
    };
    Ok(packet)
}

/// Refuses what failed to parse and what has bytes to spare.
fn whole<P>(parsed: Result<(P, usize), MqttError>, body: &[u8]) -> Result<P, End> {
    match parsed {
        Ok((packet, read)) if read == body.len() => Ok(packet),
        Ok(_) | Err(_) => Err(End::Violation),
    }
}

fn connect(body: &[u8]) -> Result<Packet, End> {
    let connect = match v3_1_1::Connect::parse(body) {
        Err(MqttError::UnsupportedProtocolVersion) => return Ok(Packet::ConnectOtherVersion),
        // MQTT 3.1, the version before, has another name for the protocol.
        Err(_) if body.starts_with(b"\0\x06MQIsdp\x03") => return Ok(Packet::ConnectOtherVersion),
        parsed => whole(parsed, body)?,
    };
    // The flags stand behind the six bytes of the name and the one of the version.
    let flags = body[7];
    let reserved = flags & 1 != 0; // MQTT-3.1.2-3
    let will = match (flags >> 2 & 1, flags >> 3 & 3, flags >> 5 & 1) {
        (0, 0, 0) => false,
        (1, 0..=2, _) => true,
        _ => return Err(End::Violation), // MQTT-3.1.2-11 to -15
    };
    let username = connect.user_name().map(str::to_owned);
    if reserved || [Some(connect.client_id()), username.as_deref()].iter().flatten().any(has_nul) {
        return Err(End::Violation);
    }
    Ok(Packet::Connect(Connect {
        client_id: connect.client_id().to_owned(),
        clean_session: connect.clean_session(),
        keep_alive_seconds: connect.keep_alive(),
        has_will: will,
        username,
        password: connect.password().map(<[u8]>::to_vec),
    }))
}

fn subscribe(packet: &v3_1_1::Subscribe) -> Result<Packet, End> {
    let entry = |entry: &SubEntry| {
        let requested = match entry.sub_opts().to_buffer() {
            [0] => RequestedQos::AtMostOnce,
            [1 | 2] => RequestedQos::AtLeastOnce,
            _ => return Err(End::Violation), // MQTT-3-8.3-4; MQTT 5 has uses for the other bits
        };
        Ok((filter(entry.topic_filter())?, requested))
    };
    if packet.entries().is_empty() {
        return Err(End::Violation); // MQTT-3.10.3-2
    }
    let filters = packet.entries().iter().map(entry).collect::<Result<_, _>>()?;
    Ok(Packet::Subscribe { id: id(packet.packet_id())?, filters })
}

fn unsubscribe(packet: &v3_1_1::Unsubscribe) -> Result<Packet, End> {
    let filters =
        packet.entries().iter().map(|entry| filter(entry.as_str())).collect::<Result<_, _>>()?;
    Ok(Packet::Unsubscribe { id: id(packet.packet_id())?, filters })
}

/// MQTT-4.7.3-1 and -2.
fn filter(filter: &str) -> Result<String, End> {
    if filter.is_empty() || has_nul(&filter) { Err(End::Violation) } else { Ok(filter.to_owned()) }
}

/// MQTT-1.5.3-2.
fn has_nul(string: &&str) -> bool {
    string.contains('\0')
}

/// MQTT-2.3.1-1.
fn id(id: u16) -> Result<u16, End> {
    if id == 0 { Err(End::Violation) } else { Ok(id) }
}
