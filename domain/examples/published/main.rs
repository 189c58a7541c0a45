//! What is published of the events, for whoever builds on them: their schemas, and a recording to
//! try an extension with. `cargo xtask catalogue` runs it in the root.

mod recording;

use std::fs;

fn main() -> std::io::Result<()> {
    let schemas = serde_json::to_string_pretty(&domain::schema::bus_events())?;
    fs::write("docs/events.schema.json", schemas + "\n")?;
    fs::write(recording::FILE, recording::recording())
}
