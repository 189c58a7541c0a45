//! What makes a menu or a set of limits that a bar may work by.

use domain::menu::MenuError;
use domain::text::Language;
use domain::{Limits, Menu};
use serde_json::{Value, json};

use crate::menus::{drink, group, of_drinks, slug, slugs};

fn small() -> Menu {
    let mut milk = group("milk", &["whole"], &["whole", "oat"]);
    milk.required = true;
    Menu { drinks: vec![drink("latte", 60, &["milk"]), drink("tea", 30, &[])], groups: vec![milk] }
}

#[test]
fn the_standard_menu_has_the_twelve_drinks_and_is_sound() {
    let menu = Menu::standard();
    assert_eq!(menu.validate(), Ok(()));
    let names: Vec<&str> = menu.drinks.iter().map(|drink| drink.name.as_str()).collect();
    let expected = "Espresso, Double Espresso, Macchiato, Americano, Flat White, Cappuccino, \
        Latte, Mocha, Hot Chocolate, Chai Latte, Filter, Tea";
    assert_eq!(names.join(", "), expected);
    assert!(menu.drinks.iter().all(|drink| menu.is_available(drink)));
    let groups: Vec<&str> = menu.groups.iter().map(|group| group.slug.as_str()).collect();
    for group in ["milk", "size", "strength", "decaf", "extras"] {
        assert!(groups.contains(&group), "{group}");
    }
    let milk = menu.group(&slug("milk")).expect("milk");
    let milks: Vec<&str> = milk.options.iter().map(|option| option.slug.as_str()).collect();
    assert_eq!(milks, ["whole", "oat", "soy", "lactose-free"]);
}

#[test]
fn the_standard_menu_is_named_in_every_language() {
    let menu = Menu::standard();
    let tag = Language::Portuguese.tag();
    for drink in &menu.drinks {
        assert!(drink.names.contains_key(tag), "{}", drink.slug);
    }
    for group in &menu.groups {
        assert!(group.names.contains_key(tag), "{}", group.slug);
        for option in &group.options {
            assert!(option.names.contains_key(tag), "{}", option.slug);
        }
    }
    let tea = menu.drink(&slug("tea")).expect("tea");
    assert_eq!(tea.name_in(Language::Portuguese), "Chá");
    assert_eq!(tea.name_in(Language::English), "Tea");
    let milk = menu.group(&slug("milk")).expect("milk");
    assert_eq!(milk.name_in(Language::Portuguese), "Leite");
    let oat = milk.option(&slug("oat")).expect("oat");
    assert_eq!(oat.name_in(Language::Portuguese), "Aveia");
    let untranslated = drink("latte", 60, &[]);
    assert_eq!(untranslated.name_in(Language::Portuguese), "LATTE");
}

#[test]
fn the_mean_is_that_of_the_drinks() {
    assert_eq!(of_drinks(&[("short", 30), ("long", 61)]).mean_millis(), 45_500);
    assert_eq!(Menu::default().mean_millis(), 0);
}

