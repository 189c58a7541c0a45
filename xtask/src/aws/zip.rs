//! A zip of one program. The same program makes the same zip, so that nothing is deployed that has
//! not changed.

use std::io::Write;

use anyhow::Result;
use flate2::{Compression, Crc, write::DeflateEncoder};

/// A regular file that everybody may read and start, in the upper half of the attributes.
const EXECUTABLE: u32 = 0o100_755 << 16;
/// 1 January 1980: zips know no day before.
const EPOCH: u32 = 0x0021_0000;
const DEFLATED: u16 = 8;

/// The zip that holds `content` under `name`.
pub(super) fn zip(name: &str, content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    let small = encoder.finish()?;
    let mut crc = Crc::new();
    crc.update(content);

    // What both headers say: version 2.0, no flags, method, time, digest and sizes, the name.
    let mut common = Vec::new();
    for half in [20, 0, DEFLATED] {
        common.extend(half.to_le_bytes());
    }
    let sizes = [u32::try_from(small.len())?, u32::try_from(content.len())?];
    for word in [EPOCH, crc.sum(), sizes[0], sizes[1]] {
        common.extend(word.to_le_bytes());
    }
    common.extend(u16::try_from(name.len())?.to_le_bytes());
    common.extend(0_u16.to_le_bytes());

    let mut zip = b"PK\x03\x04".to_vec();
    zip.extend(&common);
    zip.extend(name.as_bytes());
    zip.extend(&small);

    let directory = u32::try_from(zip.len())?;
    zip.extend(b"PK\x01\x02");
    // Made on Unix, or the attributes would be read as those of DOS.
    zip.extend([20, 3]);
    zip.extend(&common);
    // No comment, first disk, no internal attributes; then the file's own, and where it begins.
    zip.extend([0; 6]);
    zip.extend(EXECUTABLE.to_le_bytes());
    zip.extend(0_u32.to_le_bytes());
    zip.extend(name.as_bytes());

    let length = u32::try_from(zip.len())? - directory;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend(length.to_le_bytes());
    zip.extend(directory.to_le_bytes());
    zip.extend([0; 2]);
    Ok(zip)
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;
    use crate::command::{output, program};

    #[test]
    fn others_read_it_and_it_can_be_started() -> Result<()> {
        let file = std::env::temp_dir().join(format!("xtask-zip-{}.zip", std::process::id()));
        let content = b"#!/bin/sh\n".repeat(1000);
        std::fs::write(&file, zip("bootstrap", &content)?)?;
        let script = "import sys, zipfile\n\
                      zip = zipfile.ZipFile(sys.argv[1])\n\
                      assert zip.testzip() is None\n\
                      entry, = zip.infolist()\n\
                      print(entry.filename, oct(entry.external_attr >> 16), entry.file_size, \
                      zip.read(entry)[:9].decode())";
        let told = output(program("python3").args(["-c", script]).arg(&file));
        std::fs::remove_file(&file)?;
        let told = told.context("Python cannot read it")?;
        assert_eq!(told, "bootstrap 0o100755 10000 #!/bin/sh");
        assert_eq!(zip("bootstrap", &content)?, zip("bootstrap", &content)?);
        Ok(())
    }
}
