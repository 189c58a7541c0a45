//! Brotli and gzip copies beside each asset, so that the server never compresses while serving.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::workspace::files_below;

/// Endings of files that get smaller: images, fonts and sounds are compressed already.
pub(crate) const WORTH_IT: [&str; 9] =
    ["css", "html", "js", "json", "svg", "ttf", "txt", "wasm", "webmanifest"];

/// Writes `x.br` and `x.gz` for every asset `x` below `folder` that has none yet or newer content.
/// A copy that would not be smaller is left out.
pub(crate) fn precompress(folder: &Path) -> Result<()> {
    let due: Vec<PathBuf> = files_below(folder)?
        .into_iter()
        .filter(|file| extension_is_one_of(file, &WORTH_IT))
        .collect();
    // A thread each: there are few files, and one of them is most of the work.
    std::thread::scope(|scope| {
        let threads: Vec<_> = due.iter().map(|file| scope.spawn(move || compress(file))).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().expect("compressing does not panic"))
    })
}

/// Bytes of the assets below `folder`: as they are, and as a browser that knows brotli loads them.
pub(crate) fn sizes(folder: &Path) -> Result<(u64, u64)> {
    let mut raw = 0;
    let mut loaded = 0;
    for file in files_below(folder)? {
        if !extension_is_one_of(&file, &["br", "gz"]) {
            let length = fs::metadata(&file)?.len();
            raw += length;
            loaded += fs::metadata(beside(&file, "br")).map_or(length, |copy| copy.len());
        }
    }
    Ok((raw, loaded))
}

fn compress(file: &Path) -> Result<()> {
    let content = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let encodings: [(&str, Encode); 2] = [("br", brotli), ("gz", gzip)];
    for (extension, encode) in encodings {
        let copy = beside(file, extension);
        if is_current(&copy, file)? {
            continue;
        }
        let small = encode(&content).with_context(|| format!("compressing {}", file.display()))?;
        if small.len() < content.len() {
            fs::write(&copy, small).with_context(|| format!("writing {}", copy.display()))?;
        } else if copy.exists() {
            fs::remove_file(&copy).with_context(|| format!("removing {}", copy.display()))?;
        }
    }
    Ok(())
}

type Encode = fn(&[u8]) -> std::io::Result<Vec<u8>>;

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let settings = BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut small, &settings)?;
    Ok(small)
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

fn is_current(copy: &Path, file: &Path) -> Result<bool> {
    match fs::metadata(copy) {
        Ok(copy) => Ok(copy.modified()? >= fs::metadata(file)?.modified()?),
        Err(_) => Ok(false),
    }
}

fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn extension_is_one_of(file: &Path, extensions: &[&str]) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extensions.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_made_once_where_they_help() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-precompress-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("a.wasm"), [7; 5000])?;
        fs::write(folder.join("b.css"), "a{}")?;
        fs::write(folder.join("c.png"), [7; 5000])?;
        precompress(&folder)?;

        let names = || -> Result<Vec<_>> {
            Ok(files_below(&folder)?
                .iter()
                .filter_map(|file| file.file_name())
                .map(|name| name.to_string_lossy().into_owned())
                .collect())
        };
        assert_eq!(names()?, ["a.wasm", "a.wasm.br", "a.wasm.gz", "b.css", "c.png"]);
        let (raw, loaded) = sizes(&folder)?;
        assert_eq!(raw, 10_003);
        assert_eq!(loaded, 5003 + fs::metadata(folder.join("a.wasm.br"))?.len());

        let made = fs::metadata(folder.join("a.wasm.br"))?.modified()?;
        precompress(&folder)?;
        assert_eq!(fs::metadata(folder.join("a.wasm.br"))?.modified()?, made);
        fs::remove_dir_all(&folder)?;
        Ok(())
    }
}
