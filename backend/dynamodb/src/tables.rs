//! The tables, as the template of the deployment describes them.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType,
};

/// Makes them all.
pub async fn make(client: &Client) {
    let (text, whole_number) = (ScalarAttributeType::S, ScalarAttributeType::N);
    let by_command = Index { name: "by-command", keys: &["command"] };
    let by_person = Index { name: "by-person", keys: &["person", "age"] };
    table(client, "log", ("bar", "seq", whole_number), Some(by_command)).await;
    table(client, "bars", ("kind", "bar", text.clone()), None).await;
    table(client, "names", ("bar", "order", text.clone()), None).await;
    table(client, "history", ("bar", "what", text.clone()), Some(by_person)).await;
    table(client, "staff", ("kind", "what", text.clone()), None).await;
    table(client, "webhooks", ("kind", "what", text), None).await;
}

/// An index of keys alone.
struct Index {
    name: &'static str,
    keys: &'static [&'static str],
}

async fn table(
    client: &Client,
    name: &str,
    (hash, range, kind): (&str, &str, ScalarAttributeType),
    index: Option<Index>,
) {
    let attribute = |name: &str, kind| {
        let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(kind);
        attribute.build().expect("an attribute")
    };
    let key = |name: &str, kind| {
        KeySchemaElement::builder().attribute_name(name).key_type(kind).build().expect("a key")
    };
    let mut create = client
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(attribute(hash, ScalarAttributeType::S))
        .attribute_definitions(attribute(range, kind))
        .key_schema(key(hash, KeyType::Hash))
        .key_schema(key(range, KeyType::Range));
    if let Some(Index { name, keys }) = index {
        let mut index = GlobalSecondaryIndex::builder()
            .index_name(name)
            .projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build());
        for (name, kind) in keys.iter().zip([KeyType::Hash, KeyType::Range]) {
            create = create.attribute_definitions(attribute(name, ScalarAttributeType::S));
            index = index.key_schema(key(name, kind));
        }
        create = create.global_secondary_indexes(index.build().expect("an index"));
    }
    create.send().await.expect("a table");
}
