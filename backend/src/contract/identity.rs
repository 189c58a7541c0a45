//! What is promised of accounts, links and withdrawn sessions.

use domain::staff::StaffMember;
use domain::{BarId, Role, Timestamp, Username};

use crate::ports::{Account, Accounts, ChangeError, Identity};

fn username(name: &str) -> Username {
    name.parse().expect("a user name")
}

/// An account as tests make them, without a password.
pub fn account(name: &str, seal: &str) -> Account {
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

async fn accounts(identity: &dyn Identity) -> Accounts {
    identity.accounts().await.expect("accounts")
}

async fn put(identity: &dyn Identity, account: &Account, password: Option<&str>) {
    let version = accounts(identity).await.version;
    identity.put(account, password, version).await.expect("put");
}

async fn remove(identity: &dyn Identity, name: &str) {
    let version = accounts(identity).await.version;
    identity.remove(&username(name), version).await.expect("removed, or nothing to remove");
}

/// Accounts are kept by user name, replaced whole but for the password, and removed.
pub async fn identity_keeps_accounts(identity: &dyn Identity) {
    let kept = async || accounts(identity).await.all;
    assert_eq!(kept().await, []);
    let bars: Vec<BarId> = vec!["espresso".parse().expect("a slug")];
    let mut zoe = account("zoe", "seal-1");
    zoe.member.bars = Some(bars);
    put(identity, &zoe, None).await;
    put(identity, &account("ada", "seal-1"), Some("long black")).await;
    let mut ada = account("ada", "seal-1");
    ada.member.has_password = true;
    assert_eq!(kept().await, [ada.clone(), zoe.clone()], "by user name");

    ada.member.name = "Ada L.".to_owned();
    ada.member.role = Role::Organiser;
    put(identity, &ada, None).await;
    assert_eq!(kept().await, [ada.clone(), zoe.clone()], "with the password it had");
    assert!(identity.verify("ada", "long black").await.expect("verify").is_some());

    remove(identity, "ada").await;
    remove(identity, "nobody").await;
    assert_eq!(kept().await, [zoe]);
    remove(identity, "zoe").await;
}

/// A password opens its own account, and no account that has none.
pub async fn a_password_opens_its_own_account_only(identity: &dyn Identity) {
    let opens = async |name: &str, password: &str| {
        let account = identity.verify(name, password).await.expect("verify");
        account.map(|account| account.member.username.to_string())
    };
    put(identity, &account("bea", "seal"), Some("flat white")).await;
    put(identity, &account("bob", "seal"), None).await;
    assert_eq!(opens("bea", "flat white").await.as_deref(), Some("bea"));
    for (name, password) in
        [("bea", "Flat White"), ("bea", ""), ("bob", ""), ("bob", "flat white"), ("eve", "x")]
    {
        assert_eq!(opens(name, password).await, None, "{name} {password}");
    }
    put(identity, &account("bea", "seal"), Some("long black")).await;
    assert_eq!(opens("bea", "flat white").await, None, "the one before");
    assert_eq!(opens("bea", "long black").await.as_deref(), Some("bea"));
    remove(identity, "bea").await;
    assert_eq!(opens("bea", "long black").await, None);
    put(identity, &account("bea", "seal-2"), None).await;
    assert_eq!(opens("bea", "long black").await, None, "the account was another");
    for name in ["bea", "bob"] {
        remove(identity, name).await;
    }
}

/// Sessions are withdrawn by name, or all of an account by its seal; either at once.
pub async fn sessions_are_withdrawn(identity: &dyn Identity) {
    let cleo = account("cleo", "seal-1");
    let stands = async |seal: Option<&str>, session: &str| {
        identity.stands(&cleo.person, seal, session).await.expect("stands")
    };
    assert!(!stands(Some("seal-1"), "session").await);
    put(identity, &cleo, None).await;
    assert!(stands(Some("seal-1"), "session").await);
    put(identity, &account("cleo", "seal-2"), None).await;
    assert!(!stands(Some("seal-1"), "session").await);
    assert!(stands(Some("seal-2"), "session").await);
    remove(identity, "cleo").await;
    assert!(!stands(Some("seal-2"), "session").await);

    assert!(stands(None, "session-1").await, "a guest has no account");
    let sessions = ["session-1", "session-2"].map(|session| (session.to_owned(), at(0)));
    identity.revoke(&sessions, at(-9)).await.expect("revoke");
    assert!(!stands(None, "session-1").await && !stands(None, "session-2").await);
    assert!(stands(None, "session-3").await);
}

/// Withdrawn sessions that have ended by themselves do not pile up. Only for those who look when
/// others are withdrawn.
pub async fn ended_sessions_are_forgotten(identity: &dyn Identity) {
    let person = account("finn", "seal").person;
    let stands = async |session: &str| identity.stands(&person, None, session).await;
    identity.revoke(&[("ended".to_owned(), at(0))], at(-9)).await.expect("revoke");
    for (now, is_forgotten) in [(-1, false), (0, true)] {
        identity.revoke(&[("running".to_owned(), at(9))], at(now)).await.expect("revoke");
        assert_eq!(stands("ended").await.expect("stands"), is_forgotten);
    }
    assert!(!stands("running").await.expect("stands"));
}

/// Of those who change what they have seen of all accounts one is first, whomever they change, and
/// the others change nothing.
pub async fn of_those_who_change_accounts_at_once_one_is_first(identity: &dyn Identity) {
    put(identity, &account("gina", "seal-1"), None).await;
    put(identity, &account("hugo", "seal-1"), None).await;
    for round in 2..=6 {
        let seen = accounts(identity).await;
        let changes = (0..8).map(async |number| {
            let name = if number % 2 == 0 { "gina" } else { "hugo" };
            let changed = account(name, &format!("seal-{round}"));
            match number / 2 {
                0 => identity.remove(&changed.member.username, seen.version).await,
                _ => identity.put(&changed, None, seen.version).await,
            }
        });
        let answers = futures_util::future::join_all(changes).await;
        let first = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(first, 1, "{answers:?}");
        for answer in answers {
            match answer {
                Ok(()) | Err(ChangeError::Conflict) => {}
                Err(ChangeError::Unavailable(error)) => panic!("{error}"),
            }
        }
        let now = accounts(identity).await.all;
        let same = now.iter().filter(|account| seen.all.contains(account)).count();
        assert_eq!(seen.all.len() - same, 1, "one was changed: {now:?}");
        for name in ["gina", "hugo"] {
            if !now.iter().any(|account| account.member.username.as_str() == name) {
                put(identity, &account(name, "seal-1"), None).await;
            }
        }
    }
    for name in ["gina", "hugo"] {
        remove(identity, name).await;
    }
}

/// A link leads to its account once, until its time is over or the account's sessions end.
pub async fn a_link_works_once_and_in_time(identity: &dyn Identity) {
    let takes = async |mark: &str, now: i64| {
        let account = identity.take_link(mark, at(now)).await.expect("take");
        account.map(|account| account.member.username.to_string())
    };
    let makes = async |mark: &str, name: &str| {
        let all = accounts(identity).await.all;
        let account = all.iter().find(|account| account.member.username.as_str() == name);
        let account = account.expect("there is one of this name");
        identity.put_link(mark, account, at(900)).await.expect("put");
    };
    put(identity, &account("dora", "seal-1"), None).await;
    put(identity, &account("emil", "seal-1"), None).await;
    makes("once", "dora").await;
    makes("late", "dora").await;
    makes("other", "emil").await;
    assert_eq!(takes("unknown", 0).await, None);
    assert_eq!(takes("once", 899).await.as_deref(), Some("dora"));
    assert_eq!(takes("once", 899).await, None, "it was used");
    assert_eq!(takes("late", 900).await, None, "its time is over");
    assert_eq!(takes("late", 0).await, None, "for good");

    makes("kept", "dora").await;
    put(identity, &account("dora", "seal-1"), Some("flat white")).await;
    assert_eq!(takes("kept", 0).await.as_deref(), Some("dora"), "nothing was withdrawn");
    makes("sealed", "dora").await;
    let before = account("dora", "seal-1");
    put(identity, &account("dora", "seal-2"), None).await;
    assert_eq!(takes("sealed", 0).await, None, "the account's sessions were withdrawn");
    identity.put_link("outdated", &before, at(900)).await.expect("put");
    assert_eq!(takes("outdated", 0).await, None, "to what became of the account meanwhile");
    makes("removed", "dora").await;
    remove(identity, "dora").await;
    put(identity, &account("dora", "seal-3"), None).await;
    assert_eq!(takes("removed", 0).await, None, "the account was another");
    assert_eq!(takes("other", 0).await.as_deref(), Some("emil"), "others keep theirs");

    makes("raced", "emil").await;
    let racers = futures_util::future::join_all((0..8).map(|_| takes("raced", 0))).await;
    assert_eq!(racers.into_iter().flatten().count(), 1, "one of many wins");
    for name in ["dora", "emil"] {
        remove(identity, name).await;
    }
}
