//! What only the monitor says. Words it shares with the other screens are in `domain::text`.

ui::sentences! {
    title: "Pair this screen", "Conecte esta tela";
    title_hint: "Open this screen's link here, or type its ten characters. The organiser makes one under Displays. Once is enough: then the screen needs nobody.",
        "Abra aqui o link desta tela, ou digite os seus dez caracteres. Quem organiza cria um em Telas. Uma vez basta: depois a tela cuida de si.";
    link: "The link's ten characters", "Os dez caracteres do link";
    /// After a refusal.
    pair_next: "Ask the organiser for a new link.", "Peça um novo link a quem organiza.";
    pair: "Pair", "Conectar";
    sign_in_instead: "Sign in with name and password", "Entrar com nome e senha";
    /// The page came over http.
    sleeps_over_http: "Over http a browser cannot keep the screen on. Turn off this screen's sleep in its own settings.",
        "Por http o navegador não mantém a tela ligada. Desative o repouso desta tela nos ajustes dela.";
    sleeps: "This browser cannot keep the screen on. Turn off this screen's sleep in its own settings.",
        "Este navegador não mantém a tela ligada. Desative o repouso desta tela nos ajustes dela.";
    username: "Name", "Nome";
    password: "Password", "Senha";
    sign_in: "Sign in", "Entrar";
    which_bar: "Which bar is this the display of?", "De qual bar é esta tela?";
    no_bars: "There is no bar for this account.", "Não há um bar para esta conta.";
    loading: "One moment…", "Um momento…";
    scan: "Scan to order", "Escaneie e peça";
    qr: "QR code with the address to order at", "Código QR com o endereço para pedir";
    only_here: "This address works only on this computer", "Só funciona neste computador";
    drinks_left: "drinks left", "bebidas restantes";
    drink_left: "drink left", "bebida restante";
    /// In front of a countdown to the next code.
    new_code_in: "new code in", "novo código em";
    /// In front of a countdown to when orders are taken again.
    again_in: "Orders again in", "Pedidos de novo em";
    next_code_in: "Next code in", "Próximo código em";
    /// On an empty board.
    idle: "No orders yet. Be the first!", "Ainda não há pedidos. Faça o primeiro!";
    preparing: "Preparing", "Em preparo";
    ready: "Ready", "Prontos";
}
