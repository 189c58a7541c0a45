//! Accounts of staff: made, changed, dismissed, and given links.
//!
//! Changes are made one at a time, so that what was decided about all accounts is still so when
//! the change is written; whoever finds that another process was first decides again.

use domain::staff::{FIRST_ORGANISER, StaffChange, StaffMember, check_led};
use domain::{Actor, Mistake, Rejection, Role, Username};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::patience::Patience;
use super::{App, Failure};
use crate::key::random_base32;
use crate::link::LIFE_SECONDS;
use crate::ports::{Account, Accounts, AppendError, ChangeError, Unavailable};

/// What becomes of an account's running sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Running {
    /// They go on.
    Stay,
    /// They end at once.
    End,
}

/// Why a change is not made.
enum NotMade {
    /// Another process was first.
    Conflict,
    /// It cannot be made.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for NotMade {
    fn from(failure: E) -> Self {
        Self::Failed(failure.into())
    }
}

impl From<ChangeError> for NotMade {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Conflict => Self::Conflict,
            ChangeError::Unavailable(unavailable) => Self::Failed(unavailable.into()),
        }
    }
}

impl App {
    /// The accounts this organiser may see.
    pub(crate) async fn staff(&self, by: &Actor) -> Result<Vec<StaffMember>, Unavailable> {
        let accounts = self.ports().identity.accounts().await?.all.into_iter();
        let members = accounts.map(|account| account.member);
        Ok(members.filter(|member| by.oversees(member.bars.as_deref())).collect())
    }

    /// Whether an account is an affair of this organiser's, or would be if they made it.
    pub(crate) async fn may_put(
        &self,
        username: &Username,
        by: &Actor,
    ) -> Result<bool, Unavailable> {
        let accounts = self.ports().identity.accounts().await?.all;
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
        let change = &change;
        let decide = |accounts: Accounts| async move {
            let before = account_of(&accounts.all, username);
            if before.is_some_and(|before| !by.oversees(before.member.bars.as_deref())) {
                return Ok(None);
            }
            let change = change.clone().checked()?;
            if !by.oversees(change.bars.as_deref()) {
                let (field, problem) = ("bars".to_owned(), Mistake::NotYourBars);
                return Err(Rejection::Invalid { field, problem }.into());
            }
            let after = change.applied_to(username, before.map(|before| &before.member));
            check_led(&members(&accounts.all), username, Some(&after))?;
            let running = match before {
                Some(before) if !change.withdraws_sessions(&before.member) => Running::Stay,
                Some(_) | None => Running::End,
            };
            self.keep(&accounts, &after, change.password.as_deref(), running).await?;
            Ok(Some(after))
        };
        self.change_accounts(|accounts| decide(accounts).boxed()).await
    }

    /// Dismisses whoever has an account. False when there is none that is an affair of this
    /// organiser's.
    pub(crate) async fn dismiss(&self, username: &Username, by: &Actor) -> Result<bool, Failure> {
        let decide = |accounts: Accounts| async move {
            let Some(account) = overseen(&accounts.all, username, by) else {
                return Ok(false);
            };
            check_led(&members(&accounts.all), username, None)?;
            let removed = self.ports().identity.remove(username, accounts.version).await;
            // What failed may have been done all the same.
            self.ports().live.sessions_withdrawn(&account.person);
            removed?;
            self.read_staff_names().await?;
            Ok(true)
        };
        self.change_accounts(|accounts| decide(accounts).boxed()).await
    }

    /// Whether there is such an account that is an affair of this organiser's.
    pub(crate) async fn knows_of(
        &self,
        username: &Username,
        by: &Actor,
    ) -> Result<bool, Unavailable> {
        let accounts = self.ports().identity.accounts().await?.all;
        Ok(overseen(&accounts, username, by).is_some())
    }

