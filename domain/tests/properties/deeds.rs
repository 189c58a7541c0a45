//! What may happen at a bar, made up by chance.

use domain::Step;
use domain::limits::LimitsChange;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Something somebody does after some time.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    /// Milliseconds that pass before it; the clock may also be set back.
    pub(crate) after: i64,
    pub(crate) who: Who,
    pub(crate) what: What,
}

/// Somebody, the clock included.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Who {
    /// The guest whose order it is about; the first guest when it is about none.
    Owner,
    Guest(usize),
    Barista(usize),
    Organiser,
    Display,
    Clock,
}

/// A command, with numbers for what only the bar of the moment knows.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Redeem(Code),
    Take(Taste),
    Order {
        /// Which: so many before the newest; one that never was when there are not so many.
        back: usize,
        step: Step,
        taste: Taste,
        reason: Option<&'static str>,
        /// Whether the version is asked for, and whether it is the right one.
        version: Option<bool>,
    },
    Create,
    Open,
    Close,
    /// Until so many seconds from now.
    Pause(Option<i64>),
    Mark(Sellable, bool),
    /// The menu with this drink alone on it, or all of them.
    SetMenu(Option<&'static str>),
    SetLimits(LimitsChange),
    SetDetails(&'static str),
    StartDay,
    /// So many guests were turned away.
    CountTurnedAway(u32),
    /// What was accepted last, once more; or something else under its id.
    Again {
        same: bool,
    },
}

/// A code, as a guest may have come by it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Code {
    /// That of the window so many shown windows ago; 0 is on the monitor.
    Shown(usize),
    /// Genuine, and of a window to come.
    ToCome,
    Forged,
}

/// A drink and the options in its groups, sensible or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taste {
    pub(crate) drink: &'static str,
    pub(crate) options: Option<(&'static str, &'static [&'static str])>,
}

/// Something that can be sold out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sellable {
    Drink(&'static str),
    Option(&'static str, &'static str),
}

/// A morning: what happens at a bar from before it is there on, and under which limits.
pub(crate) fn morning() -> impl Strategy<Value = Vec<Deed>> {
    (limits(), vec(prop_oneof![3 => sensible(), 1 => anything()], 40..120)).prop_map(
        |(limits, mut deeds)| {
            let what = What::SetLimits(limits);
            deeds.insert(1, Deed { after: 0, who: Who::Organiser, what });
            deeds
        },
    )
}

/// Walk-ups, one after the other, each made, fetched, and some brought back.
pub(crate) fn rush(drinks: usize) -> impl Iterator<Item = Deed> {
    let now = |what| Deed { after: 700, who: Who::Barista(0), what };
    let step = move |back, step| {
        let (taste, reason, version) = (Taste { drink: "tea", options: None }, None, None);
        now(What::Order { back, step, taste, reason, version })
    };
    (0..drinks).flat_map(move |number| {
        let taste = Taste { drink: "tea", options: None };
        let takes = now(What::Take(taste));
        let made = [takes, step(0, Step::Complete), step(0, Step::Collect)];
        let returned = [step(45, Step::Return), step(35, Step::Return), step(35, Step::Collect)];
        made.into_iter().chain(returned.into_iter().filter(move |_| number % 7 == 6))
    })
}

fn anything() -> impl Strategy<Value = Deed> {
    (after(), who(), what()).prop_map(|(after, who, what)| Deed { after, who, what })
}

/// What people who know their way do.
fn sensible() -> impl Strategy<Value = Deed> {
    let guest = || (0..4usize).prop_map(Who::Guest);
    let barista = || (0..2usize).prop_map(Who::Barista);
    let taste = || select(&["latte", "tea"][..]).prop_map(|drink| Taste { drink, options: None });
    let order = |steps: &'static [Step]| {
        (0..5usize, select(steps), taste()).prop_map(move |(back, step, taste)| {
            let (reason, version) = (Some("spilled"), None);
            What::Order { back, step, taste, reason, version }
        })
    };
    let deed = prop_oneof![
        6 => (guest(), Just(What::Redeem(Code::Shown(0)))),
        9 => (Just(Who::Owner), order(&[Step::Place])),
        3 => (Just(Who::Owner), order(&[Step::Change, Step::Cancel, Step::Collect])),
        1 => (barista(), taste().prop_map(What::Take)),
        4 => (barista(), order(&[Step::Claim, Step::Complete, Step::Collect])),
        2 => (barista(), order(&[Step::Release, Step::Recall, Step::Return, Step::Cancel])),
        2 => (barista(), Just(What::Open)),
        3 => (Just(Who::Clock), (0..3u32).prop_map(What::CountTurnedAway)),
    ];
    (0..20_000i64, deed).prop_map(|(after, (who, what))| Deed { after, who, what })
}

