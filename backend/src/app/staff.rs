//! Accounts of staff: made, changed, dismissed, and given links.
//!
//! Changes are made one at a time, so that what was decided about all accounts is still so when
//! the change is written.

use domain::staff::{FIRST_ORGANISER, StaffChange, StaffMember, check_led};
use domain::{Actor, Mistake, PersonId, Rejection, Role, Username};

use super::{App, Failure};
use crate::key::random_base32;
use crate::link::LIFE_SECONDS;
use crate::ports::{Account, Unavailable};

/// What becomes of an account's running sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Running {
    /// They go on.
    Stay,
    /// They end at once.
    End,
}

impl App {
    /// The accounts this organiser may see.
    pub(crate) async fn staff(&self, by: &Actor) -> Result<Vec<StaffMember>, Unavailable> {
        let accounts = self.ports().identity.accounts().await?.into_iter();
        let members = accounts.map(|account| account.member);
        Ok(members.filter(|member| by.oversees(member.bars.as_deref())).collect())
    }

    /// Whether an account is an affair of this organiser's, or would be if they made it.
    pub(crate) async fn may_put(
        &self,
        username: &Username,
        by: &Actor,
    ) -> Result<bool, Unavailable> {
        let accounts = self.ports().identity.accounts().await?;
        let account = account_of(&accounts, username);
        Ok(account.is_none_or(|account| by.oversees(account.member.bars.as_deref())))
    }

    /// Makes an account or changes it, as an organiser asks. None when there is one that is no
    /// affair of theirs.
    pub(crate) async fn put_staff(
        &self,
        username: &Username,
        change: StaffChange,
        by: &Actor,
    ) -> Result<Option<StaffMember>, Failure> {
        let _changing = self.0.staffing.lock().await;
        let accounts = self.ports().identity.accounts().await?;
        let before = account_of(&accounts, username);
        if before.is_some_and(|before| !by.oversees(before.member.bars.as_deref())) {
            return Ok(None);
        }
        let change = change.checked()?;
        if !by.oversees(change.bars.as_deref()) {
            let (field, problem) = ("bars".to_owned(), Mistake::NotYourBars);
            return Err(Rejection::Invalid { field, problem }.into());
        }
        let after = change.applied_to(username, before.map(|before| &before.member));
        check_led(&members(&accounts), username, Some(&after))?;
        let running = match before {
            Some(before) if !change.withdraws_sessions(&before.member) => Running::Stay,
            Some(_) | None => Running::End,
        };
        self.keep(before, &after, change.password.as_deref(), running).await?;
        Ok(Some(after))
    }

    /// Dismisses whoever has an account. False when there is none that is an affair of this
    /// organiser's.
    pub(crate) async fn dismiss(&self, username: &Username, by: &Actor) -> Result<bool, Failure> {
        let _changing = self.0.staffing.lock().await;
        let accounts = self.ports().identity.accounts().await?;
        let Some(account) = overseen(&accounts, username, by) else {
            return Ok(false);
        };
        check_led(&members(&accounts), username, None)?;
        let removed = self.ports().identity.remove(username).await;
        // What failed may have been done all the same.
        self.ports().live.sessions_withdrawn(&account.person);
        removed?;
        self.read_staff_names().await?;
        Ok(true)
    }

    /// Whether there is such an account that is an affair of this organiser's.
    pub(crate) async fn knows_of(
        &self,
        username: &Username,
        by: &Actor,
    ) -> Result<bool, Unavailable> {
        let accounts = self.ports().identity.accounts().await?;
        Ok(overseen(&accounts, username, by).is_some())
    }

