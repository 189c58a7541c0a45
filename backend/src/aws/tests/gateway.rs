use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::api::{path, route};
use serde_json::{Value, json};

use crate::aws::gateway::Gateway;
use crate::aws::invocation::Answer;
use crate::http::router;
use crate::scenarios::door::House;

/// A request as API Gateway sends it; `more` goes over what is usual.
fn event(method: Method, path: &str, more: Value) -> Value {
    let mut event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "x.execute-api.eu-west-1.amazonaws.com", "accept-encoding": "gzip"},
        "requestContext": {
            "http": {
                "method": method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
            },
            "requestId": "id",
            "stage": "$default",
        },
        "isBase64Encoded": false,
    });
    for (name, value) in more.as_object().expect("an object") {
        event[name] = value.clone();
    }
    event
}

fn posted(body: &Value) -> Value {
    json!({"headers": {"content-type": "application/json"}, "body": body.to_string()})
}

async fn asked(gateway: &Gateway, event: Value) -> Answer {
    gateway.answer(event).await.expect("an answer")
}

fn gateway(house: &House) -> Gateway {
    Gateway::new(router(house.app.clone()), Some("word"))
}

#[tokio::test]
async fn a_request_is_answered_and_named_by_its_route() {
    let house = House::open().await;
    let gateway = gateway(&house);
    let bar = event(Method::GET, &path::bar(&house.bar()), json!({}));
    let answer = asked(&gateway, bar).await;
    assert_eq!((answer.route.as_str(), answer.status), ("GET /api/bars/{bar}", 200));
    let answer = answer.value;
    assert_eq!(answer["statusCode"], 200);
    assert_eq!(answer["headers"]["content-type"], "application/json");
    assert_eq!(answer["headers"]["content-encoding"], "gzip", "it has a menu");
    assert_eq!(answer["isBase64Encoded"], true);
    let body = STANDARD.decode(answer["body"].as_str().expect("a text")).expect("base64");
    assert_eq!(body[..2], [0x1f, 0x8b]);

    let session = event(Method::POST, route::GUEST_SESSIONS, posted(&json!({})));
    let answer = asked(&gateway, session).await.value;
    assert_eq!((&answer["statusCode"], &answer["isBase64Encoded"]), (&json!(201), &json!(false)));
    let session: Value =
        serde_json::from_str(answer["body"].as_str().expect("a text")).expect("JSON");
    assert_eq!(session["actor"]["role"], "customer");
    let bearer = format!("Bearer {}", session["token"].as_str().expect("a token"));
    let signed_in = json!({"headers": {"authorization": bearer}, "rawQueryString": "limit=1"});
    let mine = asked(&gateway, event(Method::GET, route::MY_ORDERS, signed_in)).await;
    assert_eq!(mine.value["body"], "[]", "{}", mine.value);
}

#[tokio::test]
async fn bodies_in_base64_are_read_too() {
    let house = House::open().await;
    let body = STANDARD.encode(json!({"username": "bea", "password": "secret"}).to_string());
    let more = json!({
        "headers": {"content-type": "application/json"},
        "body": body,
        "isBase64Encoded": true,
    });
    let event = event(Method::POST, route::STAFF_SESSIONS, more);
    assert_eq!(asked(&gateway(&house), event).await.status, 201);
}

/// API Gateway undoes the spelling of paths; nothing that comes of it ends the process.
#[tokio::test]
async fn an_odd_address_is_answered_as_on_the_laptop() {
    let house = House::open().await;
    let gateway = gateway(&house);
    let bar = path::bar(&house.bar());
    for (path, query, status) in [
        (bar.as_str(), "", 200),
        (&bar.replace("espresso", "es%70resso"), "", 200),
        (&bar.replace("espresso", "espresso/"), "", 404),
        (&bar.replace("espresso", "café au lait"), "", 404),
        (&bar.replace("espresso", "a?b#c\"<>\u{7}%zz"), "", 404),
        (&bar, "code=é \"#<x>", 200),
        ("/", "", 404),
        (route::ALIVE, "", 200),
        (route::READY, "", 200),
        (route::METRICS, "", 404),
    ] {
        let event = event(Method::GET, path, json!({"rawQueryString": query}));
        assert_eq!(asked(&gateway, event).await.status, status, "{path} {query}");
    }
}

#[tokio::test]
async fn each_address_has_failures_of_its_own() {
    let house = House::open().await;
    let gateway = gateway(&house);
    let tries = async |viewer: &str, word: &str| {
        let mut more = posted(&json!({"username": "bea", "password": "wrong"}));
        more["headers"]["x-serverlesspresso-viewer"] = json!(viewer);
        more["headers"]["x-serverlesspresso-distribution"] = json!(word);
        asked(&gateway, event(Method::POST, route::STAFF_SESSIONS, more)).await.status
    };
    for status in [401, 401, 401, 429] {
        assert_eq!(tries("198.51.100.1", "word").await, status);
    }
    assert_eq!(tries("198.51.100.2", "word").await, 401, "somebody else");
    for status in [401, 401, 401, 429] {
        assert_eq!(tries("198.51.100.2", "guess").await, status, "known by where it comes from");
    }
    assert_eq!(tries("198.51.100.3", "guess").await, 429, "whatever it says");
}

#[tokio::test]
async fn what_is_no_request_is_an_error() {
    let house = House::open().await;
    let gateway = gateway(&house);
    assert!(gateway.answer(json!({"Records": []})).await.is_err());
    let event =
        event(Method::POST, route::STAFF_SESSIONS, json!({"body": "?", "isBase64Encoded": true}));
    assert!(gateway.answer(event).await.is_err());
}
