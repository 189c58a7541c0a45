//! Signatures as [Standard Webhooks](https://www.standardwebhooks.com) has them, so that libraries
//! which are there already verify them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::{BarId, Timestamp, WebhookName};
use sha2::{Digest as _, Sha256};

use super::batch::Batch;
use crate::key::Key;
use crate::ports::{KeptWebhook, SigningKey};

/// A key as receivers are told it.
pub(crate) fn spelled(key: &SigningKey) -> String {
    format!("whsec_{}", STANDARD.encode(key.0))
}

/// The headers of a delivery.
pub(super) fn headers(
    webhook: &KeptWebhook,
    batch: &Batch,
    at: Timestamp,
) -> Vec<(&'static str, String)> {
    let former = webhook.former.as_ref().filter(|(_, until)| at < *until);
    let keys = std::iter::once(&webhook.secret).chain(former.map(|(key, _)| key));
    let id = id(&webhook.bar, &webhook.webhook.name, batch);
    let timestamp = at.seconds().to_string();
    let signatures: Vec<_> = keys.map(|key| signature(key, &id, &timestamp, &batch.body)).collect();
    vec![
        ("content-type", "application/json".to_owned()),
        ("user-agent", concat!("serverlesspresso/", env!("CARGO_PKG_VERSION")).to_owned()),
        ("webhook-id", id),
        ("webhook-timestamp", timestamp),
        ("webhook-signature", signatures.join(" ")),
    ]
}

/// The same for the same content only: who wants other events, and is sent an entry again, gets them
/// under another id. Without a full stop, by which the parts of a signed text are told apart.
fn id(bar: &BarId, name: &WebhookName, batch: &Batch) -> String {
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(&batch.body));
    let content = u32::from_be_bytes([a, b, c, d]);
    format!("{bar}_{name}_{}-{}_{content:08x}", batch.first, batch.last)
}

fn signature(key: &SigningKey, id: &str, timestamp: &str, body: &[u8]) -> String {
    let signed = [format!("{id}.{timestamp}.").as_bytes(), body].concat();
    format!("v1,{}", STANDARD.encode(Key::new(key.0).sign(&signed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_content_has_another_id() {
        let (bar, name) = ("espresso".parse().expect("a bar"), "tills".parse().expect("a name"));
        let id = |body: &'static [u8]| {
            let body = body.into();
            id(&bar, &name, &Batch { first: 7, last: 9, events: 2, through: 9, body })
        };
        assert_eq!(id(b"{\"events\":[]}"), "espresso_tills_7-9_24de1c4a");
        assert_eq!(id(b"{\"events\":[]}"), id(b"{\"events\":[]}"));
        assert_ne!(id(b"{\"events\":[]}"), id(b"{\"events\":[0]}"));
    }

    /// Computed by the library `standardwebhooks` 1.1.0 of PyPI.
    #[test]
    fn it_is_what_the_standards_own_library_signs() {
        let key = SigningKey(std::array::from_fn(|place| u8::try_from(place).expect("small")));
        assert_eq!(spelled(&key), "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        let signature = signature(&key, "espresso_tills_7-9", "1795253470", b"{\"events\":[]}");
        assert_eq!(signature, "v1,vm7SHHKdXlNu7uBwIn8Gi9BJONt/FJ+kUmDTf+PS8Po=");
    }
}
