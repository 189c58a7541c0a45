//! The turn of the day at 04:00 by the bar's own clock, and pauses that end by themselves.

use domain::api::{path, route};
use domain::{BarId, Timestamp};
use serde_json::{Value, json};

use super::door::House;

/// A bar in this time zone.
async fn a_bar_in(zone: &str, now: &str) -> House {
    let house = House::open_at(now).await;
    moves_to(&house, zone).await;
    house
}

async fn moves_to(house: &House, zone: &str) {
    let details = json!({
        "type": "set_details", "name": "E", "place": "P", "languages": ["en"], "time_zone": zone
    });
    house.staff("olga").await.asks_bar(details).await;
}

/// The timers look again and again, for so many hours.
async fn hours_pass(house: &House, hours: usize) {
    for _ in 0..hours * 6 {
        house.pass(600);
        house.ticks().await;
    }
}

/// The moments at which a day was begun, and which.
async fn turns(house: &House) -> Vec<(String, String)> {
    turns_at(house, &house.bar()).await
}

async fn turns_at(house: &House, bar: &BarId) -> Vec<(String, String)> {
    let log = house.staff("olga").await.gets(&path::log(bar)).await;
    let entries = log["entries"].as_array().expect("entries").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let turns = entries.filter(|entry| entry["events"][0]["type"] == "DayStarted");
    turns.map(|entry| (text(&entry["at"]), text(&entry["events"][0]["day"]))).collect()
}

#[tokio::test]
async fn an_order_at_seven_in_the_morning_belongs_to_that_morning() {
    // Half past nine hours ahead of UTC, where it is still the evening before.
    let house = a_bar_in("Australia/Darwin", "2026-11-20T21:30:00Z").await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    assert_eq!(order["number"], 1);
    assert_eq!(turns(&house).await, [("2026-11-20T21:30:00.000Z".into(), "2026-11-21".into())]);
    ada.asks(&order, json!({"type": "cancel"})).await;
    // 03:59:59 the next morning, then 04:00.
    house.pass(21 * 3600 - 1);
    let late = house.guest().await.orders_a_latte(&bea.code().await).await;
    assert_eq!(late["number"], 2, "the night still belongs to the evening");
    house.pass(1);
    let early = house.guest().await.orders_a_latte(&bea.code().await).await;
    assert_eq!(early["number"], 1);
    assert_eq!(
        turns(&house).await[1..],
        [("2026-11-21T18:30:00.000Z".into(), "2026-11-22".into())]
    );
}

#[tokio::test]
async fn a_night_in_which_the_clocks_change_turns_once_and_at_four() {
    for (zone, evening, turn, day) in [
        // 02:00 becomes 03:00.
        ("Europe/Berlin", "2026-03-28T20:00:00Z", "2026-03-29T02:00:00.000Z", "2026-03-29"),
        ("America/New_York", "2026-03-08T00:00:00Z", "2026-03-08T08:00:00.000Z", "2026-03-08"),
        // 03:00 becomes 02:00.
        ("Europe/Berlin", "2026-10-24T20:00:00Z", "2026-10-25T03:00:00.000Z", "2026-10-25"),
        // By half an hour: 02:00 becomes 02:30.
        ("Australia/Lord_Howe", "2026-10-03T08:00:00Z", "2026-10-03T17:00:00.000Z", "2026-10-04"),
        // 03:00 becomes 02:00, half past nine hours ahead of UTC afterwards.
        ("Australia/Adelaide", "2026-04-04T08:00:00Z", "2026-04-04T18:30:00.000Z", "2026-04-05"),
    ] {
        let house = a_bar_in(zone, evening).await;
        let before = turns(&house).await.len();
        // Through that night and the day after it.
        hours_pass(&house, 20).await;
        let turned = &turns(&house).await[before..];
        assert_eq!(turned, [(turn.to_owned(), day.to_owned())], "{zone}");
    }
}

#[tokio::test]
async fn a_bar_that_moves_to_another_time_zone_has_every_day_once() {
    // The next day has begun at half past five in Auckland, and is yet to come in Los Angeles.
    let house = House::open_at("2026-11-20T16:30:00Z").await;
    moves_to(&house, "Pacific/Auckland").await;
    house.ticks().await;
    moves_to(&house, "America/Los_Angeles").await;
    hours_pass(&house, 48).await;
    let text = |(at, day): (&str, &str)| (at.to_owned(), day.to_owned());
    let once =
        [("2026-11-20T16:30:00.000Z", "2026-11-21"), ("2026-11-22T12:00:00.000Z", "2026-11-22")];
    assert_eq!(turns(&house).await, once.map(text));
}

