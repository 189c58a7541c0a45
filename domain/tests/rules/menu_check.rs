//! Is this choice a drink? The one check of browser and server, row by row.

use domain::Menu;
use domain::menu::{DrinkOrder, MenuError, Options};

use crate::menus::{drink, group, slug, slugs};

/// A latte asks for milk (required, whole unless said), a cup (required, no default), a shot
/// (optional, one) and extras (optional, several, dusted unless said).
fn menu() -> Menu {
    let mut milk = group("milk", &["whole"], &["whole", "oat"]);
    milk.required = true;
    let mut cup = group("cup", &[], &["paper", "own"]);
    cup.required = true;
    let shot = group("shot", &[], &["single", "double"]);
    let mut extras = group("extras", &["dusting"], &["dusting", "syrup", "hot"]);
    extras.multiple = true;
    let groups = vec![milk, cup, shot, extras];
    let latte = drink("latte", 60, &["milk", "cup", "shot", "extras"]);
    Menu { drinks: vec![latte, drink("tea", 30, &["shot"]), drink("water", 5, &[])], groups }
}

/// `milk=oat extras=syrup,hot shot=`: the options of a choice.
fn options(text: &str) -> Options {
    let groups = text.split_whitespace().map(|group| {
        let (group, options) = group.split_once('=').expect("group=options");
        let options: Vec<&str> = options.split(',').filter(|option| !option.is_empty()).collect();
        (slug(group), slugs(&options))
    });
    groups.collect()
}

/// The menu without these: drinks, or options as `group.option`.
fn without(sold_out: &str) -> Menu {
    let mut menu = menu();
    for item in sold_out.split_whitespace() {
        match item.split_once('.') {
            None => {
                let mut drinks = menu.drinks.iter_mut();
                drinks.find(|drink| drink.slug == slug(item)).expect(item).available = false;
            }
            Some((group, option)) => {
                let mut groups = menu.groups.iter_mut();
                let group = groups.find(|ours| ours.slug == slug(group)).expect(item);
                let mut options = group.options.iter_mut();
                options.find(|ours| ours.slug == slug(option)).expect(item).available = false;
            }
        }
    }
    menu
}

/// `milk=oat` and `latte: OAT 65` or `sold out: field NAME` or `invalid: field`.
fn told(menu: &Menu, name: &str, chosen: &str) -> String {
    match menu.check(&slug(name), &options(chosen)) {
        Ok(DrinkOrder { drink, option_names, seconds, .. }) => {
            format!("{drink}: {} {seconds}", option_names.join("+"))
        }
        Err(MenuError::SoldOut { field, item, .. }) => format!("sold out: {field} {item}"),
        Err(MenuError::Invalid { field, .. }) => format!("invalid: {field}"),
    }
}

#[test]
fn a_choice_is_a_drink_or_there_is_a_reason() {
    for (name, chosen, expected) in [
        // Defaults are filled in, in the menu's order; every option adds its seconds.
        ("latte", "cup=own", "latte: WHOLE+OWN+DUSTING 75"),
        ("latte", "extras=hot,syrup cup=own milk=oat", "latte: OAT+OWN+SYRUP+HOT 80"),
        ("tea", "", "tea:  30"),
        ("tea", "shot=double", "tea: DOUBLE 35"),
        ("water", "", "water:  5"),
        // An empty list is an answer where none is needed.
        ("latte", "cup=own extras=", "latte: WHOLE+OWN 70"),
        ("latte", "cup=own shot=", "latte: WHOLE+OWN+DUSTING 75"),
        ("latte", "cup=own milk=", "invalid: options.milk"),
        ("latte", "cup=", "invalid: options.cup"),
        // A required group without a default must be answered.
        ("latte", "", "invalid: options.cup"),
        // One is one.
        ("latte", "cup=own,paper", "invalid: options.cup"),
        ("tea", "shot=single,double", "invalid: options.shot"),
        // Nothing twice, nothing strange.
        ("latte", "cup=own extras=hot,hot", "invalid: options.extras"),
        ("tea", "shot=double,double", "invalid: options.shot"),
        ("tea", "shot=triple", "invalid: options.shot"),
        ("tea", "milk=oat", "invalid: options.milk"),
        ("tea", "foam=dry", "invalid: options.foam"),
        ("tea", "foam=", "invalid: options.foam"),
        ("water", "shot=", "invalid: options.shot"),
        ("beer", "", "invalid: drink"),
    ] {
        assert_eq!(told(&menu(), name, chosen), expected, "{name} {chosen}");
    }
}

