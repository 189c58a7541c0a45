//! MQTT 3.1.1 as far as the door looks into it: where a packet ends, who connects, what is
//! subscribed to, what is delivered.

use anyhow::{Result, ensure};
use axum::body::Bytes;
use mqtt_protocol_core::mqtt::packet::v3_1_1::{Connect, Subscribe};
use mqtt_protocol_core::mqtt::result_code::MqttError;

pub(crate) const CONNECT: u8 = 1;
pub(crate) const PUBLISH: u8 = 3;
pub(crate) const SUBSCRIBE: u8 = 8;
pub(crate) const SUBACK: u8 = 9;

/// The answer in SUBACK to a filter that is refused.
pub(crate) const REFUSED: u8 = 0x80;
/// CONNACK for those who may not connect.
pub(crate) const NOT_AUTHORIZED: [u8; 4] = [0x20, 2, 0, 5];

/// One packet, whole.
#[derive(Clone)]
pub(crate) struct Packet {
    pub(crate) bytes: Bytes,
    body: usize,
}

impl Packet {
    /// Which kind it is, as the standard numbers them.
    pub(crate) fn kind(&self) -> u8 {
        self.bytes[0] >> 4
    }

    /// What stands behind its length.
    pub(crate) fn body(&self) -> &[u8] {
        &self.bytes[self.body..]
    }
}

/// Bytes that arrived, of which packets are made.
#[derive(Default)]
pub(crate) struct Packets(Vec<u8>);

impl Packets {
    /// Takes what arrived.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The next packet that is there as a whole.
    pub(crate) fn next(&mut self) -> Result<Option<Packet>> {
        let mut length = 0;
        for at in 1.. {
            let Some(byte) = self.0.get(at) else { return Ok(None) };
            ensure!(at <= 4, "a length of five bytes");
            length |= usize::from(byte & 0x7f) << (7 * (at - 1));
            if byte & 0x80 == 0 {
                let body = at + 1;
                if self.0.len() < body + length {
                    return Ok(None);
                }
                let rest = self.0.split_off(body + length);
                let bytes = Bytes::from(std::mem::replace(&mut self.0, rest));
                return Ok(Some(Packet { bytes, body }));
            }
        }
        Ok(None)
    }
}

/// What a CONNECT says; its will is nobody's business here.
pub(crate) fn connect(packet: &Packet) -> Result<Connect> {
    whole(Connect::parse(packet.body()), packet)
}

/// A CONNECT that lets whoever sends it be known by this id.
pub(crate) fn connect_as(client_id: &str, like: &Connect) -> Result<Vec<u8>> {
    let connect = Connect::builder().client_id(client_id).map_err(refused)?;
    let connect = connect.clean_session(like.clean_session()).keep_alive(like.keep_alive());
    Ok(connect.build().map_err(refused)?.to_continuous_buffer())
}

/// The id of a SUBSCRIBE, and each filter with the byte of its options.
pub(crate) fn subscribe(packet: &Packet) -> Result<(u16, Vec<(String, u8)>)> {
    let subscribe: Subscribe = whole(Subscribe::parse(packet.body()), packet)?;
    let filters = subscribe.entries().iter();
    let filters =
        filters.map(|entry| (entry.topic_filter().to_owned(), entry.sub_opts().to_buffer()[0]));
    Ok((subscribe.packet_id(), filters.collect()))
}

/// A SUBSCRIBE to these filters.
pub(crate) fn subscribe_to<'a>(
    id: u16,
    filters: impl Iterator<Item = &'a (String, u8)>,
) -> Result<Vec<u8>> {
    let mut body = id.to_be_bytes().to_vec();
    for (filter, options) in filters {
        body.extend(u16::try_from(filter.len())?.to_be_bytes());
        body.extend(filter.as_bytes());
        body.push(*options);
    }
    Ok(framed(0x82, &body))
}

/// The answers of a SUBACK, and the id they are for.
pub(crate) fn suback(packet: &Packet) -> Result<(u16, &[u8])> {
    let (id, codes) = packet.body().split_first_chunk().unwrap_or((&[0, 0], &[]));
    ensure!(!codes.is_empty(), "a SUBACK without an answer");
    Ok((u16::from_be_bytes(*id), codes))
}

/// A SUBACK with these answers.
pub(crate) fn suback_of(id: u16, codes: &[u8]) -> Vec<u8> {
    framed(0x90, &[&id.to_be_bytes(), codes].concat())
}

/// What a PUBLISH is about.
pub(crate) fn topic(packet: &Packet) -> Result<&str> {
    let (length, rest) = packet.body().split_first_chunk().unwrap_or((&[0, 0], &[]));
    let topic = rest.get(..u16::from_be_bytes(*length).into()).unwrap_or_default();
    Ok(std::str::from_utf8(topic)?)
}

fn framed(first: u8, body: &[u8]) -> Vec<u8> {
    let mut packet = vec![first];
    let mut length = body.len();
    loop {
        let more = if length > 0x7f { 0x80 } else { 0 };
        packet.push(u8::try_from(length & 0x7f).unwrap_or(0) | more);
        length >>= 7;
        if length == 0 {
            packet.extend(body);
            return packet;
        }
    }
}

fn whole<P>(parsed: Result<(P, usize), MqttError>, packet: &Packet) -> Result<P> {
    let (parsed, read) = parsed.map_err(refused)?;
    ensure!(read == packet.body().len(), "bytes behind the end of a packet");
    Ok(parsed)
}

fn refused(error: MqttError) -> anyhow::Error {
    anyhow::anyhow!("not MQTT 3.1.1: {error:?}")
}
