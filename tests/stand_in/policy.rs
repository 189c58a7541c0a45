//! Policies of IoT Core, evaluated as AWS does: what a statement denies is denied, what none
//! allows is, too.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::aws::{ACCOUNT, REGION};

/// How many documents an authorizer may answer with, and how long each may be.
const DOCUMENTS: usize = 10;
const LONGEST: usize = 2048;

/// What an authorizer answered with.
#[derive(Debug, PartialEq)]
pub(crate) struct Policies(Vec<Statement>);

#[derive(Debug, PartialEq)]
struct Statement {
    allows: bool,
    actions: Vec<String>,
    resources: Vec<String>,
}

impl Policies {
    /// Reads `policyDocuments`; what AWS would not take is an error.
    pub(crate) fn read(documents: &Value) -> Result<Self> {
        let documents = documents.as_array().context("no list of policy documents")?;
        ensure!(documents.len() <= DOCUMENTS, "{} policy documents", documents.len());
        let mut statements = Vec::new();
        for document in documents {
            let text = match document.as_str() {
                Some(text) => text.to_owned(),
                None => document.to_string(),
            };
            ensure!(text.len() <= LONGEST, "a policy document of {} bytes", text.len());
            let document: Value = serde_json::from_str(&text)?;
            ensure!(document["Version"] == "2012-10-17", "the version of {text}");
            for statement in several(&document["Statement"]) {
                statements.push(Statement::read(statement).with_context(|| text.clone())?);
            }
        }
        Ok(Self(statements))
    }

    /// Whether `action`, as in `iot:Subscribe`, is allowed on `resource`, as in `topicfilter/a/b`.
    pub(crate) fn allow(&self, action: &str, resource: &str) -> bool {
        let resource = format!("arn:aws:iot:{REGION}:{ACCOUNT}:{resource}");
        let mut concerned = self.0.iter().filter(|it| it.is_about(action, &resource)).peekable();
        concerned.peek().is_some() && concerned.all(|statement| statement.allows)
    }
}

impl Statement {
    fn read(statement: &Value) -> Result<Self> {
        let texts = |name: &str| -> Result<Vec<String>> {
            let texts = several(&statement[name]).iter().map(|text| text.as_str());
            let texts: Option<Vec<_>> = texts.map(|text| Some(text?.to_owned())).collect();
            texts.filter(|texts| !texts.is_empty()).with_context(|| format!("no {name}"))
        };
        let effect = statement["Effect"].as_str();
        ensure!(matches!(effect, Some("Allow" | "Deny")), "an effect {effect:?}");
        // Nobody here plays the rest, so it must not be there.
        for name in ["Condition", "NotAction", "NotResource"] {
            ensure!(statement.get(name).is_none(), "{name} is not understood here");
        }
        let (actions, resources) = (texts("Action")?, texts("Resource")?);
        Ok(Self { allows: effect == Some("Allow"), actions, resources })
    }

    fn is_about(&self, action: &str, resource: &str) -> bool {
        self.actions.iter().any(|pattern| fits(pattern.as_bytes(), action.as_bytes()))
            && self.resources.iter().any(|pattern| fits(pattern.as_bytes(), resource.as_bytes()))
    }
}

/// One value, or the values of a list.
fn several(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// Whether a pattern, in which `*` is any text and `?` any letter, is about a text.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => (0..=text.len()).any(|skipped| fits(rest, &text[skipped..])),
        (Some((letter, pattern)), Some((is, text))) => {
            (letter == is || *letter == b'?') && fits(pattern, text)
        }
        (Some(_), None) | (None, Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_denied_is_denied_and_what_nobody_allows_is_too() {
        let arn = |what: &str| format!("arn:aws:iot:{REGION}:{ACCOUNT}:{what}");
        let policies = Policies::read(&json!([
            {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": ["iot:Subscribe"], "Resource": [arn("topicfilter/a/*/status")]},
                {"Effect": "Deny", "Action": "iot:Subscribe", "Resource": arn("topicfilter/*+*")},
            ]},
            r#"{"Version": "2012-10-17", "Statement":
                {"Effect": "Allow", "Action": "iot:Connect", "Resource": "*"}}"#,
        ]));
        let policies = policies.expect("policies as AWS takes them");
        for (action, resource, allowed) in [
            ("iot:Subscribe", "topicfilter/a/b/status", true),
            ("iot:Subscribe", "topicfilter/a/+/status", false),
            ("iot:Subscribe", "topicfilter/a/b/queue", false),
            ("iot:Receive", "topic/a/b/status", false),
            ("iot:Connect", "client/anybody", true),
        ] {
            assert_eq!(policies.allow(action, resource), allowed, "{action} on {resource}");
        }
    }

    #[test]
    fn what_aws_does_not_take_is_refused() {
        let long = json!([{"Version": "2012-10-17", "Statement": [], "Id": "x".repeat(LONGEST)}]);
        let many = json!(vec![json!({"Version": "2012-10-17", "Statement": []}); DOCUMENTS + 1]);
        for refused in [long, many, json!({}), json!([{"Version": "2012-10-17", "Statement": {}}])]
        {
            assert!(Policies::read(&refused).is_err(), "{refused}");
        }
    }
}