    /// A one-time link to a display's account, as an organiser asks; refused when it is somebody
    /// else's. None when there is none that is an affair of theirs.
    pub(crate) async fn link_to_display(
        &self,
        username: &Username,
        by: &Actor,
    ) -> Result<Option<String>, Failure> {
        let accounts = self.ports().identity.accounts().await?.all;
        let Some(account) = overseen(&accounts, username, by) else {
            return Ok(None);
        };
        match account.member.role {
            Role::Display => Ok(Some(self.link_to(account).await?)),
            Role::Customer | Role::Barista | Role::Organiser => {
                let (field, problem) = ("role".to_owned(), Mistake::NoDisplay);
                Err(Rejection::Invalid { field, problem }.into())
            }
        }
    }

    /// A link to the first organiser's account, which is made for it. None when there is an
    /// organiser who can sign in. Whoever used an earlier link is signed out.
    pub(crate) async fn first_start_link(&self) -> Result<Option<String>, Failure> {
        let username = FIRST_ORGANISER.parse().expect("it is a user name");
        let organiser = StaffMember {
            username,
            role: Role::Organiser,
            name: "Organiser".to_owned(),
            bars: None,
            has_password: false,
        };
        let organiser = &organiser;
        let decide = |accounts: Accounts| async move {
            if accounts.all.iter().any(|account| account.member.leads()) {
                return Ok(None);
            }
            Ok(Some(self.keep(&accounts, organiser, None, Running::End).await?))
        };
        match self.change_accounts(|accounts| decide(accounts).boxed()).await? {
            Some(organiser) => Ok(Some(self.link_to(&organiser).await?)),
            None => Ok(None),
        }
    }

    /// Makes an account of the demonstration, or gives it its password back.
    pub(crate) async fn put_for_demonstration(
        &self,
        member: &StaffMember,
        password: &str,
    ) -> Result<Account, Failure> {
        let decide = |accounts: Accounts| async move {
            // Screens of the demonstration go on when its server is started again.
            Ok(self.keep(&accounts, member, Some(password), Running::Stay).await?)
        };
        self.change_accounts(|accounts| decide(accounts).boxed()).await
    }

    /// A one-time link to this account, if it is still what it is here when the link is used.
    pub(crate) async fn link_to(&self, account: &Account) -> Result<String, Unavailable> {
        let (link, mark) = self.0.links.fresh();
        let expires_at = self.now().plus_seconds(LIFE_SECONDS);
        self.ports().identity.put_link(&mark, account, expires_at).await?;
        Ok(link)
    }

    /// Changes accounts as is decided from all of them, and decides again for as long as others
    /// were first.
    async fn change_accounts<'a, T>(
        &'a self,
        decide: impl Fn(Accounts) -> BoxFuture<'a, Result<T, NotMade>>,
    ) -> Result<T, Failure> {
        let _changing = self.0.staffing.lock().await;
        let mut patience = Patience::with(&*self.ports().log);
        loop {
            let accounts = self.ports().identity.accounts().await?;
            match decide(accounts).await {
                Ok(made) => return Ok(made),
                Err(NotMade::Conflict) => patience.bears(AppendError::Conflict).await?,
                Err(NotMade::Failed(failure)) => return Err(failure),
            }
        }
    }

    /// Writes an account down and lets everybody know of it.
    async fn keep(
        &self,
        accounts: &Accounts,
        member: &StaffMember,
        password: Option<&str>,
        running: Running,
    ) -> Result<Account, ChangeError> {
        let before = account_of(&accounts.all, &member.username);
        let person = match before {
            Some(before) => before.person.clone(),
            None => self.ports().people.person_of(&member.username),
        };
        let seal = match (before, running) {
            (Some(before), Running::Stay) => before.seal.clone(),
            (Some(_), Running::End) | (None, _) => random_base32(8),
        };
        let account = Account { member: member.clone(), person: person.clone(), seal };
        let put = self.ports().identity.put(&account, password, accounts.version).await;
        if running == Running::End {
            // What failed may have been done all the same.
            self.ports().live.sessions_withdrawn(&person);
        }
        put?;
        self.read_staff_names().await?;
        Ok(account)
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
