//! What only this page says. Words it shares with the bar are in `domain::text`.

use domain::journey::Milestone;
use domain::text::{self, Language};
use ui::sentences;

sentences! {
    /// While nothing is known yet.
    loading: "One moment…", "Um momento…";
    /// Before the number.
    order: "Order", "Pedido";
    every_step: "Every step", "Cada passo";
    /// Over the time it took.
    until_ready: "From order to ready", "Do pedido até ficar pronto";
    /// Over the time of an order that was never ready.
    until_over: "From order to the end", "Do pedido até o fim";
    /// Over the time that is still running.
    so_far: "So far", "Até agora";
    /// Before the time that was promised.
    promised: "Promised:", "Prometido:";
    /// Behind a duration.
    sooner: "sooner", "antes";
    later: "later", "depois";
    /// Before a name.
    by: "by", "por";
    by_you: "by you", "por você";
    by_guest: "by the guest", "pelo cliente";
    by_bar: "at the bar", "no bar";
    by_clock: "by the clock", "pelo relógio";
    scanned: "Scanned", "Código lido";
    changed: "Changed", "Alterado";
    put_back: "Put back into the queue", "De volta à fila";
    not_ready: "Not ready after all", "Ainda não estava pronto";
    brought_back: "Brought back", "Trazido de volta";
    hop_log: "Log", "Registro";
    hop_relay: "Relay", "Relay";
    hop_live: "Screens", "Telas";
    hop_bus: "Bus", "Barramento";
    hop_history: "History", "Histórico";
    no_order: "Which order?", "Qual pedido?";
    no_order_next: "Open this page from your order, or from the list at the bar.", "Abra esta página a partir do seu pedido, ou da lista no bar.";
    no_guest: "Orders are shown on the phone they were placed with.", "Os pedidos aparecem no celular em que foram feitos.";
    no_staff: "Sign in at the bar and open this page again.", "Entre no bar e abra esta página de novo.";
    to_ordering: "Order a drink", "Pedir uma bebida";
    to_desk: "To the bar", "Para o bar";
    back_to_order: "Back to my order", "Voltar ao meu pedido";
    back_to_desk: "Back to the bar", "Voltar ao bar";
}

/// What has happened, as people say it.
pub(crate) fn milestone(language: Language, milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::CodeRedeemed => scanned(language),
        Milestone::OrderChanged => changed(language),
        Milestone::OrderReleased => put_back(language),
        Milestone::OrderRecalled => not_ready(language),
        Milestone::OrderReturned => brought_back(language),
        Milestone::OrderPlaced
        | Milestone::OrderClaimed
        | Milestone::OrderCompleted
        | Milestone::OrderCollected
        | Milestone::OrderCancelled
        | Milestone::OrderExpired => text::status(language, milestone.status()),
    }
}
