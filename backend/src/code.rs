//! The codes the monitor shows: a window's first moment and a signature of it for one bar.

use domain::api::order_address;
use domain::command::Scan;
use domain::view::CodeView;
use domain::{Bar, BarId, Timestamp};

use crate::key::{base32, from_base32};
use crate::secret::{Secret, Signer};

/// Characters for the window's first moment: seconds of Unix time until the year 3058.
const TIME: usize = 7;
/// Characters of the signature: 40 bits, and a wrong guess costs a request.
const SIGNATURE: usize = 8;

/// Makes and reads codes.
#[derive(Clone)]
pub(crate) struct Codes(Signer);

impl Codes {
    pub(crate) fn new(secret: &Secret) -> Self {
        Self(secret.signer("codes"))
    }

    /// The code of the bar's window that opens at a moment.
    pub(crate) fn code(&self, bar: &BarId, opens_at: Timestamp) -> String {
        let seconds = u128::try_from(opens_at.seconds()).unwrap_or(0);
        format!("{}{}", base32(seconds, TIME), base32(self.signature(bar, opens_at), SIGNATURE))
    }

    /// The code a bar shows now, with the address of the ordering app to open with it.
    pub(crate) fn view(&self, bar: &Bar, order_url: &str, now: Timestamp) -> CodeView {
        let code = self.code(bar.id(), bar.window(bar.clamp(now)).opens_at);
        let url = order_address(order_url, bar.id(), &code);
        bar.code_view(code, url, now)
    }

    /// What a scanned or typed code is.
    pub(crate) fn read(&self, bar: &BarId, code: &str) -> Scan {
        let Some((value, characters)) = from_base32(code) else {
            return Scan::Unknown;
        };
        if characters != TIME + SIGNATURE {
            return Scan::Unknown;
        }
        let seconds = i64::try_from(value >> (5 * SIGNATURE)).unwrap_or(0);
        let opens_at = Timestamp::from_seconds(seconds);
        let signature = (value & ((1 << (5 * SIGNATURE)) - 1)).to_be_bytes();
        if self.0.verify(message(bar, opens_at).as_bytes(), &signature[11..]) {
            Scan::Genuine(opens_at)
        } else {
            Scan::Unknown
        }
    }

    fn signature(&self, bar: &BarId, opens_at: Timestamp) -> u128 {
        let signature = self.0.sign(message(bar, opens_at).as_bytes());
        signature[..5].iter().fold(0, |sum, &byte| sum << 8 | u128::from(byte))
    }
}

fn message(bar: &BarId, opens_at: Timestamp) -> String {
    format!("{bar} {}", opens_at.seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_good_for_its_bar_and_window_only() {
        let codes = Codes::new(&Secret::new([1; 32]));
        let bar: BarId = "espresso".parse().expect("a slug");
        let other: BarId = "hall-2".parse().expect("a slug");
        let opens_at = Timestamp::from_seconds(1_795_253_400);
        let code = codes.code(&bar, opens_at);
        assert_eq!(code.len(), 15);
        assert_eq!(codes.read(&bar, &code), Scan::Genuine(opens_at));
        assert_eq!(codes.read(&bar, &code.to_lowercase()), Scan::Genuine(opens_at));
        assert_eq!(codes.read(&other, &code), Scan::Unknown);
        assert_eq!(Codes::new(&Secret::new([2; 32])).read(&bar, &code), Scan::Unknown);
        for text in ["", "A", &code[1..], &format!("{code}0"), "UUUUUUUUUUUUUUU"] {
            assert_eq!(codes.read(&bar, text), Scan::Unknown, "{text}");
        }
        let mut wrong = code.into_bytes();
        wrong[3] = if wrong[3] == b'0' { b'1' } else { b'0' };
        assert_eq!(codes.read(&bar, &String::from_utf8(wrong).expect("ASCII")), Scan::Unknown);
    }
}
