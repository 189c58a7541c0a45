//! Codes to scan, drawn in the browser: no picture service ever learns an address. Whatever app
//! does not draw any does not carry the drawing either.

use qrcode::{Color, EcLevel, QrCode};

/// Modules of white that scanners need around a code.
const QUIET: usize = 4;

/// A QR as one path, in modules.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Drawing {
    /// The side, quiet zone included.
    side: usize,
    /// The dark modules: one rectangle for each run in a row.
    path: String,
}

/// Draws `text`; none when it is too long for any QR.
fn draw(text: &str) -> Option<Drawing> {
    // M survives a reflection or a smudge; more would make the modules too small for the hall.
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in colors.chunk_by(|one, next| one == next) {
            if run[0] == Color::Dark {
                rectangle(&mut path, column + QUIET, row + QUIET, run.len());
            }
            column += run.len();
        }
    }
    Some(Drawing { side: width + 2 * QUIET, path })
}

fn rectangle(path: &mut String, x: usize, y: usize, length: usize) {
    let (x, y, length) = (x.to_string(), y.to_string(), length.to_string());
    for part in ["M", &x, " ", &y, "h", &length, "v1h-", &length, "z"] {
        path.push_str(part);
    }
}

/// The QR of an address as SVG text: dark on white in every theme, because some readers refuse the
/// inverse. Empty when the address is too long for any QR.
pub fn svg(url: &str, label: &str) -> String {
    let Some(drawing) = draw(url) else {
        return String::new();
    };
    let side = drawing.side.to_string();
    let mut svg = String::from(r#"<svg class="qr" data-testid="qr" role="img" aria-label=""#);
    escape_into(&mut svg, label);
    svg.push_str(r#"" data-url=""#);
    escape_into(&mut svg, url);
    for part in [
        r#"" viewBox="0 0 "#,
        &side,
        " ",
        &side,
        r##"" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d=""##,
        &drawing.path,
        r##"" fill="#000"/></svg>"##,
    ] {
        svg.push_str(part);
    }
    svg
}

/// The address comes from the server: nothing in it may end the attribute.
fn escape_into(svg: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => svg.push_str("&amp;"),
            '"' => svg.push_str("&quot;"),
            '<' => svg.push_str("&lt;"),
            _ => svg.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the path covers a module.
    fn is_dark(drawing: &Drawing, x: usize, y: usize) -> bool {
        drawing.path.split('M').skip(1).any(|rectangle| {
            let number = |text: &str| text.parse::<usize>().expect("a number");
            let (at, rest) = rectangle.split_once('h').expect("a width");
            let (left, top) = at.split_once(' ').expect("a corner");
            let length = number(rest.split('v').next().expect("a height"));
            number(top) == y && (number(left)..number(left) + length).contains(&x)
        })
    }

    #[test]
    fn every_module_is_where_the_code_has_it_inside_the_quiet_zone() {
        let text = "http://192.168.1.23:8080/order/?bar=espresso&code=7K3MA9XQ2B";
        let drawing = draw(text).expect("an address fits");
        let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("an address fits");
        let width = code.width();
        assert_eq!(drawing.side, width + 8);
        for y in 0..drawing.side {
            for x in 0..drawing.side {
                let inside = (4..4 + width).contains(&x) && (4..4 + width).contains(&y);
                let expected = inside && code[(x - 4, y - 4)] == Color::Dark;
                assert_eq!(is_dark(&drawing, x, y), expected, "{x},{y}");
            }
        }
    }

    #[test]
    fn what_the_server_sends_stays_inside_its_attribute() {
        let svg = svg(r#"http://a/?bar=b&code="><script>"#, "QR");
        assert!(svg.contains(r#"data-url="http://a/?bar=b&amp;code=&quot;>&lt;script>""#), "{svg}");
        assert_eq!(svg.matches('<').count(), 4, "svg, rect, path and the end");
    }

    #[test]
    fn an_order_address_stays_coarse_enough_for_the_hall() {
        let drawing = draw("http://192.168.100.123:8080/order/?bar=espresso&code=7K3MA9XQ2B4Z");
        assert!(drawing.expect("an address fits").side <= 33 + 8 + 4);
    }
}