    /// A one-time link to a display's account, as an organiser asks; refused when it is somebody
    /// else's. None when there is none that is an affair of theirs.
    pub(crate) async fn link_to_display(
        &self,
        username: &Username,
        by: &Actor,
    ) -> Result<Option<String>, Failure> {
        // Held until the link is kept: it must not lead to what becomes of the account meanwhile.
        let _changing = self.0.staffing.lock().await;
        let accounts = self.ports().identity.accounts().await?;
        let Some(account) = overseen(&accounts, username, by) else {
            return Ok(None);
        };
        match account.member.role {
            Role::Display => Ok(Some(self.link_to(username).await?)),
            Role::Customer | Role::Barista | Role::Organiser => {
                let (field, problem) = ("role".to_owned(), Mistake::NoDisplay);
                Err(Rejection::Invalid { field, problem }.into())
            }
        }
    }

    /// A link to the first organiser's account, which is made for it. None when there is an
    /// organiser who can sign in. Whoever used an earlier link is signed out.
    pub(crate) async fn first_start_link(&self) -> Result<Option<String>, Unavailable> {
        let _changing = self.0.staffing.lock().await;
        let accounts = self.ports().identity.accounts().await?;
        if accounts.iter().any(|account| account.member.leads()) {
            return Ok(None);
        }
        let username = FIRST_ORGANISER.parse().expect("it is a user name");
        let organiser = StaffMember {
            username,
            role: Role::Organiser,
            name: "Organiser".to_owned(),
            bars: None,
            has_password: false,
        };
        let before = account_of(&accounts, &organiser.username);
        self.keep(before, &organiser, None, Running::End).await?;
        Ok(Some(self.link_to(&organiser.username).await?))
    }

    /// Makes an account of the demonstration, or gives it its password back.
    pub(crate) async fn put_for_demonstration(
        &self,
        member: &StaffMember,
        password: &str,
    ) -> Result<PersonId, Unavailable> {
        let _changing = self.0.staffing.lock().await;
        let accounts = self.ports().identity.accounts().await?;
        let before = account_of(&accounts, &member.username);
        // Screens of the demonstration go on when its server is started again.
        self.keep(before, member, Some(password), Running::Stay).await
    }

    /// A one-time link to this account. While others may change it, the caller holds `staffing`.
    pub(crate) async fn link_to(&self, username: &Username) -> Result<String, Unavailable> {
        let (link, mark) = self.0.links.fresh();
        let expires_at = self.now().plus_seconds(LIFE_SECONDS);
        self.ports().identity.put_link(&mark, username, expires_at).await?;
        Ok(link)
    }

    /// Writes an account down and lets everybody know of it.
    async fn keep(
        &self,
        before: Option<&Account>,
        member: &StaffMember,
        password: Option<&str>,
        running: Running,
    ) -> Result<PersonId, Unavailable> {
        let person = match before {
            Some(before) => before.person.clone(),
            None => self.ports().people.person_of(&member.username),
        };
        let seal = match (before, running) {
            (Some(before), Running::Stay) => before.seal.clone(),
            (Some(_), Running::End) | (None, _) => random_base32(8),
        };
        let account = Account { member: member.clone(), person: person.clone(), seal };
        let put = self.ports().identity.put(&account, password).await;
        if running == Running::End {
            // What failed may have been done all the same.
            self.ports().live.sessions_withdrawn(&person);
        }
        put?;
        self.read_staff_names().await?;
        Ok(person)
    }

    /// Tells every bar the names of staff, as its screens show them.
    async fn read_staff_names(&self) -> Result<(), Unavailable> {
        let names = self.staff_names().await?;
        for host in self.hosts() {
            host.durable_mut().names.staff = names.clone();
        }
        Ok(())
    }
}

fn account_of<'a>(accounts: &'a [Account], username: &Username) -> Option<&'a Account> {
    accounts.iter().find(|account| account.member.username == *username)
}

/// The account, if it is an affair of this organiser's.
fn overseen<'a>(accounts: &'a [Account], username: &Username, by: &Actor) -> Option<&'a Account> {
    account_of(accounts, username).filter(|it| by.oversees(it.member.bars.as_deref()))
}

fn members(accounts: &[Account]) -> Vec<StaffMember> {
    accounts.iter().map(|account| account.member.clone()).collect()
}
