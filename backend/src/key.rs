//! Keys, and what is random.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A key for one purpose.
#[derive(Clone)]
pub(crate) struct Key([u8; 32]);

impl Key {
    /// The key of these bytes.
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The signature of a message.
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 32] {
        self.mac(message).finalize().into_bytes().into()
    }

    /// Whether `signature`, or its first bytes, is the signature of a message; takes the same
    /// time wherever they differ.
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.mac(message).verify_truncated_left(signature).is_ok()
    }

    fn mac(&self, message: &[u8]) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(message);
        mac
    }
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has random numbers");
    bytes
}

/// The alphabet of codes, order ids and passwords: Crockford's base32, without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Numbers as `N` characters of base32, the most significant first.
pub(crate) fn base32(mut value: u128, characters: usize) -> String {
    let mut text = vec![b'0'; characters];
    for place in text.iter_mut().rev() {
        *place = ALPHABET[(value & 31) as usize];
        value >>= 5;
    }
    String::from_utf8(text).expect("the alphabet is ASCII")
}

/// The number behind base32 as people type it: small letters, spaces and dashes do not matter, O
/// is 0, I and L are 1. None when it is something else, or longer than 25 characters.
pub(crate) fn from_base32(text: &str) -> Option<(u128, usize)> {
    let mut value: u128 = 0;
    let mut characters = 0;
    for byte in text.bytes().filter(|byte| !matches!(byte, b' ' | b'-')) {
        let byte = match byte.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let digit = ALPHABET.iter().position(|&letter| letter == byte)?;
        characters += 1;
        if characters > 25 {
            return None;
        }
        value = value << 5 | digit as u128;
    }
    Some((value, characters))
}

/// `characters` random characters of base32, 25 at most.
pub(crate) fn random_base32(characters: usize) -> String {
    base32(u128::from_be_bytes(random()), characters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_kindly() {
        assert_eq!(base32(31 << 5 | 1, 3), "0Z1");
        for text in ["0Z1", "oz1", " 0-z i", "OZL"] {
            assert_eq!(from_base32(text), Some((31 << 5 | 1, 3)), "{text}");
        }
        assert_eq!(from_base32("U"), None);
        assert_eq!(from_base32(&"1".repeat(26)), None);
    }

    #[test]
    fn a_signature_holds_for_its_message_and_key_only() {
        let key = Key::new([7; 32]);
        let signature = key.sign(b"ada");
        assert!(key.verify(b"ada", &signature));
        assert!(key.verify(b"ada", &signature[..5]));
        assert!(!key.verify(b"bob", &signature));
        assert!(!Key::new([8; 32]).verify(b"ada", &signature));
    }
}
