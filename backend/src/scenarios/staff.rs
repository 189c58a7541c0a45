//! Accounts: who makes them, and what becomes of the sessions of those who have one.

use axum::http::{Method, StatusCode};
use domain::api::{path, route};
use domain::{Actor, BarId, Role};
use serde_json::{Value, json};

use super::door::{Answer, House, Visitor, steps_aside};

fn member(username: &str) -> String {
    path::staff_member(&username.parse().expect("a user name"))
}

async fn puts(by: &Visitor<'_>, username: &str, body: Value) -> Answer {
    by.sends(Method::PUT, &member(username), Some(body)).await
}

async fn dismisses(by: &Visitor<'_>, username: &str) -> Answer {
    by.sends(Method::DELETE, &member(username), None).await
}

fn invalid(answer: &Answer, field: &str) {
    let found = (answer.0.as_u16(), answer.1["code"].as_str(), answer.1["field"].as_str());
    assert_eq!(found, (422, Some("invalid"), Some(field)), "{}", answer.1);
}

/// A password that is long enough.
const SECRET: &str = "flat white";

#[tokio::test]
async fn an_organiser_makes_changes_and_dismisses_staff() {
    let house = House::open().await;
    let olga = house.staff("olga").await;
    let body = json!({"role": "barista", "name": " Cleo ", "password": SECRET});
    let (status, cleo) = puts(&olga, "cleo", body).await;
    assert_eq!(status, StatusCode::OK, "{cleo}");
    let made = json!({"username": "cleo", "role": "barista", "name": "Cleo", "has_password": true});
    assert_eq!(cleo, made);
    let names = async || {
        let staff = olga.gets(route::STAFF).await;
        let staff = staff.as_array().expect("a list").clone();
        staff.iter().map(|one| one["username"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["bea", "cleo", "olga"]);

    let who = house.signed_in("cleo", SECRET).await.person();
    assert_eq!(dismisses(&olga, "cleo").await.0, StatusCode::NO_CONTENT);
    assert_eq!(names().await, ["bea", "olga"]);
    assert_eq!(dismisses(&olga, "cleo").await.1["code"], "not_found");
    assert_eq!(house.tries("cleo", SECRET).await.1["code"], "bad_credentials");
    puts(&olga, "cleo", json!({"role": "display", "name": "C", "password": SECRET})).await;
    assert_eq!(house.signed_in("cleo", SECRET).await.person(), who, "the same person as ever");
    assert!(!who.as_str().contains("cleo"), "a log of persons says nothing about anybody");
}

#[tokio::test]
async fn what_a_session_was_given_for_ends_it_at_once() {
    let house = House::open().await;
    let (olga, bea) = (house.staff("olga").await, house.staff("bea").await);
    let queue = path::queue(&house.bar());
    let renamed = json!({"role": "barista", "name": "Beatrice"});
    puts(&olga, "bea", renamed).await;
    bea.gets(&queue).await;
    assert_eq!(house.memory.withdrawn(), [], "a name gives nobody any rights");

    for (password, change) in [
        ("secret", json!({"role": "barista", "name": "Bea", "password": SECRET})),
        (SECRET, json!({"role": "organiser", "name": "Bea"})),
        (SECRET, json!({"role": "organiser", "name": "Bea", "bars": ["espresso"]})),
    ] {
        let bea = house.signed_in("bea", password).await;
        bea.gets(&queue).await;
        let (status, body) = puts(&olga, "bea", change.clone()).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let (_, refused) = bea.sends(Method::GET, &queue, None).await;
        assert_eq!(refused["code"], "no_session", "{change}");
        let (_, refused) = bea.sends(Method::POST, route::CURRENT_SESSION, Some(json!({}))).await;
        assert_eq!(refused["code"], "no_session", "nor renewed");
        assert_eq!(house.memory.withdrawn(), [bea.person()]);
    }
    olga.gets(&queue).await;
    let bea = house.signed_in("bea", SECRET).await;
    dismisses(&olga, "bea").await;
    assert_eq!(bea.sends(Method::GET, &queue, None).await.1["code"], "no_session");
    assert_eq!(house.memory.withdrawn(), [bea.person()]);
}

#[tokio::test]
async fn others_read_the_name_as_it_is_now() {
    let house = House::open().await;
    let (olga, bea) = (house.staff("olga").await, house.staff("bea").await);
    let ada = house.guest().await;
    let order = ada.orders_a_latte(&bea.code().await).await;
    bea.asks(&order, json!({"type": "claim"})).await;
    puts(&olga, "bea", json!({"role": "barista", "name": "Beatrice"})).await;
    assert_eq!(olga.looks_at(&order).await["by"], "Beatrice");
    let (_, taken) = olga.asks(&order, json!({"type": "claim"})).await;
    assert_eq!(taken["taken_by"], "Beatrice");
}

#[tokio::test]
async fn a_new_bar_knows_a_name_that_changes_while_it_is_made() {
    let house = House::open().await;
    let (olga, bea) = (house.staff("olga").await, house.staff("bea").await);
    for lead in -9..=9 {
        let bar: BarId = format!("hall-{}", lead + 9).parse().expect("a slug");
        let name = format!("Bea {lead}");
        let makes = async {
            steps_aside(-lead).await;
            olga.posts(route::BARS, json!({"bar": bar, "name": "H", "place": "P"})).await
        };
        let renames = async {
            steps_aside(lead).await;
            puts(&olga, "bea", json!({"role": "barista", "name": name})).await
        };
        tokio::join!(makes, renames);
        let person = olga.person();
        let organiser = Actor { person, role: Role::Organiser, name: None, bars: None };
        let host = house.app.meet(&bar, Some(&organiser)).await.expect("it was made");
        assert_eq!(host.durable().names.staff.get(&bea.person()), Some(&name));
    }
}

#[tokio::test]
async fn somebody_can_always_run_the_house() {
    let house = House::open().await;
    let olga = house.staff("olga").await;
    invalid(&dismisses(&olga, "olga").await, "role");
    invalid(&puts(&olga, "olga", json!({"role": "barista", "name": "Olga"})).await, "role");
    let bound = json!({"role": "organiser", "name": "Olga", "bars": ["espresso"]});
    invalid(&puts(&olga, "olga", bound).await, "bars");
    // Without a password one is no successor.
    puts(&olga, "otto", json!({"role": "organiser", "name": "Otto"})).await;
    invalid(&dismisses(&olga, "olga").await, "role");
    puts(&olga, "otto", json!({"role": "organiser", "name": "Otto", "password": SECRET})).await;
    assert_eq!(dismisses(&olga, "olga").await.0, StatusCode::NO_CONTENT);
    assert_eq!(olga.sends(Method::GET, route::STAFF, None).await.1["code"], "no_session");
    house.signed_in("otto", SECRET).await.gets(route::STAFF).await;
}

#[tokio::test]
async fn wrong_fields_are_named_and_change_nothing() {
    let house = House::open().await;
    let olga = house.staff("olga").await;
    for (username, body, field) in [
        ("cleo", json!({"name": "Cleo"}), "role"),
        ("cleo", json!({"role": "chef", "name": "Cleo"}), "role"),
        ("cleo", json!({"role": "customer", "name": "Cleo"}), "role"),
        ("cleo", json!({"role": "barista"}), "name"),
        ("cleo", json!({"role": "barista", "name": " "}), "name"),
        ("cleo", json!({"role": "barista", "name": "Cleo", "password": "short"}), "password"),
        ("cleo", json!({"role": "barista", "name": "Cleo", "bars": []}), "bars"),
        ("cleo", json!({"role": "barista", "name": "Cleo", "bars": ["Espresso"]}), "bars.0"),
        ("cleo", json!({"role": "barista", "name": "Cleo", "pin": "1234"}), "pin"),
    ] {
        invalid(&puts(&olga, username, body).await, field);
    }
    let cleo = json!({"role": "barista", "name": "Cleo"});
    for username in ["Cleo", "cl%20eo", "cl.eo", &"x".repeat(33)] {
        let path = route::STAFF_MEMBER.replace("{username}", username);
        invalid(&olga.sends(Method::PUT, &path, Some(cleo.clone())).await, "username");
        assert_eq!(olga.sends(Method::DELETE, &path, None).await.1["code"], "not_found");
    }
    assert_eq!(olga.gets(route::STAFF).await.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn accounts_are_the_organisers_affair() {
    let house = House::open().await;
    let (olga, bea, ada) =
        (house.staff("olga").await, house.staff("bea").await, house.guest().await);
    puts(&olga, "hall", json!({"role": "display", "name": "Hall", "password": SECRET})).await;
    let hall = house.signed_in("hall", SECRET).await;
    let link = path::staff_link(&"hall".parse().expect("a user name"));
    // Nothing of the body is looked at before it is settled that they may.
    let asked = [
        (Method::GET, route::STAFF, None),
        (Method::PUT, &member("bea"), Some(json!({"role": 7}))),
        (Method::DELETE, &member("olga"), None),
        (Method::POST, &link, Some(json!({"x": 1}))),
    ];
    for (method, path, body) in asked {
        for who in [&bea, &ada, &hall] {
            let (_, refused) = who.sends(method.clone(), path, body.clone()).await;
            assert_eq!(refused["code"], "not_allowed", "{method} {path}");
        }
        let (_, refused) = house.knock(method.clone(), path, None, body).await;
        assert_eq!(refused["code"], "no_session", "{method} {path}");
    }
}

#[tokio::test]
async fn staff_of_some_bars_know_of_no_others() {
    let house = House::open().await;
    let olga = house.staff("olga").await;
    olga.posts(route::BARS, json!({"bar": "hall-2", "name": "H", "place": "P"})).await;
    for (username, role) in [("cleo", "barista"), ("carl", "organiser")] {
        let body = json!({"role": role, "name": "C", "password": SECRET, "bars": ["hall-2"]});
        assert_eq!(puts(&olga, username, body).await.0, StatusCode::OK);
    }
    for username in ["cleo", "carl"] {
        let theirs = house.signed_in(username, SECRET).await;
        let bars = theirs.gets(route::BARS).await;
        assert_eq!((bars.as_array().map(Vec::len), &bars[0]["bar"]), (Some(1), &json!("hall-2")));
        theirs.gets(&path::queue(&"hall-2".parse().expect("a slug"))).await;
        for path in [path::bar(&house.bar()), path::queue(&house.bar()), path::log(&house.bar())] {
            let (_, refused) = theirs.sends(Method::GET, &path, None).await;
            assert_eq!(refused["code"], "no_such_bar", "{path}");
        }
    }
    // An organiser who is bound to a bar has no say over the others, nor over whoever works there.
    let carl = house.signed_in("carl", SECRET).await;
    let seen = carl.gets(route::STAFF).await;
    let seen: Vec<_> =
        seen.as_array().expect("a list").iter().map(|one| &one["username"]).collect();
    assert_eq!(seen, ["carl", "cleo"]);
    let all = json!({"role": "organiser", "name": "Carl"});
    invalid(&puts(&carl, "carl", all.clone()).await, "bars");
    assert_eq!(puts(&carl, "olga", all).await.1["code"], "not_found");
    assert_eq!(dismisses(&carl, "bea").await.1["code"], "not_found");
    let new = json!({"bar": "mine", "name": "M", "place": "P"});
    assert_eq!(carl.posts(route::BARS, new).await.1["code"], "not_allowed");
    assert_eq!(dismisses(&carl, "cleo").await.0, StatusCode::NO_CONTENT);
}
