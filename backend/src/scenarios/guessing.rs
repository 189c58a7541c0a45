//! Guessing passwords, which each process slows down for itself.

use axum::http::StatusCode;
use serde_json::json;

use super::door::{Answer, House};

fn refused(answer: &Answer, status: u16, code: &str) {
    let found = (answer.0.as_u16(), answer.1["code"].as_str());
    assert_eq!(found, (status, Some(code)), "{}", answer.1);
}

#[tokio::test]
async fn failed_sign_ins_wait_ever_longer_and_lock_nobody_out() {
    let house = House::open().await;
    for _ in 0..3 {
        refused(&house.tries("bea", "guess").await, 401, "bad_credentials");
    }
    for delay in [1, 2, 4, 8, 16, 32, 60, 60] {
        let retry_at = json!(house.app.now().plus_seconds(delay));
        // However often somebody asks meanwhile, and even with the right password.
        for password in ["guess", "secret", "guess"] {
            let answer = house.tries("bea", password).await;
            refused(&answer, 429, "too_many_requests");
            assert_eq!(answer.1["retry_at"], retry_at);
        }
        house.pass(i64::from(delay));
        refused(&house.tries("bea", "guess").await, 401, "bad_credentials");
    }
    house.staff("olga").await;
    refused(&house.tries("nobody", "guess").await, 401, "bad_credentials");
    house.pass(60);
    house.staff("bea").await;
    refused(&house.tries("bea", "guess").await, 401, "bad_credentials");
    house.staff("bea").await;
}

#[tokio::test]
async fn guesses_at_the_same_moment_wait_as_well() {
    let house = House::open().await;
    let guesses = (0..50).map(|_| house.tries("bea", "guess"));
    let answers = futures_util::future::join_all(guesses).await;
    let tried = answers.iter().filter(|(status, _)| *status == StatusCode::UNAUTHORIZED).count();
    assert!((3..=4).contains(&tried), "{tried} were tried");
}
