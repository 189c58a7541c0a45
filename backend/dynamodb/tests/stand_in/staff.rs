//! Staff in Cognito and DynamoDB.

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::types::{
    AdminCreateUserConfigType, ExplicitAuthFlowsType, PasswordPolicyType,
    PreventUserExistenceErrorTypes, UserPoolPolicyType,
};
use backend::aws::cognito_identity::CognitoIdentity;
use backend::aws::user_pool::UserPool;
use backend::contract;
use backend::ports::{Account, Accounts, ChangeError, Identity as _};
use domain::Role;
use dynamodb::place::Place;

/// Roles that have a group.
const GROUPS: [Role; 3] = [Role::Barista, Role::Display, Role::Organiser];

/// A pool as the template describes it.
struct Pool {
    client: Client,
    id: String,
    app_client: String,
}

impl Pool {
    async fn make(place: &Place) -> Self {
        let client = Client::new(&place.config());
        let policy = PasswordPolicyType::builder()
            .minimum_length(6)
            .require_lowercase(false)
            .require_numbers(false)
            .require_symbols(false)
            .require_uppercase(false);
        let made = client
            .create_user_pool()
            .pool_name("staff")
            .policies(UserPoolPolicyType::builder().password_policy(policy.build()).build())
            .admin_create_user_config(
                AdminCreateUserConfigType::builder().allow_admin_create_user_only(true).build(),
            );
        let made = made.send().await.expect("a pool").user_pool.expect("it is told");
        let id = made.id.expect("it has an id");
        let app = client.create_user_pool_client().user_pool_id(&id).client_name("backend");
        let app = app
            .explicit_auth_flows(ExplicitAuthFlowsType::AllowAdminUserPasswordAuth)
            .prevent_user_existence_errors(PreventUserExistenceErrorTypes::Enabled);
        let app = app.send().await.expect("a client").user_pool_client.expect("it is told");
        for group in GROUPS {
            let group = client.create_group().user_pool_id(&id).group_name(group.as_str());
            group.send().await.expect("a group");
        }
        Self { client, id, app_client: app.client_id.expect("it has an id") }
    }

    fn identity(&self, place: &Place) -> CognitoIdentity {
        let Self { client, id, app_client } = self;
        let pool = UserPool::new(client.clone(), id.clone(), app_client.clone());
        CognitoIdentity::new(pool, place.staff())
    }

    async fn groups_of(&self, username: &str) -> Vec<String> {
        let asked = self.client.admin_list_groups_for_user().user_pool_id(&self.id);
        let groups = asked.username(username).send().await.expect("groups");
        let names = groups.groups().iter().filter_map(|group| group.group_name());
        names.map(str::to_owned).collect()
    }
}

async fn accounts(identity: &CognitoIdentity) -> Accounts {
    identity.accounts().await.expect("accounts")
}

async fn put(
    identity: &CognitoIdentity,
    account: &Account,
    password: Option<&str>,
) -> Result<(), ChangeError> {
    identity.put(account, password, accounts(identity).await.version).await
}

pub async fn identity_keeps_its_promises(place: &Place) {
    let identity = Pool::make(place).await.identity(place);
    contract::identity_keeps_accounts(&identity).await;
    contract::a_password_opens_its_own_account_only(&identity).await;
    contract::sessions_are_withdrawn(&identity).await;
    contract::of_those_who_change_accounts_at_once_one_is_first(&identity).await;
    contract::a_link_works_once_and_in_time(&identity).await;
}

pub async fn groups_are_kept_in_step_with_roles(place: &Place) {
    let pool = Pool::make(place).await;
    let identity = pool.identity(place);
    let mut ivy = contract::account("ivy", "seal");
    for role in [Role::Barista, Role::Organiser, Role::Organiser, Role::Display] {
        ivy.member.role = role;
        put(&identity, &ivy, None).await.expect("put");
        assert_eq!(pool.groups_of("ivy").await, [role.as_str()]);
    }
    let version = accounts(&identity).await.version;
    identity.remove(&ivy.member.username, version).await.expect("removed");
}

/// Cognito does not answer: sessions have ended all the same, nobody can sign in who should not,
/// and the same again completes it.
pub async fn what_failed_half_way_is_completed_by_the_same_again(place: &Place) {
    let pool = Pool::make(place).await;
    let identity = pool.identity(place);
    let elsewhere = Pool { id: "us-east-1_nowhere".to_owned(), ..Pool::make(place).await };
    let broken = elsewhere.identity(place);
    let is_signed_in = async |password| {
        identity.verify("jan", password).await.expect("verify").map(|account| account.seal)
    };
    let stands = async |account: &Account| {
        identity.stands(&account.person, Some(&account.seal), "session").await.expect("stands")
    };

    let first = contract::account("jan", "seal-1");
    put(&broken, &first, Some("flat white")).await.expect_err("there is no such pool");
    assert!(!accounts(&identity).await.all[0].member.has_password);
    assert_eq!(is_signed_in("flat white").await, None);
    put(&identity, &first, Some("flat white")).await.expect("the same again");
    assert!(accounts(&identity).await.all[0].member.has_password);
    assert_eq!(is_signed_in("flat white").await.as_deref(), Some("seal-1"));

    let second = contract::account("jan", "seal-2");
    put(&broken, &second, Some("long black")).await.expect_err("there is no such pool");
    assert!(!stands(&first).await, "what was withdrawn has ended");
    put(&identity, &second, Some("long black")).await.expect("the same again");
    assert_eq!(is_signed_in("flat white").await, None);
    assert_eq!(is_signed_in("long black").await.as_deref(), Some("seal-2"));
    assert!(stands(&second).await);

    let version = accounts(&broken).await.version;
    let username = second.member.username.clone();
    broken.remove(&username, version).await.expect_err("there is no such pool");
    assert_eq!(is_signed_in("long black").await, None, "a password is left that opens nothing");
    let third = contract::account("jan", "seal-3");
    put(&identity, &third, None).await.expect("another account");
    assert!(!accounts(&identity).await.all[0].member.has_password);
    assert_eq!(is_signed_in("long black").await, None);
    let version = accounts(&identity).await.version;
    identity.remove(&username, version).await.expect("removed");
    identity.remove(&username, version).await.expect("nothing to remove");
}
