//! The reader against `serde_json`, which wrote what it reads.

use std::collections::BTreeMap;

use domain::Menu;
use domain::Status;
use domain::view::QueueView;
use serde::Deserialize;

use super::{read, written};

#[derive(Debug, PartialEq, Deserialize)]
struct Sample {
    text: String,
    count: u32,
    offset: i64,
    #[serde(default)]
    maybe: Option<Vec<bool>>,
    status: Status,
    map: BTreeMap<String, Vec<String>>,
}

const SAMPLE: &str = r#" { "text" : "a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀", "count":4294967295,
    "offset": -9007199254740993, "unknown":[{"a":[1.5e-3,null,"]}\""]},true], "maybe":null ,
    "status":"placed","map":{ "milk":["oat"],"extras":[ ] , "\u0061":["b","c"]} } "#;

#[test]
fn it_reads_what_serde_json_reads() {
    let expected: Sample = serde_json::from_str(SAMPLE).expect("valid");
    assert_eq!(read::<Sample>(SAMPLE), Ok(expected));
    let menu = Menu::standard();
    assert_eq!(read::<Menu>(&written(&menu)), Ok(menu));
    let queue = r#"{"bar":"espresso","seq":7,"orders":[{"order":"espresso.AAAAAAAA","bar":"espresso",
        "number":1,"status":"making","created_at":"2026-11-21T09:31:10.123Z","version":7,
        "now":"2026-11-21T09:31:10.123Z"}],"recent":[],"now":"2026-11-21T09:31:10.123Z"}"#;
    let expected: QueueView = serde_json::from_str(queue).expect("valid");
    assert_eq!(read::<QueueView>(queue), Ok(expected));
}

#[test]
fn what_is_cut_off_or_followed_by_more_is_refused() {
    let sample = SAMPLE.trim_end();
    for end in 0..sample.len() {
        if let Some(part) = sample.get(..end) {
            assert!(read::<Sample>(part).is_err(), "{part}");
        }
    }
    assert!(read::<Sample>(&[sample, "}"].concat()).is_err());
}

#[test]
fn what_is_not_json_is_refused() {
    for text in [
        "",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "1]",
        "[]\0",
        "[1.0]",
        "[1e3]",
        "[-]",
        "[+1]",
        "[4294967296]",
        "[-1]",
        "[\"1\"]",
        "[tru]",
        "{}",
        "[18446744073709551616]",
    ] {
        assert!(read::<Vec<u32>>(text).is_err(), "{text}");
    }
    for text in [
        "\"",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud83d\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ud83d \\ude00\"",
        "\"\\ude00\"",
        "\"\n\"",
        "a",
        "1",
        "null",
    ] {
        assert!(read::<String>(text).is_err(), "{text}");
    }
    for text in ["{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":1 \"b\":2}", "[]"] {
        assert!(read::<BTreeMap<String, u32>>(text).is_err(), "{text}");
    }
    assert!(read::<Status>("\"nowhere\"").is_err());
    assert!(read::<Sample>("[]").is_err());
}

#[test]
fn any_end_of_a_number_is_read() {
    assert_eq!(read::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read::<i64>("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(read::<Option<u32>>("null"), Ok(None));
    assert_eq!(read::<Option<u32>>(" 0 "), Ok(Some(0)));
}
