//! Where a request came from.

use std::collections::BTreeMap;
use std::net::IpAddr;

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

/// With this the distribution says that it is itself, in a word that nobody else knows.
pub(super) const DISTRIBUTION: &str = "x-serverlesspresso-distribution";
/// With this it says whose request it passes on, whatever that request said.
pub(super) const VIEWER: &str = "x-serverlesspresso-viewer";

/// Tells where requests came from: API Gateway sees who connects to it, and that may be the
/// distribution, with everybody's requests.
pub(super) struct Addresses {
    /// A digest, so that comparing takes the same time whatever is said.
    secret: Option<[u8; 32]>,
}

impl Addresses {
    /// Believes whoever knows the secret; without one, nobody.
    pub(super) fn new(secret: Option<&str>) -> Self {
        Self { secret: secret.map(digest) }
    }

    /// The address of whoever asks. `source` is what API Gateway saw.
    pub(super) fn of(
        &self,
        source: &str,
        headers: &BTreeMap<String, String>,
    ) -> anyhow::Result<IpAddr> {
        let said = headers.get(DISTRIBUTION).map(|said| digest(said));
        let viewer = headers.get(VIEWER).filter(|_| said.is_some() && said == self.secret);
        let address = viewer.map_or(source, String::as_str);
        address.parse().context("an address that is none")
    }
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_distribution_is_believed() {
        const TEMPLATE: &str = include_str!("../../../infra/template.yaml");
        assert!(TEMPLATE.contains(&format!("HeaderName: {DISTRIBUTION}")));
        assert!(TEMPLATE.contains(&format!("request.headers['{VIEWER}'] = ")));

        let (edge, guest, phone6) = ("130.176.1.1", "203.0.113.7", "2001:db8::7");
        for (secret, said, viewer, from) in [
            (Some("word"), Some("word"), Some(guest), guest),
            (Some("word"), Some("word"), Some(phone6), phone6),
            (Some("word"), Some("word"), None, edge),
            (Some("word"), Some("guess"), Some(guest), edge),
            (Some("word"), Some(""), Some(guest), edge),
            (Some("word"), None, Some(guest), edge),
            (None, Some("word"), Some(guest), edge),
            (None, None, Some(guest), edge),
        ] {
            let headers = [(DISTRIBUTION, said), (VIEWER, viewer), ("x-forwarded-for", Some("1"))];
            let headers = headers.into_iter().filter_map(|(name, value)| Some((name, value?)));
            let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let found = Addresses::new(secret).of(edge, &headers.collect());
            assert_eq!(found.expect("an address").to_string(), from, "{secret:?} {said:?}");
        }
    }
}
