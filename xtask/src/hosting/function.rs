//! What CloudFront runs at its edge for each request for a file of the apps.

use anyhow::{Context, Result};

use super::table::{APPS, CONFIG, PAGE, Page, START};
use crate::precompress::WORTH_IT;

/// The line of the template below which the function stands, deeper indented.
const PLACE: &str = "      FunctionCode: |\n";
const INDENTATION: &str = "        ";

/// The template with the function that belongs there.
pub(super) fn into_template(template: &str) -> Result<String> {
    let (before, rest) = template.split_once(PLACE).context("the template has no FunctionCode")?;
    let code: String = rest.split_inclusive('\n').take_while(|line| is_code(line)).collect();
    let indented: String = function()
        .lines()
        .map(|line| format!("{INDENTATION}{line}").trim_end().to_owned() + "\n")
        .collect();
    Ok(format!("{before}{PLACE}{indented}\n{}", &rest[code.len()..]))
}

fn is_code(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with(INDENTATION)
}

/// JavaScript as CloudFront understands it (`cloudfront-js-2.0`).
fn function() -> String {
    let redirects: Vec<_> = redirects().map(|(from, to)| format!("'{from}': '{to}'")).collect();
    let pages: Vec<_> = APPS.iter().map(|app| format!("'{}'", app.path)).collect();
    let many = APPS.iter().filter(|app| app.page == Page::Many);
    let many: Vec<_> = many.map(|app| format!("'{}'", app.path)).collect();
    let endings = WORTH_IT.join("|");
    format!(
        "\
// Made by `cargo xtask hosting` of its table.
var redirects = {{{redirects}}};
var pages = [{pages}];
var pagesOfMany = [{many}];

function handler(event) {{
  var request = event.request;
  var path = request.uri;
  if (redirects[path]) {{
    var to = redirects[path] + query(request.querystring);
    return {{ statusCode: 307, statusDescription: 'Temporary Redirect', headers: {{ location: {{ value: to }} }} }};
  }}
  // Compressed files have no address of their own.
  if (path.endsWith('.br')) {{
    return {{ statusCode: 404, statusDescription: 'Not Found' }};
  }}
  if (pages.includes(path)) {{
    path += '{PAGE}';
  }}
  pagesOfMany.forEach(function (page) {{
    if (path.startsWith(page) && !path.slice(page.length).includes('.')) {{
      path = page + '{PAGE}';
    }}
  }});
  var accepted = request.headers['accept-encoding'];
  var likesBrotli = accepted && /(^|[ ,])br *(,|$|; *q=(1|0\\.[0-9]*[1-9]))/i.test(accepted.value);
  if (likesBrotli && /\\.({endings})$/.test(path) && !path.endsWith('/{CONFIG}')) {{
    path += '.br';
  }}
  request.uri = path;
  return request;
}}

function query(given) {{
  var words = [];
  Object.keys(given).forEach(function (name) {{
    (given[name].multiValue || [given[name]]).forEach(function (each) {{
      // What is not allowed in an address is encoded, should it arrive decoded.
      var value = each.value.replace(/[^!-~]+/g, encodeURIComponent);
      words.push(value === '' ? name : name + '=' + value);
    }});
  }});
  return words.length > 0 ? '?' + words.join('&') : '';
}}
",
        redirects = redirects.join(", "),
        pages = pages.join(", "),
        many = many.join(", "),
    )
}

