//! What is kept in DynamoDB, on one in the same process.

use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use backend::contract;
use backend::ports::{ChangeError, KeptWebhook, Webhooks as _};
use dynamodb::place::{Place, keeps_the_promises_of_dynamodb};
use futures_util::future::join_all;
use tokio::net::TcpListener;

/// Empty tables on a free port.
async fn place() -> Place {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let database = dynoxide::Database::memory().expect("memory");
    tokio::spawn(dynoxide::server::serve_on(listener, database));
    Place::furnished(format!("http://{address}")).await
}

#[tokio::test]
async fn dynamodb_keeps_the_promises() {
    keeps_the_promises_of_dynamodb(&place().await).await;
}

/// As it is when somebody delivers while it is removed: what is written of that comes late.
#[tokio::test]
async fn attempts_that_outlive_their_webhook_are_not_the_next_ones() {
    let place = place().await;
    let webhooks = place.webhooks();
    let [first, second] = [(); 2].map(|()| contract::webhook("espresso", "tills"));
    webhooks.put(&first, None).await.expect("put");
    let read = webhooks.webhook(&first.bar, &first.webhook.name).await.expect("read");
    let read = KeptWebhook { attempts: 1, ..read.expect("it is there") };
    webhooks.put(&read, Some(&contract::attempt(1))).await.expect("put");
    assert_eq!(webhooks.attempts(&read).await.expect("read"), [contract::attempt(1)]);
    let client = aws_sdk_dynamodb::Client::new(&place.config());
    let itself = client.delete_item().table_name("webhooks");
    let itself = itself.key("kind", AttributeValue::S("webhook".to_owned()));
    let itself = itself.key("what", AttributeValue::S("espresso tills".to_owned()));
    itself.send().await.expect("removed without its attempts");
    webhooks.put(&second, None).await.expect("put");
    assert_eq!(webhooks.attempts(&second).await.expect("read"), []);
    let read = webhooks.webhook(&second.bar, &second.webhook.name).await.expect("read");
    let read = KeptWebhook { attempts: 1, ..read.expect("it is there") };
    webhooks.put(&read, Some(&contract::attempt(2))).await.expect("put");
    assert_eq!(webhooks.attempts(&second).await.expect("read"), [contract::attempt(2)]);
}

#[tokio::test]
async fn of_many_processes_that_change_staff_at_once_one_is_first() {
    let place = place().await;
    let tables: Vec<_> = (0..8).map(|_| place.staff()).collect();
    for round in 0..20 {
        let seen = tables[0].accounts().await.expect("accounts");
        let changes = (0..).zip(&tables).map(async |(number, staff)| {
            let account =
                contract::account(["bea", "bob"][number % 2], &format!("{round}-{number}"));
            (staff.put(&account, seen.version).await, account)
        });
        let answers = join_all(changes).await;
        let (first, late): (Vec<_>, Vec<_>) = answers.iter().partition(|(put, _)| put.is_ok());
        assert_eq!(first.len(), 1, "{answers:?}");
        for (refused, account) in late {
            assert!(matches!(refused, Err(ChangeError::Conflict)), "{refused:?}");
            let stands = tables[0].stands(&account.person, Some(&account.seal), "session").await;
            assert!(!stands.expect("stands"));
        }
        let account = &first[0].1;
        let stands = tables[1].stands(&account.person, Some(&account.seal), "session").await;
        assert!(stands.expect("stands"));
        let kept = tables[2].account(&account.member.username).await.expect("account");
        assert_eq!(kept.as_ref(), Some(account));
    }
}

#[tokio::test]
async fn whoever_asks_first_who_is_who_settles_it_for_all() {
    let place = place().await;
    let asked = join_all((0..8).map(async |_| place.staff().people().await.expect("people"))).await;
    let bea = "bea".parse().expect("a user name");
    let people: Vec<_> = asked.iter().map(|people| people.person_of(&bea)).collect();
    assert!(people.iter().all(|person| *person == people[0]), "{people:?}");
    let another = self::place().await.staff().people().await.expect("people");
    assert_ne!(another.person_of(&bea), people[0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_200_guests_at_8_processes_as_many_come_in_as_may_a_hundred_times() {
    let place = place().await;
    // Each process has a client and a memory of its own.
    let logs: Vec<_> = (0..8).map(|_| Arc::new(place.log())).collect();
    let storm = contract::a_shared_log_lets_in_as_many_as_may(&logs, 100, 200).await;
    println!("{storm:?}");
}
