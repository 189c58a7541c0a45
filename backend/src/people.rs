//! Who is behind a user name.

use domain::{PersonId, Username};

use crate::key::{Key, base32};

/// Makes the ids of staff from their user names: always the same for a name, whatever becomes of
/// its account and of the secret that sessions are signed with, and saying nothing about it to
/// whoever reads a log.
#[derive(Clone)]
pub struct People(Key);

impl People {
    /// The people of a deployment that keeps these bytes for good.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Key::new(bytes))
    }

    /// The person of this user name.
    pub fn person_of(&self, username: &Username) -> PersonId {
        let signed = self.0.sign(username.as_str().as_bytes());
        let number = signed.iter().take(16).fold(0, |sum, &byte| sum << 8 | u128::from(byte));
        base32(number, 20).parse().expect("base32 fits a person's id")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    /// Whoever was hired on a laptop long ago is the same person today.
    #[test]
    fn a_user_name_leads_to_the_same_person_for_good() {
        let bea: Username = "bea".parse().expect("a user name");
        let person = Secret::new([7; 32]).people().person_of(&bea);
        assert_eq!(person.as_str(), "1S7Z5MYTRM8P7EG887EB");
        assert_ne!(Secret::new([8; 32]).people().person_of(&bea), person);
    }
}
