//! Coming in by password and by link, staying and going out.

use axum::http::{Method, StatusCode};
use domain::Timestamp;
use domain::api::{path, route};
use serde_json::{Value, json};

use super::door::{Answer, House, Visitor, steps_aside};

/// A password that is long enough.
const SECRET: &str = "flat white";

async fn opens(house: &House, link: &str) -> Answer {
    house.knock(Method::POST, route::LINK_SESSIONS, None, Some(json!({"link": link}))).await
}

fn refused(answer: &Answer, status: u16, code: &str) {
    let found = (answer.0.as_u16(), answer.1["code"].as_str());
    assert_eq!(found, (status, Some(code)), "{}", answer.1);
}

/// A monitor's account, without a password.
async fn hangs_a_monitor(olga: &Visitor<'_>) {
    let hall = path::staff_member(&"hall".parse().expect("a user name"));
    let body = json!({"role": "display", "name": "Hall"});
    assert_eq!(olga.sends(Method::PUT, &hall, Some(body)).await.0, StatusCode::OK);
}

async fn link_to(olga: &Visitor<'_>, username: &str) -> Answer {
    let path = path::staff_link(&username.parse().expect("a user name"));
    olga.sends(Method::POST, &path, Some(json!({}))).await
}

fn link(answer: &Answer) -> &str {
    assert_eq!(answer.0, StatusCode::CREATED, "{}", answer.1);
    answer.1["link"].as_str().expect("a link")
}

#[tokio::test]
async fn a_link_signs_a_display_in_once_within_fifteen_minutes() {
    let house = House::open().await;
    let olga = house.staff("olga").await;
    hangs_a_monitor(&olga).await;
    let (first, second) = (link_to(&olga, "hall").await, link_to(&olga, "hall").await);
    let third = link_to(&olga, "hall").await;
    assert!(link(&first).len() == 10 && link(&first) != link(&second));

    let (status, session) = opens(&house, link(&first)).await;
    assert_eq!(status, StatusCode::CREATED, "{session}");
    assert_eq!(
        (&session["actor"]["role"], &session["actor"]["name"]),
        (&json!("display"), &json!("Hall"))
    );
    let expires_at: Timestamp =
        session["expires_at"].as_str().expect("a text").parse().expect("a moment");
    assert_eq!(expires_at, house.app.now().plus_seconds(30 * 24 * 3600));
    house.visitor(&session).gets(&path::board(&house.bar())).await;
    let again = opens(&house, link(&first)).await;
    refused(&again, 401, "bad_credentials");
    assert_eq!(again.1["detail"], "This link has been used, or its 15 minutes are over.");
    assert_eq!(again.1["field"], "link");

    house.pass(899);
    let typed = format!("{}-{}", &link(&second)[..5], link(&second)[5..].to_lowercase());
    assert_eq!(opens(&house, &typed).await.0, StatusCode::CREATED, "as people type");
    house.pass(1);
    refused(&opens(&house, link(&third)).await, 401, "bad_credentials");
    for nonsense in ["", "7K3M", "0000000000", "UUUUUUUUUU"] {
        refused(&opens(&house, nonsense).await, 401, "bad_credentials");
    }
    // The account has no password that one could guess.
    refused(&house.tries("hall", "").await, 401, "bad_credentials");
}

#[tokio::test]
async fn links_are_for_displays_and_go_with_them() {
    let house = House::open().await;
    let olga = house.staff("olga").await;
    hangs_a_monitor(&olga).await;
    let bea = link_to(&olga, "bea").await;
    refused(&bea, 422, "invalid");
    assert_eq!(bea.1["field"], "role");
    refused(&link_to(&olga, "nobody").await, 404, "not_found");
    let unused = link_to(&olga, "hall").await;
    let hall = path::staff_member(&"hall".parse().expect("a user name"));
    olga.sends(Method::DELETE, &hall, None).await;
    hangs_a_monitor(&olga).await;
    refused(&opens(&house, link(&unused)).await, 401, "bad_credentials");
}