fn after() -> impl Strategy<Value = i64> {
    prop_oneof![
        30 => 0..20_000i64,
        4 => 20_000..400_000i64,
        1 => 300_000..2_000_000i64,
        1 => -4_000_000..0i64,
        1 => 70_000_000..90_000_000i64,
    ]
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        8 => Just(Who::Owner),
        4 => (0..4usize).prop_map(Who::Guest),
        8 => (0..2usize).prop_map(Who::Barista),
        3 => Just(Who::Organiser),
        1 => Just(Who::Display),
        1 => Just(Who::Clock),
    ]
}

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        12 => code().prop_map(What::Redeem),
        3 => taste().prop_map(What::Take),
        40 => order(),
        1 => Just(What::Create),
        4 => Just(What::Open),
        1 => Just(What::Close),
        1 => option::of(-100..2_000i64).prop_map(What::Pause),
        2 => (sellable(), any::<bool>()).prop_map(|(item, there)| What::Mark(item, there)),
        1 => option::of(select(&["tea", "latte"][..])).prop_map(What::SetMenu),
        2 => limits().prop_map(What::SetLimits),
        1 => select(&["Bar", "", "Hall\n3"][..]).prop_map(What::SetDetails),
        1 => Just(What::StartDay),
        1 => (0..3u32).prop_map(What::CountTurnedAway),
        2 => any::<bool>().prop_map(|same| What::Again { same }),
    ]
}

fn code() -> impl Strategy<Value = Code> {
    prop_oneof![
        8 => Just(Code::Shown(0)),
        2 => (1..4usize).prop_map(Code::Shown),
        1 => Just(Code::ToCome),
        1 => Just(Code::Forged),
    ]
}

fn order() -> impl Strategy<Value = What> {
    let back = prop_oneof![8 => 0..4usize, 2 => 4..16usize, 1 => 16..60usize];
    let reason = option::of(select(&["spilled", " "][..]));
    let version = prop_oneof![8 => Just(None), 1 => any::<bool>().prop_map(Some)];
    (back, select(&Step::ALL[..]), taste(), reason, version).prop_map(
        |(back, step, taste, reason, version)| What::Order { back, step, taste, reason, version },
    )
}

fn taste() -> impl Strategy<Value = Taste> {
    const OPTIONS: &[Option<(&str, &[&str])>] = &[
        None,
        None,
        None,
        Some(("milk", &["oat"])),
        Some(("extras", &["extra-hot", "vanilla-syrup"])),
        Some(("milk", &[])),
        Some(("milk", &["oat", "soy"])),
        Some(("ice", &["crushed"])),
    ];
    let drink = select(&["latte", "latte", "tea", "tea", "espresso", "beer"][..]);
    (drink, select(OPTIONS)).prop_map(|(drink, options)| Taste { drink, options })
}

fn sellable() -> impl Strategy<Value = Sellable> {
    select(
        &[
            Sellable::Drink("tea"),
            Sellable::Drink("latte"),
            Sellable::Drink("beer"),
            Sellable::Option("milk", "whole"),
            Sellable::Option("milk", "oat"),
        ][..],
    )
}

fn limits() -> impl Strategy<Value = LimitsChange> {
    let some = |values: &'static [u32]| option::of(select(values));
    (
        (some(&[60, 300, 420]), some(&[0, 60]), some(&[1, 3, 10]), some(&[60, 300])),
        (some(&[200, 1800]), some(&[60, 600]), some(&[2, 5, 20]), some(&[90, 1200])),
        (some(&[1, 1, 2]), some(&[0, 1, 3]), some(&[0, 1, 2, 3])),
    )
        .prop_map(|(codes, stages, people)| LimitsChange {
            window_seconds: codes.0,
            grace_seconds: codes.1,
            uses_per_window: codes.2,
            choose_seconds: codes.3,
            start_seconds: stages.0,
            collect_seconds: stages.1,
            max_in_progress: stages.2,
            max_wait_seconds: stages.3,
            live_per_person: people.0,
            daily_per_person: people.1,
            baristas: people.2,
        })
}
