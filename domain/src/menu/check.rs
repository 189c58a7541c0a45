//! The one check that says whether a choice is a drink, and the one that says whether a menu can
//! be served.

use std::collections::BTreeSet;

use super::{DrinkOrder, Menu, MenuError, Names, OptionGroup, OptionItem, Options};
use crate::id::Slug;
use crate::mistake::Mistake;

impl Menu {
    /// Checks a choice: the same in the browser, before sending, and in the server, which decides.
    ///
    /// A group that is not mentioned is answered by its default; an empty list is an answer. What
    /// makes no sense is told before what is sold out.
    pub fn check(&self, drink: &Slug, options: &Options) -> Result<DrinkOrder, MenuError> {
        let drink = self.drink(drink).ok_or_else(|| MenuError::Invalid {
            field: "drink".to_owned(),
            problem: Mistake::NotOnTheMenu,
        })?;
        if let Some(stranger) = options.keys().find(|slug| !drink.groups.contains(slug)) {
            return Err(MenuError::Invalid {
                field: format!("options.{stranger}"),
                problem: Mistake::NotWithThisDrink,
            });
        }
        let mut answers = Vec::new();
        for group in self.groups_of(drink) {
            let answer = options.get(&group.slug).unwrap_or(&group.default);
            answers.push((group, group.check(answer)?));
        }
        if !self.is_available(drink) {
            return Err(MenuError::SoldOut {
                field: "drink".to_owned(),
                item: drink.name.clone(),
                names: drink.names.clone(),
            });
        }
        let mut chosen = Options::new();
        let mut option_names = Vec::new();
        let mut seconds = drink.seconds;
        for (group, answer) in answers {
            if let Some(gone) = answer.iter().find(|option| !option.available) {
                return Err(MenuError::SoldOut {
                    field: format!("options.{}.{}", group.slug, gone.slug),
                    item: gone.name.clone(),
                    names: gone.names.clone(),
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
            return Err(invalid("menu.drinks", Mistake::MenuSize));
        }
        for (index, drink) in self.drinks.iter().enumerate() {
            let field = |name: &str| format!("menu.drinks.{index}.{name}");
            named(&field("name"), &drink.name, &drink.names)?;
            within(&field("seconds"), drink.seconds, 1)?;
            distinct(&field("groups"), drink.groups.iter())?;
            if drink.groups.iter().any(|slug| self.group(slug).is_none()) {
                return Err(invalid(field("groups"), Mistake::NoSuchGroup));
            }
            if drink.icon.len() > LONGEST_NAME || drink.allergens.len() > MOST_ITEMS {
                return Err(invalid(field("icon"), Mistake::TooLong));
            }
        }
        for (index, group) in self.groups.iter().enumerate() {
            group.validate(&format!("menu.groups.{index}"))?;
        }
        Ok(())
    }
}

impl OptionGroup {
    /// The options of an answer that makes sense, sold out or not.
    fn check(&self, answer: &[Slug]) -> Result<Vec<&OptionItem>, MenuError> {
        let field = || format!("options.{}", self.slug);
        if answer.iter().any(|slug| self.option(slug).is_none()) {
            return Err(invalid(field(), Mistake::NoSuchOption));
        }
        distinct(&field(), answer.iter())?;
        if answer.len() > 1 && !self.multiple {
            return Err(invalid(field(), Mistake::OneOptionOnly));
        }
        // Nobody can answer when nothing is left: then the drink is sold out, not the answer wrong.
        if answer.is_empty() && self.required && self.has_any_left() {
            return Err(invalid(field(), Mistake::NoOption));
        }
        Ok(self.options.iter().filter(|option| answer.contains(&option.slug)).collect())
    }

    fn validate(&self, path: &str) -> Result<(), MenuError> {
        named(&format!("{path}.name"), &self.name, &self.names)?;
        let options = format!("{path}.options");
        distinct(&options, self.options.iter().map(|option| &option.slug))?;
        if self.options.is_empty() || self.options.len() > MOST_ITEMS {
            return Err(invalid(options, Mistake::OptionCount));
        }
        for (index, option) in self.options.iter().enumerate() {
            named(&format!("{options}.{index}.name"), &option.name, &option.names)?;
            within(&format!("{options}.{index}.seconds"), option.seconds, 0)?;
        }
        let default = format!("{path}.default");
        distinct(&default, self.default.iter())?;
        if self.default.iter().any(|slug| self.option(slug).is_none()) {
            return Err(invalid(default, Mistake::NoSuchOption));
        }
        if self.default.len() > 1 && !self.multiple {
            return Err(invalid(default, Mistake::OneOptionOnly));
        }
        Ok(())
    }
}

pub(super) const LONGEST_NAME: usize = 80;
pub(super) const MOST_ITEMS: usize = 100;

fn invalid(field: impl Into<String>, problem: Mistake) -> MenuError {
    MenuError::Invalid { field: field.into(), problem }
}

fn distinct<'a>(field: &str, slugs: impl Iterator<Item = &'a Slug>) -> Result<(), MenuError> {
    let mut seen = BTreeSet::new();
    for slug in slugs {
        if !seen.insert(slug) {
            return Err(invalid(field, Mistake::Twice));
        }
    }
    Ok(())
}

fn named(field: &str, name: &str, names: &Names) -> Result<(), MenuError> {
    let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= LONGEST_NAME;
    if fits(name) && names.len() <= MOST_ITEMS && names.values().all(|name| fits(name)) {
        Ok(())
    } else {
        Err(invalid(field, Mistake::NoMenuName))
    }
}

fn within(field: &str, seconds: u32, least: u32) -> Result<(), MenuError> {
    if (least..=86_400).contains(&seconds) {
        Ok(())
    } else {
        Err(invalid(field, Mistake::NoSeconds))
    }
}
