//! A secret that is rotated while several processes sign and check.

use std::sync::Mutex;

use super::*;

/// Versions with the second they were made at, the newest last; or it cannot be read.
#[derive(Default)]
struct Kept {
    versions: Mutex<Vec<(u8, i64)>>,
    broken: Mutex<bool>,
    reads: Mutex<u32>,
}

impl Kept {
    fn rotate(&self, to: u8, second: i64) {
        self.versions.lock().expect("nobody panicked").push((to, second));
    }
}

#[async_trait]
impl SecretSource for Kept {
    async fn read(&self, now: Timestamp) -> Result<Keys, Unavailable> {
        *self.reads.lock().expect("nobody panicked") += 1;
        if *self.broken.lock().expect("nobody panicked") {
            return Err(Unavailable::new("no answer"));
        }
        let versions = self.versions.lock().expect("nobody panicked").clone();
        let (current, made_at) = *versions.last().expect("there is a first");
        let previous = versions.len().checked_sub(2).map(|index| [versions[index].0; 32]);
        Ok(Keys::new([current; 32], at(made_at), previous, now))
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_seconds(1_795_000_000 + second)
}

/// A source with a first secret, made long ago.
fn kept() -> Arc<Kept> {
    let kept = Arc::new(Kept::default());
    kept.rotate(1, -1_000_000);
    kept
}

fn signed_with(byte: u8) -> [u8; 32] {
    Secret::new([byte; 32]).signer("sessions").sign(b"ada")
}

#[tokio::test]
async fn what_was_signed_before_a_rotation_is_good_until_the_next_one() {
    // Rotated at 0 and, in some, at 10,000. What is signed with, and what is believed, when.
    let table: [(&[i64], i64, u8, &[u8]); 9] = [
        (&[], 0, 1, &[1]),
        (&[0], 0, 1, &[1, 2]),
        (&[0], 599, 1, &[1, 2]),
        (&[0], 600, 2, &[1, 2]),
        (&[0], 9_999, 2, &[1, 2]),
        (&[0, 10_000], 10_000, 2, &[2, 3]),
        (&[0, 10_000], 10_599, 2, &[2, 3]),
        (&[0, 10_000], 10_600, 3, &[2, 3]),
        (&[0, 10_000], 90_000, 3, &[2, 3]),
    ];
    for (rotations, now, signs, believes) in table {
        let kept = kept();
        for (version, rotated_at) in (2..).zip(rotations) {
            kept.rotate(version, *rotated_at);
        }
        let signer = Secret::of(kept, at(now)).await.expect("read").signer("sessions");
        assert_eq!(signer.sign(b"ada"), signed_with(signs), "{rotations:?} {now}");
        let believed: Vec<u8> =
            (0..=4).filter(|byte| signer.verify(b"ada", &signed_with(*byte))).collect();
        assert_eq!(believed, believes, "{rotations:?} {now}");
        assert_eq!(signer.signatures(b"ada").len(), believes.len());
    }
}

/// However two processes read, each knows what the other signs with.
#[tokio::test]
async fn whoever_reads_late_knows_what_others_sign_with() {
    for late in [0, 1, 99, 150, 299] {
        let kept = kept();
        let one = Secret::of(kept.clone(), at(0)).await.expect("read");
        let two = Secret::of(kept.clone(), at(-late)).await.expect("read");
        for second in (1..1_500).step_by(9) {
            if second == 100 {
                kept.rotate(2, second);
            }
            for secret in [&one, &two] {
                secret.keep_current(at(second)).await;
            }
            for (signs, checks) in [(&one, &two), (&two, &one)] {
                let signature = signs.signer("codes").sign(b"espresso");
                let good = checks.signer("codes").verify(b"espresso", &signature);
                assert!(good, "{late} {second}");
            }
        }
        assert_eq!(one.signer("sessions").sign(b"ada"), signed_with(2));
    }
}

#[tokio::test]
async fn it_is_read_every_five_minutes_and_after_nonsense_once_a_minute() {
    let kept = kept();
    let secret = Secret::of(kept.clone(), at(0)).await.expect("read");
    let reads = || *kept.reads.lock().expect("nobody panicked");
    for (second, expected) in [(299, 1), (300, 2), (301, 2), (599, 2), (600, 3), (400, 4)] {
        secret.keep_current(at(second)).await;
        assert_eq!(reads(), expected, "{second}");
    }
    kept.rotate(2, 450);
    for (second, helps, expected) in [(459, false, 4), (460, true, 5), (461, false, 5)] {
        assert_eq!(secret.look_again(at(second)).await, helps, "{second}");
        assert_eq!(reads(), expected, "{second}");
    }
    assert!(secret.signer("sessions").verify(b"ada", &signed_with(2)));
    *kept.broken.lock().expect("nobody panicked") = true;
    for (second, expected) in [(760, 6), (819, 6), (820, 7)] {
        secret.keep_current(at(second)).await;
        assert_eq!(reads(), expected, "{second}: sooner when it failed");
    }
    assert!(secret.signer("sessions").verify(b"ada", &signed_with(2)), "what was known counts");
    assert!(Secret::of(kept, at(0)).await.is_err());
}

#[tokio::test]
async fn one_that_is_never_rotated_is_not_looked_for() {
    let secret = Secret::new([1; 32]);
    secret.keep_current(at(0)).await;
    assert!(!secret.look_again(at(0)).await);
    let signer = secret.signer("sessions");
    assert!(signer.verify(b"ada", &signer.sign(b"ada")));
    assert!(!signer.verify(b"ada", &secret.signer("codes").sign(b"ada")));
}
