//! The drink a guest is putting together, and which question about it is being asked.

use domain::menu::{Drink, DrinkOrder, Menu, MenuError, OptionGroup, Options};
use domain::text::Language;
use domain::view::OrderView;
use domain::{Mistake, OrderId, Slug};

/// Which question is being asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Question {
    /// Which drink?
    #[default]
    Drink,
    /// With what?
    Options,
    /// Is that all?
    Confirm,
}

/// A drink in the making: nothing of it is known to the bar yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Which question is being asked.
    pub(crate) question: Question,
    drink: Option<Slug>,
    options: Options,
    /// The order in the queue that becomes this drink; none for a new one.
    changes: Option<OrderId>,
}

impl Draft {
    /// The drink of an order once more, as far as the menu still has it.
    pub(crate) fn again(menu: &Menu, order: &OrderView) -> Self {
        let mut draft = Self { drink: order.drink.clone(), ..Self::default() };
        let Some(drink) = draft.drink(menu).filter(|drink| menu.is_available(drink)) else {
            return Self::default();
        };
        for group in menu.groups_of(drink) {
            // What was not chosen was chosen not to be.
            let chosen = order.options.as_ref().and_then(|options| options.get(&group.slug));
            draft.options.insert(group.slug.clone(), chosen.cloned().unwrap_or_default());
        }
        draft.forget_sold_out(menu);
        draft.question =
            if draft.check(menu).is_ok() { Question::Confirm } else { Question::Options };
        draft
    }

    /// What an order in the queue is now, to be changed.
    pub(crate) fn change(menu: &Menu, order: &OrderView) -> Self {
        Self {
            question: Question::Drink,
            changes: Some(order.order.clone()),
            ..Self::again(menu, order)
        }
    }

    /// Whether it is about this order, which is in the queue already.
    pub(crate) fn changes(&self, order: &OrderId) -> bool {
        self.changes.as_ref() == Some(order)
    }

    /// Whether it is this drink, so far.
    pub(crate) fn is_of(&self, drink: &Slug) -> bool {
        self.drink.as_ref() == Some(drink)
    }

