//! Small menus for tests.

use domain::menu::{Drink, OptionGroup, OptionItem};
use domain::{Menu, Slug};

pub(crate) fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

pub(crate) fn slugs(texts: &[&str]) -> Vec<Slug> {
    texts.iter().map(|text| slug(text)).collect()
}

/// Drinks of so many seconds, without options.
pub(crate) fn of_drinks(drinks: &[(&str, u32)]) -> Menu {
    Menu {
        drinks: drinks.iter().map(|&(name, seconds)| drink(name, seconds, &[])).collect(),
        groups: Vec::new(),
    }
}

pub(crate) fn drink(name: &str, seconds: u32, groups: &[&str]) -> Drink {
    Drink {
        slug: slug(name),
        name: name.to_uppercase(),
        names: Default::default(),
        icon: name.to_owned(),
        seconds,
        available: true,
        allergens: Vec::new(),
        groups: slugs(groups),
    }
}

pub(crate) fn group(name: &str, default: &[&str], options: &[&str]) -> OptionGroup {
    OptionGroup {
        slug: slug(name),
        name: name.to_uppercase(),
        names: Default::default(),
        required: false,
        multiple: false,
        default: slugs(default),
        options: options.iter().map(|name| option(name)).collect(),
    }
}

fn option(name: &str) -> OptionItem {
    OptionItem {
        slug: slug(name),
        name: name.to_uppercase(),
        names: Default::default(),
        available: true,
        seconds: 5,
    }
}