#[test]
fn a_menu_that_is_not_sound_is_refused_by_field() {
    type Fault = fn(&mut Menu);
    let faults: [(&str, Fault); 20] = [
        ("menu.drinks", |menu| menu.drinks.clear()),
        ("menu.drinks", |menu| menu.drinks.push(drink("tea", 30, &[]))),
        ("menu.drinks", |menu| {
            menu.drinks = (0..101).map(|n| drink(&format!("tea{n}"), 30, &[])).collect();
        }),
        ("menu.groups", |menu| menu.groups.push(group("milk", &[], &["oat"]))),
        ("menu.drinks.0.name", |menu| menu.drinks[0].name = "  ".to_owned()),
        ("menu.drinks.1.name", |menu| menu.drinks[1].name = "x".repeat(81)),
        ("menu.drinks.0.name", |menu| {
            menu.drinks[0].names.insert("de".to_owned(), String::new());
        }),
        ("menu.drinks.0.seconds", |menu| menu.drinks[0].seconds = 0),
        ("menu.drinks.0.seconds", |menu| menu.drinks[0].seconds = 86_401),
        ("menu.drinks.0.groups", |menu| menu.drinks[0].groups = slugs(&["milk", "milk"])),
        ("menu.drinks.1.groups", |menu| menu.drinks[1].groups = slugs(&["foam"])),
        ("menu.drinks.1.icon", |menu| menu.drinks[1].icon = "x".repeat(81)),
        ("menu.groups.0.name", |menu| menu.groups[0].name.clear()),
        ("menu.groups.0.options", |menu| menu.groups[0].options.clear()),
        ("menu.groups.0.options", |menu| {
            let oat = menu.groups[0].options[1].clone();
            menu.groups[0].options.push(oat);
        }),
        ("menu.groups.0.options.1.name", |menu| menu.groups[0].options[1].name.clear()),
        ("menu.groups.0.options.0.seconds", |menu| menu.groups[0].options[0].seconds = 86_401),
        ("menu.groups.0.default", |menu| menu.groups[0].default = slugs(&["goat"])),
        ("menu.groups.0.default", |menu| menu.groups[0].default = slugs(&["oat", "oat"])),
        ("menu.groups.0.default", |menu| menu.groups[0].default = slugs(&["whole", "oat"])),
    ];
    assert_eq!(small().validate(), Ok(()));
    for (expected, fault) in faults {
        let mut menu = small();
        fault(&mut menu);
        match menu.validate() {
            Err(MenuError::Invalid { field, .. }) => assert_eq!(field, expected),
            other => panic!("a fault in {expected} was expected, not {other:?}"),
        }
    }
}

#[test]
fn a_menu_at_its_edges_is_sound() {
    type Edge = fn(&mut Menu);
    let edges: [(&str, Edge); 5] = [
        ("a hundred drinks", |menu| {
            menu.drinks = (0..100).map(|n| drink(&format!("tea{n}"), 30, &[])).collect();
        }),
        ("a long name", |menu| menu.drinks[0].name = "ü".repeat(80)),
        ("a drink of a day", |menu| menu.drinks[0].seconds = 86_400),
        ("several defaults", |menu| {
            menu.groups[0].multiple = true;
            menu.groups[0].default = slugs(&["whole", "oat"]);
        }),
        ("no default", |menu| menu.groups[0].default.clear()),
    ];
    for (name, edge) in edges {
        let mut menu = small();
        edge(&mut menu);
        assert_eq!(menu.validate(), Ok(()), "{name}");
    }
}

#[test]
fn limits_have_their_ranges() {
    let standard = serde_json::to_value(Limits::default()).expect("plain data");
    let fits = |field: &str, figure: u32| {
        let mut limits = standard.clone();
        limits[field] = json!(figure);
        let limits: Limits = serde_json::from_value(limits).expect("limits");
        let found = limits.validate();
        if let Err(named) = found {
            assert_eq!(named, format!("limits.{field}"));
        }
        found.is_ok()
    };
    let fields = standard.as_object().map(serde_json::Map::keys).expect("an object");
    for field in fields {
        let least = match field.as_str() {
            "grace_seconds" | "daily_per_person" => 0,
            _ => 1,
        };
        let most = if field.ends_with("_seconds") { 86_400 } else { 10_000 };
        assert!(least == 0 || !fits(field, 0), "{field}");
        assert!(fits(field, least) && fits(field, most), "{field}");
        assert!(!fits(field, most + 1), "{field}");
    }
}

#[test]
fn the_standard_limits_are_those_of_the_contract() {
    let contract = "window_seconds:300, uses_per_window:10, grace_seconds:60, \
        choose_seconds:300, start_seconds:1800, collect_seconds:600, max_in_progress:20, \
        max_wait_seconds:1200, live_per_person:1, daily_per_person:0, baristas:2";
    let limits = serde_json::to_value(Limits::default()).expect("plain data");
    let mut found = 0;
    for pair in contract.split(", ") {
        let (field, figure) = pair.split_once(':').expect("field:figure");
        let figure: u32 = figure.parse().expect("a figure");
        assert_eq!(limits[field], Value::from(figure), "{field}");
        found += 1;
    }
    assert_eq!(limits.as_object().map(serde_json::Map::len), Some(found));
}
