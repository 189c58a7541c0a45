//! Whatever is asked of a bar, by whomever and whenever: it never panics, what follows keeps the
//! promises of the product page, and the log alone tells the whole story.
//!
//! Chance is the same in every run, on every machine and in WebAssembly, so a failure can be
//! looked at again. Where panics can be caught, the shortest morning that fails is searched for.

mod coverage;
mod deeds;
mod invariants;
mod ledger;
#[path = "../rules/screens.rs"]
mod screens;
#[path = "../rules/transition_table.rs"]
mod transition_table;
#[path = "../rules/variants.rs"]
mod variants;
mod world;

use std::cell::RefCell;

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use coverage::Coverage;
use world::World;

/// Mornings that are lived through.
const MORNINGS: u32 = 250;

#[cfg_attr(target_family = "wasm", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_family = "wasm"), test)]
fn whatever_happens_the_promises_hold() {
    let coverage = RefCell::new(Coverage::default());
    let config = Config { cases: MORNINGS, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let lived = TestRunner::new_with_rng(config, rng).run(&deeds::morning(), |morning| {
        let mut world = World::new(&coverage);
        for (number, deed) in morning.iter().enumerate() {
            world.sees(deed);
            if number == 0 {
                // Nothing can be asked of a bar that is not there.
                world.is_founded();
            }
        }
        world.is_told_again_by_its_log();
        Ok(())
    });
    if let Err(failure) = lived {
        panic!("{failure}");
    }
    coverage.borrow().assert_complete();
}

/// Long enough that the first of the collected cannot be brought back any more.
#[cfg_attr(target_family = "wasm", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_family = "wasm"), test)]
fn a_rush_of_a_hundred_drinks_leaves_the_last_forty_to_bring_back() {
    let coverage = RefCell::new(Coverage::default());
    let mut world = World::new(&coverage);
    world.is_founded();
    for deed in deeds::rush(100) {
        world.sees(&deed);
    }
    world.is_told_again_by_its_log();
    assert!(coverage.borrow().collected >= 100);
}
