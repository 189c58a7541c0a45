//! What an editor does to a menu, as plain changes of a value.

use domain::menu::{Drink, Names, OptionGroup, OptionItem};
use domain::{Menu, Slug};

use crate::slugs;

/// Seconds a drink takes until somebody says otherwise.
const USUAL_SECONDS: u32 = 60;

fn slug(name: &str, else_called: &str, is_taken: impl Fn(&str) -> bool) -> Slug {
    let fresh = slugs::fresh(name, else_called, Slug::LONGEST, is_taken);
    fresh.parse().expect("small letters, digits and dashes, not too many")
}

/// Adds a drink to the end; its slug.
pub(crate) fn add_drink(menu: &mut Menu, name: &str) -> Slug {
    let slug =
        slug(name, "drink", |taken| menu.drinks.iter().any(|drink| drink.slug.as_str() == taken));
    menu.drinks.push(Drink {
        slug: slug.clone(),
        name: name.trim().to_owned(),
        names: Names::new(),
        icon: slug.as_str().to_owned(),
        seconds: USUAL_SECONDS,
        available: true,
        allergens: Vec::new(),
        groups: Vec::new(),
    });
    slug
}

/// Adds a group of one option, which is called as the group is until somebody says otherwise; its
/// slug.
pub(crate) fn add_group(menu: &mut Menu, name: &str) -> Slug {
    let slug =
        slug(name, "options", |taken| menu.groups.iter().any(|group| group.slug.as_str() == taken));
    let mut group = OptionGroup {
        slug: slug.clone(),
        name: name.trim().to_owned(),
        names: Names::new(),
        required: false,
        multiple: false,
        default: Vec::new(),
        options: Vec::new(),
    };
    add_option(&mut group, name);
    menu.groups.push(group);
    slug
}

/// Adds an option to the end of a group.
pub(crate) fn add_option(group: &mut OptionGroup, name: &str) {
    let slug = slug(name, "option", |taken| {
        group.options.iter().any(|option| option.slug.as_str() == taken)
    });
    group.options.push(OptionItem {
        slug,
        name: name.trim().to_owned(),
        names: Names::new(),
        available: true,
        seconds: 0,
    });
}

/// Takes a group off the menu, and off every drink.
pub(crate) fn remove_group(menu: &mut Menu, slug: &Slug) {
    menu.groups.retain(|group| group.slug != *slug);
    for drink in &mut menu.drinks {
        drink.groups.retain(|group| group != slug);
    }
}

/// Takes an option out of a group, and out of what is taken when nothing is said.
pub(crate) fn remove_option(group: &mut OptionGroup, slug: &Slug) {
    group.options.retain(|option| option.slug != *slug);
    group.default.retain(|option| option != slug);
}

/// Moves what is at `index` one place towards the beginning or the end, if there is one.
pub(crate) fn shift<T>(items: &mut [T], index: usize, to: Towards) {
    let other = match to {
        Towards::Beginning => index.checked_sub(1),
        Towards::End => Some(index + 1).filter(|other| *other < items.len()),
    };
    if let Some(other) = other.filter(|_| index < items.len()) {
        items.swap(index, other);
    }
}

/// Which way something moves in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Towards {
    Beginning,
    End,
}

/// Moves a group; drinks ask in the order of the menu, so theirs move with it.
pub(crate) fn shift_group(menu: &mut Menu, index: usize, to: Towards) {
    shift(&mut menu.groups, index, to);
    let place = |slug: &Slug| {
        menu.groups.iter().position(|group| group.slug == *slug).unwrap_or(usize::MAX)
    };
    for drink in &mut menu.drinks {
        drink.groups.sort_by_key(|slug| place(slug));
    }
}

/// Lets a drink ask a group's question, or not; in the order of the menu's groups.
pub(crate) fn set_asked(menu: &mut Menu, drink: &Slug, group: &Slug, asked: bool) {
    let order: Vec<Slug> = menu.groups.iter().map(|group| group.slug.clone()).collect();
    let Some(drink) = menu.drinks.iter_mut().find(|found| found.slug == *drink) else {
        return;
    };
    drink.groups.retain(|slug| slug != group);
    if asked {
        drink.groups.push(group.clone());
        let place = |slug: &Slug| order.iter().position(|known| known == slug);
        drink.groups.sort_by_key(|slug| place(slug).unwrap_or(usize::MAX));
    }
}

/// Whether an option is taken when nothing is said; in a group of single choice instead of any
/// other.
pub(crate) fn set_default(group: &mut OptionGroup, option: &Slug, taken: bool) {
    if taken && !group.multiple {
        group.default.clear();
    }
    group.default.retain(|slug| slug != option);
    if taken {
        group.default.push(option.clone());
    }
}

/// Whether several options may be chosen at once; if not, one at most is taken when nothing is
/// said.
pub(crate) fn set_multiple(group: &mut OptionGroup, multiple: bool) {
    group.multiple = multiple;
    if !multiple {
        group.default.truncate(1);
    }
}

