//! The template makes what the adapters read and write, by the same names.

const TEMPLATE: &str = include_str!("../../../infra/template.yaml");

/// A resource of the template, as it is written there.
fn resource(name: &str) -> &'static str {
    let (_, rest) = TEMPLATE.split_once(&format!("\n  {name}:\n")).expect(name);
    rest.split("\n\n").next().unwrap_or(rest)
}

/// What follows each of these words, up to where a name ends.
fn after<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let ends = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '-');
    text.split(word).skip(1).filter_map(|rest| rest.split(ends).next()).collect()
}

#[test]
fn tables_have_the_keys_and_indexes_that_adapters_name() {
    // Both by the key of `item.rs`.
    let staff = concat!(include_str!("../staff_table/item.rs"), include_str!("../item.rs"));
    let webhooks = concat!(include_str!("../dynamo_webhooks.rs"), include_str!("../item.rs"));
    let log = concat!(include_str!("../dynamo_log.rs"), include_str!("../dynamo_log/item.rs"));
    let history = concat!(include_str!("../dynamo_history.rs"), include_str!("../hop_times.rs"));
    for (table, adapter) in [
        ("LogTable", log),
        ("BarTable", log),
        ("BarTable", include_str!("../cursors.rs")),
        ("NameTable", log),
        ("HistoryTable", history),
        ("StaffTable", staff),
        ("WaitTable", include_str!("../timers/waits.rs")),
        ("WebhookTable", webhooks),
    ] {
        let table_of = resource(table);
        let names = ["AttributeName: ", "IndexName: "].map(|word| after(table_of, word)).concat();
        assert!(!names.is_empty(), "{table}");
        for name in names {
            assert!(adapter.contains(&format!("\"{name}\"")), "{table} {name}");
        }
    }
}
