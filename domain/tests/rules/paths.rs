//! Addresses as clients fill them in, from the table of the contract.

use domain::api::{order_address, path};

use crate::scenario::{bar_id, order_id};

#[test]
fn addresses_are_those_of_the_contract() {
    let (bar, order) = (bar_id(), order_id("ada"));
    let tills = "tills".parse().expect("a name");
    let bea = "bea".parse().expect("a user name");
    for (found, expected) in [
        (path::bar(&bar), "/api/bars/espresso"),
        (path::bar_commands(&bar), "/api/bars/espresso/commands"),
        (path::board(&bar), "/api/bars/espresso/board"),
        (path::queue(&bar), "/api/bars/espresso/queue"),
        (path::code(&bar), "/api/bars/espresso/code"),
        (path::orders(&bar), "/api/bars/espresso/orders"),
        (path::log(&bar), "/api/bars/espresso/log"),
        (path::webhooks(&bar), "/api/bars/espresso/webhooks"),
        (path::webhook(&bar, &tills), "/api/bars/espresso/webhooks/tills"),
        (path::webhook_secret(&bar, &tills), "/api/bars/espresso/webhooks/tills/secret"),
        (path::webhook_attempts(&bar, &tills), "/api/bars/espresso/webhooks/tills/attempts"),
        (path::webhook_replay(&bar, &tills), "/api/bars/espresso/webhooks/tills/replay"),
        (path::order(&order), "/api/orders/espresso.adaxxxxx"),
        (path::journey(&order), "/api/orders/espresso.adaxxxxx/journey"),
        (path::order_commands(&order), "/api/orders/espresso.adaxxxxx/commands"),
        (path::staff_member(&bea), "/api/staff/bea"),
        (path::staff_link(&bea), "/api/staff/bea/link"),
        (path::my_orders(5), "/api/me/orders?limit=5"),
        (order_address("http://a/order/", &bar, "7K3M"), "http://a/order/?bar=espresso&code=7K3M"),
    ] {
        assert_eq!(found, expected);
    }
}
