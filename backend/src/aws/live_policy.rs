//! What a person may do at IoT Core: connect, and hear the live topics that are open to them.
//!
//! The table of rights is [`Topic::is_open_to`]; here it is asked and spelled as policies.

use domain::topic::Topic;
use domain::{Actor, BarId};
use serde_json::{Value, json};

/// A bar that is named topic by topic fills a policy: IoT Core takes ten of 2,048 characters, and
/// one of them is everybody's.
const MOST_NAMED: usize = 9;
/// Whole bars are shorter, so that as many fit as an account may have.
const WHOLE_EACH: usize = domain::staff::MOST_BARS.div_ceil(9);

/// The policies of a person who connects under this client id. `account` is the beginning of every
/// name there, `arn:aws:iot:eu-west-1:123456789012`.
pub(super) fn policies(account: &str, actor: &Actor, client_id: &str) -> Vec<Value> {
    let wildcards = ["+", "#"].map(|letter| format!("{account}:topicfilter/*{letter}*"));
    let mut everybody = vec![
        json!({
            "Effect": "Allow",
            "Action": "iot:Connect",
            "Resource": format!("{account}:client/{client_id}"),
        }),
        // To a policy a wildcard of MQTT is a letter like any other; here nobody may use one.
        json!({
            "Effect": "Deny",
            "Action": "iot:Subscribe",
            "Resource": wildcards,
        }),
        hears("Allow", account, &[Topic::Orders(actor.person.clone()).to_string()]),
    ];
    let any: BarId = ANY.parse().expect("it is a slug");
    let places = match &actor.bars {
        None => vec![spelled(|kind| kind.is_open_to(actor), &any)],
        Some(bars) if bars.len() <= MOST_NAMED => {
            bars.iter().map(|bar| spelled(|kind| kind.is_open_to(actor), bar)).collect()
        }
        Some(bars) => {
            let everywhere = Actor { bars: None, ..actor.clone() };
            let closed = spelled(|kind| !kind.is_open_to(&everywhere), &any);
            everybody.extend((!closed.is_empty()).then(|| hears("Deny", account, &closed)));
            let whole = |bar: &BarId| Topic::Status(bar.clone()).to_string().replace("status", "*");
            bars.chunks(WHOLE_EACH).map(|bars| bars.iter().map(whole).collect()).collect()
        }
    };
    let places = places.into_iter().map(|topics| vec![hears("Allow", account, &topics)]);
    let policies = std::iter::once(everybody).chain(places);
    policies.map(|it| json!({"Version": "2012-10-17", "Statement": it})).collect()
}

/// Stands for any bar; nothing else in a topic looks like it.
const ANY: &str = "any-bar-there-is";

/// The topics of a bar of which this is so, as policies spell them.
fn spelled(is_so: impl Fn(&Topic) -> bool, bar: &BarId) -> Vec<String> {
    let kinds = [Topic::Status, Topic::Sign, Topic::Board, Topic::Queue, Topic::Code];
    let topics = kinds.into_iter().map(|kind| kind(bar.clone())).filter(is_so);
    topics.map(|topic| topic.to_string().replace(ANY, "*")).collect()
}

