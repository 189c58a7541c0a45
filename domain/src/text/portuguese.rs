//! Portuguese, as a bar in Brazil would say it.

mod mistakes;

pub(super) use mistakes::mistake;

use super::Details;
use crate::rejection::Code;
use crate::status::{Status, Step};
use crate::view::BarStatus;
use crate::wait::{Age, Shown};

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Choosing => "Escolha sua bebida",
        Status::Placed => "Na fila",
        Status::Making => "Em preparo",
        Status::Ready => "Pronto",
        Status::Collected => "Retirado",
        Status::Cancelled => "Cancelado",
        Status::Expired => "Tempo esgotado",
    }
}

pub(super) fn lane(status: Status) -> &'static str {
    match status {
        Status::Placed => "Próximos",
        Status::Making => "Em preparo",
        Status::Ready => "Prontos",
        Status::Choosing | Status::Collected | Status::Cancelled | Status::Expired => "",
    }
}

pub(super) fn step(step: Step) -> &'static str {
    match step {
        Step::Place => "Fazer pedido",
        Step::Change => "Alterar",
        Step::Claim => "Começar",
        Step::Release => "Voltar à fila",
        Step::Complete => "Pronto",
        Step::Recall => "Ainda não",
        Step::Collect => "Retirado",
        Step::Return => "Trazer de volta",
        Step::Cancel => "Cancelar",
        Step::Expire => "Encerrar",
    }
}

pub(super) fn bar_status(status: BarStatus) -> &'static str {
    match status {
        BarStatus::Open => "Aberto",
        BarStatus::Paused => "Em pausa",
        BarStatus::Closed => "Fechado",
    }
}

pub(super) fn age(age: Age) -> &'static str {
    match age {
        Age::OnTime => "no prazo",
        Age::Soon => "quase na hora",
        Age::Late => "atrasado",
    }
}

pub(super) fn wait(shown: Shown) -> String {
    match shown {
        Shown::AnyMoment => "a qualquer momento".to_owned(),
        Shown::Minutes(minutes) => format!("{minutes} min"),
        Shown::Over20 => "mais de 20 min".to_owned(),
    }
}

pub(super) fn refusal_title(code: Code) -> &'static str {
    match code {
        Code::BarClosed => "Fechado",
        Code::BarPaused => "Em pausa",
        Code::BarFull => "Cheio no momento",
        Code::BarExists => "Nome já usado",
        Code::NoSuchBar => "Bar não encontrado",
        Code::NoSuchOrder => "Pedido não encontrado",
        Code::LiveOrderExists => "Um de cada vez",
        Code::DailyLimit => "Limite atingido",
        Code::CodeUnknown => "Código desconhecido",
        Code::CodeExpired => "Código vencido",
        Code::CodeUsedUp => "Código esgotado",
        Code::SoldOut => "Acabou",
        Code::Invalid => "Não é possível",
        Code::WrongStatus => "Já avançou",
        Code::Taken => "Já tem dono",
        Code::Changed => "Mudou",
        Code::CommandReused => "Enviado duas vezes",
        Code::NotAllowed => "Sem permissão",
        Code::Malformed => "Não entendemos",
        Code::NoSession => "Fora da sessão",
        Code::BadCredentials => "Não deu para entrar",
        Code::NotFound => "Não encontrado",
        Code::MethodNotAllowed => "Não é possível",
        Code::TooLarge => "Grande demais",
        Code::UnsupportedMediaType => "Não entendemos",
        Code::TooManyRequests => "Rápido demais",
        Code::Internal => "Falha nossa",
        Code::Unavailable => "Sem resposta",
    }
}

