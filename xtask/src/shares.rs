//! Which crate the bytes of an app come from.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// Bytes of a WebAssembly module by where they come from, largest first: the code of each crate,
/// as the names of its functions tell, then data and everything else. Generic code counts for the
/// crate that wrote it.
#[expect(clippy::wildcard_enum_match_arm, reason = "a format with dozens of sections")]
pub(crate) fn shares(module: &[u8]) -> Result<Vec<(String, u64)>> {
    let mut names = BTreeMap::new();
    let mut bodies = Vec::new();
    let mut imported = 0;
    let mut data = 0;
    for payload in Parser::new(0).parse_all(module) {
        match payload.context("a WebAssembly module")? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(length(body.range())),
            Payload::DataSection(section) => data = length(section.range()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(subsections) = section.as_known() {
                    for subsection in subsections {
                        if let Name::Function(functions) = subsection? {
                            for function in functions {
                                let function = function?;
                                names.insert(function.index, crate_of(function.name));
                            }
                        }
                    }
                }
            }
            // Types, tables, exports and the like are next to nothing.
            _ => {}
        }
    }
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for (index, bytes) in (imported..).zip(&bodies) {
        let name = names.get(&index).cloned().unwrap_or_else(|| "(unnamed)".to_owned());
        *sums.entry(name).or_default() += bytes;
    }
    *sums.entry("(data)".to_owned()).or_default() += data;
    let mut shares: Vec<_> = sums.into_iter().collect();
    shares.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
    Ok(shares)
}

fn length(range: std::ops::Range<u64>) -> u64 {
    range.end - range.start
}

/// The crate of a function: the first word of its path, or of the type it is a method of; of a
/// trait's that all types have, the trait's.
fn crate_of(mangled: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(mangled));
    let of_trait = || name.split_once(" as ").and_then(|(_, path)| first_word(path));
    first_word(&name).or_else(of_trait).unwrap_or("(unnamed)").to_owned()
}

/// The first word of a path, with or without the hash that wasm-bindgen leaves behind it.
fn first_word(path: &str) -> Option<&str> {
    let start = path.trim_start_matches(['<', '&', '*', '[', '(', ' ']);
    let start = start.strip_prefix("dyn ").or(start.strip_prefix("mut ")).unwrap_or(start);
    let end = start.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    let (word, rest) = start.split_at(end);
    let rest = rest.strip_prefix('[').and_then(|hash| hash.split_once(']')).map_or(rest, |it| it.1);
    rest.starts_with("::").then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_crate_it_was_written_in() {
        for (mangled, expected) in [
            ("_ZN6domain3bar3Bar6decide17h0123456789abcdefE", "domain"),
            (
                "_ZN60_$LT$domain..id..BarId$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE",
                "domain",
            ),
            ("std[a543996e6e7dbf1e]::thread::current::init_current", "std"),
            ("<T as tachys::view::any_view::IntoAny>::into_any::rebuild", "tachys"),
            ("<str as core[c5930c85a12de822]::fmt::Debug>::fmt", "core"),
            ("<&mut ui::json::Reader as serde_core::Deserializer>::deserialize_map", "ui"),
            ("__wbindgen_malloc", "(unnamed)"),
            ("main", "(unnamed)"),
        ] {
            assert_eq!(crate_of(mangled), expected, "{mangled}");
        }
    }
}
