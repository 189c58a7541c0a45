//! What the page about webhooks says.

use domain::api::Webhook;
use domain::text::Language;

ui::sentences! {
    webhooks: "Webhooks", "Webhooks";
    webhooks_hint: "What happens at this bar, sent to programs of your own, each with a signature.", "O que acontece neste bar, enviado a programas seus, sempre com assinatura.";
    webhook_name: "Name", "Nome";
    webhook_url: "Address", "Endereço";
    webhook_url_hint: "It is sent everything that happens from now on, and must answer with success.", "Recebe tudo o que acontecer a partir de agora e precisa responder com sucesso.";
    secret: "Secret", "Segredo";
    secret_hint: "Deliveries are signed with it, as standardwebhooks.com says. Write it down now: it is shown this once.", "Com ele se assinam as entregas, como diz standardwebhooks.com. Anote agora: ele só aparece esta vez.";
    another_secret: "New secret", "Novo segredo";
    attempts: "Attempts", "Tentativas";
    no_attempts: "Nothing has been sent there yet.", "Ainda não se enviou nada para lá.";
    replay: "Send again", "Enviar de novo";
    replay_from: "From entry", "A partir da entrada";
    replay_hint: "1 is the first thing that ever happened here. Whoever receives it knows each event by bar, entry and place in it.", "1 é a primeira coisa que aconteceu aqui. Quem recebe reconhece cada evento por bar, entrada e posição nela.";
    remove_webhook: "Remove", "Remover";
    remove_webhook_effect: "Nothing is sent there any more, and its attempts are forgotten.", "Nada mais é enviado para lá, e as tentativas são esquecidas.";
    timed_out: "No answer in time", "Sem resposta a tempo";
    nobody_there: "Not reached", "Não alcançado";
    address_refused: "Address not allowed", "Endereço não permitido";
    answer_broken: "Broken answer", "Resposta quebrada";
}

/// The question before a webhook goes.
pub(crate) fn remove_question(language: Language, name: &str) -> String {
    match language {
        Language::English => format!("Remove {name}?"),
        Language::Portuguese => format!("Remover {name}?"),
    }
}

/// How it goes.
pub(crate) fn webhook_state(language: Language, webhook: &Webhook) -> String {
    let Webhook { delivered, failures, off_since, .. } = webhook;
    match (language, off_since, failures) {
        (Language::English, Some(_), _) => format!(
            "Switched off after a day without success. Sent up to entry {delivered}; send again from the next one to go on."
        ),
        (Language::English, None, 0) => format!("Sent up to entry {delivered}."),
        (Language::English, None, 1) => {
            format!("Sent up to entry {delivered}. Failed once since; it is tried for a day.")
        }
        (Language::English, None, failures) => {
            format!(
                "Sent up to entry {delivered}. Failed {failures} times since; it is tried for a day."
            )
        }
        (Language::Portuguese, Some(_), _) => format!(
            "Desligado após um dia sem sucesso. Enviado até a entrada {delivered}; envie de novo a partir da próxima para continuar."
        ),
        (Language::Portuguese, None, 0) => format!("Enviado até a entrada {delivered}."),
        (Language::Portuguese, None, 1) => format!(
            "Enviado até a entrada {delivered}. Desde então falhou uma vez; tenta-se por um dia."
        ),
        (Language::Portuguese, None, failures) => {
            format!(
                "Enviado até a entrada {delivered}. Desde então falhou {failures} vezes; tenta-se por um dia."
            )
        }
    }
}

/// What an attempt was about.
pub(crate) fn entries(language: Language, first: u64, last: u64) -> String {
    match (language, first == last) {
        (Language::English, true) => format!("entry {first}"),
        (Language::English, false) => format!("entries {first} to {last}"),
        (Language::Portuguese, true) => format!("entrada {first}"),
        (Language::Portuguese, false) => format!("entradas {first} a {last}"),
    }
}

/// When it is tried again.
pub(crate) fn tried_again(language: Language, when: &str) -> String {
    match language {
        Language::English => format!("again at {when}"),
        Language::Portuguese => format!("de novo às {when}"),
    }
}
