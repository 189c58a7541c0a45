//! Putting a drink together, one tap at a time, before it is checked.

use crate::id::Slug;
use crate::menu::{Drink, Menu, OptionGroup, Options};

impl Menu {
    /// What a drink comes with when nothing is said. A default that is sold out is left out, not
    /// replaced by another milk behind the guest's back.
    pub fn defaults_of(&self, drink: &Drink) -> Options {
        // One by one: collecting sorts first, and a sort would be 3 KB of an app's download.
        let mut options = Options::new();
        for group in self.groups_of(drink) {
            options.insert(group.slug.clone(), group.available_defaults());
        }
        options
    }
}

impl OptionGroup {
    /// Chooses an option, or takes the choice back where the group allows to have none.
    pub fn toggle(&self, chosen: &mut Vec<Slug>, option: &Slug) {
        if let Some(index) = chosen.iter().position(|slug| slug == option) {
            if self.multiple || !self.required {
                chosen.remove(index);
            }
        } else {
            if !self.multiple {
                chosen.clear();
            }
            chosen.push(option.clone());
        }
    }

    /// Whether it takes exactly one answer of several, "none" being one of them where none is
    /// needed. Else its options are chosen each by itself.
    pub fn takes_one_answer(&self) -> bool {
        !self.multiple && (self.required || self.options.len() > 1)
    }

    fn available_defaults(&self) -> Vec<Slug> {
        let is_available = |slug: &&Slug| self.option(slug).is_some_and(|option| option.available);
        self.default.iter().filter(is_available).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().expect("a slug")
    }

    fn slugs(texts: &[&str]) -> Vec<Slug> {
        texts.iter().map(|text| slug(text)).collect()
    }

    #[test]
    fn a_drink_comes_with_what_is_left_of_its_defaults() {
        let mut menu = Menu::standard();
        let latte = menu.drink(&slug("latte")).expect("latte").clone();
        let options = menu.defaults_of(&latte);
        assert_eq!(options[&slug("milk")], slugs(&["whole"]));
        assert_eq!(options[&slug("extras")], slugs(&[]));
        assert!(menu.check(&latte.slug, &options).is_ok());

        menu.groups[0].options[0].available = false;
        assert_eq!(menu.defaults_of(&latte)[&slug("milk")], slugs(&[]));
    }

    #[test]
    fn one_answer_replaces_the_other_unless_there_may_be_several() {
        let menu = Menu::standard();
        for (group, before, tapped, after) in [
            ("milk", &["whole"][..], "oat", &["oat"][..]),
            ("milk", &["oat"], "oat", &["oat"]),
            ("decaf", &[], "decaf", &["decaf"]),
            ("decaf", &["decaf"], "decaf", &[]),
            ("extras", &["extra-hot"], "vanilla-syrup", &["extra-hot", "vanilla-syrup"]),
            ("extras", &["extra-hot", "vanilla-syrup"], "extra-hot", &["vanilla-syrup"]),
            ("milk-on-the-side", &["oat"], "soy", &["soy"]),
            ("milk-on-the-side", &["soy"], "soy", &[]),
        ] {
            let mut chosen = slugs(before);
            menu.group(&slug(group)).expect("a group").toggle(&mut chosen, &slug(tapped));
            assert_eq!(chosen, slugs(after), "{group}: {tapped}");
        }
    }
}
