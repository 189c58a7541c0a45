//! What limits come to, and what an organiser is warned of.

use domain::concern::Concern;
use domain::limits::{Limit, LimitsChange};
use domain::{Limits, Menu};

/// A minute a drink.
const MINUTE: u64 = 60_000;

fn standard() -> Limits {
    Limits::default()
}

#[test]
fn the_sentences_figures_are_right() {
    assert_eq!(standard().admitted_per_hour(), 120, "10 drinks per 5 minutes");
    assert_eq!(standard().made_per_hour(MINUTE), Some(120), "2 baristas, a drink a minute each");
    assert_eq!(standard().made_per_hour(0), None);
    assert_eq!(standard().seconds_when_full(MINUTE), 600, "20 drinks for 2 baristas");
    let most = Limits { window_seconds: 1, uses_per_window: 10_000, ..standard() };
    assert_eq!(most.admitted_per_hour(), 36_000_000);
}

#[test]
fn the_standard_bar_gives_no_cause_for_concern() {
    assert_eq!(Concern::all(&standard(), Menu::standard().mean_millis()), []);
    assert_eq!(Concern::all(&standard(), 0), [], "an empty menu");
}

#[test]
fn each_unwise_combination_is_named_at_the_limit_to_change() {
    use Limit::*;
    type Case<'a> = (&'a [(Limit, u32)], Concern, Limit);
    let cases: [Case<'_>; 10] = [
        (&[(UsesPerWindow, 12)], Concern::Overrun(24), UsesPerWindow),
        (&[(MaxInProgress, 9)], Concern::MoreUsesThanPlaces, UsesPerWindow),
        (&[(GraceSeconds, 301)], Concern::GraceOutlastsWindow, GraceSeconds),
        (&[(GraceSeconds, 0)], Concern::NoGrace, GraceSeconds),
        (&[(ChooseSeconds, 59)], Concern::HastyChoice, ChooseSeconds),
        (&[(ChooseSeconds, 901)], Concern::IdlePlaces, ChooseSeconds),
        (&[(Baristas, 21)], Concern::FewerPlacesThanBaristas, MaxInProgress),
        (&[(MaxWaitSeconds, 599)], Concern::NeverFull, MaxInProgress),
        (&[(StartSeconds, 1199)], Concern::StruckOutWhileWaiting, StartSeconds),
        (&[(CollectSeconds, 119)], Concern::HastyCollection, CollectSeconds),
    ];
    for (changes, expected, limit) in cases {
        let limits =
            changes.iter().fold(standard(), |limits, (limit, value)| limits.with(*limit, *value));
        assert_eq!(Concern::all(&limits, MINUTE), [expected], "{changes:?}");
        assert_eq!(expected.limit(), limit);
    }
}

#[test]
fn limits_are_told_apart_one_by_one() {
    for limit in Limit::ALL {
        let least = *limit.range().start();
        let changed = standard().with(limit, least);
        assert_eq!(limit.of(&changed), least);
        assert_eq!(changed.validate(), Ok(()));
        let beyond = standard().with(limit, *limit.range().end() + 1);
        assert_eq!(beyond.validate(), Err(limit.field()));
        let change = LimitsChange::between(&standard(), &beyond);
        assert_eq!(change.applied_to(&standard()), beyond);
        let others = Limit::ALL.into_iter().filter(|other| *other != limit);
        assert!(others.into_iter().all(|other| other.of(&beyond) == other.of(&standard())));
    }
    assert_eq!(LimitsChange::between(&standard(), &standard()), LimitsChange::default());
}
