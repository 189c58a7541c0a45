//! All day: how many of which drink, and of which milk, are to be made in all.

use domain::Status;
use domain::menu::Menu;
use domain::text::Language;
use domain::view::{OrderView, QueueView};
use leptos::prelude::*;
use ui::element::{element, span};
use ui::language;

use crate::desk::Desk;
use crate::words;

/// Groups of the menu that are about milk begin with this.
const MILK: &str = "milk";

/// `3 Latte · 2 Oat`: what is in the queue and being made.
pub(crate) fn all_day(desk: Desk) -> AnyView {
    let language = language::current();
    let counted = move || {
        desk.shown.with(|queue| desk.with_menu(|menu| count(queue.as_ref(), menu, language)))
    };
    element("P", "all-day")
        .testid("all-day")
        .attr("role", "group")
        .attr("aria-label", words::all_day(language))
        .live(move || {
            let [drinks, milks] = counted();
            let last = drinks.len() + milks.len();
            let milks = milks.into_iter().map(|counted| (counted, "all-day-item milk"));
            let all = drinks.into_iter().map(|counted| (counted, "all-day-item")).chain(milks);
            let items = all.enumerate().map(|(index, ((count, name), class))| {
                // A line may end with a dot, and never begins with one.
                let (dot, space) = if index + 1 == last { ("", "") } else { (" ·", " ") };
                let count = element("STRONG", "number").text(count.to_string());
                let item = span(class).child(count).text([" ", &name, dot].concat());
                span("").child(item).text(space)
            });
            span("").children(items).done()
        })
        .done()
}

/// How many of each name, the most wanted first.
type Counts = Vec<(usize, String)>;

/// Drinks and milks.
fn count(queue: Option<&QueueView>, menu: Option<&Menu>, language: Language) -> [Counts; 2] {
    let orders = queue.into_iter().flat_map(|queue| &queue.orders);
    let (mut drinks, mut milks) = (Counts::new(), Counts::new());
    for order in orders.filter(|order| is_to_make(order)) {
        if let Some(name) = &order.drink_name {
            add(&mut drinks, name);
        }
        for name in menu.into_iter().flat_map(|menu| milks_of(order, menu, language)) {
            add(&mut milks, name);
        }
    }
    [drinks, milks]
}

fn is_to_make(order: &OrderView) -> bool {
    matches!(order.status, Status::Placed | Status::Making)
}

fn milks_of<'a>(
    order: &'a OrderView,
    menu: &'a Menu,
    language: Language,
) -> impl Iterator<Item = &'a str> {
    let groups = menu.groups.iter().filter(|group| group.slug.as_str().starts_with(MILK));
    groups.flat_map(move |group| {
        let chosen = order.options.as_ref().and_then(|options| options.get(&group.slug));
        let options = group.options.iter();
        options
            .filter(move |option| chosen.is_some_and(|chosen| chosen.contains(&option.slug)))
            .map(move |option| option.name_in(language))
    })
}

/// One more of a name, which moves up to its place: a sort would be 3 KB of the download.
fn add(counts: &mut Counts, name: &str) {
    let found = counts.iter().position(|(_, known)| known == name);
    let mut at = found.unwrap_or_else(|| {
        counts.push((0, name.to_owned()));
        counts.len() - 1
    });
    counts[at].0 += 1;
    while at > 0 && counts[at - 1].0 < counts[at].0 {
        counts.swap(at - 1, at);
        at -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order_words::samples::order;

    #[test]
    fn what_is_to_be_made_is_counted_by_drink_and_milk() {
        let ready = OrderView { status: Status::Ready, ..order("latte", &[("milk", "oat")]) };
        let making = OrderView { status: Status::Making, ..order("latte", &[("milk", "oat")]) };
        let orders = vec![
            order("espresso", &[]),
            order("latte", &[("milk", "oat")]),
            making,
            ready,
            order("latte", &[]),
            order("tea", &[("milk-on-the-side", "soy")]),
        ];
        let queue = QueueView {
            bar: "espresso".parse().expect("a slug"),
            seq: 1,
            orders,
            recent: Vec::new(),
            now: domain::Timestamp::default(),
        };
        let said = |counts: [Counts; 2]| {
            let items: Vec<_> =
                counts.iter().flatten().map(|(count, name)| format!("{count} {name}")).collect();
            items.join(" · ")
        };
        let menu = Menu::standard();
        let english = Language::English;
        assert_eq!(
            said(count(Some(&queue), Some(&menu), english)),
            "3 Latte · 1 Espresso · 1 Tea · 2 Oat · 1 Whole · 1 Soy"
        );
        assert_eq!(said(count(Some(&queue), None, english)), "3 Latte · 1 Espresso · 1 Tea");
        assert_eq!(said(count(None, None, english)), "");
        let milks = said(count(Some(&queue), Some(&menu), Language::Portuguese));
        assert!(milks.ends_with("2 Aveia · 1 Integral · 1 Soja"), "{milks}");
    }
}