#[tokio::test]
async fn each_of_several_bars_has_its_own_day_and_its_own_deadlines() {
    let house = a_bar_in("Australia/Darwin", "2026-11-20T17:00:00Z").await;
    let hall: BarId = "hall-2".parse().expect("a slug");
    {
        let olga = house.staff("olga").await;
        let limits = json!({"start_seconds": 4200});
        let made = json!({"bar": hall, "name": "H", "place": "P", "limits": limits});
        assert_eq!(olga.posts(route::BARS, made).await.0.as_u16(), 201);
        olga.posts(&path::bar_commands(&hall), json!({"type": "open"})).await;
        for bar in [&house.bar(), &hall] {
            let (_, order) = olga.posts(&path::orders(bar), json!({"drink": "tea"})).await;
            assert_eq!(order["number"], 1, "{order}");
        }
    }
    hours_pass(&house, 1).await;
    // Timers are nowhere but in what was written.
    let house = house.reopened().await;
    hours_pass(&house, 11).await;
    let turn = |at: &str| [(at.to_owned(), "2026-11-21".to_owned())];
    assert_eq!(turns(&house).await, turn("2026-11-20T18:30:00.000Z"));
    assert_eq!(turns_at(&house, &hall).await, turn("2026-11-21T04:00:00.000Z"));
    for (bar, at) in [(house.bar(), "2026-11-20T17:30:00.000Z"), (hall, "2026-11-20T18:10:00.000Z")]
    {
        let log = house.staff("olga").await.gets(&path::log(&bar)).await;
        let entries = log["entries"].as_array().expect("entries").iter();
        let expiries = entries.filter(|entry| entry["events"][0]["type"] == "OrderExpired");
        let times: Vec<_> = expiries.map(|entry| &entry["at"]).collect();
        assert_eq!(times, [&json!(at)], "{bar}");
    }
}

#[tokio::test]
async fn days_that_nobody_saw_turn_once() {
    let house = a_bar_in("Europe/Berlin", "2026-11-20T09:00:00Z").await;
    house.pass(3 * 24 * 3600);
    let house = house.restarted().await;
    for _ in 0..3 {
        house.app.nudge(&house.bar()).await.expect("memory");
    }
    let turned = turns(&house).await;
    assert_eq!(turned, [("2026-11-23T09:00:00.000Z".into(), "2026-11-23".into())]);
}

#[tokio::test]
async fn a_daily_limit_ends_with_the_bars_day() {
    for (zone, now, moves, retry_at) in [
        ("UTC", "2026-11-21T03:00:00Z", None, "2026-11-21T04:00:00.000Z"),
        ("Australia/Darwin", "2026-11-20T21:30:00Z", None, "2026-11-21T18:30:00.000Z"),
        ("Europe/Berlin", "2026-10-24T20:00:00Z", None, "2026-10-25T03:00:00.000Z"),
        // A day that has begun is not begun again, wherever the bar is moved to.
        ("Australia/Darwin", "2026-11-20T21:30:00Z", Some("UTC"), "2026-11-22T04:00:00.000Z"),
    ] {
        let house = a_bar_in(zone, now).await;
        let (bea, ada) = (house.staff("bea").await, house.guest().await);
        let limit = json!({"type": "set_limits", "limits": {"daily_per_person": 1}});
        house.staff("olga").await.asks_bar(limit).await;
        let order = ada.orders_a_latte(&bea.code().await).await;
        bea.asks(&order, json!({"type": "complete"})).await;
        ada.asks(&order, json!({"type": "collect"})).await;
        if let Some(zone) = moves {
            moves_to(&house, zone).await;
        }
        let (_, problem) = ada.redeems(&bea.code().await).await;
        let told = (&problem["code"], &problem["retry_at"]);
        assert_eq!(told, (&json!("daily_limit"), &json!(retry_at)), "{zone}");
        let seconds = |moment: &str| moment.parse::<Timestamp>().expect("a moment").seconds();
        house.pass(seconds(retry_at) - seconds(now));
        ada.orders_a_latte(&house.staff("bea").await.code().await).await;
    }
}

#[tokio::test]
async fn a_pause_ends_by_itself_whether_the_server_was_stopped_or_killed_meanwhile() {
    let house = House::open().await;
    let until = "2026-11-21T09:40:00.000Z";
    let pause = json!({"type": "pause", "until": until, "reason": "New beans"});
    house.staff("bea").await.asks_bar(pause).await;
    house.pass(599);
    let house = house.restarted().await;
    let show = async |house: &House| house.guest().await.gets(&path::bar(&house.bar())).await;
    let view = show(&house).await;
    assert_eq!((&view["status"], &view["paused_until"]), (&json!("paused"), &json!(until)));
    assert_eq!(view["refusal"], json!({"code": "bar_paused", "retry_at": until}));
    house.pass(1);
    let house = house.reopened().await;
    let view = show(&house).await;
    assert_eq!((&view["status"], &view["accepting"]), (&json!("open"), &json!(true)));
    let code = house.staff("bea").await.code().await;
    house.guest().await.orders_a_latte(&code).await;
}
