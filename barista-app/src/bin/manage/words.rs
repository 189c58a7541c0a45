//! What only the organiser's pages say. Words they share with the others are in `domain::text`.

pub(crate) mod limits;
mod webhooks;

use domain::Role;
use domain::menu::{Drink, OptionGroup};
use domain::mistake::Mistake;
use domain::text::{self, Language};

pub(crate) use self::webhooks::*;

ui::sentences! {
    // Coming in.
    title: "Organiser", "Organização";
    welcome: "The organiser's pages", "Páginas da organização";
    welcome_hint: "Menu, limits, staff and displays of your bars.", "Cardápio, limites, equipe e telas dos seus bares.";
    password: "Password", "Senha";
    sign_in: "Sign in", "Entrar";
    sign_out: "Sign out", "Sair";
    sign_in_as_another: "Sign in as somebody else", "Entrar com outra conta";
    organisers_only: "These pages are for organisers. Your account is for the bar itself.", "Estas páginas são da organização. A sua conta é do próprio bar.";
    not_for_you: "These pages are for organisers", "Estas páginas são da organização";
    not_for_you_next: "You are signed in with an account for the bar itself. Ask an organiser, or sign in as one.", "Você entrou com uma conta do próprio bar. Fale com a organização ou entre como ela.";
    to_the_queue: "To the queue", "Ir para a fila";
    one_moment: "One moment…", "Um momento…";
    try_again: "Try again", "Tentar de novo";
    not_reached: "The bar's computer did not answer", "O computador do bar não respondeu";
    link_spent: "This link does not work any more", "Este link não funciona mais";
    link_spent_next: "A link works once and for 15 minutes. If it was you who used it, sign in with your password. If nobody has a password yet, start the server again: it prints a new link.", "Um link funciona uma vez e por 15 minutos. Se foi você que o usou, entre com a sua senha. Se ninguém tem senha ainda, reinicie o servidor: ele mostra um link novo.";
    displays_link: "This was a display's link", "Este link era de uma tela";
    displays_link_next: "It opens the display on the monitor, not these pages, and it is used up now. Make a new one under Displays.", "Ele abre a tela no monitor, não estas páginas, e agora já foi usado. Crie outro em Telas.";
    nowhere: "There is nothing at this address", "Não há nada neste endereço";
    no_such_bar: "There is no bar of that name here", "Não há um bar com esse nome aqui";

    // The first start.
    own_password: "Your password", "A sua senha";
    own_password_hint: "With it you come back to these pages from any device. You sign in as “organiser”.", "Com ela você volta a estas páginas de qualquer aparelho. O seu usuário é “organiser”.";
    own_name: "Your name", "O seu nome";
    first_bar: "Your bar", "O seu bar";
    first_bar_hint: "Everything here can be changed later, except the short name.", "Tudo aqui pode mudar depois, menos o nome curto.";
    first_barista: "The first barista", "Primeira pessoa no balcão";
    first_barista_hint: "Whoever makes the drinks signs in on the tablet behind the bar.", "Quem prepara as bebidas entra no tablet atrás do balcão.";
    later: "Later: I make the drinks myself", "Depois: eu mesmo preparo as bebidas";
    next: "Next", "Continuar";
    all_there: "Your bar is there", "O seu bar está pronto";
    all_there_hint: "It is closed until you open it. Its menu has twelve drinks to begin with.", "Ele fica fechado até você abrir. O cardápio já vem com doze bebidas.";
    to_the_bar: "To the bar", "Ir para o bar";
    to_the_displays: "Set up a display", "Preparar uma tela";
    to_the_menu: "Look over the menu", "Ver o cardápio";

    // What every page has.
    bars: "Bars", "Bares";
    staff: "Staff", "Equipe";
    menu: "Menu", "Cardápio";
    limits: "Limits", "Limites";
    details: "Details", "Dados";
    displays: "Displays", "Telas";
    save: "Save", "Salvar";
    saved: "Saved.", "Salvo.";
    discard: "Discard", "Descartar";
    unsaved: "Not saved yet", "Ainda não salvo";
    not_right_yet: "Something is not right yet", "Algo ainda não está certo";
    overtaken: "Somebody else changed this meanwhile. Saving replaces what they did; discarding shows it.", "Outra pessoa mudou isto nesse meio-tempo. Salvar substitui o que ela fez; descartar mostra.";
    unsaved_question: "Leave without saving?", "Sair sem salvar?";
    unsaved_effect: "What you changed on these pages is not saved yet, and would be lost.", "O que você mudou nestas páginas ainda não foi salvo e se perderia.";
    stay: "Stay", "Ficar";
    cancel: "Cancel", "Cancelar";
    change: "Change", "Mudar";
    done: "Done", "Pronto";
    add: "Add", "Adicionar";
    back: "Back", "Voltar";
    name: "Name", "Nome";

    // Bars and their details.
    new_bar: "New bar", "Novo bar";
    make_bar: "Make the bar", "Criar o bar";
    bar_name: "Name of the bar", "Nome do bar";
    place: "Place", "Lugar";
    place_hint: "Where guests collect their drinks: “Main foyer”.", "Onde as bebidas são retiradas: “Saguão principal”.";
    slug: "Short name, for addresses", "Nome curto, para endereços";
    slug_rule: "1 to 32 small letters, digits and dashes.", "De 1 a 32 letras minúsculas, números e hifens.";
    time_zone: "Time zone", "Fuso horário";
    no_such_zone: "No time zone of that name is known here.", "Não se conhece aqui um fuso horário com esse nome.";
    zone_needed: "Choose one from the list, such as Europe/Lisbon.", "Escolha um da lista, como America/Sao_Paulo.";
    time_zone_hint: "The bar's day begins at 04:00 there: numbers start at 1 again.", "O dia do bar começa às 04:00 de lá: os números voltam ao 1.";
    bar_language: "The bar's own language", "Idioma do próprio bar";
    offered_languages: "Languages guests are offered", "Idiomas oferecidos a quem pede";
    offered_languages_hint: "The names on the menu are in the bar's own language; each of the others gets a field of its own there.", "Os nomes do cardápio estão no idioma do bar; cada um dos outros ganha um campo próprio lá.";

    // Staff.
    add_staff: "Add somebody", "Adicionar pessoa";
    staff_hint: "Baristas work the queue on the tablet. Organisers may do that too, and use these pages.", "Baristas cuidam da fila no tablet. A organização também pode, e usa estas páginas.";
    username: "User name", "Usuário";
    username_hint: "What they sign in with. It stays.", "É com ele que se entra. Não muda.";
    username_taken: "There is somebody of that user name already.", "Já existe alguém com esse usuário.";
    new_password: "New password", "Nova senha";
    new_password_hint: "Leave it empty to keep the one they have. A new one signs them out everywhere.", "Deixe vazio para manter a atual. Uma nova encerra todas as sessões.";
    password_needed: "A password is needed to sign in.", "É preciso uma senha para entrar.";
    show_password: "Show the password", "Mostrar a senha";
    role_label: "Role", "Função";
    works_at: "Works at", "Trabalha em";
    all_bars: "All bars", "Todos os bares";
    dismiss: "Dismiss", "Remover";
    keep: "Keep", "Manter";
    dismiss_effect: "They are signed out everywhere at once and cannot sign in again. What they did stays.", "As sessões terminam na hora e não dá mais para entrar. O que foi feito fica.";
    dismiss_display_effect: "It shows nothing any more until it is paired again.", "Ela não mostra mais nada até ser pareada de novo.";
    last_organiser: "The last organiser with a password stays: nobody else could come in.", "A última pessoa da organização com senha fica: mais ninguém poderia entrar.";

    // Displays.
    displays_hint: "A display is the monitor above the bar: the code to scan, and whose drink is ready.", "A tela é o monitor acima do bar: o código para escanear e quem pode retirar.";
    display_name: "New display", "Nova tela";
    display_name_hint: "What you call it: “Left of the bar”.", "Como você a chama: “À esquerda do balcão”.";
    add_display: "Add and pair", "Adicionar e parear";
    pair: "Pair", "Parear";
    pairing_qr: "QR code that pairs the display", "QR code que pareia a tela";
    good_for: "Good once, for another", "Vale uma vez, por mais";
    only_here: "This address works only on this computer: no other device can open it. Start the server with --lan (cargo xtask run --lan) or --listen 0.0.0.0:8080, or name the address others reach it by with --public-url.", "Este endereço só funciona neste computador: nenhum outro aparelho consegue abri-lo. Inicie o servidor com --lan (cargo xtask run --lan) ou --listen 0.0.0.0:8080, ou informe com --public-url o endereço pelo qual os outros o alcançam.";
    link_over: "These 15 minutes are over.", "Os 15 minutos acabaram.";
    new_link: "New link", "Novo link";

    // The menu.
    drinks: "Drinks", "Bebidas";
    groups: "Questions", "Perguntas";
    groups_hint: "What is asked about a drink: milk, size. Drinks ask in this order.", "O que se pergunta sobre uma bebida: leite, tamanho. As bebidas perguntam nesta ordem.";
    new_drink: "Another drink", "Outra bebida";
    new_group: "Another question", "Outra pergunta";
    new_option: "Another answer", "Outra resposta";
    drink_seconds: "Seconds to make it", "Segundos para preparar";
    option_seconds: "Seconds it adds", "Segundos a mais";
    picture: "Picture", "Imagem";
    plain_cup: "A plain cup", "Uma xícara simples";
    available: "Available", "Disponível";
    questions: "Asks about", "Pergunta sobre";
    allergens: "Allergens", "Alérgenos";
    other_allergens: "Others, separated by commas", "Outros, separados por vírgulas";
    required: "Needs an answer", "Precisa de resposta";
    multiple: "Several answers at once", "Várias respostas ao mesmo tempo";
    options: "Answers", "Respostas";
    taken_by_default: "Chosen beforehand", "Já vem escolhida";
    preview: "On a phone", "No celular";
}