fn hears(effect: &str, account: &str, topics: &[String]) -> Value {
    let names = topics.iter().flat_map(|topic| {
        [format!("{account}:topicfilter/{topic}"), format!("{account}:topic/{topic}")]
    });
    json!({
        "Effect": effect,
        "Action": ["iot:Subscribe", "iot:Receive"],
        "Resource": names.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use domain::Role;

    use super::*;

    const ACCOUNT: &str = "arn:aws:iot:ap-southeast-2:123456789012";

    /// As IoT Core matches: `*` is anything, `?` any one character.
    fn matches(pattern: &str, name: &str) -> bool {
        let mut letters = pattern.chars();
        match letters.next() {
            None => name.is_empty(),
            Some('*') => {
                let mut rests = name.char_indices().map(|(at, _)| at).chain([name.len()]);
                rests.any(|at| matches(letters.as_str(), &name[at..]))
            }
            Some(letter) => {
                let mut name = name.chars();
                let fits = name.next().is_some_and(|it| letter == '?' || letter == it);
                fits && matches(letters.as_str(), name.as_str())
            }
        }
    }

    fn texts(value: &Value) -> Vec<&str> {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        values.iter().filter_map(Value::as_str).collect()
    }

    /// As IoT Core decides: nothing that is denied, and nothing that is not allowed.
    fn may(policies: &[Value], action: &str, what: &str) -> bool {
        let name = format!("{ACCOUNT}:{what}");
        let statements = policies.iter().flat_map(|it| it["Statement"].as_array().expect("some"));
        let says = |effect: &str| {
            statements.clone().any(|it| {
                it["Effect"] == effect
                    && texts(&it["Action"]).iter().any(|pattern| matches(pattern, action))
                    && texts(&it["Resource"]).iter().any(|pattern| matches(pattern, &name))
            })
        };
        says("Allow") && !says("Deny")
    }

    fn bar(name: &str) -> BarId {
        name.parse().expect("a slug")
    }

    fn actor(role: Role, bars: Option<Vec<BarId>>) -> Actor {
        Actor { person: "ada".parse().expect("an id"), role, name: None, bars }
    }

    const ROLES: [Role; 4] = [Role::Customer, Role::Display, Role::Barista, Role::Organiser];

    /// No bars, all, one, and more than can be named topic by topic.
    fn everybody() -> impl Iterator<Item = Actor> {
        let many = (0..31).map(|at| bar(&format!("hall-{at}"))).collect();
        let everywhere = [None, Some(vec![]), Some(vec![bar("hall-2")]), Some(many)];
        let with = move |role| everywhere.clone().into_iter().map(move |bars| actor(role, bars));
        ROLES.into_iter().flat_map(with)
    }

    #[test]
    fn each_role_may_hear_exactly_what_is_open_to_it() {
        for actor in everybody() {
            let policies = policies(ACCOUNT, &actor, "screen-1");
            for place in ["espresso", "hall-2", "hall", "hall-22"] {
                let kinds = [Topic::Status, Topic::Sign, Topic::Board, Topic::Queue, Topic::Code];
                for topic in kinds.map(|kind| kind(bar(place))) {
                    let open = topic.is_open_to(&actor);
                    let (filter, name) = (format!("topicfilter/{topic}"), format!("topic/{topic}"));
                    assert_eq!(may(&policies, "iot:Subscribe", &filter), open, "{topic} {actor:?}");
                    assert_eq!(may(&policies, "iot:Receive", &name), open, "{topic} {actor:?}");
                    for publish in ["iot:Publish", "iot:RetainPublish"] {
                        assert!(!may(&policies, publish, &name), "{topic} {actor:?}");
                    }
                }
            }
            for (whose, open) in [("ada", true), ("bob", false), ("ad", false), ("adam", false)] {
                let topic = Topic::Orders(whose.parse().expect("an id"));
                assert_eq!(may(&policies, "iot:Subscribe", &format!("topicfilter/{topic}")), open);
                assert_eq!(may(&policies, "iot:Receive", &format!("topic/{topic}")), open);
                assert!(!may(&policies, "iot:Publish", &format!("topic/{topic}")));
            }
        }
    }

    #[test]
    fn nobody_may_use_wildcards_or_another_client_id() {
        for actor in everybody() {
            let policies = policies(ACCOUNT, &actor, "screen-1");
            for filter in [
                "#",
                "+/+/+/status",
                "serverlesspresso/#",
                "serverlesspresso/bars/+/status",
                "serverlesspresso/bars/hall-2/+",
                "serverlesspresso/bars/hall-2/#",
                "serverlesspresso/people/+/orders",
                "$SYS/#",
            ] {
                let filter = format!("topicfilter/{filter}");
                assert!(!may(&policies, "iot:Subscribe", &filter), "{filter} {actor:?}");
            }
            assert!(may(&policies, "iot:Connect", "client/screen-1"));
            assert!(!may(&policies, "iot:Connect", "client/screen-2"));
        }
    }

    #[test]
    fn as_many_bars_as_an_account_may_have_fit() {
        for (role, count) in ROLES.into_iter().flat_map(|role| (0..=32).map(move |it| (role, it))) {
            let bars = (0..count).map(|at| bar(&format!("{at:032}"))).collect();
            let person = "p".repeat(64).parse().expect("an id");
            let actor = Actor { person, ..actor(role, Some(bars)) };
            let policies = policies(ACCOUNT, &actor, &"c".repeat(128));
            assert!(policies.len() <= 10, "{count} bars");
            assert!(policies.iter().all(|it| it.to_string().len() <= 2048), "{count} bars");
        }
        assert_eq!(domain::staff::MOST_BARS, 32);
    }
}
