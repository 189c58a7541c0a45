//! The data directory: the only place the laptop writes to.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::sqlite::{OpenError, SqliteStore};
use crate::key::random;
use crate::secret::Secret;

/// A directory that no other server uses while this one does.
pub(super) struct DataDirectory {
    path: PathBuf,
    /// Locked for as long as it is open.
    _lock: File,
}

impl DataDirectory {
    /// Opens the directory, making it if need be. Others may not look into it.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let name = path.display();
        std::fs::create_dir_all(path).with_context(|| format!("{name} cannot be made"))?;
        owner_only(path, 0o700).with_context(|| format!("{name} cannot be kept private"))?;
        let lock = private()
            .truncate(false)
            .create(true)
            .open(path.join("lock"))
            .with_context(|| format!("{name} cannot be written to"))?;
        if lock.try_lock().is_err() {
            bail!("{name} is in use by another server");
        }
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// The store with logs, names and accounts.
    pub(super) fn store(&self) -> anyhow::Result<SqliteStore> {
        let path = self.file("bar.db");
        SqliteStore::open(&path).map_err(|error| match error {
            newer @ OpenError::Newer => anyhow::Error::new(newer),
            OpenError::Sqlite(cause) => {
                anyhow::Error::new(cause).context(format!("{} cannot be opened", path.display()))
            }
        })
    }

    /// Where the history is kept, which can be folded again from the store.
    pub(super) fn history(&self) -> PathBuf {
        self.file("history.db")
    }

    /// The deployment's secret, made the first time.
    pub(super) fn secret(&self) -> anyhow::Result<Secret> {
        let bytes = self.kept("key", || Ok(random::<32>().to_vec()))?;
        let bytes = <[u8; 32]>::try_from(&bytes[..]);
        let bytes = bytes.with_context(|| format!("{} is damaged", self.file("key").display()))?;
        Ok(Secret::new(bytes))
    }

    /// What a file holds that is made once. Only its owner can read it.
    pub(super) fn kept(
        &self,
        name: &str,
        make: impl FnOnce() -> anyhow::Result<Vec<u8>>,
    ) -> anyhow::Result<Vec<u8>> {
        let path = self.file(name);
        let unusable = || format!("{} cannot be used", path.display());
        match std::fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            read => return read.with_context(unusable),
        }
        let bytes = make()?;
        let keep = || -> std::io::Result<()> {
            let unfinished = self.file(&format!("{name}.new"));
            let mut file = private().create(true).truncate(true).open(&unfinished)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            std::fs::rename(&unfinished, &path)?;
            File::open(&self.path)?.sync_all()
        };
        keep().with_context(unusable)?;
        Ok(bytes)
    }

    /// Where a file of this name is, or would be.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// Options for a file that only its owner may read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

#[cfg(unix)]
fn owner_only(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn owner_only(_path: &Path, _mode: u32) -> std::io::Result<()> {
    Ok(())
}
