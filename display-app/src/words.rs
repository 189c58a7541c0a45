//! What only the monitor says. Words it shares with the other screens are in `domain::text`.

ui::sentences! {
    title: "The display of this bar";
    title_hint: "Sign in once; then it needs nobody.";
    username: "Name";
    password: "Password";
    sign_in: "Sign in";
    which_bar: "Which bar is this the display of?";
    no_bars: "There is no bar for this account.";
    loading: "One moment…";
    scan: "Scan to order";
    qr: "QR code with the address to order at";
    /// Between the address and the code.
    or_type: "or type";
    only_here: "This address works only on this computer";
    drinks_left: "drinks left";
    drink_left: "drink left";
    /// In front of a countdown to the next code.
    new_code_in: "new code in";
    /// In front of a countdown to when orders are taken again.
    again_in: "Orders again in";
    next_code_in: "Next code in";
    /// On an empty board.
    idle: "No orders yet. Be the first!";
    preparing: "Preparing";
    ready: "Ready";
}
