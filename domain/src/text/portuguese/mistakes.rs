//! What is wrong with a field, in Portuguese: words that follow its name.

use crate::mistake::Mistake;

pub(in crate::text) fn mistake(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::Missing => "está faltando",
        Mistake::Unknown => "não faz parte deste pedido",
        Mistake::Unreadable => "não pôde ser lido",
        Mistake::OutOfRange => "está fora dos limites",
        Mistake::NoWholeNumber => "precisa ser um número inteiro",
        Mistake::NoPlainWords => "precisa ter de 1 a 120 caracteres comuns",
        Mistake::TooLongToCall => "pode ter no máximo 40 caracteres",
        Mistake::NoPlainName => "precisa ter só caracteres comuns",
        Mistake::NoMenuName => "precisa ter de 1 a 80 caracteres",
        Mistake::NoSeconds => "precisa ser um número de segundos até 86400",
        Mistake::NotInTheFuture => "precisa estar no futuro",
        Mistake::NoTimeZone => "precisa ser o nome de um fuso horário, como `America/Sao_Paulo`",
        Mistake::NoLanguages => "precisa ter códigos de idioma, como `en` ou `pt-BR`",
        Mistake::NoOrderId => "precisa ser o identificador de um pedido",
        Mistake::NoItem => "ou `group` e `option` precisam ser informados",
        Mistake::NoReason => "é necessário para cancelar uma bebida em preparo",
        Mistake::NotOnTheMenu => "não está no cardápio",
        Mistake::NotWithThisDrink => "não combina com esta bebida",
        Mistake::NoSuchOption => "não tem essa opção",
        Mistake::OneOptionOnly => "aceita uma opção só",
        Mistake::NoOption => "precisa de uma opção",
        Mistake::Twice => "repete o mesmo item",
        Mistake::MenuSize => "precisa ter de 1 a 100 bebidas e até 100 grupos",
        Mistake::OptionCount => "precisa ter de 1 a 100 opções",
        Mistake::NoSuchGroup => "cita um grupo que o cardápio não tem",
        Mistake::TooLong => "ou os alérgenos são longos demais",
        Mistake::NoStaffRole => "precisa ser barista, display ou organiser",
        Mistake::NoUsername => "precisa ter de 1 a 32 caracteres de a-z, 0-9 e -",
        Mistake::NoName => "não pode ficar vazio",
        Mistake::PasswordLength => "precisa ter de 8 a 128 caracteres",
        Mistake::PasswordBlank => "precisa ser uma linha só, sem espaço no começo ou no fim",
        Mistake::BarCount => "precisa ter de 1 a 32 bares; sem o campo, valem todos",
        Mistake::LastLeader => "precisa ficar: ninguém mais com senha cuida de todos os bares",
        Mistake::NotYourBars => "precisa estar entre os seus bares",
        Mistake::NoDisplay => "precisa ser display: os outros entram com senha",
    }
}
