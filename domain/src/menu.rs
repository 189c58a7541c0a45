//! What can be ordered, and the one check that says whether a choice is a drink.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::Slug;

/// A choice as it is sent: the slugs chosen in each group.
pub type Options = BTreeMap<Slug, Vec<Slug>>;

/// Names in other languages, by language tag (`pt-BR`).
pub type Names = BTreeMap<String, String>;

/// Everything a bar serves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Menu {
    /// The drinks, in the order they are shown.
    pub drinks: Vec<Drink>,
    /// The option groups drinks refer to.
    pub groups: Vec<OptionGroup>,
}

/// One drink of the menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drink {
    /// Its name in addresses, logs and test ids.
    pub slug: Slug,
    /// The name people read.
    pub name: String,
    /// That name in other languages.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
    /// The name of its picture.
    pub icon: String,
    /// Seconds it takes to make, 1 to 86,400.
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
#[serde(deny_unknown_fields)]
pub struct OptionGroup {
    /// Its name in addresses, logs and test ids.
    pub slug: Slug,
    /// The name people read.
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
    pub options: Vec<OptionItem>,
}

/// One answer to an option group's question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionItem {
    /// Its name in addresses, logs and test ids.
    pub slug: Slug,
    /// The name people read.
    pub name: String,
    /// That name in other languages.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
    /// False when it is sold out.
    pub available: bool,
    /// Seconds it adds to the drink's, 0 to 86,400.
    #[serde(default)]
    pub seconds: u32,
}

/// A drink as it goes into the queue: checked, complete, in the menu's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    },
    /// The choice does not fit the menu.
    #[error("`{field}` {problem}")]
    Invalid {
        /// Where in the request the fault is.
        field: String,
        /// What is wrong there.
        problem: &'static str,
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

    /// Checks a choice: the same in the browser, before sending, and in the server, which decides.
    ///
    /// A group that is not mentioned is answered by its default; an empty list is an answer. What
    /// makes no sense is told before what is sold out.
    pub fn check(&self, drink: &Slug, options: &Options) -> Result<DrinkOrder, MenuError> {
        let drink = self.drink(drink).ok_or_else(|| MenuError::Invalid {
            field: "drink".to_owned(),
            problem: "is not on the menu",
        })?;
        if let Some(stranger) = options.keys().find(|slug| !drink.groups.contains(slug)) {
            return Err(MenuError::Invalid {
                field: format!("options.{stranger}"),
                problem: "does not go with this drink",
            });
        }
        let mut answers = Vec::new();
        for group in self.groups_of(drink) {
            let answer = options.get(&group.slug).unwrap_or(&group.default);
            answers.push((group, group.check(answer)?));
        }
        if !self.is_available(drink) {
            return Err(MenuError::SoldOut { field: "drink".to_owned(), item: drink.name.clone() });
        }
        let mut chosen = Options::new();
        let mut option_names = Vec::new();
        let mut seconds = drink.seconds;
        for (group, answer) in answers {
            if let Some(gone) = answer.iter().find(|option| !option.available) {
                return Err(MenuError::SoldOut {
                    field: format!("options.{}.{}", group.slug, gone.slug),
                    item: gone.name.clone(),
                });
            }
            seconds += answer.iter().map(|option| option.seconds).sum::<u32>();
            option_names.extend(answer.iter().map(|option| option.name.clone()));
            let slugs: Vec<_> = answer.iter().map(|option| option.slug.clone()).collect();
            if !slugs.is_empty() {
                chosen.insert(group.slug.clone(), slugs);
            }
        }
        Ok(DrinkOrder {
            drink: drink.slug.clone(),
            drink_name: drink.name.clone(),
            options: chosen,
            option_names,
            seconds,
        })
    }

    /// Checks a menu that is about to be served: every name known, no slug twice, sane figures.
    pub fn validate(&self) -> Result<(), MenuError> {
        distinct("menu.drinks", self.drinks.iter().map(|drink| &drink.slug))?;
        distinct("menu.groups", self.groups.iter().map(|group| &group.slug))?;
        if self.drinks.is_empty()
            || self.drinks.len() > MOST_ITEMS
            || self.groups.len() > MOST_ITEMS
        {
            return Err(invalid("menu.drinks", "must hold 1 to 100 drinks and up to 100 groups"));
        }
        for (index, drink) in self.drinks.iter().enumerate() {
            let field = |name: &str| format!("menu.drinks.{index}.{name}");
            named(&field("name"), &drink.name, &drink.names)?;
            within(&field("seconds"), drink.seconds, 1)?;
            distinct(&field("groups"), drink.groups.iter())?;
            if drink.groups.iter().any(|slug| self.group(slug).is_none()) {
                return Err(invalid(field("groups"), "names a group that the menu does not have"));
            }
            if drink.icon.len() > LONGEST_NAME || drink.allergens.len() > MOST_ITEMS {
                return Err(invalid(field("icon"), "or the allergens are too long"));
            }
        }
        for (index, group) in self.groups.iter().enumerate() {
            group.validate(&format!("menu.groups.{index}"))?;
        }
        Ok(())
    }
}

