//! Paths as the server's router takes them.

/// POST: a guest's session.
pub const GUEST_SESSIONS: &str = "/api/sessions/guest";
/// POST: a session for staff.
pub const STAFF_SESSIONS: &str = "/api/sessions/staff";
/// POST: a session for whoever has a one-time link.
pub const LINK_SESSIONS: &str = "/api/sessions/link";
/// POST: a new token for the same person; DELETE: sign out.
pub const CURRENT_SESSION: &str = "/api/sessions/current";
/// GET: all accounts of staff.
pub const STAFF: &str = "/api/staff";
/// PUT: an account; DELETE: dismiss whoever has it.
pub const STAFF_MEMBER: &str = "/api/staff/{username}";
/// POST: a one-time link for a display.
pub const STAFF_LINK: &str = "/api/staff/{username}/link";
/// GET: all bars; POST: a new one.
pub const BARS: &str = "/api/bars";
/// GET: one bar.
pub const BAR: &str = "/api/bars/{bar}";
/// POST: a command to a bar.
pub const BAR_COMMANDS: &str = "/api/bars/{bar}/commands";
/// GET: the board.
pub const BOARD: &str = "/api/bars/{bar}/board";
/// GET: the queue.
pub const QUEUE: &str = "/api/bars/{bar}/queue";
/// GET: the code.
pub const CODE: &str = "/api/bars/{bar}/code";
/// GET: the guests who were not let in.
pub const TURNED_AWAY: &str = "/api/bars/{bar}/turned-away";
/// POST: a new order.
pub const ORDERS: &str = "/api/bars/{bar}/orders";
/// GET: the log.
pub const LOG: &str = "/api/bars/{bar}/log";
/// GET: the webhooks.
pub const WEBHOOKS: &str = "/api/bars/{bar}/webhooks";
/// PUT: a webhook; DELETE: remove it.
pub const WEBHOOK: &str = "/api/bars/{bar}/webhooks/{webhook}";
/// POST: another secret for it.
pub const WEBHOOK_SECRET: &str = "/api/bars/{bar}/webhooks/{webhook}/secret";
/// GET: its newest attempts.
pub const WEBHOOK_ATTEMPTS: &str = "/api/bars/{bar}/webhooks/{webhook}/attempts";
/// POST: send again what has happened.
pub const WEBHOOK_REPLAY: &str = "/api/bars/{bar}/webhooks/{webhook}/replay";
/// GET: one order.
pub const ORDER: &str = "/api/orders/{order}";
/// GET: every step of an order.
pub const JOURNEY: &str = "/api/orders/{order}/journey";
/// POST: a command to an order.
pub const ORDER_COMMANDS: &str = "/api/orders/{order}/commands";
/// GET: one's own orders.
pub const MY_ORDERS: &str = "/api/me/orders";
/// GET: what the API does, for programs.
pub const OPENAPI: &str = "/api/openapi.json";
/// What every path of the API begins with.
pub const PREFIX: &str = "/api/";
/// WebSocket: live topics.
pub const LIVE: &str = "/mqtt";
/// GET: the process answers.
pub const ALIVE: &str = "/healthz";
/// GET: the store can be written.
pub const READY: &str = "/readyz";
/// GET: figures for whoever runs the server, as Prometheus reads them.
pub const METRICS: &str = "/metrics";
