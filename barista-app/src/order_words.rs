//! What a ticket says about its order: pure, from the order and the menu.

use domain::menu::Menu;
use domain::text::Language;
use domain::view::OrderView;
use domain::wait::Age;
use domain::{Status, Timestamp};

/// One chosen option on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Modifier {
    /// Its name as sold.
    pub(crate) name: String,
    /// Whether it differs from what the menu gives when nothing is said.
    pub(crate) stands_out: bool,
}

/// The options of an order, those that differ from the standard first: they are what goes wrong.
/// While the menu is unknown, or no longer has the drink as it was sold, all of them stand out.
pub(crate) fn modifiers(order: &OrderView, menu: Option<&Menu>) -> Vec<Modifier> {
    let standard = standard(order, menu);
    let names = order.option_names.iter().flatten().enumerate();
    let modifier = |(index, name): (usize, &String)| Modifier {
        name: name.clone(),
        stands_out: !standard.get(index).copied().unwrap_or(false),
    };
    let (mut special, plain): (Vec<_>, Vec<_>) =
        names.map(modifier).partition(|modifier| modifier.stands_out);
    special.extend(plain);
    special
}

/// For each of the order's options, in the order of their names, whether it is the standard one.
fn standard(order: &OrderView, menu: Option<&Menu>) -> Vec<bool> {
    let (Some(menu), Some(options)) = (menu, &order.options) else {
        return Vec::new();
    };
    let Some(drink) = order.drink.as_ref().and_then(|drink| menu.drink(drink)) else {
        return Vec::new();
    };
    let standard: Vec<bool> = menu
        .groups_of(drink)
        .filter_map(|group| Some((group, options.get(&group.slug)?)))
        .flat_map(|(group, answer)| {
            let chosen = group.options.iter().map(|option| &option.slug);
            chosen.filter(|slug| answer.contains(slug)).map(|slug| group.default.contains(slug))
        })
        .collect();
    let names = order.option_names.as_ref().map_or(0, Vec::len);
    // Of another length only when the menu has changed since: then positions mean nothing.
    if standard.len() == names { standard } else { Vec::new() }
}

/// Letters of a name that fit onto its line.
const LINE: usize = 12;
/// Letters of a drink that do.
const DRINK: usize = 16;
/// Letters of options that fit onto a ticket of one slot: two lines, or one where the drink has
/// taken the other.
const ROOM: usize = 34;

/// Whether a name needs more than its line.
pub(crate) fn is_long(name: &str) -> bool {
    name.chars().count() > LINE
}

/// How many slots of a lane the ticket of an order takes: one whose words would not fit has two.
pub(crate) fn slots_of(order: &OrderView) -> usize {
    let options = order.option_names.iter().flatten();
    // Around each option there is some room, too.
    let options: usize = options.map(|name| name.chars().count() + 3).sum();
    let drink = order.drink_name.as_ref().map_or(0, |name| name.chars().count());
    let room = if drink > DRINK { ROOM / 2 } else { ROOM };
    // A second line for the name fits.
    let beyond = |name: &String| name.chars().count() > 2 * LINE;
    if options > room || order.name.as_ref().is_some_and(beyond) { 2 } else { 1 }
}

/// Everything a ticket shows that does not move by itself. A ticket is drawn anew when this
/// changes and only then: an answer that confirms what was tapped must not take the ticket away
/// from under a finger.
pub(crate) fn drawn(language: Language, order: &OrderView) -> String {
    let mut drawn = [language.tag(), order.order.as_str(), order.status.as_str()].join(" ");
    let options = order.option_names.iter().flatten();
    let words = [&order.by, &order.name, &order.drink_name].into_iter().flatten();
    for word in words.chain(options) {
        drawn.push('\n');
        drawn.push_str(word);
    }
    drawn
}

/// What a guest was told, as far as it matters to the ticket.
#[derive(Clone, Copy)]
pub(crate) struct Promise {
    placed: Timestamp,
    promised: Option<Timestamp>,
    /// A ready drink does not get any later.
    ready: Option<Timestamp>,
}

impl Promise {
    /// The promise of an order.
    pub(crate) fn of(order: &OrderView) -> Self {
        let ready = order.ready_at.filter(|_| order.status == Status::Ready);
        Self {
            placed: order.placed_at.unwrap_or(order.created_at),
            promised: order.promised_at,
            ready,
        }
    }

    /// How the order stands against it; once it is ready, how it stood then.
    pub(crate) fn age(self, now: Timestamp) -> Age {
        let at = self.ready.unwrap_or(now);
        self.promised.map_or(Age::OnTime, |promised| Age::of(self.placed, promised, at))
    }

