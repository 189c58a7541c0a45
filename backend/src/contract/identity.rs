//! What is promised of accounts, links and withdrawn sessions.

use domain::staff::StaffMember;
use domain::{BarId, Role, Timestamp, Username};

use crate::ports::{Account, Identity};

fn username(name: &str) -> Username {
    name.parse().expect("a user name")
}

/// An account as tests make them, without a password.
pub(crate) fn account(name: &str, seal: &str) -> Account {
    let (role, display_name) = (Role::Barista, name.to_uppercase());
    let member = StaffMember {
        username: username(name),
        role,
        name: display_name,
        bars: None,
        has_password: false,
    };
    let person = format!("person-{name}").parse().expect("a person's id");
    Account { member, person, seal: seal.to_owned() }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_seconds(4_000_000_000 + second)
}

/// Accounts are kept by user name, replaced whole but for the password, and removed.
pub async fn identity_keeps_accounts(identity: &dyn Identity) {
    let kept = async || identity.accounts().await.expect("accounts");
    assert_eq!(kept().await, []);
    let bars: Vec<BarId> = vec!["espresso".parse().expect("a slug")];
    let mut zoe = account("zoe", "seal-1");
    zoe.member.bars = Some(bars);
    identity.put(&zoe, None).await.expect("put");
    identity.put(&account("ada", "seal-1"), Some("long black")).await.expect("put");
    let mut ada = account("ada", "seal-1");
    ada.member.has_password = true;
    assert_eq!(kept().await, [ada.clone(), zoe.clone()], "by user name");

    ada.member.name = "Ada L.".to_owned();
    ada.member.role = Role::Organiser;
    identity.put(&ada, None).await.expect("put");
    assert_eq!(kept().await, [ada.clone(), zoe.clone()], "with the password it had");
    assert!(identity.verify("ada", "long black").await.expect("verify").is_some());

    identity.remove(&username("ada")).await.expect("remove");
    identity.remove(&username("nobody")).await.expect("nothing to remove");
    assert_eq!(kept().await, [zoe]);
    identity.remove(&username("zoe")).await.expect("remove");
}

/// A password opens its own account, and no account that has none.
pub async fn a_password_opens_its_own_account_only(identity: &dyn Identity) {
    let opens = async |name: &str, password: &str| {
        let account = identity.verify(name, password).await.expect("verify");
        account.map(|account| account.member.username.to_string())
    };
    identity.put(&account("bea", "seal"), Some("flat white")).await.expect("put");
    identity.put(&account("bob", "seal"), None).await.expect("put");
    assert_eq!(opens("bea", "flat white").await.as_deref(), Some("bea"));
    for (name, password) in
        [("bea", "Flat White"), ("bea", ""), ("bob", ""), ("bob", "flat white"), ("eve", "x")]
    {
        assert_eq!(opens(name, password).await, None, "{name} {password}");
    }
    identity.put(&account("bea", "seal"), Some("long black")).await.expect("put");
    assert_eq!(opens("bea", "flat white").await, None, "the one before");
    assert_eq!(opens("bea", "long black").await.as_deref(), Some("bea"));
}

/// Sessions are withdrawn by name, or all of an account by its seal; either at once.
pub async fn sessions_are_withdrawn(identity: &dyn Identity) {
    let cleo = account("cleo", "seal-1");
    let stands = async |seal: Option<&str>, session: &str| {
        identity.stands(&cleo.person, seal, session).await.expect("stands")
    };
    assert!(!stands(Some("seal-1"), "session").await);
    identity.put(&cleo, None).await.expect("put");
    assert!(stands(Some("seal-1"), "session").await);
    identity.put(&account("cleo", "seal-2"), None).await.expect("put");
    assert!(!stands(Some("seal-1"), "session").await);
    assert!(stands(Some("seal-2"), "session").await);
    identity.remove(&username("cleo")).await.expect("remove");
    assert!(!stands(Some("seal-2"), "session").await);

    assert!(stands(None, "session-1").await, "a guest has no account");
    let sessions = ["session-1", "session-2"].map(|session| (session.to_owned(), at(0)));
    identity.revoke(&sessions, at(-9)).await.expect("revoke");
    assert!(!stands(None, "session-1").await && !stands(None, "session-2").await);
    assert!(stands(None, "session-3").await);
    for (now, is_kept) in [(-1, true), (0, false)] {
        identity.revoke(&[("session-4".to_owned(), at(9))], at(now)).await.expect("revoke");
        assert_eq!(!stands(None, "session-1").await, is_kept, "they have ended by themselves");
    }
    assert!(!stands(None, "session-4").await);
}

/// A link leads to its account once, until its time is over or the account's sessions end.
pub async fn a_link_works_once_and_in_time(identity: &dyn Identity) {
    let takes = async |mark: &str, now: i64| {
        let account = identity.take_link(mark, at(now)).await.expect("take");
        account.map(|account| account.member.username.to_string())
    };
    let makes = async |mark: &str, name: &str| {
        identity.put_link(mark, &username(name), at(900)).await.expect("put");
    };
    identity.put(&account("dora", "seal-1"), None).await.expect("put");
    identity.put(&account("emil", "seal-1"), None).await.expect("put");
    makes("once", "dora").await;
    makes("late", "dora").await;
    makes("other", "emil").await;
    assert_eq!(takes("unknown", 0).await, None);
    assert_eq!(takes("once", 899).await.as_deref(), Some("dora"));
    assert_eq!(takes("once", 899).await, None, "it was used");
    assert_eq!(takes("late", 900).await, None, "its time is over");
    assert_eq!(takes("late", 0).await, None, "for good");

    makes("kept", "dora").await;
    identity.put(&account("dora", "seal-1"), Some("flat white")).await.expect("put");
    assert_eq!(takes("kept", 0).await.as_deref(), Some("dora"), "nothing was withdrawn");
    makes("sealed", "dora").await;
    identity.put(&account("dora", "seal-2"), None).await.expect("put");
    assert_eq!(takes("sealed", 0).await, None, "the account's sessions were withdrawn");
    makes("removed", "dora").await;
    identity.remove(&username("dora")).await.expect("remove");
    identity.put(&account("dora", "seal-2"), None).await.expect("put");
    assert_eq!(takes("removed", 0).await, None, "the account was another");
    assert_eq!(takes("other", 0).await.as_deref(), Some("emil"), "others keep theirs");

    makes("raced", "emil").await;
    let racers = futures_util::future::join_all((0..8).map(|_| takes("raced", 0))).await;
    assert_eq!(racers.into_iter().flatten().count(), 1, "one of many wins");
}
