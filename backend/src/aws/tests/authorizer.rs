use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::api::route;
use serde_json::{Value, json};

use crate::aws::authorizer::{Authorizer, account_of};
use crate::scenarios::door::House;

const ACCOUNT: &str = "arn:aws:iot:eu-west-1:123456789012";

/// A connection as IoT Core tells it.
fn event(username: &str, password: &str) -> Value {
    json!({
        "protocols": ["tls", "http", "mqtt"],
        "signatureVerified": false,
        "protocolData": {
            "tls": {"serverName": "x-ats.iot.eu-west-1.amazonaws.com"},
            "http": {"headers": {}, "queryString": "?x-amz-customauthorizer-name=bar-session"},
            "mqtt": {"username": username, "password": password, "clientId": "screen-1"},
        },
        "connectionMetadata": {"id": "d7adeb8e-3d3c-4d0f-b5f9-0a4f8f6e9b1a"},
    })
}

fn authorizer(house: &House) -> Authorizer {
    Authorizer::new(house.app.sessions().clone(), house.app.ports().clock.clone())
}

async fn asked(authorizer: &Authorizer, username: &str, password: &[u8]) -> Value {
    let event = event(username, &STANDARD.encode(password));
    authorizer.answer(event, ACCOUNT).await.expect("an answer").value
}

#[tokio::test]
async fn a_session_may_connect_for_as_long_as_it_lasts() {
    let house = House::open().await;
    let authorizer = authorizer(&house);
    let bea = house.staff("bea").await;
    let password = bea.token().into_bytes();
    let answer = asked(&authorizer, "session", &password).await;
    assert_eq!(answer["isAuthenticated"], true);
    assert_eq!(answer["principalId"], "bea");
    assert_eq!(answer["disconnectAfterInSeconds"], 24 * 3600);
    assert_eq!(answer["refreshAfterInSeconds"], 300);
    let policies = answer["policyDocuments"].as_array().expect("policies");
    assert!(policies.iter().all(|policy| policy["Version"] == "2012-10-17"));
    assert_eq!(policies[0]["Statement"][0]["Resource"], format!("{ACCOUNT}:client/screen-1"));

    house.pass(23 * 3600);
    let left = |answer: Value| answer["disconnectAfterInSeconds"].clone();
    assert_eq!(left(asked(&authorizer, "session", &password).await), 3600);
    house.pass(3590);
    assert_eq!(left(asked(&authorizer, "session", &password).await), 300, "IoT Core's least");
    house.pass(10);
    assert_eq!(asked(&authorizer, "session", &password).await["isAuthenticated"], false);

    let ada = house.guest().await;
    let answer = asked(&authorizer, "session", ada.token().as_bytes()).await;
    assert_eq!(answer["principalId"], ada.person().as_str());
    assert_eq!(left(answer), 86_400, "IoT Core's most");
}

#[tokio::test]
async fn who_is_not_signed_in_may_do_nothing() {
    let house = House::open().await;
    let authorizer = authorizer(&house);
    let bea = house.staff("bea").await;
    let token = bea.token();
    for (username, password) in [
        ("session", "token".as_bytes()),
        ("session", b""),
        ("session", &[0xff, 0xfe]),
        ("", token.as_bytes()),
        ("bea", token.as_bytes()),
        ("session", b"secret"),
    ] {
        let answer = asked(&authorizer, username, password).await;
        assert_eq!(answer["isAuthenticated"], false, "{username} {password:?}");
        assert_eq!(answer["policyDocuments"], json!([]), "{username}");
    }
    let odd = authorizer.answer(event("session", "no base64 !"), ACCOUNT).await.expect("an answer");
    assert_eq!((odd.status, odd.value["isAuthenticated"].clone()), (401, json!(false)));
    let bare = json!({"protocolData": {"mqtt": {}}});
    let bare = authorizer.answer(bare, ACCOUNT).await.expect("an answer");
    assert_eq!((bare.status, bare.value["isAuthenticated"].clone()), (401, json!(false)));

    assert_eq!(asked(&authorizer, "session", token.as_bytes()).await["isAuthenticated"], true);
    let signed_out = bea.sends(axum::http::Method::DELETE, route::CURRENT_SESSION, None).await;
    assert_eq!(signed_out.0, 204);
    assert_eq!(asked(&authorizer, "session", token.as_bytes()).await["isAuthenticated"], false);
}

#[test]
fn names_at_iot_core_are_of_this_account() {
    let function = "arn:aws:lambda:eu-west-1:123456789012:function:bar-AuthorizerFunction-1";
    assert_eq!(account_of(function).expect("a name"), ACCOUNT);
    let function = "arn:aws-cn:lambda:cn-north-1:123456789012:function:x:live";
    assert_eq!(account_of(function).expect("a name"), "arn:aws-cn:iot:cn-north-1:123456789012");
    for odd in ["", "x", "arn:aws:s3:::bucket", "arn:aws:lambda:eu-west-1"] {
        assert!(account_of(odd).is_err(), "{odd}");
    }
}
