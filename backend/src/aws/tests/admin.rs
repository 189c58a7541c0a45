use serde_json::{Value, json};

use crate::aws::admin::answer;
use crate::scenarios::door::House;

async fn asked(house: &House, event: Value) -> Value {
    answer(event, &house.app).await.expect("an answer").value
}

#[tokio::test]
async fn whoever_owns_the_deployment_lets_the_first_organiser_in() {
    let house = House::empty().await;
    let link = asked(&house, json!({"do": "first_start_link"})).await;
    let link = link["link"].as_str().expect("a link");
    assert!(link.starts_with("http://bar.test/barista/manage/#link="), "{link}");
    asked(&house, json!({"do": "demonstrate", "password": "flat white"})).await;
    let link = asked(&house, json!({"do": "first_start_link"})).await;
    assert_eq!(link, json!({"link": null}), "somebody leads by now");
}

#[tokio::test]
async fn the_demonstration_is_made_and_made_again() {
    let house = House::empty().await;
    for password in ["flat white", "flat white", "cappuccino"] {
        let made = asked(&house, json!({"do": "demonstrate", "password": password})).await;
        let link = made["display_link"].as_str().expect("a link");
        assert!(link.starts_with("http://bar.test/display/#link="), "{link}");
        let bea = house.signed_in("barista", password).await;
        let queue = bea.gets(&domain::api::path::queue(&house.bar())).await;
        assert_eq!(queue["orders"], json!([]), "the bar is there");
    }
}

#[tokio::test]
async fn what_cannot_be_done_is_an_error() {
    let house = House::empty().await;
    for event in [
        json!({}),
        json!({"do": "destroy"}),
        json!({"do": "demonstrate"}),
        json!({"do": "demonstrate", "password": "short"}),
        json!({"do": "demonstrate", "password": "blank at its end "}),
    ] {
        assert!(answer(event.clone(), &house.app).await.is_err(), "{event}");
    }
}
