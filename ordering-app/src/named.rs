//! What is on the menu, by its names in the guest's language.

use domain::Slug;
use domain::menu::{Menu, Options};
use domain::text::Language;
use domain::view::OrderView;

/// A drink and its options, to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) drink: String,
    pub(crate) options: Vec<String>,
}

impl Named {
    /// What an order is: by the menu's names where the menu still has it, else by those it was
    /// sold under.
    pub(crate) fn order(menu: &Menu, order: &OrderView, language: Language) -> Self {
        let known = order.drink.as_ref().zip(order.options.as_ref());
        known.and_then(|(drink, options)| Self::choice(menu, drink, options, language)).unwrap_or(
            Self {
                drink: order.drink_name.clone().unwrap_or_default(),
                options: order.option_names.clone().unwrap_or_default(),
            },
        )
    }

    /// A choice from the menu; none when the menu does not have all of it.
    pub(crate) fn choice(
        menu: &Menu,
        drink: &Slug,
        options: &Options,
        language: Language,
    ) -> Option<Self> {
        let drink = menu.drink(drink)?;
        let mut names = Vec::new();
        for group in menu.groups_of(drink) {
            let chosen = options.get(&group.slug).map(Vec::as_slice).unwrap_or_default();
            let options = group.options.iter().filter(|option| chosen.contains(&option.slug));
            names.extend(options.map(|option| option.name_in(language).to_owned()));
        }
        let is_all = names.len() == options.values().map(Vec::len).sum::<usize>();
        is_all.then(|| Self { drink: drink.name_in(language).to_owned(), options: names })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;
    use domain::Status;

    fn latte() -> OrderView {
        let slug = |text: &str| text.parse::<Slug>().expect("a slug");
        OrderView {
            drink: Some(slug("latte")),
            drink_name: Some("Latte as sold".to_owned()),
            options: Some([(slug("milk"), vec![slug("oat")])].into()),
            option_names: Some(vec!["Oat as sold".to_owned()]),
            ..samples::order(Status::Placed)
        }
    }

    #[test]
    fn a_menu_that_has_moved_on_leaves_the_names_as_sold() {
        let mut menu = Menu::standard();
        let named = Named::order(&menu, &latte(), Language::English);
        assert_eq!((named.drink.as_str(), named.options.join(", ")), ("Latte", "Oat".to_owned()));
        menu.groups.retain(|group| group.slug.as_str() != "milk");
        let named = Named::order(&menu, &latte(), Language::English);
        assert_eq!(named.drink, "Latte as sold");
        assert_eq!(named.options, ["Oat as sold"]);
    }
}
