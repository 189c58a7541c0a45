//! The menu a new bar opens with.

use crate::id::Slug;
use crate::menu::{Drink, Menu, OptionGroup, OptionItem};

impl Menu {
    /// Twelve drinks; milk, size, strength, decaf and extras.
    pub fn standard() -> Self {
        const MILK: &[&str] = &["milk"];
        Self {
            drinks: vec![
                drink("Espresso", 30, &[], &["strength", "decaf"]),
                drink("Double Espresso", 35, &[], &["decaf"]),
                drink("Macchiato", 40, MILK, &["milk", "decaf"]),
                drink("Americano", 45, &[], &["size", "strength", "decaf"]),
                drink("Flat White", 60, MILK, &["milk", "strength", "decaf", "extras"]),
                drink("Cappuccino", 65, MILK, &["milk", "size", "strength", "decaf", "extras"]),
                drink("Latte", 70, MILK, &["milk", "size", "strength", "decaf", "extras"]),
                drink("Mocha", 80, MILK, &["milk", "size", "strength", "decaf", "extras"]),
                drink("Hot Chocolate", 60, MILK, &["milk", "size", "extras"]),
                drink("Chai Latte", 60, MILK, &["milk", "size", "extras"]),
                drink("Filter", 20, &[], &["size", "milk-on-the-side"]),
                drink("Tea", 30, &[], &["size", "milk-on-the-side"]),
            ],
            groups: vec![
                group(
                    "Milk",
                    true,
                    false,
                    &["Whole"],
                    &[("Whole", 0), ("Oat", 0), ("Soy", 0), ("Lactose-free", 0)],
                ),
                group("Size", true, false, &["Regular"], &[("Regular", 0), ("Large", 10)]),
                group("Strength", true, false, &["Single"], &[("Single", 0), ("Double", 10)]),
                group("Decaf", false, false, &[], &[("Decaf", 5)]),
                group(
                    "Extras",
                    false,
                    true,
                    &[],
                    &[
                        ("Extra hot", 5),
                        ("Vanilla syrup", 5),
                        ("Caramel syrup", 5),
                        ("Chocolate dusting", 5),
                    ],
                ),
                group(
                    "Milk on the side",
                    false,
                    false,
                    &[],
                    &[("Whole", 0), ("Oat", 0), ("Soy", 0), ("Lactose-free", 0)],
                ),
            ],
        }
    }
}

fn slug(name: &str) -> Slug {
    name.to_lowercase().replace(' ', "-").parse().expect("a standard name makes a slug")
}

fn drink(name: &str, seconds: u32, allergens: &[&str], groups: &[&str]) -> Drink {
    Drink {
        slug: slug(name),
        name: name.to_owned(),
        names: Default::default(),
        icon: slug(name).as_str().to_owned(),
        seconds,
        available: true,
        allergens: allergens.iter().map(|&allergen| allergen.to_owned()).collect(),
        groups: groups.iter().map(|group| slug(group)).collect(),
    }
}

fn group(
    name: &str,
    required: bool,
    multiple: bool,
    default: &[&str],
    options: &[(&str, u32)],
) -> OptionGroup {
    OptionGroup {
        slug: slug(name),
        name: name.to_owned(),
        names: Default::default(),
        required,
        multiple,
        default: default.iter().map(|name| slug(name)).collect(),
        options: options
            .iter()
            .map(|&(name, seconds)| OptionItem {
                slug: slug(name),
                name: name.to_owned(),
                names: Default::default(),
                available: true,
                seconds,
            })
            .collect(),
    }
}
