//! What only the monitor says. Words it shares with the other screens are in `domain::text`.

ui::sentences! {
    title: "The display of this bar", "A tela deste bar";
    title_hint: "Sign in once; then it needs nobody.", "Entre uma vez; depois ela cuida de si.";
    username: "Name", "Nome";
    password: "Password", "Senha";
    sign_in: "Sign in", "Entrar";
    which_bar: "Which bar is this the display of?", "De qual bar é esta tela?";
    no_bars: "There is no bar for this account.", "Não há um bar para esta conta.";
    loading: "One moment…", "Um momento…";
    scan: "Scan to order", "Escaneie para pedir";
    qr: "QR code with the address to order at", "Código QR com o endereço para pedir";
    /// Between the address and the code.
    or_type: "or type", "ou digite";
    only_here: "This address works only on this computer", "Este endereço só funciona neste computador";
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
    ready: "Ready", "Pronto";
}
