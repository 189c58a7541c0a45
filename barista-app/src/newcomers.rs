//! Orders this tablet has not seen yet: they ring.

use domain::Status;
use domain::view::QueueView;
use leptos::prelude::*;
use ui::sound;

use crate::shift::NEW_ORDER;

/// Rings when orders come in: for the first one of an empty queue as for the tenth, and once for
/// all that came while the tablet was cut off. What is there when the screen opens does not ring.
pub(crate) fn ring_for_them(queue: RwSignal<Option<QueueView>>) {
    let mut known: Option<QueueView> = None;
    Effect::new(move || {
        let now = queue.get();
        if known.as_ref().zip(now.as_ref()).is_some_and(|(before, now)| any(before, now)) {
            sound::play(&NEW_ORDER);
        }
        known = now;
    });
}

fn any(before: &QueueView, now: &QueueView) -> bool {
    let placed = now.orders.iter().filter(|order| order.status == Status::Placed);
    placed.into_iter().any(|order| {
        let mut known = before.orders.iter().chain(&before.recent);
        known.all(|known| known.order != order.order)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order_words::samples::order;
    use domain::view::OrderView;

    fn queue(orders: &[(&str, Status)]) -> QueueView {
        let with = |&(own, status): &(&str, Status)| OrderView {
            order: ["espresso.", own].concat().parse().expect("an order id"),
            status,
            ..order("tea", &[])
        };
        QueueView {
            bar: "espresso".parse().expect("a slug"),
            seq: 1,
            orders: orders.iter().map(with).collect(),
            recent: Vec::new(),
            now: domain::Timestamp::default(),
        }
    }

    #[test]
    fn only_what_is_new_in_the_queue_rings() {
        const A: &str = "AAAAAAAA";
        const B: &str = "BBBBBBBB";
        use Status::{Making, Placed, Ready};
        for (before, now, rings) in [
            (&[][..], &[(A, Placed)][..], true),
            (&[(A, Placed)], &[(A, Placed)], false),
            (&[(A, Placed)], &[(A, Placed), (B, Placed)], true),
            (&[(A, Making)], &[(A, Placed)], false),
            (&[(A, Placed)], &[(A, Making)], false),
            (&[(A, Placed)], &[(A, Placed), (B, Ready)], false),
            (&[(A, Placed)], &[], false),
        ] {
            assert_eq!(any(&queue(before), &queue(now)), rings, "{before:?} {now:?}");
        }
    }
}
