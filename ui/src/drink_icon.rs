//! A small picture of a drink, drawn as layers in a cup or glass.

use leptos::prelude::*;

use crate::element::span;

/// What a drink looks like in its cup, from the bottom up: each layer's class and its share of the
/// height in percent.
struct Look {
    vessel: Vessel,
    layers: &'static [(&'static str, u8)],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Vessel {
    Demitasse,
    Cup,
    Glass,
}

fn look(icon: &str) -> Look {
    let (vessel, layers): (_, &[(&str, u8)]) = match icon {
        "espresso" => (Vessel::Demitasse, &[("espresso", 55), ("crema", 12)]),
        "double-espresso" => (Vessel::Demitasse, &[("espresso", 75), ("crema", 12)]),
        "macchiato" => (Vessel::Demitasse, &[("espresso", 55), ("foam", 22)]),
        "americano" => (Vessel::Cup, &[("coffee", 78), ("crema", 8)]),
        "flat-white" => (Vessel::Cup, &[("espresso", 30), ("latte", 48), ("foam", 10)]),
        "cappuccino" => (Vessel::Cup, &[("espresso", 26), ("latte", 30), ("foam", 32)]),
        "latte" => (Vessel::Glass, &[("espresso", 22), ("latte", 54), ("foam", 14)]),
        "mocha" => {
            (Vessel::Glass, &[("chocolate", 24), ("espresso", 20), ("latte", 32), ("foam", 14)])
        }
        "hot-chocolate" => (Vessel::Cup, &[("chocolate", 70), ("foam", 18)]),
        "chai-latte" => (Vessel::Glass, &[("chai", 70), ("foam", 18)]),
        "filter" => (Vessel::Cup, &[("coffee", 84)]),
        "tea" => (Vessel::Glass, &[("tea", 82)]),
        _ => (Vessel::Cup, &[("coffee", 60), ("foam", 20)]),
    };
    Look { vessel, layers }
}

/// The picture of the drink with this icon name; a plain cup for a name it does not know.
/// Decoration: it says nothing to a screen reader.
pub fn drink_icon(icon: &str) -> AnyView {
    span("drink-icon").attr("aria-hidden", "true").inner_html(drawn(&look(icon))).done()
}

/// The same for `view!`.
#[component]
pub fn DrinkIcon(
    /// `icon` of the menu.
    icon: String,
) -> impl IntoView {
    drink_icon(&icon)
}

/// The drawing as SVG text: one string is a fraction of the code of a tree of elements. Everything
/// in it comes from this file, nothing from the menu.
fn drawn(look: &Look) -> String {
    // Outline, inside as (left, right, top, bottom), how much narrower the bottom is on each side.
    let (outline, (left, right, top, bottom), taper) = match look.vessel {
        Vessel::Demitasse => (
            "M14 22h30l-3 21a6 6 0 0 1-6 5H23a6 6 0 0 1-6-5zM43 26h4a6 6 0 0 1 0 13h-5",
            (14, 44, 22, 48),
            4,
        ),
        Vessel::Cup => (
            "M9 16h38l-4 28a6 6 0 0 1-6 5H19a6 6 0 0 1-6-5zM46 21h4a7 7 0 0 1 0 15h-6",
            (9, 47, 16, 49),
            5,
        ),
        Vessel::Glass => ("M15 8h30l-4 37a5 5 0 0 1-5 5H24a5 5 0 0 1-5-5z", (15, 45, 8, 50), 5),
    };
    let mut svg = String::from(r#"<svg viewBox="0 0 60 56" focusable="false">"#);
    let height = bottom - top;
    let mut below = 0;
    for (layer, share) in look.layers {
        let share = i32::from(*share);
        let edge = |percent: i32| {
            let y = bottom - height * percent / 100;
            let inset = taper * (100 - percent) / 100;
            (left + inset + 1, right - inset - 1, y)
        };
        let (low_left, low_right, low) = edge(below);
        let (high_left, high_right, high) = edge(below + share);
        below += share;
        svg.push_str(r#"<path class="layer-"#);
        svg.push_str(layer);
        svg.push_str(r#"" d=""#);
        for (command, x, y) in [
            ("M", low_left, low),
            ("L", low_right, low),
            ("L", high_right, high),
            ("L", high_left, high),
        ] {
            svg.push_str(command);
            svg.push_str(&x.to_string());
            svg.push(' ');
            svg.push_str(&y.to_string());
        }
        svg.push_str(r#"z"/>"#);
    }
    svg.push_str(r#"<path class="vessel" d=""#);
    svg.push_str(outline);
    svg.push_str(r#""/></svg>"#);
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drink_fits_its_cup() {
        for drink in domain::Menu::standard().drinks {
            let look = look(&drink.icon);
            let filled: u32 = look.layers.iter().map(|(_, share)| u32::from(*share)).sum();
            assert!((40..=95).contains(&filled), "{} is filled to {filled} %", drink.icon);
            assert!(drawn(&look).ends_with("</svg>"));
        }
    }
}
