use std::collections::BTreeSet;

use super::*;

#[test]
fn every_operation_has_a_name_of_its_own_and_says_what_it_is_for() {
    let operations = operations();
    let names: BTreeSet<&str> = operations.iter().map(|operation| operation.id).collect();
    assert_eq!(names.len(), operations.len());
    for operation in &operations {
        assert!(!operation.id.is_empty() && !operation.summary.is_empty(), "{}", operation.route);
        let parameters = operation.route.matches('{').count();
        let described = document(&operations)["paths"][operation.route]
            [operation.method.as_str().to_lowercase()]["parameters"]
            .as_array()
            .map(|all| all.iter().filter(|one| one["in"] == "path").count());
        assert_eq!(described, Some(parameters), "{}", operation.route);
    }
}

/// What is answered where there is no operation is not part of any.
#[test]
fn every_refusal_belongs_to_an_operation() {
    let documented: BTreeSet<Code> = operations().iter().flat_map(Operation::codes).collect();
    let never: Vec<Code> =
        Code::ALL.into_iter().filter(|code| !documented.contains(code)).collect();
    assert_eq!(never, [Code::MethodNotAllowed]);
}

#[test]
fn requests_say_what_they_take_and_nothing_else() {
    let document = document(&operations());
    let body = |path: &str| {
        let post = &document["paths"][path]["post"]["requestBody"];
        post["content"]["application/json"]["schema"].clone()
    };
    for path in [route::BAR_COMMANDS, route::ORDER_COMMANDS, route::ORDERS] {
        for alternative in body(path)["oneOf"].as_array().expect("alternatives") {
            assert_eq!(alternative["additionalProperties"], false, "{path}: {alternative}");
            assert_eq!(alternative["properties"]["command_id"]["pattern"], CommandId::PATTERN);
            let required = alternative["required"].as_array().expect("a list");
            assert!(required.contains(&json!("command_id")), "{alternative}");
        }
    }
    let new_bar = body(route::BARS);
    assert_eq!(new_bar["additionalProperties"], false);
    assert_eq!(new_bar["properties"]["bar"]["pattern"], BarId::PATTERN);
    let limits = new_bar["properties"]["limits"].to_string();
    assert!(limits.contains("86400") && limits.contains("10000"), "{limits}");
}