    /// Since when the ticket's clock counts: a guest waits from placing, a ready drink from being
    /// ready.
    pub(crate) fn counts_from(self) -> Timestamp {
        self.ready.unwrap_or(self.placed)
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    /// An order that has been placed.
    pub(crate) fn order(drink: &str, options: &[(&str, &str)]) -> OrderView {
        let menu = Menu::standard();
        let options = options
            .iter()
            .map(|(group, option)| {
                let slug = |text: &str| text.parse().expect("a slug");
                (slug(group), vec![slug(option)])
            })
            .collect();
        let sold = menu.check(&drink.parse().expect("a slug"), &options).expect("a drink");
        OrderView {
            order: "espresso.AAAAAAAA".parse().expect("an order id"),
            bar: "espresso".parse().expect("a slug"),
            number: Some(7),
            status: Status::Placed,
            drink: Some(sold.drink),
            drink_name: Some(sold.drink_name),
            options: Some(sold.options),
            option_names: Some(sold.option_names),
            name: None,
            by: None,
            reason: None,
            stage: None,
            wait_seconds: None,
            promised_at: Some(Timestamp::from_seconds(200)),
            created_at: Timestamp::from_seconds(90),
            placed_at: Some(Timestamp::from_seconds(100)),
            started_at: None,
            ready_at: None,
            ended_at: None,
            until: None,
            version: 1,
            now: Timestamp::from_seconds(100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::order;
    use super::*;

    fn written(modifiers: &[Modifier]) -> String {
        let write = |modifier: &Modifier| match modifier.stands_out {
            true => modifier.name.to_uppercase(),
            false => modifier.name.clone(),
        };
        modifiers.iter().map(write).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_differs_from_the_standard_comes_first_and_stands_out() {
        let menu = Menu::standard();
        for (drink, options, expected) in [
            ("flat-white", &[][..], "Whole, Single"),
            ("flat-white", &[("milk", "oat")][..], "OAT, Single"),
            (
                "latte",
                &[("decaf", "decaf"), ("size", "large"), ("extras", "extra-hot")][..],
                "LARGE, DECAF, EXTRA HOT, Whole, Single",
            ),
            ("tea", &[("milk-on-the-side", "soy")][..], "SOY, Regular"),
        ] {
            let order = order(drink, options);
            assert_eq!(written(&modifiers(&order, Some(&menu))), expected);
        }
    }

    #[test]
    fn with_a_menu_that_does_not_fit_everything_stands_out() {
        let order = order("flat-white", &[]);
        assert_eq!(written(&modifiers(&order, None)), "WHOLE, SINGLE");
        let mut menu = Menu::standard();
        menu.drinks.clear();
        assert_eq!(written(&modifiers(&order, Some(&menu))), "WHOLE, SINGLE");
    }

    #[test]
    fn a_ready_drink_does_not_get_any_later() {
        let mut order = order("tea", &[]);
        let at = Timestamp::from_seconds;
        assert_eq!(Promise::of(&order).age(at(150)), Age::OnTime);
        assert_eq!(Promise::of(&order).age(at(180)), Age::Soon);
        assert_eq!(Promise::of(&order).age(at(200)), Age::Late);
        assert_eq!(Promise::of(&order).counts_from(), at(100));
        order.ready_at = Some(at(170));
        // Recalled: it was ready once, and is not any more.
        assert_eq!(Promise::of(&order).age(at(900)), Age::Late);
        order.status = Status::Ready;
        assert_eq!(Promise::of(&order).age(at(900)), Age::OnTime);
        assert_eq!(Promise::of(&order).counts_from(), at(170));
    }

    #[test]
    fn a_ticket_that_says_much_has_room_for_it() {
        let long = |letters: usize| Some("W".repeat(letters));
        for (options, name, slots) in [
            (&[][..], None, 1),
            (&[("milk", "oat"), ("size", "large"), ("decaf", "decaf")][..], long(12), 1),
            (
                &[("milk", "lactose-free"), ("decaf", "decaf"), ("extras", "chocolate-dusting")],
                None,
                2,
            ),
            (&[], long(40), 2),
        ] {
            let order = OrderView { name, ..order("latte", options) };
            assert_eq!(slots_of(&order), slots, "{options:?}");
        }
    }

    #[test]
    fn an_answer_that_confirms_a_tap_draws_nothing_anew() {
        let tapped = order("latte", &[]);
        let answered = OrderView { version: 9, started_at: tapped.placed_at, ..tapped.clone() };
        let english = Language::English;
        assert_eq!(drawn(english, &tapped), drawn(english, &answered));
        for other in [
            OrderView { status: Status::Making, ..tapped.clone() },
            OrderView { by: Some("Bea".to_owned()), ..tapped.clone() },
            OrderView { name: Some("Ada".to_owned()), ..tapped.clone() },
            order("latte", &[("milk", "oat")]),
        ] {
            assert_ne!(drawn(english, &tapped), drawn(english, &other));
        }
    }
}
