//! When everybody had heard is written down: once, and only beside the telling.

use domain::journey::Hops;

use super::*;
use crate::ports::HopTimes as _;

/// What is kept of the entries there are so far.
async fn kept(world: &World) -> Vec<Hops> {
    let entries: Vec<u64> = (1..=world.written as u64).collect();
    let kept = world.memory.of(&world.morning.bar(), &entries).await.expect("nothing fails");
    kept.into_values().collect()
}

/// How long ago the entries there are so far were written.
fn ages(world: &World) -> Vec<Option<u64>> {
    let now = world.clock.now();
    let entries = world.morning.entries[..world.written].iter();
    entries.map(|entry| Some(now.millis_since(entry.at))).collect()
}

#[tokio::test(start_paused = true)]
async fn the_first_time_at_which_each_of_them_had_heard_is_kept() {
    let mut world = World::of(&Morning::whole().await).await;
    let perils = Perils::of(&world.memory, None);
    let relay = world.process(&perils);
    world.goes_on(3).await;
    perils.out_of_reach(&[Whom::Bus]);
    let first = ages(&world);
    assert!(!world.wakes(&relay).await);
    let without_bus =
        |age: &Option<u64>| Hops { log: *age, relay: *age, live: *age, bus: None, history: *age };
    assert_eq!(kept(&world).await, first.iter().map(without_bus).collect::<Vec<_>>());

    tokio::time::sleep(Duration::from_secs(60)).await;
    perils.out_of_reach(&[]);
    let later = ages(&world);
    assert!(world.wakes(&relay).await);
    let both = first.iter().zip(&later);
    let all = both.map(|(first, later)| Hops { bus: *later, ..without_bus(first) });
    assert_eq!(kept(&world).await, all.collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_written_down_is_told_all_the_same() {
    let mut world = World::of(&Morning::whole().await).await;
    let perils = Perils::of(&world.memory, None);
    perils.out_of_reach(&[Whom::HopTimes]);
    let relay = world.process(&perils);
    while world.goes_on(2).await {
        assert!(world.wakes(&relay).await);
    }
    assert_eq!(kept(&world).await, []);
    world.everybody_knows("with nobody to write down when").await;
}
