//! Everything the API does: the only route table, and what `/api/openapi.json` says of each route.

use axum::http::StatusCode;
use domain::Code;
use domain::api::{
    BarRequest, Credentials, DrinkRequest, Empty, Link, LogPage, NewBar, OrderRequest, RedeemCode,
    Replay, SavedWebhook, Session, StaffChange, StaffMember, Webhook, WebhookAttempt,
    WebhookChange, WebhookSecret, route,
};
use domain::id::OrderId;
use domain::journey::JourneyView;
use domain::turned_away::TurnedAwayView;
use domain::view::{BarSummary, BarView, BoardView, CodeView, OrderView, QueueView};

use super::operation::{BEHIND_THE_BAR, ORGANISER, Operation, STAFF, WHO_ORDERS, Who};
use super::{bars, figures, openapi, orders, ready, sessions, staff, webhooks};

const OK: StatusCode = StatusCode::OK;

/// Every operation there is.
pub(super) fn operations() -> Vec<Operation> {
    [
        about_sessions(),
        about_staff(),
        about_bars(),
        about_webhooks(),
        about_orders(),
        about_the_server(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn about_sessions() -> Vec<Operation> {
    vec![
        Operation::post(route::GUEST_SESSIONS, sessions::guest)
            .named("begin_guest_session", "A session for a guest")
            .takes::<Empty>()
            .answers::<Session>(StatusCode::CREATED),
        Operation::post(route::STAFF_SESSIONS, sessions::staff)
            .named("begin_staff_session", "A session for staff, by username and password")
            .takes::<Credentials>()
            .answers::<Session>(StatusCode::CREATED)
            .refuses(&[Code::BadCredentials]),
        Operation::post(route::LINK_SESSIONS, sessions::link)
            .named("begin_link_session", "A session for whoever has a one-time link")
            .takes::<Link>()
            .answers::<Session>(StatusCode::CREATED)
            .refuses(&[Code::BadCredentials]),
        Operation::post(route::CURRENT_SESSION, sessions::renew)
            .named("renew_session", "The same person, with a new token")
            .open_to(Who::AnySession)
            .takes::<Empty>()
            .answers::<Session>(StatusCode::CREATED),
        Operation::delete(route::CURRENT_SESSION, sessions::end)
            .named("end_session", "Signs out: the token is refused from now on")
            .open_to(Who::AnySession)
            .answers_nothing(),
    ]
}

fn about_staff() -> Vec<Operation> {
    vec![
        Operation::get(route::STAFF, staff::list)
            .named("list_staff", "All accounts of staff")
            .open_to(ORGANISER)
            .answers::<Vec<StaffMember>>(OK),
        Operation::put(route::STAFF_MEMBER, staff::put)
            .named("put_staff_member", "Makes an account, or changes it")
            .open_to(ORGANISER)
            .takes::<StaffChange>()
            .answers::<StaffMember>(OK)
            .refuses(&[Code::NotFound]),
        Operation::delete(route::STAFF_MEMBER, staff::dismiss)
            .named("dismiss_staff_member", "Removes an account and ends its sessions")
            .open_to(ORGANISER)
            .answers_nothing()
            .refuses(&[Code::NotFound, Code::Invalid]),
        Operation::post(route::STAFF_LINK, staff::link)
            .named("make_display_link", "A one-time link that signs a display in")
            .open_to(ORGANISER)
            .takes::<Empty>()
            .answers::<Link>(StatusCode::CREATED)
            .refuses(&[Code::NotFound]),
    ]
}

fn about_bars() -> Vec<Operation> {
    vec![
        Operation::get(route::BARS, bars::list)
            .named("list_bars", "All bars")
            .answers::<Vec<BarSummary>>(OK),
        Operation::post(route::BARS, bars::create)
            .named(
                "create_bar",
                "A new bar: closed, with the standard menu and limits unless given",
            )
            .open_to(ORGANISER)
            .takes_command::<NewBar>()
            .answers::<BarView>(StatusCode::CREATED)
            .refuses(&[Code::BarExists]),
        Operation::get(route::BAR, bars::show)
            .named("show_bar", "A bar, as everybody may see it")
            .answers::<BarView>(OK),
        Operation::post(route::BAR_COMMANDS, bars::command)
            .named(
                "command_bar",
                "Open, pause, close, mark as sold out; the organiser also sets menu, limits and \
                 details",
            )
            .open_to(STAFF)
            .takes_command::<BarRequest>()
            .answers::<BarView>(OK)
            .refuses(&[Code::BarClosed]),
        Operation::get(route::BOARD, bars::board)
            .named("show_board", "What the monitor shows")
            .open_to(BEHIND_THE_BAR)
            .answers::<BoardView>(OK),
        Operation::get(route::QUEUE, bars::queue)
            .named("show_queue", "What the baristas work through")
            .open_to(STAFF)
            .answers::<QueueView>(OK),
        Operation::get(route::CODE, bars::code)
            .named("show_code", "The code the QR holds")
            .open_to(BEHIND_THE_BAR)
            .answers::<CodeView>(OK),
        Operation::get(route::TURNED_AWAY, bars::turned_away)
            .named("show_turned_away", "The guests who were not let in, by hour and reason")
            .open_to(STAFF)
            .answers::<TurnedAwayView>(OK),
        Operation::get(route::LOG, bars::log)
            .named("read_log", "What has happened, in order")
            .open_to(STAFF)
            .query::<u64>("after", "The entry before the first one wanted; 0 unless given")
            .query::<u64>("limit", "How many, 1000 at most; 100 unless given")
            .answers::<LogPage>(OK),
    ]
}

fn about_webhooks() -> Vec<Operation> {
    vec![
        Operation::get(route::WEBHOOKS, webhooks::list)
            .named("list_webhooks", "Where the events of a bar are sent")
            .open_to(ORGANISER)
            .answers::<Vec<Webhook>>(OK),
        Operation::put(route::WEBHOOK, webhooks::put)
            .named("put_webhook", "Makes a webhook, or changes it and lets it go on")
            .open_to(ORGANISER)
            .takes::<WebhookChange>()
            .answers::<SavedWebhook>(OK),
        Operation::delete(route::WEBHOOK, webhooks::remove)
            .named("remove_webhook", "Removes a webhook and its attempts")
            .open_to(ORGANISER)
            .answers_nothing()
            .refuses(&[Code::NotFound]),
        Operation::post(route::WEBHOOK_SECRET, webhooks::secret)
            .named("roll_webhook_secret", "Another secret; for a day the one before signs, too")
            .open_to(ORGANISER)
            .takes::<Empty>()
            .answers::<WebhookSecret>(OK)
            .refuses(&[Code::NotFound]),
        Operation::get(route::WEBHOOK_ATTEMPTS, webhooks::attempts)
            .named("list_webhook_attempts", "The newest attempts to deliver, the newest first")
            .open_to(ORGANISER)
            .answers::<Vec<WebhookAttempt>>(OK)
            .refuses(&[Code::NotFound]),
        Operation::post(route::WEBHOOK_REPLAY, webhooks::replay)
            .named("replay_webhook", "Sends everything from an entry of the log on")
            .open_to(ORGANISER)
            .takes::<Replay>()
            .answers::<Webhook>(OK)
            .refuses(&[Code::NotFound]),
    ]
}

fn about_orders() -> Vec<Operation> {
    vec![
        Operation::post(route::ORDERS, orders::begin)
            .named("begin_order", "A guest redeems a code, or staff take an order")
            .open_to(WHO_ORDERS)
            .takes_command::<RedeemCode>()
            .takes_command::<DrinkRequest>()
            .makes::<OrderView>()
            .refuses(&[
                Code::BarClosed,
                Code::BarPaused,
                Code::LiveOrderExists,
                Code::DailyLimit,
                Code::CodeUnknown,
                Code::CodeExpired,
                Code::CodeUsedUp,
                Code::BarFull,
                Code::SoldOut,
            ]),
        Operation::get(route::ORDER, orders::show)
            .named("show_order", "One order, to its guest and to staff")
            .open_to(WHO_ORDERS)
            .answers::<OrderView>(OK),
        Operation::get(route::JOURNEY, orders::journey)
            .named("show_journey", "Every step of one order, to its guest and to staff")
            .open_to(WHO_ORDERS)
            .answers::<JourneyView>(OK),
        Operation::post(route::ORDER_COMMANDS, orders::command)
            .named("command_order", "A step with an order, by its guest or by staff")
            .open_to(WHO_ORDERS)
            .takes_versioned_command::<OrderRequest>()
            .answers::<OrderView>(OK)
            .refuses(&[Code::SoldOut, Code::WrongStatus, Code::Taken, Code::Changed]),
        Operation::get(route::MY_ORDERS, orders::mine)
            .named("list_my_orders", "One's own orders, newest first")
            .open_to(Who::AnySession)
            .query::<OrderId>("before", "The order after which to begin; the newest unless given")
            .query::<u64>("limit", "How many, 100 at most; 20 unless given")
            .answers::<Vec<OrderView>>(OK),
    ]
}

fn about_the_server() -> Vec<Operation> {
    vec![
        Operation::get(route::OPENAPI, openapi::show)
            .named("show_description", "This description")
            .answers::<serde_json::Map<String, serde_json::Value>>(OK),
        Operation::get(route::ALIVE, || async { "alive\n" })
            .named("is_alive", "The process answers")
            .answers_text(),
        Operation::get(route::READY, ready)
            .named("is_ready", "The store can be written")
            .answers_text(),
        Operation::get(route::METRICS, figures)
            .named("show_figures", "Figures for whoever runs the server, as Prometheus reads them")
            .answers_text()
            .refuses(&[Code::NotFound]),
    ]
}