pub(super) fn refusal(code: Code, details: Details<'_>) -> String {
    let sentence = match code {
        Code::BarClosed => "O bar está fechado.",
        Code::BarPaused => "O bar está fazendo uma pausa rápida.",
        Code::BarFull => "Os baristas já têm todos os pedidos que conseguem fazer.",
        Code::BarExists => "Já existe um bar com esse nome.",
        Code::NoSuchBar => "Não há nenhum bar com esse nome aqui.",
        Code::NoSuchOrder => "Esse pedido não existe.",
        Code::LiveOrderExists => "Você já tem um pedido em andamento.",
        Code::DailyLimit => "Você já pediu todas as bebidas de hoje.",
        Code::CodeUnknown => "Este código não é deste bar.",
        Code::CodeExpired => "Este código já venceu.",
        Code::CodeUsedUp => "Todas as bebidas deste código já foram pedidas.",
        Code::SoldOut => match details.item {
            Some(item) => return format!("{item} acabou."),
            None => "Isto acabou.",
        },
        Code::Invalid => match details.item {
            Some(problem) => return format!("{problem}."),
            None => "Este pedido não combina com o cardápio.",
        },
        Code::WrongStatus => match details.order_status {
            Some(Status::Choosing) => "A pessoa ainda está escolhendo.",
            Some(Status::Placed) => "O pedido está na fila.",
            Some(Status::Making) => "O pedido já está em preparo.",
            Some(Status::Ready) => "O pedido já está pronto.",
            Some(Status::Collected) => "O pedido já foi retirado.",
            Some(Status::Cancelled) => "O pedido foi cancelado.",
            Some(Status::Expired) => "O tempo do pedido acabou.",
            None => "O pedido já avançou.",
        },
        Code::Taken => match details.taken_by {
            Some(name) => return format!("{name} já está preparando."),
            None => "Alguém já está preparando.",
        },
        Code::Changed => "O pedido mudou desde que você olhou.",
        Code::CommandReused => "Este identificador já foi usado para outra coisa.",
        Code::NotAllowed => "Você não tem permissão para isso.",
        Code::Malformed => "Não foi possível ler o que foi enviado.",
        Code::NoSession => "Você está fora: a sessão venceu ou foi encerrada.",
        Code::BadCredentials if details.by_link => {
            "Esse link já foi usado ou passou dos 15 minutos."
        }
        Code::BadCredentials => "Esse nome e essa senha não conferem.",
        Code::NotFound => "Não há nada neste endereço.",
        Code::MethodNotAllowed => "Isso não pode ser feito neste endereço.",
        Code::TooLarge => "O que foi enviado é grande demais.",
        Code::UnsupportedMediaType => "O envio precisa ser em JSON.",
        Code::TooManyRequests => "Foram tentativas demais em pouco tempo.",
        Code::Internal => "Algo deu errado do nosso lado.",
        Code::Unavailable => "O computador do bar não respondeu.",
    };
    sentence.to_owned()
}

pub(super) fn refusal_next(code: Code) -> &'static str {
    match code {
        Code::BarClosed => "Até a próxima abertura!",
        Code::BarPaused => "Fique por aqui: dá para pedir assim que o bar voltar.",
        Code::BarFull => "Fique por aqui: dá para pedir assim que abrir uma vaga.",
        Code::LiveOrderExists => "Acompanhe primeiro esse pedido.",
        Code::DailyLimit => "Volte amanhã ou fale com a gente no balcão.",
        Code::CodeUnknown => "Escaneie o código da tela em cima do bar ou digite de novo.",
        Code::CodeExpired => "Escaneie o código que está na tela agora.",
        Code::CodeUsedUp => "Escaneie o próximo código quando ele aparecer.",
        Code::SoldOut => "Escolha outra coisa.",
        Code::Invalid => "Confira sua escolha e tente de novo.",
        Code::WrongStatus | Code::Taken | Code::Changed | Code::NoSuchOrder => {
            "A tela agora mostra onde ele está."
        }
        Code::NoSession => "Entre e tente de novo.",
        Code::BadCredentials => "Confira os dois e tente de novo.",
        Code::TooManyRequests => "Espere um pouco e tente de novo.",
        Code::Internal | Code::Unavailable => "Nada se perdeu. Tente de novo daqui a pouco.",
        Code::BarExists => "Escolha outro nome.",
        Code::NoSuchBar => "Escaneie o código da tela em cima do bar.",
        Code::CommandReused
        | Code::NotAllowed
        | Code::Malformed
        | Code::NotFound
        | Code::MethodNotAllowed
        | Code::TooLarge
        | Code::UnsupportedMediaType => "Fale com a gente no balcão.",
    }
}

pub(super) fn expired(stage: Option<Status>) -> &'static str {
    match stage {
        Some(Status::Choosing) => {
            "A escolha demorou e sua vaga passou para a próxima pessoa. Escaneie o código de novo."
        }
        Some(
            Status::Placed
            | Status::Making
            | Status::Ready
            | Status::Collected
            | Status::Cancelled
            | Status::Expired,
        )
        | None => {
            "Não conseguimos começar seu pedido a tempo. Desculpe! Fale com a gente no balcão."
        }
    }
}

pub(super) fn reason(reason: &str) -> Option<&'static str> {
    match reason {
        "sold-out" => Some("Acabou por aqui"),
        "not-collected" => Some("Ninguém veio buscar"),
        "made-twice" => Some("Foi pedido duas vezes"),
        "closing" => Some("O bar está fechando"),
        "asked-to" => Some("Você pediu para cancelar"),
        "changed-mind" => Some("Cancelado por quem pediu"),
        _ => None,
    }
}

pub(super) fn allergen(allergen: &str) -> Option<&'static str> {
    match allergen {
        "milk" => Some("Contém leite"),
        "nuts" => Some("Contém castanhas"),
        "soy" => Some("Contém soja"),
        "gluten" => Some("Contém glúten"),
        _ => None,
    }
}
