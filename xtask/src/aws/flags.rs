//! What a command of `cargo xtask aws` is given.

use anyhow::{Context, Result, bail, ensure};

/// What Lambda runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Architecture {
    /// A fifth cheaper.
    #[default]
    Arm64,
    X86_64,
}

impl Architecture {
    /// The one of this machine, for what stands in for Lambda on it.
    pub(super) fn of_this_machine() -> Self {
        if cfg!(target_arch = "aarch64") { Self::Arm64 } else { Self::X86_64 }
    }

    /// As AWS spells it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::X86_64 => "x86_64",
        }
    }

    /// As Rust spells it.
    pub(super) fn target(self) -> &'static str {
        match self {
            Self::Arm64 => "aarch64-unknown-linux-gnu",
            Self::X86_64 => "x86_64-unknown-linux-gnu",
        }
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    pub(super) architecture: Architecture,
    /// `Name=Value` for parameters of the template.
    pub(super) settings: Vec<String>,
    pub(super) data: bool,
}

impl Flags {
    /// What `command` takes; anything else is an error that says so.
    pub(super) fn read(command: &str, given: &[String]) -> Result<Self> {
        let mut flags = Self::default();
        let mut given = given.iter().map(String::as_str);
        while let Some(flag) = given.next() {
            let mut value = || given.next().with_context(|| format!("{flag} wants a value"));
            match (command, flag) {
                ("build" | "deploy", "--architecture") => {
                    flags.architecture = match value()? {
                        "arm64" => Architecture::Arm64,
                        "x86_64" => Architecture::X86_64,
                        other => bail!("there is no architecture {other}: arm64 or x86_64"),
                    }
                }
                ("deploy", "--set") => {
                    let setting = value()?;
                    ensure!(setting.contains('='), "--set {setting}: it is Name=Value");
                    flags.settings.push(setting.to_owned());
                }
                ("destroy", "--data") => flags.data = true,
                _ => bail!("`cargo xtask aws {command}` does not take {flag}"),
            }
        }
        Ok(flags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_takes_its_own_flags() -> Result<()> {
        let read = |command, line: &str| {
            let given: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
            Flags::read(command, &given)
        };
        assert_eq!(read("build", "")?.architecture, Architecture::Arm64);
        let flags = read("deploy", "--architecture x86_64 --set A=1 --set B=x=y")?;
        assert_eq!(flags.architecture.target(), "x86_64-unknown-linux-gnu");
        assert_eq!(flags.settings, ["A=1", "B=x=y"]);
        assert!(read("destroy", "--data")?.data);
        for (command, line) in [
            ("build", "--data"),
            ("build", "--architecture"),
            ("deploy", "--architecture m68k"),
            ("deploy", "--set A"),
            ("url", "--set A=1"),
        ] {
            assert!(read(command, line).is_err(), "{command} {line}");
        }
        Ok(())
    }
}