impl OptionGroup {
    /// The option of that name.
    pub fn option(&self, slug: &Slug) -> Option<&OptionItem> {
        self.options.iter().find(|option| option.slug == *slug)
    }

    fn has_any_left(&self) -> bool {
        self.options.iter().any(|option| option.available)
    }

    /// The options of an answer that makes sense, sold out or not.
    fn check(&self, answer: &[Slug]) -> Result<Vec<&OptionItem>, MenuError> {
        let field = || format!("options.{}", self.slug);
        if answer.iter().any(|slug| self.option(slug).is_none()) {
            return Err(invalid(field(), "has no such option"));
        }
        distinct(&field(), answer.iter())?;
        if answer.len() > 1 && !self.multiple {
            return Err(invalid(field(), "takes one option only"));
        }
        // Nobody can answer when nothing is left: then the drink is sold out, not the answer wrong.
        if answer.is_empty() && self.required && self.has_any_left() {
            return Err(invalid(field(), "needs an option"));
        }
        Ok(self.options.iter().filter(|option| answer.contains(&option.slug)).collect())
    }

    fn validate(&self, path: &str) -> Result<(), MenuError> {
        named(&format!("{path}.name"), &self.name, &self.names)?;
        let options = format!("{path}.options");
        distinct(&options, self.options.iter().map(|option| &option.slug))?;
        if self.options.is_empty() || self.options.len() > MOST_ITEMS {
            return Err(invalid(options, "must hold 1 to 100 options"));
        }
        for (index, option) in self.options.iter().enumerate() {
            named(&format!("{options}.{index}.name"), &option.name, &option.names)?;
            within(&format!("{options}.{index}.seconds"), option.seconds, 0)?;
        }
        let default = format!("{path}.default");
        distinct(&default, self.default.iter())?;
        if self.default.iter().any(|slug| self.option(slug).is_none()) {
            return Err(invalid(default, "names an option that the group does not have"));
        }
        if self.default.len() > 1 && !self.multiple {
            return Err(invalid(default, "takes one option only"));
        }
        Ok(())
    }
}

const LONGEST_NAME: usize = 80;
const MOST_ITEMS: usize = 100;

fn invalid(field: impl Into<String>, problem: &'static str) -> MenuError {
    MenuError::Invalid { field: field.into(), problem }
}

fn distinct<'a>(field: &str, slugs: impl Iterator<Item = &'a Slug>) -> Result<(), MenuError> {
    let mut seen = BTreeSet::new();
    for slug in slugs {
        if !seen.insert(slug) {
            return Err(invalid(field, "names the same thing twice"));
        }
    }
    Ok(())
}

fn named(field: &str, name: &str, names: &Names) -> Result<(), MenuError> {
    let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= LONGEST_NAME;
    if fits(name) && names.len() <= MOST_ITEMS && names.values().all(|name| fits(name)) {
        Ok(())
    } else {
        Err(invalid(field, "must be 1 to 80 characters"))
    }
}

fn within(field: &str, seconds: u32, least: u32) -> Result<(), MenuError> {
    if (least..=86_400).contains(&seconds) {
        Ok(())
    } else {
        Err(invalid(field, "must be a number of seconds up to 86400"))
    }
}
