//! The names by which an app's WebAssembly asks for functions of its JavaScript, cut short.
//!
//! wasm-bindgen ends each in sixteen digits that no compression makes fewer, and there are some
//! hundred and fifty of them, in either file: three parts in a hundred of a first load.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::workspace::files_below;

/// Cuts them short in every program below `folder` and in the script of the same name.
pub(crate) fn shorten(folder: &Path) -> Result<()> {
    for program in files_below(folder)? {
        let Some(script) = script_of(&program) else { continue };
        let (wasm, names) = renamed(&fs::read(&program)?)
            .with_context(|| format!("the imports of {}", program.display()))?;
        let mut said =
            fs::read_to_string(&script).with_context(|| format!("reading {}", script.display()))?;
        for (long, short) in &names {
            ensure!(said.contains(long), "{} has no {long}", script.display());
            said = said.replace(long, short);
        }
        fs::write(&program, wasm).with_context(|| format!("writing {}", program.display()))?;
        fs::write(&script, said).with_context(|| format!("writing {}", script.display()))?;
    }
    Ok(())
}

fn script_of(program: &Path) -> Option<PathBuf> {
    let name = program.file_name()?.to_str()?.strip_suffix("_bg.wasm")?;
    Some(program.with_file_name([name, ".js"].concat()))
}

/// Every long name and its short one.
type Names = Vec<(String, String)>;

/// The section of a module that says what it imports (WebAssembly 1.0, 5.5.5).
const IMPORTS: u8 = 2;
/// An import that is a function; wasm-bindgen's are.
const FUNCTION: u8 = 0;

/// A module with short names.
fn renamed(module: &[u8]) -> Result<(Vec<u8>, Names)> {
    let mut rest = module;
    let mut made = taken(&mut rest, 8)?.to_vec();
    let mut names = Names::new();
    while let Some((&id, behind)) = rest.split_first() {
        rest = behind;
        let length = number(&mut rest)?;
        let section = taken(&mut rest, length)?;
        made.push(id);
        if id == IMPORTS {
            let section = imports(section, &mut names)?;
            text(&mut made, &section);
        } else {
            text(&mut made, section);
        }
    }
    Ok((made, names))
}

fn imports(mut section: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let count = number(&mut section)?;
    let mut made = Vec::new();
    write_number(&mut made, count);
    for _ in 0..count {
        let length = number(&mut section)?;
        text(&mut made, taken(&mut section, length)?);
        let length = number(&mut section)?;
        let name = std::str::from_utf8(taken(&mut section, length)?)?;
        if ends_in_digits(name) {
            let short = format!("w{}", names.len());
            text(&mut made, short.as_bytes());
            names.push((name.to_owned(), short));
        } else {
            text(&mut made, name.as_bytes());
        }
        ensure!(taken(&mut section, 1)? == [FUNCTION], "{name} is no function");
        made.push(FUNCTION);
        write_number(&mut made, number(&mut section)?);
    }
    ensure!(section.is_empty(), "{} bytes too many", section.len());
    Ok(made)
}

/// Whether a name is one of wasm-bindgen's, such as `__wbg_log_0123456789abcdef`.
fn ends_in_digits(name: &str) -> bool {
    let digits = name.strip_prefix("__wb").and_then(|name| name.rsplit_once('_'));
    digits.is_some_and(|(_, digits)| {
        digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn taken<'a>(from: &mut &'a [u8], length: usize) -> Result<&'a [u8]> {
    let (taken, rest) = from.split_at_checked(length).context("it ends too early")?;
    *from = rest;
    Ok(taken)
}

/// An unsigned number in LEB128 (5.2.2).
fn number(from: &mut &[u8]) -> Result<usize> {
    let mut number = 0;
    for place in 0..5 {
        let byte = taken(from, 1)?[0];
        number |= usize::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return Ok(number);
        }
    }
    anyhow::bail!("a number of more than five bytes")
}

fn write_number(to: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        to.push(low(number) | 0x80);
        number >>= 7;
    }
    to.push(low(number));
}

fn low(number: usize) -> u8 {
    u8::try_from(number & 0x7f).expect("seven bits fit")
}

fn text(to: &mut Vec<u8>, bytes: &[u8]) {
    write_number(to, bytes.len());
    to.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "__wbg_log_0123456789abcdef";

    fn module(names: &[&str]) -> Vec<u8> {
        let mut section = vec![u8::try_from(names.len()).expect("few")];
        for name in names {
            text(&mut section, b"./app_bg.js");
            text(&mut section, name.as_bytes());
            section.push(FUNCTION);
            write_number(&mut section, 300);
        }
        let mut module = b"\0asm\x01\0\0\0\x01\x01\0\x02".to_vec();
        text(&mut module, &section);
        module.extend(b"\x03\x01\0");
        module
    }

    #[test]
    fn only_names_with_digits_are_cut_short() -> Result<()> {
        let (made, names) = renamed(&module(&["__wbindgen_object_drop_ref", LONG]))?;
        assert_eq!(names, [(LONG.to_owned(), "w0".to_owned())]);
        assert_eq!(made, module(&["__wbindgen_object_drop_ref", "w0"]));
        assert_eq!(renamed(&made)?, (made.clone(), Names::new()));
        Ok(())
    }

    #[test]
    fn what_is_no_module_of_functions_is_left_alone() {
        let whole = module(&[LONG]);
        for end in [4, 10, 14, whole.len() - 4] {
            assert!(renamed(&whole[..end]).is_err(), "{end}");
        }
        let memory = whole.len() - 6;
        let mut other = whole;
        assert_eq!(other[memory], FUNCTION);
        other[memory] = 2;
        assert!(renamed(&other).is_err());
    }
}
