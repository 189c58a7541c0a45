//! Staff as items.

use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem, Update};
use domain::Timestamp;
use domain::staff::StaffMember;

use crate::aws::item::{Item, key, named, number, text, text_of};
use crate::ports::{Account, Unavailable};

/// The kinds of items: the first part of their keys.
pub(super) const ACCOUNT: &str = "account";
pub(super) const SEAL: &str = "seal";
pub(super) const LINK: &str = "link";
pub(super) const REVOKED: &str = "revoked";
pub(super) const VERSION: &str = "version";
pub(super) const KEY: &str = "key";
/// What there is a key for.
pub(super) const PEOPLE: &str = "people";

/// What is written of an account, whatever is known of its password.
pub(super) fn account(account: &Account) -> (Item, Item) {
    let Account { member, person, seal } = account;
    let key = key(ACCOUNT, member.username.as_str());
    let member = serde_json::to_string(member).expect("accounts are plain data");
    let person = text(person.as_str());
    let values = [(":member", text(member)), (":person", person), (":seal", text(seal))];
    (key, values.map(named).into())
}

/// An account.
pub(super) fn account_of(item: &Item) -> Result<Account, Unavailable> {
    let member = serde_json::from_str(text_of(item, "member")?).map_err(Unavailable::new)?;
    let has_password = item.get("has_password").and_then(|has| has.as_bool().ok());
    let has_password = has_password.copied().unwrap_or(false);
    let person = text_of(item, "person")?.parse().map_err(Unavailable::new)?;
    let seal = text_of(item, "seal")?.to_owned();
    Ok(Account { member: StaffMember { has_password, ..member }, person, seal })
}

/// Writes an account and leaves alone whether it has a password.
pub(super) fn update(table: &str, (key, values): (Item, Item)) -> TransactWriteItem {
    let update = Update::builder()
        .table_name(table)
        .set_key(Some(key))
        .update_expression("SET #member = :member, person = :person, seal = :seal")
        .expression_attribute_names("#member", "member")
        .set_expression_attribute_values(Some(values));
    TransactWriteItem::builder().update(update.build().expect("all is given")).build()
}

/// An item, in place of what was there.
pub(super) fn put<const N: usize>(
    table: &str,
    kind: &str,
    what: &str,
    attributes: [(&str, AttributeValue); N],
) -> TransactWriteItem {
    let put = Put::builder().table_name(table).set_item(Some(with(key(kind, what), attributes)));
    TransactWriteItem::builder().put(put.build().expect("table and item are given")).build()
}

/// That there is no such item.
pub(super) fn delete(table: &str, kind: &str, what: &str) -> TransactWriteItem {
    let delete = Delete::builder().table_name(table).set_key(Some(key(kind, what)));
    TransactWriteItem::builder().delete(delete.build().expect("table and key are given")).build()
}

/// A link to an account with this seal.
pub(super) fn link(mark: &str, account: &Account, expires_at: Timestamp) -> Item {
    with(
        key(LINK, mark),
        [
            ("username", text(account.member.username.as_str())),
            ("seal", text(&account.seal)),
            ("until", number(expires_at.millis())),
            ("expires", expires(expires_at)),
        ],
    )
}

/// That a session has been withdrawn.
pub(super) fn revoked(session: &str, ends: Timestamp) -> Item {
    with(key(REVOKED, session), [("expires", expires(ends))])
}

/// When DynamoDB may remove an item: not before this moment.
fn expires(at: Timestamp) -> AttributeValue {
    number(at.plus_seconds(1).seconds())
}

fn with<const N: usize>(mut item: Item, attributes: [(&str, AttributeValue); N]) -> Item {
    item.extend(attributes.map(named));
    item
}
