//! What the server says: MQTT 3.1.1 packets to bytes.

use bytes::Bytes;
use mqtt_protocol_core::mqtt::packet::{Qos, v3_1_1};
use mqtt_protocol_core::mqtt::result_code::{ConnectReturnCode, SubackReturnCode};

use super::outbox::Delivery;
use super::packet::RequestedQos;

/// PINGRESP, the whole packet.
pub(super) const PINGRESP: Bytes = Bytes::from_static(&[0xd0, 0]);

/// The answer to one filter of SUBSCRIBE.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Grant {
    Granted(RequestedQos),
    Refused,
}

/// The answer to CONNECT.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Welcome {
    Accepted,
    OtherVersion,
    IdRejected,
    BadCredentials,
    NotAuthorized,
}

/// CONNACK; the session is never present.
pub(super) fn connack(welcome: Welcome) -> Bytes {
    let code = match welcome {
        Welcome::Accepted => ConnectReturnCode::Accepted,
        Welcome::OtherVersion => ConnectReturnCode::UnacceptableProtocolVersion,
        Welcome::IdRejected => ConnectReturnCode::IdentifierRejected,
        Welcome::BadCredentials => ConnectReturnCode::BadUserNameOrPassword,
        Welcome::NotAuthorized => ConnectReturnCode::NotAuthorized,
    };
    let packet = v3_1_1::Connack::builder().session_present(false).return_code(code).build();
    packet.expect("both fields are given").to_continuous_buffer().into()
}

/// SUBACK with a grant for every filter asked for, in that order.
pub(super) fn suback(id: u16, grants: &[Grant]) -> Bytes {
    let code = |grant: &Grant| match grant {
        Grant::Granted(RequestedQos::AtMostOnce) => SubackReturnCode::SuccessMaximumQos0,
        Grant::Granted(RequestedQos::AtLeastOnce) => SubackReturnCode::SuccessMaximumQos1,
        Grant::Refused => SubackReturnCode::Failure,
    };
    let codes = grants.iter().map(code).collect();
    let packet = v3_1_1::Suback::builder().packet_id(id).return_codes(codes).build();
    packet.expect("ids are not 0 and SUBSCRIBE has a filter").to_continuous_buffer().into()
}

/// UNSUBACK.
pub(super) fn unsuback(id: u16) -> Bytes {
    let packet = v3_1_1::Unsuback::builder().packet_id(id).build();
    packet.expect("ids are not 0").to_continuous_buffer().into()
}

/// A QoS 0 PUBLISH for all its readers.
pub(super) fn plain_delivery(topic: &str, payload: &[u8]) -> Delivery {
    Delivery::Plain(publish(topic, payload, Qos::AtMostOnce))
}

/// A QoS 1 PUBLISH for all its readers, each of whom puts in a packet id of its own.
pub(super) fn acknowledged_delivery(topic: &str, payload: &[u8]) -> Delivery {
    let bytes = publish(topic, payload, Qos::AtLeastOnce);
    let id_at = bytes.len() - payload.len() - size_of::<u16>();
    Delivery::Acknowledged(bytes, id_at)
}

fn publish(topic: &str, payload: &[u8], qos: Qos) -> Bytes {
    let packet = v3_1_1::Publish::builder().topic_name(topic).and_then(|packet| {
        let packet = packet.qos(qos).payload(payload);
        if qos == Qos::AtMostOnce { packet.build() } else { packet.packet_id(1).build() }
    });
    packet.expect("subscribed topics are valid names").to_continuous_buffer().into()
}
