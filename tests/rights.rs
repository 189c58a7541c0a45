//! Who may listen to what.

use anyhow::{Result, ensure};
use domain::PersonId;
use domain::limits::LimitsChange;
use domain::topic::Topic;

use crate::bar::Bar;
use crate::live::Screen;
use crate::person::Person;

const KINDS: [&str; 6] = ["status", "sign", "board", "queue", "code", "own orders"];

/// What each role may hear of a bar.
const MAY: [(&str, &[&str]); 4] = [
    ("customer", &["status", "sign", "own orders"]),
    ("display", &["status", "sign", "board", "code", "own orders"]),
    ("barista", &["status", "sign", "board", "queue", "code", "own orders"]),
    ("organiser", &["status", "sign", "board", "queue", "code", "own orders"]),
];

fn topic(kind: &str, person: &Person) -> Topic {
    let bar = person.bar.clone();
    match kind {
        "status" => Topic::Status(bar),
        "sign" => Topic::Sign(bar),
        "board" => Topic::Board(bar),
        "queue" => Topic::Queue(bar),
        "code" => Topic::Code(bar),
        _ => Topic::Orders(person.id().clone()),
    }
}

#[tokio::test]
async fn each_role_hears_what_is_meant_for_it_and_nothing_else() -> Result<()> {
    let bar = Bar::open().await?;
    bar.olga().await?.founds("hall-2", LimitsChange::default()).await?;
    let stranger = bar.guest().await?;
    for (role, may) in MAY {
        let person = match role {
            "customer" => bar.guest().await?,
            staff => bar.staff(staff).await?,
        };
        let mut screen = Screen::of(&bar, &person).await?;
        for person in [&person, &person.at(&"hall-2".parse()?)] {
            for kind in KINDS {
                let topic = topic(kind, person);
                let granted = screen.subscribes(&topic).await?;
                ensure!(granted == may.contains(&kind), "{role}: {topic}: granted {granted}");
            }
        }
        let orders = Topic::Orders(stranger.id().clone());
        ensure!(!screen.subscribes(&orders).await?, "{role} hears of another guest's orders");
        let nobody: PersonId = "nobody".parse()?;
        ensure!(!screen.subscribes(&Topic::Orders(nobody)).await?, "{role} hears of nobody's");
    }
    Ok(())
}

#[tokio::test]
async fn nobody_hears_everything() -> Result<()> {
    let bar = Bar::open().await?;
    let olga = bar.olga().await?;
    let mut screen = Screen::of(&bar, &olga).await?;
    for filter in [
        "#",
        "+/+/+/+",
        "serverlesspresso/#",
        "serverlesspresso/bars/+/queue",
        "serverlesspresso/bars/espresso/#",
        "serverlesspresso/bars/espresso/+",
        "serverlesspresso/people/+/orders",
        "serverlesspresso/bars/espresso",
        "serverlesspresso/bars/espresso/queue/",
        "Serverlesspresso/bars/espresso/queue",
        "/serverlesspresso/bars/espresso/queue",
        "serverlesspresso/bars/no-such-bar/wardrobe",
        "$SYS/#",
    ] {
        ensure!(!screen.subscribes_to(filter).await?, "{filter} was granted");
    }
    // And the connection is none the worse for it.
    ensure!(screen.subscribes(&Topic::Queue(olga.bar.clone())).await?, "the queue is hers");
    Ok(())
}

#[tokio::test]
async fn without_a_session_nobody_is_connected() -> Result<()> {
    let bar = Bar::open().await?;
    let ada = bar.guest().await?;
    let forged = format!("{}x", ada.token());
    for token in ["", "latte", &forged] {
        ensure!(Screen::with_token(&bar, token).await.is_err(), "{token:?} was let in");
    }
    Screen::of(&bar, &ada).await?;
    ada.signs_out().await?;
    ensure!(Screen::of(&bar, &ada).await.is_err(), "she has signed out");
    Ok(())
}

#[tokio::test]
async fn listeners_do_not_speak() -> Result<()> {
    let bar = Bar::open().await?;
    let (bea, olga) = (bar.bea().await?, bar.olga().await?);
    let queue = Topic::Queue(bea.bar.clone());
    let mut listens = Screen::of(&bar, &bea).await?;
    ensure!(listens.subscribes(&queue).await?, "the queue is hers");
    let speaks = Screen::of(&bar, &olga).await?;
    speaks.says(&queue, "a rumour").await?;
    speaks.ends().await?;
    bea.takes("tea").await?;
    let message = listens.next().await?;
    let message: domain::view::QueueMessage = message.read()?;
    ensure!(message.upsert.len() == 1, "the first thing heard is the tea: {message:?}");
    Ok(())
}
