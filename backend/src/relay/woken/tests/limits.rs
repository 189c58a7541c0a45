//! How often, how much at once, and from where on.

use domain::Event;

use super::*;
use crate::ports::Sink;
use crate::snapshot::{self, EVERY};

#[tokio::test(start_paused = true)]
async fn the_status_is_told_once_a_second_and_the_rest_at_once() {
    let mut world = World::of(&Morning::whole().await).await;
    let relay = world.process(&Perils::of(&world.memory, None));
    let bars = BTreeSet::from([world.morning.bar()]);
    let began = world.clock.now();
    while world.goes_on(1).await {
        let mut told = Box::pin(relay.wake(bars.clone()));
        // What happens while the status waits brings a wake-up that comes afterwards.
        while tokio::time::timeout(Duration::from_millis(300), &mut told).await.is_err() {
            world.hears();
            assert_eq!(world.told(Sink::Live).await, world.written as u64, "told at once");
            world.goes_on(1).await;
        }
        world.hears();
        assert_eq!(world.told(Sink::Status).await, world.told(Sink::Live).await);
    }
    assert!(world.wakes(&relay).await);
    let statuses = &world.screens.statuses;
    assert_eq!(statuses[0], began, "the first one, too");
    assert!(statuses.windows(2).all(|both| both[1].millis_since(both[0]) >= 1000), "{statuses:?}");
    world.everybody_knows("with a status now and then").await;
}

#[tokio::test(start_paused = true)]
async fn more_than_fits_a_message_is_told_in_several() {
    let mut morning = Morning::clone(&*Morning::whole().await);
    for event in morning.entries.iter_mut().flat_map(|entry| &mut entry.events) {
        if let Event::OrderPlaced { drink, .. } | Event::OrderChanged { drink, .. } = event {
            drink.drink_name = "Latte ".repeat(9_000);
        }
    }
    let mut world = World::of(&Arc::new(morning)).await;
    let relay = world.process(&Perils::of(&world.memory, None));
    while world.goes_on(100).await {}
    assert!(relay.wake(BTreeSet::from([world.morning.bar()])).await.is_empty());
    let published = world.memory.published();
    let longest = published.iter().map(|(_, payload)| payload.len()).max();
    assert!((50_000..=128_000).contains(&longest.expect("messages")), "{longest:?}");
    for message in &published {
        let bar = || world.morning.after(world.written).0;
        world.screens.hear(message, bar, &world.morning.names);
    }
    world.hears();
    world.everybody_knows("in several messages").await;
}

/// How far the snapshot has come.
async fn kept(world: &World) -> u64 {
    let begun = snapshot::begin(&*world.memory, &world.morning.bar(), u64::MAX).await;
    begun.expect("nothing fails").bar.seq()
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_is_kept_now_and_then_and_never_ahead_of_who_folds_on_from_it() {
    let mut morning = Morning::clone(&*Morning::whole().await);
    // A bar that cannot make up its mind.
    while (morning.entries.len() as u64) < 3 * EVERY {
        let last = morning.entries[morning.entries.len() - 1].clone();
        let seq = last.seq + 1;
        let event = if seq % 2 == 0 { Event::BarOpened {} } else { Event::BarClosed {} };
        let cause = format!("command-{seq}").parse().expect("a command id");
        morning.entries.push(Entry { seq, cause, events: vec![event], ..last });
    }
    let mut world = World::of(&Arc::new(morning)).await;
    let perils = Perils::of(&world.memory, None);
    let relay = world.process(&perils);
    world.goes_on(EVERY as usize - 1).await;
    assert!(world.wakes(&relay).await);
    assert_eq!(kept(&world).await, 0);
    world.goes_on(2).await;
    assert!(world.wakes(&relay).await);
    assert_eq!(kept(&world).await, EVERY + 1);
    // Screens that stand still hold it back, in any process.
    perils.out_of_reach(&[Whom::Screens]);
    world.goes_on(EVERY as usize).await;
    assert!(!world.wakes(&relay).await);
    let relay = world.process(&perils);
    assert!(!world.wakes(&relay).await);
    assert_eq!(kept(&world).await, EVERY + 1);
    perils.out_of_reach(&[]);
    let relay = world.process(&perils);
    assert!(world.wakes(&relay).await);
    assert_eq!(kept(&world).await, 2 * EVERY + 1);
    while world.goes_on(300).await {
        let relay = world.process(&perils);
        assert!(world.wakes(&relay).await);
    }
    world.everybody_knows("from snapshots on").await;
}