    /// The drink picked, as the menu has it now.
    pub(crate) fn drink<'a>(&self, menu: &'a Menu) -> Option<&'a Drink> {
        self.drink.as_ref().and_then(|slug| menu.drink(slug))
    }

    /// Picks a drink with its defaults and asks the next question about it. Picked again, it keeps
    /// what was chosen.
    pub(crate) fn pick(&mut self, menu: &Menu, drink: &Drink) {
        if !self.is_of(&drink.slug) {
            self.drink = Some(drink.slug.clone());
            self.options = menu.defaults_of(drink);
        }
        self.forget_sold_out(menu);
        self.question = if drink.groups.is_empty() { Question::Confirm } else { Question::Options };
    }

    /// Whether an option is chosen.
    pub(crate) fn has(&self, group: &Slug, option: &Slug) -> bool {
        self.options.get(group).is_some_and(|chosen| chosen.contains(option))
    }

    /// Whether nothing is chosen in a group.
    pub(crate) fn has_none(&self, group: &Slug) -> bool {
        self.options.get(group).is_none_or(Vec::is_empty)
    }

    /// Chooses an option, or takes the choice back where the group allows to have none.
    pub(crate) fn toggle(&mut self, group: &OptionGroup, option: &Slug) {
        group.toggle(self.options.entry(group.slug.clone()).or_default(), option);
    }

    /// Chooses nothing in a group.
    pub(crate) fn clear(&mut self, group: &Slug) {
        self.options.insert(group.clone(), Vec::new());
    }

    /// Lets go of options that cannot be had any more.
    pub(crate) fn forget_sold_out(&mut self, menu: &Menu) {
        for (group, chosen) in &mut self.options {
            let group = menu.group(group);
            chosen.retain(|slug| {
                group.and_then(|group| group.option(slug)).is_some_and(|option| option.available)
            });
        }
    }

    /// What of the choice is not to be had any more, by name; the drink itself when that is all
    /// there is to say.
    pub(crate) fn sold_out(&self, menu: &Menu, language: Language) -> String {
        for (group, chosen) in &self.options {
            for option in menu.group(group).map(|group| &group.options).into_iter().flatten() {
                if !option.available && chosen.contains(&option.slug) {
                    return option.name_in(language).to_owned();
                }
            }
        }
        self.drink(menu).map(|drink| drink.name_in(language).to_owned()).unwrap_or_default()
    }

    /// The drink as it would go into the queue, or why it is none: the bar's own check.
    pub(crate) fn check(&self, menu: &Menu) -> Result<DrinkOrder, MenuError> {
        match &self.drink {
            Some(drink) => menu.check(drink, &self.options),
            None => {
                Err(MenuError::Invalid { field: "drink".to_owned(), problem: Mistake::Missing })
            }
        }
    }

    /// Back to the question before; options are only asked where the drink has any. Before the
    /// first question about an order in the queue, that order stays as it is.
    pub(crate) fn step_back(&mut self) {
        if self.question == Question::Drink && self.changes.is_some() {
            *self = Self::default();
        }
        self.question = match self.question {
            Question::Confirm if !self.options.is_empty() => Question::Options,
            Question::Drink | Question::Options | Question::Confirm => Question::Drink,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().expect("a slug")
    }

    fn picked(menu: &Menu, drink: &str) -> Draft {
        let mut draft = Draft::default();
        let drink = menu.drink(&slug(drink)).expect("a standard drink");
        draft.pick(menu, drink);
        draft
    }

    fn sell_out(menu: &mut Menu, group: &str, option: &str) {
        for candidate in &mut menu.groups {
            for item in &mut candidate.options {
                if candidate.slug == slug(group) && item.slug == slug(option) {
                    item.available = false;
                }
            }
        }
    }

    #[test]
    fn a_drink_is_picked_with_its_defaults() {
        let menu = Menu::standard();
        let draft = picked(&menu, "latte");
        assert_eq!(draft.question, Question::Options);
        assert!(draft.has(&slug("milk"), &slug("whole")));
        assert!(draft.has_none(&slug("extras")));
        let order = draft.check(&menu).expect("the defaults make a drink");
        assert_eq!(order.drink_name, "Latte");
        assert_eq!(order.option_names, ["Whole", "Regular", "Single"]);
    }

    #[test]
    fn a_drink_without_options_goes_straight_to_the_last_question() {
        let mut menu = Menu::standard();
        for drink in &mut menu.drinks {
            drink.groups.clear();
        }
        let mut draft = picked(&menu, "tea");
        assert_eq!(draft.question, Question::Confirm);
        draft.step_back();
        assert_eq!(draft.question, Question::Drink);
    }

    #[test]
    fn one_answer_replaces_the_other_unless_there_may_be_several() {
        let menu = Menu::standard();
        let mut draft = picked(&menu, "latte");
        let milk = menu.group(&slug("milk")).expect("milk");
        draft.toggle(milk, &slug("oat"));
        assert!(draft.has(&slug("milk"), &slug("oat")));
        assert!(!draft.has(&slug("milk"), &slug("whole")));
        draft.toggle(milk, &slug("oat"));
        assert!(draft.has(&slug("milk"), &slug("oat")), "a latte needs a milk");
        let extras = menu.group(&slug("extras")).expect("extras");
        draft.toggle(extras, &slug("extra-hot"));
        draft.toggle(extras, &slug("vanilla-syrup"));
        draft.toggle(extras, &slug("extra-hot"));
        let order = draft.check(&menu).expect("a latte");
        assert_eq!(order.option_names, ["Oat", "Regular", "Single", "Vanilla syrup"]);
        draft.clear(&slug("extras"));
        assert!(draft.has_none(&slug("extras")));
    }

    #[test]
    fn a_default_that_is_sold_out_leaves_the_choice_to_the_guest() {
        let mut menu = Menu::standard();
        sell_out(&mut menu, "milk", "whole");
        let draft = picked(&menu, "latte");
        assert!(draft.has_none(&slug("milk")));
        assert!(matches!(draft.check(&menu), Err(MenuError::Invalid { .. })));
    }

    #[test]
    fn the_same_drink_picked_again_keeps_what_was_chosen() {
        let menu = Menu::standard();
        let mut draft = picked(&menu, "latte");
        draft.toggle(menu.group(&slug("milk")).expect("milk"), &slug("soy"));
        draft.question = Question::Drink;
        draft.pick(&menu, menu.drink(&slug("latte")).expect("latte"));
        assert!(draft.has(&slug("milk"), &slug("soy")));
        draft.pick(&menu, menu.drink(&slug("mocha")).expect("mocha"));
        assert!(draft.has(&slug("milk"), &slug("whole")));
    }
}
