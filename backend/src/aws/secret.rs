//! The signing secret in Secrets Manager.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::SdkError;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use domain::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::ports::Unavailable;
use crate::secret::{Keys, SecretSource};

/// A secret of Secrets Manager, whatever its text: the present one and the one before it.
#[derive(Clone)]
pub struct SecretsManagerSecret {
    client: Client,
    id: String,
    known: Arc<Mutex<Option<Known>>>,
}

/// What the present version is known by, and the key of the one before it.
type Known = (String, Option<[u8; 32]>);

/// A text, what it is known by and when it was put there.
struct Version {
    id: String,
    key: [u8; 32],
    made_at: Timestamp,
}

impl SecretsManagerSecret {
    /// The secret of this name or ARN.
    pub fn new(client: Client, id: String) -> Self {
        Self { client, id, known: Arc::default() }
    }

    /// The version with this label, if there is one.
    async fn version(&self, stage: &str) -> Result<Option<Version>, Unavailable> {
        let get = self.client.get_secret_value().secret_id(&self.id).version_stage(stage);
        let value = match get.send().await {
            Ok(value) => value,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(Unavailable::new(error)),
        };
        let text = value.secret_string().ok_or_else(|| Unavailable::new("a secret of no text"))?;
        let made_at = value.created_date().map_or(0, |date| date.secs());
        let made_at = Timestamp::from_seconds(made_at);
        let id = value.version_id().unwrap_or_default().to_owned();
        Ok(Some(Version { id, key: Sha256::digest(text).into(), made_at }))
    }

    async fn current(&self) -> Result<Version, Unavailable> {
        let current = self.version("AWSCURRENT").await?;
        current.ok_or_else(|| Unavailable::new("there is no secret"))
    }

    async fn previous(&self) -> Result<Option<[u8; 32]>, Unavailable> {
        Ok(self.version("AWSPREVIOUS").await?.map(|previous| previous.key))
    }

    fn known(&self) -> MutexGuard<'_, Option<Known>> {
        // It is put there whole.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl SecretSource for SecretsManagerSecret {
    async fn read(&self, now: Timestamp) -> Result<Keys, Unavailable> {
        let known = self.known().clone();
        let (current, previous) = match known {
            None => tokio::try_join!(self.current(), self.previous())?,
            Some((id, previous)) => {
                let current = self.current().await?;
                // Before it is another one only when it is another one itself.
                let previous = if current.id == id { previous } else { self.previous().await? };
                (current, previous)
            }
        };
        *self.known() = Some((current.id, previous));
        Ok(Keys::new(current.key, current.made_at, previous, now))
    }
}

/// A secret that was never rotated has no version before.
fn is_absent(error: &SdkError<GetSecretValueError>) -> bool {
    error.as_service_error().is_some_and(GetSecretValueError::is_resource_not_found_exception)
}
