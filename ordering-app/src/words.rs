//! What only the guest's phone says. Words it shares with the bar are in `domain::text`.

use domain::text::{self, Language};
use domain::wait::Shown;
use ui::sentences;

sentences! {
    /// While nothing is known yet.
    loading: "One moment…", "Um momento…";
    /// Over the wait, before ordering.
    wait_now: "The wait right now", "Espera agora";
    /// The button that redeems the code.
    start: "Order a drink", "Pedir uma bebida";
    /// Over the field for a typed code.
    type_code: "Type the code under the QR on the screen above the bar", "Digite o código que está embaixo do QR na tela em cima do bar";
    which_bar: "Which bar are you at?", "Em qual bar você está?";
    which_drink: "What would you like?", "O que vai ser?";
    how: "How would you like it?", "Como você prefere?";
    /// The answer "no milk", "no extras".
    none: "None", "Nada";
    /// At a question that still needs an answer.
    needs_answer: "Please choose", "Escolha uma opção";
    several: "as many as you like", "quantas quiser";
    next: "Next", "Continuar";
    back: "Back", "Voltar";
    confirm: "Is that right?", "Está tudo certo?";
    name: "Name to call", "Nome para chamar";
    optional: "optional", "opcional";
    name_hint: "Kept on this phone for next time.", "Fica neste celular para a próxima vez.";
    /// Before the time left to choose.
    place_kept: "Your place is kept for", "Sua vaga está guardada por";
    your_number: "Your number", "Seu número";
    collect_at: "Pick-up", "Retirada";
    /// What this page does when the drink is ready, as far as this phone can.
    is_heard: "Leave this page open: it rings when it is ready.", "Deixe esta página aberta: ela toca quando ficar pronto.";
    needs_touch: "No sound yet: a page may ring only after a tap.", "Ainda sem som: a página só toca depois de um toque.";
    no_sound: "No sound: this browser cannot ring.", "Sem som: este navegador não toca.";
    is_silent: "No sound: it is switched off.", "Sem som: está desligado.";
    no_buzz: "This phone does not vibrate for a page.", "Este celular não vibra para uma página.";
    goes_dark: "The screen may go dark: only https pages may keep it on.", "A tela pode apagar: só páginas https a mantêm acesa.";
    sound: "Sound", "Som";
    every_step: "Every step", "Cada passo";
    change: "Change order", "Alterar pedido";
    which_instead: "What would you like instead?", "O que você prefere?";
    /// Leaves an order in the queue as it is.
    keep: "Keep it as it is", "Deixar como está";
    place_change: "Change — same place in the queue", "Alterar — mesmo lugar na fila";
    cancel: "Cancel order", "Cancelar pedido";
    cancel_question: "Cancel this order?", "Cancelar este pedido?";
    cancel_effect: "Nobody makes it then, and your place in the queue is gone.", "Ninguém vai preparar, e você perde o lugar na fila.";
    cancel_confirm: "Yes, cancel", "Sim, cancelar";
    cancel_keep: "Keep it", "Manter";
    stop: "Stop ordering", "Parar o pedido";
    stop_question: "Stop ordering?", "Parar o pedido?";
    stop_effect: "Your place goes to the next guest.", "Sua vaga passa para a próxima pessoa.";
    stop_confirm: "Yes, stop", "Sim, parar";
    stop_keep: "Go on", "Continuar";
    ready: "Ready!", "Pronto!";
    show_this: "Show this number at the bar", "Mostre este número no balcão";
    got_it: "I have it", "Já peguei";
    enjoy: "Enjoy!", "Bom proveito!";
    took: "It took", "Levou";
    order_another: "Order another drink", "Pedir outra bebida";
    order_again: "Order it again", "Pedir de novo";
    /// In front of the drink that was had before.
    same_again: "The same again", "O mesmo de novo";
    needs_code: "It needs the code that is on the screen above the bar now. If yours is from before, scan again.", "Precisa do código que está agora na tela em cima do bar. Se o seu é de antes, escaneie de novo.";
    cancelled_by_you: "You have cancelled this order.", "Você cancelou este pedido.";
    cancelled: "The bar has cancelled this order.", "O bar cancelou este pedido.";
    time_ran_out: "Sorry, time ran out", "Poxa, o tempo acabou";
    cancelled_next: "You can order something else.", "Você pode pedir outra coisa.";
    done: "All right", "Certo";
    /// In front of a countdown to when it is worth trying again.
    again_in: "Again in", "De novo em";
    type_code_again: "Type the code", "Digitar o código";
    follow_order: "Show my order", "Ver meu pedido";
    choose_again: "Back to the menu", "Voltar ao cardápio";
    try_again: "Try again", "Tentar de novo";
}

/// A wait, as somebody would say it.
pub(crate) fn about(language: Language, shown: Shown) -> String {
    let wait = text::wait(language, shown);
    match (language, shown) {
        (Language::English, Shown::Minutes(_)) => ["about ", &wait].concat(),
        (Language::Portuguese, Shown::Minutes(_)) => ["cerca de ", &wait].concat(),
        (Language::English | Language::Portuguese, Shown::AnyMoment | Shown::Over20) => wait,
    }
}

/// What the button that places the order does.
pub(crate) fn place_order(language: Language, shown: Shown) -> String {
    let about = about(language, shown);
    match (language, shown) {
        (Language::English, Shown::AnyMoment) => ["Order — ready ", &about].concat(),
        (Language::English, Shown::Minutes(_) | Shown::Over20) => {
            ["Order — ready in ", &about].concat()
        }
        (Language::Portuguese, Shown::AnyMoment) => ["Pedir — pronto ", &about].concat(),
        (Language::Portuguese, Shown::Minutes(_) | Shown::Over20) => {
            ["Pedir — pronto em ", &about].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_said_as_people_say_them() {
        let (english, portuguese) = (Language::English, Language::Portuguese);
        for (language, seconds, expected) in [
            (english, 0, "Order — ready any moment now"),
            (english, 200, "Order — ready in about 4 min"),
            (english, 1300, "Order — ready in 20+ min"),
            (portuguese, 0, "Pedir — pronto a qualquer momento"),
            (portuguese, 200, "Pedir — pronto em cerca de 4 min"),
            (portuguese, 1300, "Pedir — pronto em mais de 20 min"),
        ] {
            assert_eq!(place_order(language, Shown::of(seconds)), expected);
        }
    }
}
