//! What is on the menu, by its names in the reader's language.

use super::{Menu, Options};
use crate::id::Slug;
use crate::text::Language;
use crate::view::OrderView;

/// A drink and its options, to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The drink's name.
    pub drink: String,
    /// The names of the chosen options, in the menu's order.
    pub options: Vec<String>,
}

impl Named {
    /// What an order is: by the menu's names where the menu still has it, else by those it was
    /// sold under.
    pub fn order(menu: &Menu, order: &OrderView, language: Language) -> Self {
        let known = order.drink.as_ref().zip(order.options.as_ref());
        known.and_then(|(drink, options)| Self::choice(menu, drink, options, language)).unwrap_or(
            Self {
                drink: order.drink_name.clone().unwrap_or_default(),
                options: order.option_names.clone().unwrap_or_default(),
            },
        )
    }

    /// A choice from the menu; none when the menu does not have all of it.
    pub fn choice(
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
    use crate::status::Status;
    use crate::time::Timestamp;

    fn latte() -> OrderView {
        let slug = |text: &str| text.parse::<Slug>().expect("a slug");
        OrderView {
            order: "espresso.7K3MA9XQ".parse().expect("an order id"),
            bar: "espresso".parse().expect("a slug"),
            number: Some(7),
            status: Status::Placed,
            drink: Some(slug("latte")),
            drink_name: Some("Latte as sold".to_owned()),
            options: Some([(slug("milk"), vec![slug("oat")])].into()),
            option_names: Some(vec!["Oat as sold".to_owned()]),
            name: None,
            by: None,
            reason: None,
            stage: None,
            wait_seconds: None,
            promised_at: None,
            created_at: Timestamp::default(),
            placed_at: None,
            started_at: None,
            ready_at: None,
            ended_at: None,
            until: None,
            version: 1,
            now: Timestamp::default(),
        }
    }

    #[test]
    fn a_menu_that_has_moved_on_leaves_the_names_as_sold() {
        let mut menu = Menu::standard();
        for (language, milk) in [(Language::English, "Oat"), (Language::Portuguese, "Aveia")] {
            let named = Named::order(&menu, &latte(), language);
            assert_eq!((named.drink.as_str(), named.options), ("Latte", vec![milk.to_owned()]));
        }
        menu.groups.retain(|group| group.slug.as_str() != "milk");
        for language in Language::ALL {
            let named = Named::order(&menu, &latte(), language);
            assert_eq!(named.drink, "Latte as sold");
            assert_eq!(named.options, ["Oat as sold"]);
        }
    }
}
