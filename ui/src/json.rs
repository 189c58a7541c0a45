//! JSON. Written by `serde_json`, read by a reader of our own: the types are serde's, but the
//! general reader with its floats, positions and sentences about errors would be a tenth of a
//! phone's download, and an app can do no more about an answer it cannot read than say so.

mod reader;
mod token;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fault::Fault;
use reader::Reader;

/// What a text of JSON says. A fault when this app cannot read it: then app and server are of
/// different versions. Fractions are read where nobody looks at them, and refused elsewhere:
/// nothing of ours has any.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    let mut reader = Reader::new(text);
    let value = T::deserialize(&mut reader);
    value.and_then(|value| reader.end().map(|()| value)).map_err(|_| Fault::not_understood())
}

/// The same for bytes.
pub fn read_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    std::str::from_utf8(bytes).map_err(|_| Fault::not_understood()).and_then(read)
}

/// A value as JSON. Ours are plain data with text keys, which can always be written.
pub fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests;
