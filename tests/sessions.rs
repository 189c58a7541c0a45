//! Coming in, staying in, going out.

use anyhow::{Context as _, Result, ensure};
use domain::api::{Credentials, Empty, Session, path, route};
use domain::{Code, Role};
use hyper::Method;
use hyper::header::AUTHORIZATION;

use crate::bar::Bar;
use crate::http::Refusal as _;
use crate::person::Person;
use crate::server::PASSWORD;

const DAY: u64 = 24 * 3600;

#[tokio::test]
async fn everybody_gets_a_session_of_their_role() -> Result<()> {
    let bar = Bar::open().await?;
    for (person, role, name, days) in [
        (bar.guest().await?, Role::Customer, None, 30),
        (bar.bea().await?, Role::Barista, Some("Bea"), 1),
        (bar.bob().await?, Role::Barista, Some("Bob"), 1),
        (bar.display().await?, Role::Display, None, 30),
        (bar.olga().await?, Role::Organiser, None, 1),
    ] {
        let Session { actor, expires_at, .. } = &person.session;
        ensure!(actor.role == role && actor.bars.is_none(), "{actor:?}");
        ensure!(name.is_none() || actor.name.as_deref() == name, "{actor:?}");
        ensure!(role != Role::Customer || actor.name.is_none(), "a guest has no name: {actor:?}");
        let seconds = expires_at.millis_since(person.bar().await?.now) / 1000;
        ensure!(seconds <= days * DAY && seconds > days * DAY - 60, "{actor:?}: {seconds} s");
    }
    let (ada, eve) = (bar.guest().await?, bar.guest().await?);
    ensure!(ada.id() != eve.id() && ada.token() != eve.token(), "no two guests are one");
    Ok(())
}

#[tokio::test]
async fn wrong_credentials_say_nothing_about_the_right_ones() -> Result<()> {
    let bar = Bar::open().await?;
    let mut said = Vec::new();
    for (username, password) in [
        ("barista", "guess"),
        ("barista", ""),
        ("nobody", PASSWORD),
        ("", ""),
        ("Barista", PASSWORD),
        ("barista ", PASSWORD),
        ("' or 1=1 --", "' or 1=1 --"),
    ] {
        let (username, password) = (username.to_owned(), password.to_owned());
        let credentials = Credentials { username, password };
        let answer = bar.http.post(route::STAFF_SESSIONS, None, &credentials).await?;
        said.push(answer.problem(Code::BadCredentials)?);
    }
    ensure!(said.windows(2).all(|pair| pair[0] == pair[1]), "one answer for all: {said:?}");
    // Nobody is locked out by somebody else's guesses.
    bar.bea().await?;
    Ok(())
}

#[tokio::test]
async fn a_session_is_renewed_for_the_same_person() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let order = ada.orders(&bea.code().await?.code, "latte").await?.order;
    let answer = bar.http.post(route::CURRENT_SESSION, Some(ada.token()), &Empty {}).await?;
    ensure!(answer.status == 201, "{answer:?}");
    let session: Session = answer.read()?;
    ensure!(session.actor == ada.session.actor && session.token != ada.token(), "the same person");
    ensure!(session.expires_at >= ada.session.expires_at, "for longer");
    let renewed = Person { session, ..ada.clone() };
    ensure!(renewed.order(&order).await?.order == order, "her order is hers");
    // Going out with one token leaves the other, as on a second device.
    ada.signs_out().await?;
    ada.order(&order).await.refused(Code::NoSession)?;
    renewed.order(&order).await?;
    Ok(())
}

#[tokio::test]
async fn who_signs_out_is_out_at_once() -> Result<()> {
    let bar = Bar::open().await?;
    for person in [bar.guest().await?, bar.bea().await?, bar.display().await?, bar.olga().await?] {
        person.my_orders().await?;
        let answer = person.signs_out().await?;
        ensure!(answer.status == 204 && answer.body.is_empty(), "{answer:?}");
        person.my_orders().await.refused(Code::NoSession)?;
        person.signs_out().await?.problem(Code::NoSession)?;
        let renewed =
            bar.http.post(route::CURRENT_SESSION, Some(person.token()), &Empty {}).await?;
        renewed.problem(Code::NoSession)?;
    }
    bar.http.post(route::CURRENT_SESSION, None, &Empty {}).await?.problem(Code::NoSession)?;
    Ok(())
}

#[tokio::test]
async fn signing_out_outlives_a_restart_and_so_do_sessions() -> Result<()> {
    let mut bar = Bar::of(crate::server::Server::start_lasting().await?);
    let (ada, eve, bea) = (bar.guest().await?, bar.guest().await?, bar.bea().await?);
    ada.signs_out().await?;
    bar.server.kill().await?;
    bar.server.restart().await?;
    ada.my_orders().await.refused(Code::NoSession)?;
    eve.my_orders().await?;
    bea.queue().await?;
    Ok(())
}

#[tokio::test]
async fn forged_tokens_are_nobodys() -> Result<()> {
    let (bar, elsewhere) = (Bar::open().await?, Bar::open().await?);
    let bea = bar.bea().await?;
    let genuine = bea.token();
    let mut forged: Vec<String> = (0..genuine.len())
        .step_by(7)
        .chain([genuine.len() - 1])
        .map(|place| {
            let other = if genuine.as_bytes()[place] == b'A' { "B" } else { "A" };
            format!("{}{other}{}", &genuine[..place], &genuine[place + 1..])
        })
        .collect();
    forged.push(format!("{genuine}A"));
    forged.push(genuine[..genuine.len() - 1].to_owned());
    forged.push(genuine.split('.').next().unwrap_or_default().to_owned());
    forged.push(format!("{}.", genuine.split('.').next().unwrap_or_default()));
    forged.push("x".repeat(30_000));
    forged.push(elsewhere.bea().await?.token().to_owned());
    let ada = bar.guest().await?;
    let halves = |token: &str| {
        let (claims, signature) = token.split_once('.').expect("two parts");
        (claims.to_owned(), signature.to_owned())
    };
    forged.push(format!("{}.{}", halves(genuine).0, halves(ada.token()).1));
    let queue = path::queue(&bar.id);
    for token in forged {
        let answer = bar.http.get(&queue, Some(&token)).await?;
        answer
            .problem(Code::NoSession)
            .with_context(|| token.chars().take(200).collect::<String>())?;
    }
    bea.queue().await?;
    Ok(())
}

#[tokio::test]
async fn the_token_comes_as_a_bearer_token() -> Result<()> {
    let bar = Bar::open().await?;
    let bea = bar.bea().await?;
    let token = bea.token();
    for (header, good) in [
        (format!("Bearer {token}"), true),
        (format!("bearer {token}"), true),
        (token.to_owned(), false),
        (format!("Basic {token}"), false),
        (format!("Token {token}"), false),
        ("Bearer".to_owned(), false),
        ("Bearer ".to_owned(), false),
    ] {
        let request = bar.http.request(Method::GET, &path::queue(&bar.id), None);
        let answer = bar.http.send(request.header(AUTHORIZATION, &header), "").await?;
        ensure!((answer.status == 200) == good, "{header}: {answer:?}");
    }
    let by_query = format!("{}?token={token}", path::queue(&bar.id));
    bar.http.get(&by_query, None).await?.problem(Code::NoSession)?;
    Ok(())
}