#[tokio::test]
async fn a_link_does_not_lead_to_what_becomes_of_its_account_meanwhile() {
    let house = House::open().await;
    let olga = house.staff("olga").await;
    let hall = path::staff_member(&"hall".parse().expect("a user name"));
    let promoted = json!({"role": "organiser", "name": "Hall"});
    for (method, body) in [(Method::PUT, Some(promoted)), (Method::DELETE, None)] {
        // Whichever of the two is ahead, and by however little.
        for lead in -9..=9 {
            hangs_a_monitor(&olga).await;
            let changes = async {
                steps_aside(-lead).await;
                olga.sends(method.clone(), &hall, body.clone()).await
            };
            let links = async {
                steps_aside(lead).await;
                link_to(&olga, "hall").await
            };
            let (changed, made) = tokio::join!(changes, links);
            assert!(changed.0.is_success(), "{}", changed.1);
            if made.0 == StatusCode::CREATED {
                refused(&opens(&house, link(&made)).await, 401, "bad_credentials");
            }
        }
    }
}

#[tokio::test]
async fn the_first_start_goes_on_until_an_organiser_has_a_password() {
    let house = House::empty().await;
    let start = async || house.app.first_start_link().await.expect("memory never fails");
    let first = start().await.expect("nobody can sign in");
    let (status, session) = opens(&house, &first).await;
    assert_eq!((status, &session["actor"]["role"]), (StatusCode::CREATED, &json!("organiser")));
    let stranger = house.visitor(&session);
    stranger.gets(route::STAFF).await;

    // Whoever came by an earlier link is out when the server is started again.
    let unused = start().await.expect("still nobody can");
    let second = start().await.expect("still nobody can");
    refused(&stranger.sends(Method::GET, route::STAFF, None).await, 401, "no_session");
    refused(&opens(&house, &unused).await, 401, "bad_credentials");
    let (_, session) = opens(&house, &second).await;
    let olga = house.visitor(&session);
    let organiser = path::staff_member(&"organiser".parse().expect("a user name"));
    let body = json!({"role": "organiser", "name": "Olga", "password": SECRET});
    assert_eq!(olga.sends(Method::PUT, &organiser, Some(body)).await.0, StatusCode::OK);
    // The session that did so goes on.
    let bar = json!({"bar": "espresso", "name": "E", "place": "P"});
    assert_eq!(olga.posts(route::BARS, bar).await.0, StatusCode::CREATED);
    assert_eq!(start().await, None, "an organiser can sign in");
    house.signed_in("organiser", SECRET).await.gets(route::STAFF).await;
}

#[tokio::test]
async fn signing_out_ends_what_was_renewed_and_nothing_else() {
    let house = House::open().await;
    let (here, there) = (house.staff("bea").await, house.staff("bea").await);
    let queue = path::queue(&house.bar());
    let renewed = async |who: &Visitor<'_>| -> Value {
        let (status, session) = who.posts(route::CURRENT_SESSION, json!({})).await;
        assert_eq!(status, StatusCode::CREATED, "{session}");
        session
    };
    let session = renewed(&here).await;
    let later = house.visitor(&session);
    let session = renewed(&later).await;
    let latest = house.visitor(&session);
    here.gets(&queue).await;
    let out = latest.sends(Method::DELETE, route::CURRENT_SESSION, None).await;
    assert_eq!(out.0, StatusCode::NO_CONTENT);
    assert_eq!(house.memory.withdrawn(), [here.person()]);
    for gone in [&here, &later, &latest] {
        refused(&gone.sends(Method::GET, &queue, None).await, 401, "no_session");
    }
    there.gets(&queue).await;

    // The other way round the newer one stays: it may be in use on another device.
    let session = renewed(&there).await;
    there.sends(Method::DELETE, route::CURRENT_SESSION, None).await;
    house.visitor(&session).gets(&queue).await;
}

#[tokio::test]
async fn a_token_that_was_renewed_often_does_not_grow() {
    let house = House::open().await;
    let mut session = json!({"token": house.guest().await.token(), "actor": {"person": "p"}});
    let mut lengths = Vec::new();
    for _ in 0..20 {
        let guest = house.visitor(&session);
        (_, session) = guest.posts(route::CURRENT_SESSION, json!({})).await;
        lengths.push(session["token"].as_str().expect("a token").len());
    }
    assert_eq!(lengths[10], lengths[19], "{lengths:?}");
}
