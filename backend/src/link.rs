//! One-time links: a session for whoever is shown ten characters.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::spelling;

use crate::key::{Key, Secret, base32, from_base32, random_base32};

/// Characters of a link: 50 bits, of which somebody who guesses all of its life finds next to
/// nothing.
const CHARACTERS: usize = 10;

/// How long a link can be used.
pub(crate) const LIFE_SECONDS: u32 = 15 * 60;

/// Makes links, and the marks under which they are kept: whoever reads the store cannot use them.
#[derive(Clone)]
pub(crate) struct Links(Key);

impl Links {
    pub(crate) fn new(secret: &Secret) -> Self {
        Self(secret.key("links"))
    }

    /// A link that was never there, and its mark.
    pub(crate) fn fresh(&self) -> (String, String) {
        let link = random_base32(CHARACTERS);
        let mark = self.mark_of(&link);
        (link, mark)
    }

    /// The mark of a link as somebody opened or typed it; none when it cannot be one.
    pub(crate) fn mark(&self, typed: &str) -> Option<String> {
        let (value, characters) = from_base32(&spelling::from_typing(typed))?;
        (characters == CHARACTERS).then(|| self.mark_of(&base32(value, CHARACTERS)))
    }

    fn mark_of(&self, link: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.0.sign(link.as_bytes()))
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
            assert_eq!(links.mark(typed).as_ref(), Some(&mark), "{typed}");
        }
        for typed in ["", "7K3M", &link[1..], &format!("{link}0"), "UUUUUUUUUU"] {
            assert_eq!(links.mark(typed), None, "{typed}");
        }
        assert_ne!(Links::new(&Secret::new([2; 32])).mark(&link), Some(mark));
    }
}
