//! A DynamoDB in this process, with our tables.

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType,
};
use backend::aws::clients;
use backend::aws::dynamo_history::DynamoHistory;
use backend::aws::dynamo_log::{DynamoLog, Tables};
use tokio::net::TcpListener;

/// Where they are served.
pub struct Served {
    endpoint: String,
}

/// Empty tables on a free port.
pub async fn tables() -> Served {
    // Another one with the same tables, ministack for instance, may be given.
    let endpoint = match std::env::var("DYNAMODB_ENDPOINT") {
        Ok(given) => given,
        Err(_) => {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let address = listener.local_addr().expect("an address");
            let database = dynoxide::Database::memory().expect("memory");
            tokio::spawn(dynoxide::server::serve_on(listener, database));
            format!("http://{address}")
        }
    };
    let served = Served { endpoint };
    let client = served.client();
    let (text, whole) = (ScalarAttributeType::S, ScalarAttributeType::N);
    let by_command = Index { name: "by-command", keys: &["command"], whole: false };
    let by_person = Index { name: "by-person", keys: &["person", "age"], whole: true };
    table(&client, "log", ("bar", "seq", whole), Some(by_command)).await;
    table(&client, "bars", ("kind", "bar", text.clone()), None).await;
    table(&client, "names", ("bar", "order", text.clone()), None).await;
    table(&client, "history", ("bar", "what", text), Some(by_person)).await;
    served
}

impl Served {
    /// A log as a process of its own has it.
    pub fn log(&self) -> DynamoLog {
        let [log, bars, names] = ["log", "bars", "names"].map(str::to_owned);
        DynamoLog::new(self.client(), Tables { log, bars, names }, 172_800)
    }

    /// The history.
    pub fn history(&self) -> DynamoHistory {
        DynamoHistory::new(self.client(), "history".to_owned())
    }

    fn client(&self) -> Client {
        let credentials = Credentials::from_keys("test", "test", None);
        let endpoint = Some(self.endpoint.clone());
        Client::new(&clients::config(credentials, "us-east-1".to_owned(), endpoint))
    }
}

/// An index, of all attributes or of keys alone.
struct Index {
    name: &'static str,
    keys: &'static [&'static str],
    whole: bool,
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
    if let Some(Index { name, keys, whole }) = index {
        let kind = if whole { ProjectionType::All } else { ProjectionType::KeysOnly };
        let mut index = GlobalSecondaryIndex::builder()
            .index_name(name)
            .projection(Projection::builder().projection_type(kind).build());
        for (name, kind) in keys.iter().zip([KeyType::Hash, KeyType::Range]) {
            create = create.attribute_definitions(attribute(name, ScalarAttributeType::S));
            index = index.key_schema(key(name, kind));
        }
        create = create.global_secondary_indexes(index.build().expect("an index"));
    }
    create.send().await.expect("a table");
}
