//! The wire format of the live topics: as much of MQTT 3.1.1 as a subscriber at QoS 0 needs.
//!
//! Bytes in, bytes out; it must not know of sockets or of the browser. No other file of the apps
//! knows which codec does the work.

#[cfg(test)]
mod tests;

use mqtt_protocol_core::mqtt::packet::v3_1_1::{
    Connack, Connect, Disconnect, Pingreq, Publish, Suback, Subscribe,
};
use mqtt_protocol_core::mqtt::packet::{GenericPacketTrait, SubEntry, SubOpts};
use mqtt_protocol_core::mqtt::result_code::{ConnectReturnCode, MqttError};

/// The largest packet taken from the server, fixed header included: far beyond any view we show,
/// and a limit to what a broken server can make a phone store.
const MAX_PACKET: usize = 1024 * 1024;

/// CONNECT with a clean session. An empty `client_id` is allowed; a connection that repeats the
/// id of another with the same password ends that one, so two tabs need two ids.
/// `keep_alive_seconds` of 0 turns the keep-alive off. A text beyond 65,535 bytes, which none of
/// ours comes near, gives no packet at all.
#[must_use]
pub fn connect(
    client_id: &str,
    username: &str,
    password: &str,
    keep_alive_seconds: u16,
) -> Vec<u8> {
    let packet = || {
        Connect::builder()
            .client_id(client_id)?
            .clean_session(true)
            .keep_alive(keep_alive_seconds)
            .user_name(username)?
            .password(password.as_bytes().to_vec())?
            .build()
    };
    encoded(packet())
}

/// SUBSCRIBE at QoS 0, answered by a [`Packet::SubAck`] with a code for each topic in this order.
/// There must be at least one, and `id` must not be 0.
#[must_use]
pub fn subscribe(id: u16, topics: &[String]) -> Vec<u8> {
    let entry = |topic: &String| SubEntry::new(topic.as_str(), SubOpts::new());
    let entries = topics.iter().map(entry).collect::<Result<Vec<_>, _>>();
    encoded(entries.and_then(|entries| Subscribe::builder().packet_id(id).entries(entries).build()))
}

/// UNSUBSCRIBE, answered by [`Packet::UnsubAck`]. `id` must not be 0. By hand: the codec's would be
/// half a kilobyte of a phone's download. A topic of more than 123 bytes, which none of ours comes
/// near, gives no packet at all.
#[must_use]
pub fn unsubscribe(id: u8, topic: &str) -> Vec<u8> {
    match u8::try_from(topic.len()) {
        Ok(length @ ..=123) => [&[0xa2, length + 4, 0, id, 0, length], topic.as_bytes()].concat(),
        _ => Vec::new(),
    }
}

/// PINGREQ, answered by [`Packet::PingResp`].
#[must_use]
pub fn ping_request() -> Vec<u8> {
    encoded(Pingreq::builder().build())
}

/// DISCONNECT, to be sent before the socket is closed.
#[must_use]
pub fn disconnect() -> Vec<u8> {
    encoded(Disconnect::builder().build())
}

fn encoded<P: GenericPacketTrait>(packet: Result<P, MqttError>) -> Vec<u8> {
    packet.map(|packet| packet.to_continuous_buffer()).unwrap_or_default()
}

/// What a server says to a subscriber at QoS 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Packet {
    /// The answer to CONNECT. After a refusal the server closes.
    ConnAck {
        /// Whether we are in.
        accepted: bool,
    },
    /// The answer to SUBSCRIBE.
    SubAck {
        /// Per topic the QoS granted, or [`REFUSED`].
        codes: Vec<u8>,
    },
    /// The answer to UNSUBSCRIBE.
    UnsubAck,
    /// A message on a topic.
    Publish {
        /// Its topic, as subscribed.
        topic: String,
        /// What is said there.
        payload: Vec<u8>,
    },
    /// The answer to PINGREQ.
    PingResp,
}

/// The code in [`Packet::SubAck`] for a topic one may not hear.
pub const REFUSED: u8 = 0x80;

/// The server sent what is not MQTT 3.1.1 or not for a subscriber; the connection is useless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

impl std::fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the live connection delivered something that is no MQTT")
    }
}

impl std::error::Error for Malformed {}

/// Finds the packets in what a connection delivers, however it is cut into frames.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
}

impl Decoder {
    /// A decoder for a new connection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what came in; [`Self::next`] then has the packets it completed.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole packet, `None` until more bytes come.
    ///
    /// # Errors
    /// [`Malformed`] now and from now on: where the next packet would start is not known.
    #[expect(clippy::should_implement_trait, reason = "`None` is not the end")]
    pub fn next(&mut self) -> Result<Option<Packet>, Malformed> {
        let Some((first, start, end)) = frame(&self.bytes)? else { return Ok(None) };
        let Some(body) = self.bytes.get(start..end) else { return Ok(None) };
        let packet = parse(first, body).map_err(|_| Malformed)?;
        self.bytes.drain(..end);
        Ok(Some(packet))
    }
}

/// The first byte, and where the body starts and ends.
fn frame(bytes: &[u8]) -> Result<Option<(u8, usize, usize)>, Malformed> {
    let mut length = 0;
    for at in 1..=4 {
        let Some(byte) = bytes.get(at) else { return Ok(None) };
        length |= usize::from(byte & 0x7f) << (7 * (at - 1));
        if byte & 0x80 == 0 {
            let end = at + 1 + length;
            return if end > MAX_PACKET {
                Err(Malformed)
            } else {
                Ok(Some((bytes[0], at + 1, end)))
            };
        }
    }
    Err(Malformed)
}

fn parse(first: u8, body: &[u8]) -> Result<Packet, MqttError> {
    let (packet, read) = match first {
        0x20 => {
            let (packet, read) = Connack::parse(body)?;
            let accepted = packet.return_code() == ConnectReturnCode::Accepted;
            (Packet::ConnAck { accepted }, read)
        }
        0x90 => {
            let (packet, read) = Suback::parse(body)?;
            let codes = packet.return_codes().into_iter().map(|code| code as u8).collect();
            (Packet::SubAck { codes }, read)
        }
        // QoS 0: the one we ask for. A server that sent more would wait for acknowledgements.
        0x30 | 0x31 => {
            let (packet, read) = Publish::parse(first & 0x0f, body.into())?;
            let topic = packet.topic_name().to_owned();
            (Packet::Publish { topic, payload: packet.payload().as_slice().to_vec() }, read)
        }
        // Two bytes say which of our packets is answered: there is nothing to wait for.
        0xb0 => (Packet::UnsubAck, 2),
        0xd0 => (Packet::PingResp, 0),
        _ => return Err(MqttError::MalformedPacket),
    };
    if read == body.len() { Ok(packet) } else { Err(MqttError::MalformedPacket) }
}