/// What a language calls itself.
pub(crate) fn language_name(language: Language) -> &'static str {
    language.own_name()
}

/// Where the first start stands.
pub(crate) fn step_of(language: Language, step: u8) -> String {
    match language {
        Language::English if step > 3 => "Done".to_owned(),
        Language::English => format!("Step {step} of 3"),
        Language::Portuguese if step > 3 => "Pronto".to_owned(),
        Language::Portuguese => format!("Passo {step} de 3"),
    }
}

/// What is wrong with a field that it is said beside.
pub(crate) fn wrong(language: Language, mistake: Mistake) -> String {
    let words = text::mistake(language, mistake);
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

/// A number is none, or out of its range.
pub(crate) fn number_from_to(language: Language, least: u32, most: u32) -> String {
    match language {
        Language::English => format!("A whole number from {least} to {most}."),
        Language::Portuguese => format!("Um número inteiro de {least} a {most}."),
    }
}

/// Where guests find a bar.
pub(crate) fn bar_address(language: Language, slug: &str) -> String {
    match language {
        Language::English => format!("Guests see it in the address: ?bar={slug}. It stays."),
        Language::Portuguese => format!("Aparece no endereço: ?bar={slug}. Não muda."),
    }
}

/// What time it is in a zone.
pub(crate) fn time_there(language: Language, time: &str) -> String {
    match language {
        Language::English => format!("It is {time} there now."),
        Language::Portuguese => format!("Agora são {time} lá."),
    }
}

/// The name in a language, by its tag.
pub(crate) fn name_in(language: Language, tag: &str) -> String {
    let known = Language::ALL.into_iter().find(|known| known.tag() == tag);
    let called = known.map_or(tag, |known| known.own_name());
    match language {
        Language::English => format!("Name in {called}"),
        Language::Portuguese => format!("Nome em {called}"),
    }
}

/// What somebody is.
pub(crate) fn role(language: Language, role: Role) -> &'static str {
    match language {
        Language::English => match role {
            Role::Customer => "Guest",
            Role::Barista => "Barista",
            Role::Display => "Display",
            Role::Organiser => "Organiser",
        },
        Language::Portuguese => match role {
            Role::Customer => "Cliente",
            Role::Barista => "Barista",
            Role::Display => "Tela",
            Role::Organiser => "Organização",
        },
    }
}

