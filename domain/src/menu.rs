//! What can be ordered.

mod check;
mod named;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::Slug;
use crate::mistake::Mistake;
use crate::text::Language;

pub use named::Named;

/// A choice as it is sent: the slugs chosen in each group.
pub type Options = BTreeMap<Slug, Vec<Slug>>;

/// Names in other languages, by language tag (`pt-BR`).
pub type Names = BTreeMap<String, String>;

/// Everything a bar serves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Menu {
    /// The drinks, in the order they are shown.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = check::MOST_ITEMS)))]
    pub drinks: Vec<Drink>,
    /// The option groups drinks refer to.
    #[cfg_attr(feature = "schema", schemars(length(max = check::MOST_ITEMS)))]
    pub groups: Vec<OptionGroup>,
}

/// One drink of the menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Drink {
    /// Its name in addresses, logs and test ids.
    pub slug: Slug,
    /// The name people read.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = check::LONGEST_NAME)))]
    pub name: String,
    /// That name in other languages.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
    /// The name of its picture.
    pub icon: String,
    /// Seconds it takes to make, 1 to 86,400.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 86_400)))]
    pub seconds: u32,
    /// False when it is sold out.
    pub available: bool,
    /// What it contains that some people must avoid.
    #[serde(default)]
    pub allergens: Vec<String>,
    /// The option groups that go with it, in the order they are asked.
    #[serde(default)]
    pub groups: Vec<Slug>,
}

/// A question about a drink: milk, size, strength.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OptionGroup {
    /// Its name in addresses, logs and test ids.
    pub slug: Slug,
    /// The name people read.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = check::LONGEST_NAME)))]
    pub name: String,
    /// That name in other languages.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
    /// Whether a drink with this group needs an answer.
    pub required: bool,
    /// Whether several options may be chosen at once.
    pub multiple: bool,
    /// What is taken when nothing is said: slugs of its options, in a single-choice group one
    /// at most.
    #[serde(default)]
    pub default: Vec<Slug>,
    /// The answers.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = check::MOST_ITEMS)))]
    pub options: Vec<OptionItem>,
}

/// One answer to an option group's question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OptionItem {
    /// Its name in addresses, logs and test ids.
    pub slug: Slug,
    /// The name people read.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = check::LONGEST_NAME)))]
    pub name: String,
    /// That name in other languages.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
    /// False when it is sold out.
    pub available: bool,
    /// Seconds it adds to the drink's, 0 to 86,400.
    #[cfg_attr(feature = "schema", schemars(range(max = 86_400)))]
    #[serde(default)]
    pub seconds: u32,
}

/// A drink as it goes into the queue: checked, complete, in the menu's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DrinkOrder {
    /// Which drink.
    pub drink: Slug,
    /// Its name as sold.
    pub drink_name: String,
    /// What was chosen in each of its groups, defaults filled in.
    pub options: Options,
    /// The names of those options as sold, in the order of the menu.
    pub option_names: Vec<String>,
    /// Seconds it takes to make, options included.
    pub seconds: u32,
}

/// Why a choice is not a drink.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MenuError {
    /// It is on the menu but not to be had; the field is the item as the request spells it,
    /// `drink` or `options.<group>.<option>`.
    #[error("`{item}` is sold out")]
    SoldOut {
        /// Where in the request it stands.
        field: String,
        /// Its name.
        item: String,
        /// That name in other languages.
        names: Names,
    },
    /// The choice does not fit the menu.
    #[error("`{field}` {problem}")]
    Invalid {
        /// Where in the request the fault is.
        field: String,
        /// What is wrong there.
        problem: Mistake,
    },
}

impl Menu {
    /// The drink of that name.
    pub fn drink(&self, slug: &Slug) -> Option<&Drink> {
        self.drinks.iter().find(|drink| drink.slug == *slug)
    }

    /// The option group of that name.
    pub fn group(&self, slug: &Slug) -> Option<&OptionGroup> {
        self.groups.iter().find(|group| group.slug == *slug)
    }

    /// The option groups of a drink, in the order they are asked.
    pub fn groups_of<'a>(&'a self, drink: &'a Drink) -> impl Iterator<Item = &'a OptionGroup> {
        drink.groups.iter().filter_map(|slug| self.group(slug))
    }

    /// Whether a drink can be had: it is not sold out itself, and every group it requires has
    /// something left.
    pub fn is_available(&self, drink: &Drink) -> bool {
        drink.available
            && self.groups_of(drink).all(|group| !group.required || group.has_any_left())
    }

    /// The mean of the drinks' seconds, in milliseconds; 0 for an empty menu. What an order
    /// whose drink is not known yet is counted as.
    pub fn mean_millis(&self) -> u64 {
        let sum: u64 = self.drinks.iter().map(|drink| u64::from(drink.seconds)).sum();
        (sum * 1000).checked_div(self.drinks.len() as u64).unwrap_or(0)
    }
}

impl OptionGroup {
    /// The option of that name.
    pub fn option(&self, slug: &Slug) -> Option<&OptionItem> {
        self.options.iter().find(|option| option.slug == *slug)
    }

    /// Its name in a language.
    pub fn name_in(&self, language: Language) -> &str {
        name_in(&self.name, &self.names, language)
    }

    fn has_any_left(&self) -> bool {
        self.options.iter().any(|option| option.available)
    }
}

/// The name people of a language read: theirs where there is one.
pub fn name_in<'a>(name: &'a str, names: &'a Names, language: Language) -> &'a str {
    names.get(language.tag()).map_or(name, String::as_str)
}

impl Drink {
    /// Its name in a language.
    pub fn name_in(&self, language: Language) -> &str {
        name_in(&self.name, &self.names, language)
    }
}

impl OptionItem {
    /// Its name in a language.
    pub fn name_in(&self, language: Language) -> &str {
        name_in(&self.name, &self.names, language)
    }
}