/// Addresses that lead elsewhere, and where.
pub(super) fn redirects() -> impl Iterator<Item = (&'static str, &'static str)> {
    let bare = APPS.iter().map(|app| (app.path.trim_end_matches('/'), app.path));
    std::iter::once(("/", START)).chain(bare)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::Stdio;

    use serde_json::{Value, json};

    use super::*;
    use crate::command::program;

    /// What the table says of an address.
    enum Place {
        Redirect(&'static str),
        /// A file, whether it is there or not.
        File(String),
    }

    fn place(path: &str) -> Place {
        if let Some((_, to)) = redirects().find(|(from, _)| *from == path) {
            return Place::Redirect(to);
        }
        let below = |app: &super::super::table::App| {
            let name = path.strip_prefix(app.path)?;
            let is_page = name.is_empty() || app.answers_for(name);
            is_page.then(|| format!("{}{PAGE}", app.path))
        };
        Place::File(APPS.iter().find_map(below).unwrap_or_else(|| path.to_owned()))
    }

    /// Answers of the function, by Node.
    fn ask(events: &Value) -> Result<Value> {
        let script = format!(
            "{}\nvar events = JSON.parse(require('fs').readFileSync(0));\n\
             console.log(JSON.stringify(events.map(handler)));",
            function()
        );
        let mut node = program("node");
        node.args(["-e", &script]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut node = node.spawn().context("the tests need Node")?;
        let mut input = node.stdin.take().context("a pipe")?;
        input.write_all(events.to_string().as_bytes())?;
        drop(input);
        Ok(serde_json::from_slice(&node.wait_with_output()?.stdout)?)
    }

    fn event(path: &str, query: &Value, accepted: Option<&str>) -> Value {
        let headers = match accepted {
            Some(value) => json!({"accept-encoding": {"value": value}}),
            None => json!({}),
        };
        json!({"request": {"uri": path, "querystring": query, "headers": headers}})
    }

    #[test]
    fn at_the_edge_every_address_leads_where_the_table_says() -> Result<()> {
        let names = [
            PAGE,
            CONFIG,
            "app-dd261a76424f04ff_bg.wasm",
            "app-dd261a76424f04ff.js",
            "style-1b8185d52f877c1.css",
            "sw.js",
            "picture.png",
            "nothing",
            "nothing/",
            "bars/espresso/menu",
            "bars/espresso/style-1b8185d52f877c1.css",
            "",
        ];
        let mut paths: Vec<String> =
            ["/", "/favicon.ico", "/orders", "/barista/manager", "//"].map(str::to_owned).to_vec();
        for app in &APPS {
            paths.push(app.path.trim_end_matches('/').to_owned());
            paths.extend(names.iter().map(|name| format!("{}{name}", app.path)));
        }
        for (accepted, likes_brotli) in [(None, false), (Some("gzip, deflate, br"), true)] {
            let events = paths.iter().map(|path| event(path, &json!({}), accepted));
            let answers = ask(&events.collect())?;
            for (path, answer) in paths.iter().zip(answers.as_array().context("a list")?) {
                match place(path) {
                    Place::Redirect(to) => {
                        assert_eq!(answer["statusCode"], 307, "{path}");
                        assert_eq!(answer["headers"]["location"]["value"], to, "{path}");
                    }
                    Place::File(file) => {
                        let ending = file.rsplit('.').next().unwrap_or_default();
                        let is_small = WORTH_IT.contains(&ending) && !file.ends_with(CONFIG);
                        let ending = if likes_brotli && is_small { ".br" } else { "" };
                        assert_eq!(answer["uri"], format!("{file}{ending}"), "{path}");
                    }
                }
            }
        }
        Ok(())
    }

    #[test]
    fn at_the_edge_queries_are_kept_and_compressed_files_have_no_address() -> Result<()> {
        let query = json!({
            "bar": {"value": "espresso"},
            "code": {"value": "A%20B", "multiValue": [{"value": "A%20B"}, {"value": "C é"}]},
            "x": {"value": ""},
        });
        let answers = ask(&json!([
            event("/order", &query, None),
            event("/order/index.html.br", &json!({}), None),
        ]))?;
        let location = "/order/?bar=espresso&code=A%20B&code=C%20%C3%A9&x";
        assert_eq!(answers[0]["headers"]["location"]["value"], location);
        assert_eq!(answers[1]["statusCode"], 404);
        Ok(())
    }

    #[test]
    fn brotli_is_sent_to_who_likes_it() -> Result<()> {
        let cases = [
            ("gzip, deflate, br, zstd", true),
            ("BR", true),
            ("gzip;q=1.0, br;q=0.5", true),
            ("br;q=0, gzip;q=0.1", false),
            ("br; q=0.0", false),
            ("gzip", false),
            ("brown", false),
            ("", false),
        ];
        let events = cases.map(|(accepted, _)| event("/order/", &json!({}), Some(accepted)));
        let answers = ask(&json!(events))?;
        for ((accepted, likes), answer) in cases.iter().zip(answers.as_array().context("a list")?) {
            let uri = answer["uri"].as_str().context("a file")?;
            assert_eq!(uri.ends_with(".br"), *likes, "{accepted}");
        }
        Ok(())
    }

    #[test]
    fn the_function_takes_the_place_of_the_one_before() -> Result<()> {
        let template = format!("a:\n{PLACE}{INDENTATION}old {{\n\n{INDENTATION}}}\n\n  b:\n");
        let made = into_template(&template)?;
        assert!(made.starts_with("a:\n") && made.ends_with("}\n\n  b:\n"), "{made}");
        assert!(!made.contains("old") && made.contains("function handler(event) {\n"), "{made}");
        assert_eq!(into_template(&made)?, made);
        Ok(())
    }
}