/// How long a password must be.
pub(crate) fn password_rule(language: Language, shortest: usize) -> String {
    match language {
        Language::English => format!("At least {shortest} characters."),
        Language::Portuguese => format!("Pelo menos {shortest} caracteres."),
    }
}

/// The three steps of pairing; the address follows the second, the characters the third.
pub(crate) fn pairing_steps(language: Language) -> (&'static str, &'static str, &'static str) {
    match language {
        Language::English => (
            "Scan this with the display, if it has a camera.",
            "Or open there:",
            "and type these characters:",
        ),
        Language::Portuguese => (
            "Escaneie com a tela, se ela tiver câmera.",
            "Ou abra nela:",
            "e digite estes caracteres:",
        ),
    }
}

macro_rules! about {
    ($($(#[$doc:meta])* $name:ident: $english:literal, $portuguese:literal;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name(language: Language, name: &str) -> String {
            match language {
                Language::English => format!($english, name),
                Language::Portuguese => format!($portuguese, name),
            }
        }
    )*};
}

about! {
    /// The button that changes somebody or something.
    change_whom: "Change {}", "Mudar {}";
    /// The same button, once that is under way.
    done_with: "Done: {}", "Pronto: {}";
    /// The button that dismisses somebody.
    dismiss_whom: "Dismiss {}", "Remover {}";
    /// The question before that.
    dismiss_question: "Dismiss {}?", "Remover {}?";
    /// The button that pairs a display.
    pair_which: "Pair {}", "Parear {}";
    /// Moves something towards the beginning of a list.
    move_up: "Move {} up", "Mover {} para cima";
    /// Moves something towards the end of a list.
    move_down: "Move {} down", "Mover {} para baixo";
    /// Takes something off the menu.
    remove: "Remove {}", "Tirar {}";
}

/// A drink in a line.
pub(crate) fn drink_note(language: Language, drink: &Drink) -> String {
    let seconds = [&drink.seconds.to_string(), " s"].concat();
    if drink.available {
        seconds
    } else {
        [&seconds, " · ", text::refusal_title(language, domain::Code::SoldOut)].concat()
    }
}

/// A group in a line: its answers.
pub(crate) fn group_note(language: Language, group: &OptionGroup) -> String {
    let answers: Vec<_> = group.options.iter().map(|option| option.name.as_str()).collect();
    let answers = answers.join(", ");
    if group.required { [required(language), " · ", &answers].concat() } else { answers }
}