/// `mine`, edited from `base`, with what was sold out meanwhile in `theirs`, or came back; and
/// whether `theirs` differs from `base` in more than that.
pub(crate) fn brought_forward(mine: &Menu, base: &Menu, theirs: &Menu) -> (Menu, bool) {
    if mine == base {
        return (theirs.clone(), false);
    }
    let mut merged = mine.clone();
    for drink in &mut merged.drinks {
        let was = base.drink(&drink.slug).map(|drink| drink.available);
        let is = theirs.drink(&drink.slug).map(|drink| drink.available);
        drink.available = either(drink.available, was, is);
    }
    for group in &mut merged.groups {
        let (was, is) = (base.group(&group.slug), theirs.group(&group.slug));
        for option in &mut group.options {
            let available =
                |group: Option<&OptionGroup>| Some(group?.option(&option.slug)?.available);
            option.available = either(option.available, available(was), available(is));
        }
    }
    let mut only_sold_out = base.clone();
    set_availability_of(&mut only_sold_out, theirs);
    (merged, only_sold_out != *theirs && *theirs != *mine)
}

fn either(mine: bool, was: Option<bool>, is: Option<bool>) -> bool {
    if was == Some(mine) { is.unwrap_or(mine) } else { mine }
}

fn set_availability_of(menu: &mut Menu, other: &Menu) {
    for drink in &mut menu.drinks {
        drink.available = other.drink(&drink.slug).is_none_or(|drink| drink.available);
    }
    for group in &mut menu.groups {
        let theirs = other.group(&group.slug);
        for option in &mut group.options {
            let found = theirs.and_then(|group| group.option(&option.slug));
            option.available = found.is_none_or(|option| option.available);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug_of(text: &str) -> Slug {
        text.parse().expect("a slug")
    }

    #[test]
    fn what_is_added_makes_a_menu() {
        let mut menu = Menu::standard();
        assert_eq!(add_drink(&mut menu, "Latte").as_str(), "latte-2");
        let sweet = add_group(&mut menu, "Doçura");
        assert_eq!(sweet.as_str(), "docura");
        let group = menu.groups.last_mut().expect("it was added");
        add_option(group, "Honey");
        add_option(group, "Honey");
        set_asked(&mut menu, &slug_of("latte-2"), &sweet, true);
        set_asked(&mut menu, &slug_of("latte-2"), &slug_of("milk"), true);
        assert_eq!(menu.drinks[12].groups, [slug_of("milk"), slug_of("docura")]);
        assert_eq!(menu.validate(), Ok(()));

        remove_group(&mut menu, &slug_of("milk"));
        assert!(menu.drinks.iter().all(|drink| !drink.groups.contains(&slug_of("milk"))));
        assert_eq!(menu.validate(), Ok(()));
    }

    #[test]
    fn drinks_ask_in_the_order_of_the_groups() {
        let mut menu = Menu::standard();
        shift_group(&mut menu, 1, Towards::Beginning);
        let latte = menu.drink(&slug_of("latte")).expect("on the menu");
        assert_eq!(latte.groups[..2], [slug_of("size"), slug_of("milk")]);
        shift_group(&mut menu, 0, Towards::Beginning);
        shift_group(&mut menu, 5, Towards::End);
        assert_eq!(menu.groups[0].slug, slug_of("size"));
    }

    #[test]
    fn one_default_at_most_where_one_is_chosen() {
        let mut menu = Menu::standard();
        let milk = &mut menu.groups[0];
        set_default(milk, &slug_of("oat"), true);
        assert_eq!(milk.default, [slug_of("oat")]);
        set_multiple(milk, true);
        set_default(milk, &slug_of("soy"), true);
        assert_eq!(milk.default.len(), 2);
        set_multiple(milk, false);
        remove_option(milk, &slug_of("oat"));
        assert_eq!((milk.default.len(), milk.options.len()), (0, 3));
        assert_eq!(menu.validate(), Ok(()));
    }

    #[test]
    fn what_is_sold_out_meanwhile_is_taken_in() {
        let base = Menu::standard();
        let mut mine = base.clone();
        mine.drinks[0].name = "Ristretto".to_owned();
        mine.drinks[2].available = false;
        let mut theirs = base.clone();
        theirs.groups[0].options[1].available = false;
        let (merged, undoes) = brought_forward(&mine, &base, &theirs);
        assert!(!undoes);
        assert_eq!(merged.drinks, mine.drinks);
        assert!(!merged.groups[0].options[1].available);
        theirs.drinks.pop();
        assert!(brought_forward(&mine, &base, &theirs).1);
        assert_eq!(brought_forward(&base, &base, &theirs), (theirs.clone(), false));
        assert!(!brought_forward(&mine, &base, &mine).1, "what was saved undoes nothing");
    }
}
