//! What a person may do at IoT Core: connect, and hear the live topics that are open to them.

use domain::topic::Topic;
use domain::{Actor, BarId};
use serde_json::{Value, json};

/// IoT Core takes policies of this many bytes, and so many of them.
const LONGEST: usize = 2048;
const MOST: usize = 10;

/// A person works at too many bars to name them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many bars for policies of IoT Core")]
pub struct TooManyBars;

/// The policies of a person who connects under this client id. `account` is the beginning of every
/// name there, `arn:aws:iot:eu-west-1:123456789012`.
pub fn policies(account: &str, actor: &Actor, client_id: &str) -> Result<Vec<String>, TooManyBars> {
    let wildcards = ["+", "#"].map(|letter| format!("{account}:topicfilter/*{letter}*"));
    let mut policies = vec![json!([
        {
            "Effect": "Allow",
            "Action": "iot:Connect",
            "Resource": format!("{account}:client/{client_id}"),
        },
        // To a policy a wildcard of MQTT is a letter like any other; here nobody may use one.
        {
            "Effect": "Deny",
            "Action": "iot:Subscribe",
            "Resource": wildcards,
        },
        hears(account, &[Topic::Orders(actor.person.clone()).to_string()]),
    ])];
    match &actor.bars {
        None => {
            let any: BarId = ANY.parse().expect("it is a slug");
            let topics = topics(actor, &any).map(|topic| topic.replace(ANY, "*"));
            policies.push(json!([hears(account, &topics.collect::<Vec<_>>())]));
        }
        Some(bars) => policies.extend(bars.chunks(2).map(|bars| {
            let topics: Vec<_> = bars.iter().flat_map(|bar| topics(actor, bar)).collect();
            json!([hears(account, &topics)])
        })),
    }
    let policies: Vec<_> = policies
        .into_iter()
        .map(|statements| json!({"Version": "2012-10-17", "Statement": statements}).to_string())
        .collect();
    let fits = policies.len() <= MOST && policies.iter().all(|policy| policy.len() <= LONGEST);
    if fits { Ok(policies) } else { Err(TooManyBars) }
}

/// Stands for any bar; nothing else in a topic looks like it.
const ANY: &str = "any-bar-there-is";

/// The topics of a bar that are open to somebody.
fn topics(actor: &Actor, bar: &BarId) -> impl Iterator<Item = String> {
    let topics = [Topic::Status, Topic::Board, Topic::Queue, Topic::Code];
    let topics = topics.map(|topic| topic(bar.clone()));
    topics.into_iter().filter(|topic| topic.is_open_to(actor)).map(|topic| topic.to_string())
}

fn hears(account: &str, topics: &[String]) -> Value {
    let names = topics.iter().flat_map(|topic| {
        [format!("{account}:topicfilter/{topic}"), format!("{account}:topic/{topic}")]
    });
    json!({
        "Effect": "Allow",
        "Action": ["iot:Subscribe", "iot:Receive"],
        "Resource": names.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use domain::Role;

    use super::*;

    const ACCOUNT: &str = "arn:aws:iot:ap-southeast-2:123456789012";

    /// As IoT Core matches: `*` is anything.
    fn matches(pattern: &str, name: &str) -> bool {
        match pattern.split_once('*') {
            None => pattern == name,
            Some((before, rest)) => name.strip_prefix(before).is_some_and(|name| {
                (0..=name.len()).any(|skipped| matches(rest, &name[skipped..]))
            }),
        }
    }

    fn texts(value: &Value) -> Vec<&str> {
        match value.as_array() {
            Some(values) => values.iter().filter_map(Value::as_str).collect(),
            None => value.as_str().into_iter().collect(),
        }
    }

    /// As IoT Core decides: nothing that is denied, and nothing that is not allowed.
    fn may(policies: &[String], action: &str, what: &str) -> bool {
        let name = format!("{ACCOUNT}:{what}");
        let policies: Vec<Value> =
            policies.iter().map(|policy| serde_json::from_str(policy).expect("JSON")).collect();
        let statements = policies.iter().flat_map(|it| it["Statement"].as_array().expect("some"));
        let says = |effect: &str| {
            statements.clone().any(|it| {
                it["Effect"] == effect
                    && texts(&it["Action"]).contains(&action)
                    && texts(&it["Resource"]).iter().any(|pattern| matches(pattern, &name))
            })
        };
        says("Allow") && !says("Deny")
    }

    fn bar(name: &str) -> BarId {
        name.parse().expect("a slug")
    }

    #[test]
    fn each_role_may_hear_exactly_what_is_open_to_it() {
        let everybody = [Role::Customer, Role::Display, Role::Barista, Role::Organiser];
        let everywhere = [None, Some(vec![]), Some(vec![bar("hall-2")])];
        for (role, bars) in
            everybody.iter().flat_map(|role| everywhere.iter().map(move |it| (role, it)))
        {
            let person = "ada".parse().expect("an id");
            let actor = Actor { person, role: *role, name: None, bars: bars.clone() };
            let policies = policies(ACCOUNT, &actor, "screen-1").expect("they fit");
            for place in ["espresso", "hall-2"] {
                for topic in [Topic::Status, Topic::Board, Topic::Queue, Topic::Code] {
                    let topic = topic(bar(place));
                    let open = topic.is_open_to(&actor);
                    let (filter, name) = (format!("topicfilter/{topic}"), format!("topic/{topic}"));
                    assert_eq!(may(&policies, "iot:Subscribe", &filter), open, "{topic} {actor:?}");
                    assert_eq!(may(&policies, "iot:Receive", &name), open, "{topic} {actor:?}");
                    assert!(!may(&policies, "iot:Publish", &name));
                }
            }
            for (whose, open) in [("ada", true), ("bob", false), ("ad", false), ("adam", false)] {
                let filter = format!("topicfilter/serverlesspresso/people/{whose}/orders");
                assert_eq!(may(&policies, "iot:Subscribe", &filter), open, "{whose}");
            }
            for filter in
                ["#", "serverlesspresso/#", "serverlesspresso/bars/+/status", "+/+/+/status"]
            {
                assert!(
                    !may(&policies, "iot:Subscribe", &format!("topicfilter/{filter}")),
                    "{filter}"
                );
            }
            assert!(may(&policies, "iot:Connect", "client/screen-1"));
            assert!(!may(&policies, "iot:Connect", "client/screen-2"));
        }
    }

    #[test]
    fn eighteen_bars_with_the_longest_names_fit_and_no_more() {
        let bars = |count: usize| (0..count).map(|at| bar(&format!("{at:032}"))).collect();
        let of = |count| {
            let person = "p".repeat(64).parse().expect("an id");
            let actor = Actor { person, role: Role::Barista, name: None, bars: Some(bars(count)) };
            policies(ACCOUNT, &actor, &"c".repeat(128)).map(|policies| policies.len())
        };
        assert_eq!((of(18), of(19)), (Ok(10), Err(TooManyBars)));
    }
}
