//! Passwords, as argon2id hashes. Each check takes 19 MiB and some 20 ms of a core.

use std::sync::OnceLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::ports::Unavailable;

/// The hash that is kept of a password.
pub(super) async fn hash(password: String) -> Result<String, Unavailable> {
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    hashed.await.map_err(Unavailable::new)?.map_err(|error| Unavailable::new(error.to_string()))
}

/// Whether the password is the one behind the hash. Without one it is checked against nobody's,
/// so that the answer takes as long.
pub(super) async fn matches(password: String, stored: Option<String>) -> Result<bool, Unavailable> {
    static NOBODYS: OnceLock<String> = OnceLock::new();
    let checked = tokio::task::spawn_blocking(move || {
        let nobodys = || {
            let hash = Argon2::default().hash_password(b"nobody's password");
            hash.expect("the standard parameters are sound").to_string()
        };
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODYS.get_or_init(nobodys).clone());
        let hash = PasswordHash::new(&stored).map_err(|error| error.to_string())?;
        let right = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
        Ok::<_, String>(known && right)
    });
    checked.await.map_err(Unavailable::new)?.map_err(Unavailable::new)
}
