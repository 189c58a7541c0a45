//! Requests that are JSON and still make no sense: refused with the field it is in, and nothing
//! of them is carried out.

use anyhow::{Context as _, Result, ensure};
use domain::api::{path, route};
use domain::{Code, Menu};
use serde_json::{Value, json};

use crate::bar::Bar;
use crate::person::command_id;

#[tokio::test]
async fn fields_nobody_knows_are_refused_by_name() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea, olga) = (bar.guest().await?, bar.bea().await?, bar.olga().await?);
    let order = bea.takes("tea").await?.order;
    let last = bea.log(0).await?.last;
    let (orders, commands) = (path::orders(&bar.id), path::order_commands(&order));
    let to_bar = path::bar_commands(&bar.id);
    let new_bar = json!({ "bar": "b", "name": "B", "place": "P", "owner": "me" });
    let limits = json!({ "type": "set_limits", "limits": { "umbrellas": 1 } });
    for (who, path, body, field) in [
        (&ada, &orders, json!({ "code": "0", "tip": 1 }), "tip"),
        (&bea, &orders, json!({ "drink": "tea", "sugar": 1 }), "sugar"),
        (&bea, &orders, json!({ "drink": "tea", "options": {}, "Name": "A" }), "Name"),
        (&bea, &commands, json!({ "type": "claim", "reason": "mine" }), "reason"),
        (&bea, &commands, json!({ "type": "cancel", "reson": "typo" }), "reson"),
        (&bea, &to_bar, json!({ "type": "open", "until": null }), "until"),
        (&bea, &to_bar, json!({ "type": "pause", "reasons": "" }), "reasons"),
        (&olga, &to_bar, limits, "umbrellas"),
        (&olga, &route::BARS.to_owned(), new_bar, "owner"),
    ] {
        let answer = who.posts(path, &command_id(), &body).await?;
        let problem = answer.problem(Code::Invalid).with_context(|| body.to_string())?;
        let named = problem.field.as_deref().is_some_and(|named| named.ends_with(field));
        ensure!(named, "{body}: {problem:?}");
    }
    ensure!(bea.log(0).await?.last == last, "nothing was written");
    Ok(())
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_refused_by_name() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let order = bea.takes("tea").await?.order;
    let last = bea.log(0).await?.last;
    let (orders, commands) = (path::orders(&bar.id), path::order_commands(&order));
    let latte = |options: Value| json!({ "drink": "latte", "options": options });
    let named = |name: &str| json!({ "drink": "latte", "name": name });
    for (who, path, body, field) in [
        (&ada, &orders, json!({}), "code"),
        (&ada, &orders, json!({ "code": 7 }), "code"),
        (&bea, &orders, json!({}), "drink"),
        (&bea, &orders, json!({ "drink": null }), "drink"),
        (&bea, &orders, json!({ "drink": "Latte!" }), "drink"),
        (&bea, &orders, json!({ "drink": "whisky" }), "drink"),
        (&bea, &orders, latte(json!({ "milk": "oat" })), "options.milk"),
        (&bea, &orders, latte(json!({ "milk": ["yak"] })), "options.milk"),
        (&bea, &orders, latte(json!({ "milk": [] })), "options.milk"),
        (&bea, &orders, latte(json!({ "milk": ["oat", "soy"] })), "options.milk"),
        (&bea, &orders, latte(json!({ "ice": ["crushed"] })), "options.ice"),
        (&bea, &orders, json!({ "drink": "latte", "options": [] }), "options"),
        (&bea, &orders, named(&"x".repeat(41)), "name"),
        (&bea, &orders, named("A\u{7}da"), "name"),
        (&bea, &commands, json!({}), "type"),
        (&bea, &commands, json!({ "type": "juggle" }), "type"),
        (&bea, &commands, json!({ "type": ["claim"] }), "type"),
        (&bea, &commands, json!({ "type": "claim", "if_version": "new" }), "if_version"),
    ] {
        let answer = who.posts(path, &command_id(), &body).await?;
        let problem = answer.problem(Code::Invalid).with_context(|| body.to_string())?;
        ensure!(problem.field.as_deref() == Some(field), "{body}: {problem:?}");
    }
    ensure!(bea.log(0).await?.last == last, "nothing was written");
    Ok(())
}

