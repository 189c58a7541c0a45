//! The menu a new bar opens with.

use crate::id::Slug;
use crate::menu::{Drink, Menu, Names, OptionGroup, OptionItem};
use crate::text::Language;

/// A name in English, which makes the slug, and in Portuguese.
type Named = (&'static str, &'static str);

/// What is taken in a group when nothing is said.
enum Unless {
    /// The first option: an answer is needed.
    First,
    /// Nothing.
    None,
}

const MILKS: &[(Named, u32)] = &[
    (("Whole", "Integral"), 0),
    (("Oat", "Aveia"), 0),
    (("Soy", "Soja"), 0),
    (("Lactose-free", "Sem lactose"), 0),
];

impl Menu {
    /// Twelve drinks; milk, size, strength, decaf and extras; every name in every language.
    pub fn standard() -> Self {
        const MILK: &[&str] = &["milk"];
        const WITH_ALL: &[&str] = &["milk", "size", "strength", "decaf", "extras"];
        Self {
            drinks: vec![
                drink(("Espresso", "Espresso"), 30, &[], &["strength", "decaf"]),
                drink(("Double Espresso", "Espresso duplo"), 35, &[], &["decaf"]),
                drink(("Macchiato", "Macchiato"), 40, MILK, &["milk", "decaf"]),
                drink(("Americano", "Americano"), 45, &[], &["size", "strength", "decaf"]),
                drink(
                    ("Flat White", "Flat white"),
                    60,
                    MILK,
                    &["milk", "strength", "decaf", "extras"],
                ),
                drink(("Cappuccino", "Cappuccino"), 65, MILK, WITH_ALL),
                drink(("Latte", "Latte"), 70, MILK, WITH_ALL),
                drink(("Mocha", "Mocha"), 80, MILK, WITH_ALL),
                drink(("Hot Chocolate", "Chocolate quente"), 60, MILK, &["milk", "size", "extras"]),
                drink(("Chai Latte", "Chai latte"), 60, MILK, &["milk", "size", "extras"]),
                drink(("Filter", "Café coado"), 20, &[], &["size", "milk-on-the-side"]),
                drink(("Tea", "Chá"), 30, &[], &["size", "milk-on-the-side"]),
            ],
            groups: vec![
                group(("Milk", "Leite"), Unless::First, false, MILKS),
                group(
                    ("Size", "Tamanho"),
                    Unless::First,
                    false,
                    &[(("Regular", "Normal"), 0), (("Large", "Grande"), 10)],
                ),
                group(
                    ("Strength", "Intensidade"),
                    Unless::First,
                    false,
                    &[(("Single", "Dose simples"), 0), (("Double", "Dose dupla"), 10)],
                ),
                group(
                    ("Decaf", "Descafeinado"),
                    Unless::None,
                    false,
                    &[(("Decaf", "Descafeinado"), 5)],
                ),
                group(
                    ("Extras", "Extras"),
                    Unless::None,
                    true,
                    &[
                        (("Extra hot", "Bem quente"), 5),
                        (("Vanilla syrup", "Xarope de baunilha"), 5),
                        (("Caramel syrup", "Xarope de caramelo"), 5),
                        (("Chocolate dusting", "Chocolate em pó"), 5),
                    ],
                ),
                group(("Milk on the side", "Leite à parte"), Unless::None, false, MILKS),
            ],
        }
    }
}

fn slug(name: &str) -> Slug {
    name.to_lowercase().replace(' ', "-").parse().expect("a standard name makes a slug")
}

fn names((_, portuguese): Named) -> Names {
    [(Language::Portuguese.tag().to_owned(), portuguese.to_owned())].into()
}

fn drink(name: Named, seconds: u32, allergens: &[&str], groups: &[&str]) -> Drink {
    Drink {
        slug: slug(name.0),
        name: name.0.to_owned(),
        names: names(name),
        icon: slug(name.0).as_str().to_owned(),
        seconds,
        available: true,
        allergens: allergens.iter().map(|&allergen| allergen.to_owned()).collect(),
        groups: groups.iter().map(|group| slug(group)).collect(),
    }
}

fn group(name: Named, unless: Unless, multiple: bool, options: &[(Named, u32)]) -> OptionGroup {
    let first = options.first().map(|&((english, _), _)| slug(english));
    let (required, default) = match unless {
        Unless::First => (true, first.into_iter().collect()),
        Unless::None => (false, Vec::new()),
    };
    OptionGroup {
        slug: slug(name.0),
        name: name.0.to_owned(),
        names: names(name),
        required,
        multiple,
        default,
        options: options
            .iter()
            .map(|&(name, seconds)| OptionItem {
                slug: slug(name.0),
                name: name.0.to_owned(),
                names: names(name),
                available: true,
                seconds,
            })
            .collect(),
    }
}
