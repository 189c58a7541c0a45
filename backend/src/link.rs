//! One-time links: a session for whoever is shown ten characters.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::spelling;

use crate::key::{base32, from_base32, random_base32};
use crate::secret::{Secret, Signer};

/// Characters of a link: 50 bits, of which somebody who guesses all of its life finds next to
/// nothing.
const CHARACTERS: usize = 10;

/// How long a link can be used.
pub(crate) const LIFE_SECONDS: u32 = 15 * 60;

/// Makes links, and the marks under which they are kept: whoever reads the store cannot use them.
#[derive(Clone)]
pub(crate) struct Links(Signer);

impl Links {
    pub(crate) fn new(secret: &Secret) -> Self {
        Self(secret.signer("links"))
    }

    /// A link that was never there, and its mark.
    pub(crate) fn fresh(&self) -> (String, String) {
        let link = random_base32(CHARACTERS);
        let mark = URL_SAFE_NO_PAD.encode(self.0.sign(link.as_bytes()));
        (link, mark)
    }

    /// The marks under which a link may be kept that somebody opened or typed; none when it cannot
    /// be one.
    pub(crate) fn marks(&self, typed: &str) -> Vec<String> {
        match from_base32(&spelling::from_typing(typed)) {
            Some((value, CHARACTERS)) => {
                let signatures = self.0.signatures(base32(value, CHARACTERS).as_bytes());
                signatures.iter().map(|signature| URL_SAFE_NO_PAD.encode(signature)).collect()
            }
            Some(_) | None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_known_however_it_is_typed_and_only_by_its_own_deployment() {
        let links = Links::new(&Secret::new([1; 32]));
        let (link, mark) = links.fresh();
        assert_eq!(link.len(), 10);
        let address = format!("http://192.168.1.20:8080/display/#link={link}");
        let spaced = format!(" {}-{} ", &link[..5], &link[5..]);
        for typed in [&link, &link.to_lowercase(), &address, &spaced, &link.replace('0', "o")] {
            assert_eq!(links.marks(typed), std::slice::from_ref(&mark), "{typed}");
        }
        for typed in ["", "7K3M", &link[1..], &format!("{link}0"), "UUUUUUUUUU"] {
            assert_eq!(links.marks(typed), [""; 0], "{typed}");
        }
        assert_ne!(Links::new(&Secret::new([2; 32])).marks(&link), [mark]);
    }
}
