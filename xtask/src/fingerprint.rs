//! What an app was built from, as one short text: the same text, the same app.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::workspace::files_below;

/// Paths and contents of everything in `sources` (files, or folders with all that is in them)
/// below `root`, together with `tools`, the versions it was built with.
pub(crate) fn fingerprint(root: &Path, sources: &[&str], tools: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    tools.hash(&mut hasher);
    for source in sources {
        for file in files_of(&root.join(source))? {
            let content =
                std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
            file.strip_prefix(root).unwrap_or(&file).hash(&mut hasher);
            content.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}

fn files_of(source: &Path) -> Result<Vec<PathBuf>> {
    if source.is_file() {
        return Ok(vec![source.to_owned()]);
    }
    files_below(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_content_and_names_and_nothing_else() -> Result<()> {
        let root = std::env::temp_dir().join(format!("xtask-fingerprint-{}", std::process::id()));
        let write = |name: &str, text: &str| std::fs::write(root.join(name), text);
        std::fs::create_dir_all(root.join("app/src"))?;
        write("app/src/main.rs", "fn main() {}")?;
        write("lock", "1")?;
        let now = || fingerprint(&root, &["app", "lock"], "trunk 1");

        let first = now()?;
        write("app/src/main.rs", "fn main() {}")?;
        write("elsewhere", "2")?;
        assert_eq!(now()?, first, "written again, and a file that is no source");
        assert_ne!(fingerprint(&root, &["app", "lock"], "trunk 2")?, first);
        write("lock", "2")?;
        assert_ne!(now()?, first, "another lock");
        write("lock", "1")?;
        write("app/src/new.rs", "")?;
        assert_ne!(now()?, first, "a new file");
        std::fs::remove_dir_all(&root)?;
        Ok(())
    }
}