/// What a command needs depends on its `type`; what is wrong with it is said of its own field.
#[tokio::test]
async fn what_is_wrong_in_a_command_is_named_by_its_path() -> Result<()> {
    let bar = Bar::open().await?;
    let (bea, olga) = (bar.bea().await?, bar.olga().await?);
    let order = bea.takes("tea").await?.order;
    let last = bea.log(0).await?.last;
    let (to_order, to_bar) = (path::order_commands(&order), path::bar_commands(&bar.id));
    let standard = serde_json::to_value(Menu::standard())?;
    let menu = |pointer: &str, wrong: Value| -> Result<Value> {
        let mut menu = standard.clone();
        *menu.pointer_mut(pointer).context("a place in the menu")? = wrong;
        Ok(json!({ "type": "set_menu", "menu": menu }))
    };
    let limits = |limits: Value| json!({ "type": "set_limits", "limits": limits });
    let details = |languages: Value| {
        json!({
            "type": "set_details", "name": "B", "place": "P", "languages": languages,
            "time_zone": "UTC"
        })
    };
    for (path, body, field) in [
        (&to_order, json!({ "type": "cancel", "reason": 7 }), "reason"),
        (&to_order, json!({ "type": "place" }), "drink"),
        (&to_order, json!({ "type": "place", "drink": 7 }), "drink"),
        (&to_order, json!({ "type": "change", "drink": "Flat White" }), "drink"),
        (&to_order, json!({ "type": "change", "drink": "tea", "name": [] }), "name"),
        (&to_order, json!({ "type": "change", "drink": "tea", "options": 7 }), "options"),
        (
            &to_order,
            json!({ "type": "change", "drink": "tea", "options": { "milk": [7] } }),
            "options.milk.0",
        ),
        (&to_order, json!({ "type": "claim", "eggs": 3 }), "eggs"),
        (&to_order, json!({ "type": "juggle", "eggs": 3 }), "type"),
        (&to_order, json!({ "type": 7, "eggs": 3 }), "type"),
        (&to_order, json!({ "type": null }), "type"),
        (&to_bar, json!({ "type": "pause", "until": "noon" }), "until"),
        (&to_bar, json!({ "type": "pause", "reason": {} }), "reason"),
        (&to_bar, json!({ "type": "set_availability", "drink": "tea" }), "available"),
        (
            &to_bar,
            json!({ "type": "set_availability", "drink": "tea", "available": "no" }),
            "available",
        ),
        (&to_bar, limits(json!({ "uses_per_window": -1 })), "limits.uses_per_window"),
        (&to_bar, limits(json!({ "window_seconds": "300" })), "limits.window_seconds"),
        (&to_bar, limits(json!({ "umbrellas": 1 })), "limits.umbrellas"),
        (&to_bar, limits(json!(7)), "limits"),
        (&to_bar, json!({ "type": "set_limits" }), "limits"),
        (&to_bar, menu("/drinks/2/seconds", json!("long"))?, "menu.drinks.2.seconds"),
        (&to_bar, menu("/drinks/2", json!({ "slug": "x" }))?, "menu.drinks.2.name"),
        (
            &to_bar,
            menu("/groups/0/options/1/available", json!(1))?,
            "menu.groups.0.options.1.available",
        ),
        (&to_bar, details(json!(["en", 7])), "languages.1"),
        (&to_bar, details(json!("en")), "languages"),
        (&to_bar, json!({ "type": "open", "until": null }), "until"),
    ] {
        let answer = olga.posts(path, &command_id(), &body).await?;
        let problem = answer.problem(Code::Invalid).with_context(|| body.to_string())?;
        ensure!(problem.field.as_deref() == Some(field), "{field} of {body}: {problem:?}");
        ensure!(problem.detail.contains(field), "{problem:?}");
    }
    ensure!(bea.log(0).await?.last == last, "nothing was written");
    Ok(())
}

