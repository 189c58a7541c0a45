//! The signing secret in Secrets Manager.

use aws_sdk_secretsmanager::Client;
use backend::aws::secret::SecretsManagerSecret;
use backend::clock::{Clock as _, SystemClock};
use backend::secret::{Keys, SecretSource as _};
use domain::Timestamp;
use dynamodb::place::Place;
use sha2::{Digest as _, Sha256};

/// As an organiser does it: a new text, and the one before is kept by itself.
pub async fn it_is_rotated(place: &Place) {
    let client = Client::new(&place.config());
    let made = client.create_secret().name("signing").secret_string("first").send().await;
    let id = made.expect("a secret").arn.expect("it has an ARN");
    let secret = SecretsManagerSecret::new(client.clone(), id.clone());
    let read = async |now| secret.read(now).await.expect("read");
    let key = |text: &str| Sha256::digest(text).into();
    let now = SystemClock.now();
    let old = Timestamp::default();
    assert!(read(now).await == Keys::new(key("first"), old, None, now));

    for (before, text) in [("first", "second"), ("second", "third")] {
        client.put_secret_value().secret_id(&id).secret_string(text).send().await.expect("put");
        let now = SystemClock.now();
        let young = Keys::new(key(text), now, Some(key(before)), now);
        assert!(read(now).await == young, "signed with the one before at first");
        let later = now.plus_seconds(3600);
        let grown = Keys::new(key(text), old, Some(key(before)), later);
        assert!(read(later).await == grown && grown != young);
    }

    let another = SecretsManagerSecret::new(client, "nobodys".to_owned());
    assert!(another.read(now).await.is_err(), "there is no such secret");
}