#[test]
fn what_is_sold_out_is_named() {
    for (sold_out, name, chosen, expected) in [
        ("latte", "latte", "cup=own", "sold out: drink LATTE"),
        ("latte", "tea", "", "tea:  30"),
        ("milk.oat", "latte", "cup=own milk=oat", "sold out: options.milk.oat OAT"),
        ("milk.oat", "latte", "cup=own", "latte: WHOLE+OWN+DUSTING 75"),
        // Nobody is given another milk than the one they did not ask for.
        ("milk.whole", "latte", "cup=own", "sold out: options.milk.whole WHOLE"),
        ("milk.whole", "latte", "cup=own milk=oat", "latte: OAT+OWN+DUSTING 75"),
        // A required group with nothing left takes the drink with it, whatever was chosen.
        ("milk.whole milk.oat", "latte", "cup=own", "sold out: drink LATTE"),
        ("milk.whole milk.oat", "latte", "cup=own milk=oat", "sold out: drink LATTE"),
        ("milk.whole milk.oat", "tea", "", "tea:  30"),
        ("cup.own cup.paper", "latte", "", "sold out: drink LATTE"),
        // An optional one does not.
        ("shot.single shot.double", "tea", "", "tea:  30"),
        ("shot.single shot.double", "tea", "shot=double", "sold out: options.shot.double DOUBLE"),
        (
            "extras.dusting extras.syrup extras.hot",
            "latte",
            "cup=own extras=",
            "latte: WHOLE+OWN 70",
        ),
        // What makes no sense is told before what is sold out.
        ("tea", "tea", "milk=oat", "invalid: options.milk"),
        ("milk.oat", "latte", "milk=oat cup=own,paper", "invalid: options.cup"),
        ("milk.oat", "latte", "milk=oat,oat cup=own", "invalid: options.milk"),
        ("milk.oat", "latte", "milk=oat,whole cup=own", "invalid: options.milk"),
    ] {
        let found = told(&without(sold_out), name, chosen);
        assert_eq!(found, expected, "{name} {chosen} without {sold_out}");
    }
}

#[test]
fn a_drink_can_be_had_unless_it_or_all_of_a_required_group_is_sold_out() {
    for (sold_out, available) in [
        ("", true),
        ("tea", true),
        ("latte", false),
        ("milk.oat", true),
        ("milk.oat milk.whole", false),
        ("cup.own cup.paper", false),
        ("shot.single shot.double", true),
        ("extras.dusting extras.syrup extras.hot", true),
    ] {
        let menu = without(sold_out);
        let latte = menu.drink(&slug("latte")).expect("a latte");
        assert_eq!(menu.is_available(latte), available, "without {sold_out}");
    }
}

#[test]
fn the_order_holds_what_was_chosen_group_by_group() {
    let order = menu().check(&slug("latte"), &options("cup=own extras=hot,syrup shot="));
    let order = order.expect("a drink");
    // In the order of the menu; a group without an answer is not there.
    assert_eq!(order.options, options("milk=whole cup=own extras=syrup,hot"));
    assert_eq!(order.drink_name, "LATTE");
}

#[test]
fn a_drink_that_was_checked_checks_again_as_the_same_drink() {
    let menu = Menu::standard();
    for drink in &menu.drinks {
        let once = menu.check(&drink.slug, &Options::new()).expect("defaults make a drink");
        assert_eq!(menu.check(&drink.slug, &once.options), Ok(once));
    }
}
