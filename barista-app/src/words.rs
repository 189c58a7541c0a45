//! What only the tablet behind the bar says. Words it shares with the guests are in
//! `domain::text`.

use domain::Status;
use domain::text::Language;

ui::sentences! {
    title: "Barista", "Barista";
    welcome: "Good to see you.", "Que bom ver você.";
    welcome_hint: "Sign in to work the queue.", "Entre para cuidar da fila.";
    username: "Name", "Nome";
    password: "Password", "Senha";
    sign_in: "Sign in", "Entrar";
    sign_out: "Sign out", "Sair";
    choose_bar: "Which bar are you at?", "Em qual bar você está?";
    no_bars: "There is no bar you may work at yet. Ask the organiser.", "Ainda não há um bar para você. Fale com quem organiza.";
    looking_for_bars: "Looking for your bar…", "Procurando seu bar…";
    other_bar: "Choose another bar", "Escolher outro bar";
    loading: "One moment…", "Um momento…";
    open: "Open bar", "Abrir o bar";
    resume: "Go on", "Retomar";
    close: "Close bar", "Fechar o bar";
    close_question: "Close the bar?", "Fechar o bar?";
    close_effect: "Nobody can order any more. Orders that are in stay, and you can finish them.", "Ninguém mais pode pedir. Os pedidos que já entraram ficam, e dá para terminar todos.";
    close_confirm: "Close the bar", "Fechar o bar";
    keep_open: "Keep it open", "Deixar aberto";
    cancel_question: "Why is it cancelled?", "Por que cancelar?";
    cancel_effect: "The guest reads why on the phone. It cannot be undone.", "Quem pediu lê o motivo no celular. Não dá para desfazer.";
    cancel_confirm: "Cancel the order", "Cancelar o pedido";
    keep_order: "Keep it", "Manter";
    /// A drink that stands ready, over how long it has.
    waiting: "ready for", "pronto há";
    someone: "Guest", "Cliente";
}

/// What an empty lane says.
pub(crate) fn empty(language: Language, lane: Status) -> (&'static str, &'static str) {
    match language {
        Language::English => match lane {
            Status::Making => ("Nothing on the go", "Tap Start on the next drink."),
            Status::Ready => {
                ("The counter is clear", "Finished drinks wait here for their guests.")
            }
            Status::Placed
            | Status::Choosing
            | Status::Collected
            | Status::Cancelled
            | Status::Expired => ("All caught up", "New orders appear here by themselves."),
        },
        Language::Portuguese => match lane {
            Status::Making => ("Nada em preparo", "Toque em Começar na próxima bebida."),
            Status::Ready => {
                ("O balcão está livre", "As bebidas prontas esperam aqui por quem pediu.")
            }
            Status::Placed
            | Status::Choosing
            | Status::Collected
            | Status::Cancelled
            | Status::Expired => ("Tudo em dia", "Novos pedidos aparecem aqui sozinhos."),
        },
    }
}

/// A reason for cancelling as the barista thinks of it; what the guest reads is in
/// `domain::text::reason`. None for one that is not among the offered.
pub(crate) fn reason(language: Language, slug: &str) -> Option<&'static str> {
    match language {
        Language::English => match slug {
            "sold-out" => Some("Sold out"),
            "not-collected" => Some("Nobody came"),
            "made-twice" => Some("Ordered twice"),
            "closing" => Some("We are closing"),
            "asked-to" => Some("The guest asked"),
            _ => None,
        },
        Language::Portuguese => match slug {
            "sold-out" => Some("Acabou"),
            "not-collected" => Some("Ninguém veio"),
            "made-twice" => Some("Pedido repetido"),
            "closing" => Some("Estamos fechando"),
            "asked-to" => Some("O cliente pediu"),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::CANCEL_REASONS;

    #[test]
    fn every_reason_has_a_name_behind_the_bar() {
        for language in Language::ALL {
            assert!(CANCEL_REASONS.iter().all(|slug| reason(language, slug).is_some()));
        }
    }
}
