//! Chance, from the browser's own source. `crypto.randomUUID` is not used: it does not exist on
//! `http:` pages, which is what a venue's laptop serves.

use domain::CommandId;

/// 64 characters that both command ids and MQTT client ids may hold.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

fn fill(bytes: &mut [u8]) {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok());
    if !filled {
        // No browser we know of gets here; a weaker source still tells two commands apart.
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
}

fn word() -> String {
    let mut bytes = [0; 20];
    fill(&mut bytes);
    spell(&bytes)
}

fn spell(bytes: &[u8]) -> String {
    let letter = |byte: &u8| char::from(ALPHABET[usize::from(byte & 63)]);
    bytes.iter().map(letter).collect()
}

/// A fresh id for a command: 120 random bits.
pub fn command_id() -> CommandId {
    word().parse().expect("20 characters of the alphabet of command ids")
}

/// A fresh MQTT client id of 20 characters.
pub fn client_id() -> String {
    word()
}

/// A number from 0 up to, but not including, 1.
pub fn fraction() -> f64 {
    js_sys::Math::random()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spelled_is_a_command_id() {
        let bytes: Vec<u8> = (0..=255).collect();
        for bytes in bytes.chunks(20) {
            let spelled = spell(bytes);
            assert!(bytes.len() < 8 || spelled.parse::<CommandId>().is_ok(), "{spelled}");
        }
    }
}
