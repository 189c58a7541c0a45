//! What only the tablet behind the bar says. Words it shares with the guests are in
//! `domain::text`.

use domain::text::Language;
use domain::{Status, Step};

ui::sentences! {
    title: "Barista", "Barista";
    welcome: "Good to see you.", "Que bom ver você.";
    welcome_hint: "Sign in to work the queue.", "Entre para cuidar da fila.";
    username: "Name", "Nome";
    password: "Password", "Senha";
    sign_in: "Sign in", "Entrar";
    /// The way to the organiser's pages.
    settings: "Settings", "Ajustes";
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
    pause: "Pause", "Pausar";
    pause_question: "Pause for how long?", "Pausar por quanto tempo?";
    pause_effect: "Nobody new can order; orders that are in stay. It goes on by itself.", "Ninguém novo pode pedir; os pedidos que já entraram ficam. O bar retoma sozinho.";
    /// How long a pause without an end lasts.
    until_opened: "until I go on", "até eu retomar";
    undo: "Undo", "Desfazer";
    page_back: "Earlier orders", "Pedidos anteriores";
    page_on: "Later orders", "Próximos pedidos";
    all_day: "To make in all", "A preparar no total";
    walk_up: "Walk-up", "Balcão";
    walk_up_title: "An order at the bar", "Pedido no balcão";
    pick_a_drink: "Pick a drink; what it comes with is chosen already.", "Escolha a bebida; o padrão já vem marcado.";
    /// The answer to a question about options that takes none of them.
    none: "None", "Nada";
    name_to_call: "Name to call (optional)", "Nome para chamar (opcional)";
    place_order: "Place order", "Fazer o pedido";
    cancel_walk_up: "Not now", "Agora não";
    /// Opens the list of what was collected.
    recall: "Recall", "Retirados";
    recall_title: "Collected last", "Retirados por último";
    none_collected: "Nothing has been collected yet.", "Nada foi retirado ainda.";
    done_here: "Done", "Pronto";
    sold_out: "Sold out", "Esgotados";
    sold_out_title: "What is there?", "O que temos?";
    sold_out_effect: "What is switched off cannot be ordered, from this moment on.", "O que está desligado não pode ser pedido a partir de agora.";
    drinks: "Drinks", "Bebidas";
    /// The state of a switch: on.
    available: "Available", "Disponível";
    /// The state of a switch: off.
    gone: "Sold out", "Acabou";
    start_shift: "Start shift", "Iniciar turno";
    all_right: "All right", "Certo";
    no_sound: "No sound", "Sem som";
    may_sleep: "Screen may go dark", "A tela pode apagar";
    sounds: "New orders sound like what you just heard.", "Pedidos novos soam como o que você acabou de ouvir.";
    silent: "New orders make no sound: this browser keeps the page silent. Allow sound for it in the browser's settings.", "Pedidos novos não soam: este navegador mantém a página em silêncio. Permita o som nas configurações dele.";
    soundless: "New orders make no sound: this browser cannot play any.", "Pedidos novos não soam: este navegador não consegue tocar som.";
    stays_on: "The screen stays on.", "A tela fica acesa.";
    needs_https: "The screen may go dark: browsers keep it on only for pages that come over https.", "A tela pode apagar: os navegadores só a mantêm acesa em páginas que vêm por https.";
    cannot_stay_on: "The screen may go dark: this browser cannot keep it on. The tablet's own settings can.", "A tela pode apagar: este navegador não consegue mantê-la acesa. As configurações do tablet conseguem.";
    screen_refused: "The screen may go dark: the tablet refuses to keep it on, perhaps to save its battery. Its own settings can.", "A tela pode apagar: o tablet se recusa a mantê-la acesa, talvez para poupar a bateria. As configurações dele conseguem.";
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

/// What was done with a number, while it can be undone.
pub(crate) fn done(language: Language, number: u32, step: Step) -> String {
    let (started, ready, collected) = match language {
        Language::English => ("started", "ready", "collected"),
        Language::Portuguese => ("em preparo", "pronto", "retirado"),
    };
    let what = match step {
        Step::Claim => started,
        Step::Complete => ready,
        Step::Collect => collected,
        Step::Place
        | Step::Change
        | Step::Release
        | Step::Recall
        | Step::Return
        | Step::Cancel
        | Step::Expire => "",
    };
    [&number.to_string(), " ", what].concat()
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

    #[test]
    fn every_step_that_can_be_undone_has_a_word() {
        for language in Language::ALL {
            for step in Step::ALL.into_iter().filter(|step| step.undone_by().is_some()) {
                assert!(done(language, 7, step).len() > 2, "{step:?}");
            }
        }
    }
}