/// serde would take the items of a list for the fields of an object, in their order.
#[tokio::test]
async fn a_list_is_no_object() -> Result<()> {
    let bar = Bar::open().await?;
    let olga = bar.olga().await?;
    let to_bar = path::bar_commands(&bar.id);
    let drink = json!(["tea", "Tea", {}, "tea", 40, true, [], []]);
    for (body, field) in [
        (json!({ "type": "set_limits", "limits": [60] }), "limits"),
        (json!({ "type": "set_menu", "menu": [[], []] }), "menu"),
        (json!({ "type": "set_menu", "menu": { "drinks": [drink], "groups": [] } }), "menu"),
    ] {
        let problem = olga.posts(&to_bar, &command_id(), &body).await?.problem(Code::Invalid)?;
        let named = problem.field.as_deref().unwrap_or_default();
        ensure!(named == field || named == "menu.drinks.0", "{body}: {problem:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_command_needs_an_id_of_its_senders() -> Result<()> {
    let bar = Bar::open().await?;
    let bea = bar.bea().await?;
    let long = "x".repeat(65);
    for id in [json!(null), json!(12_345_678), json!("1234567"), json!("ein käse"), json!(long)] {
        let body = json!({ "command_id": id, "drink": "tea" });
        let answer = bea.http.post(&path::orders(&bar.id), Some(bea.token()), &body).await?;
        let problem = answer.problem(Code::Invalid).with_context(|| body.to_string())?;
        ensure!(problem.field.as_deref() == Some("command_id"), "{problem:?}");
    }
    let body = json!({ "drink": "tea" });
    let answer = bea.http.post(&path::orders(&bar.id), Some(bea.token()), &body).await?;
    ensure!(answer.problem(Code::Invalid)?.field.as_deref() == Some("command_id"), "none at all");
    let shortest = json!({ "command_id": "abc-_123", "drink": "tea" });
    let answer = bea.http.post(&path::orders(&bar.id), Some(bea.token()), &shortest).await?;
    ensure!(answer.status == 201, "{answer:?}");
    Ok(())
}

#[tokio::test]
async fn questions_that_make_no_sense_are_refused() -> Result<()> {
    let bar = Bar::open().await?;
    let bea = bar.bea().await?;
    let log = path::log(&bar.id);
    for (query, field) in [
        (format!("{log}?after=yesterday"), "after"),
        (format!("{log}?after=-1"), "after"),
        (format!("{log}?limit=all"), "limit"),
        (format!("{}?limit=few", route::MY_ORDERS), "limit"),
        (format!("{}?before=noon", route::MY_ORDERS), "before"),
    ] {
        let problem = bea.gets(&query).await?.problem(Code::Invalid).context(query)?;
        ensure!(problem.field.as_deref() == Some(field), "{problem:?}");
    }
    for bar in ["Espresso", "nowhere", "%2e%2e", "espresso%00", &"x".repeat(33)] {
        let queue = path::queue(&bea.bar).replace("espresso", bar);
        bea.gets(&queue).await?.problem(Code::NoSuchBar).context(queue)?;
    }
    for order in ["latte", "espresso.", "nowhere.ABCDEFGH"] {
        let path = route::ORDER.replace("{order}", order);
        bea.gets(&path).await?.problem(Code::NoSuchOrder).context(path)?;
    }
    Ok(())
}

#[tokio::test]
async fn a_slash_in_a_name_does_not_end_it() -> Result<()> {
    let bar = Bar::open().await?;
    let bea = bar.bea().await?;
    let path = route::ORDER.replace("{order}", "espresso.%2f%2f%2f%2f%2f%2f%2f%2f");
    bea.gets(&path).await?.problem(Code::NoSuchOrder)?;
    Ok(())
}
