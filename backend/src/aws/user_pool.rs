//! Passwords of staff in a user pool of Cognito, which also says what they are by groups.

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::error::SdkError;
use aws_sdk_cognitoidentityprovider::operation::admin_create_user::AdminCreateUserError;
use aws_sdk_cognitoidentityprovider::operation::admin_delete_user::AdminDeleteUserError;
use aws_sdk_cognitoidentityprovider::operation::admin_initiate_auth::AdminInitiateAuthError;
use aws_sdk_cognitoidentityprovider::types::{AuthFlowType, MessageActionType};
use domain::staff::LONGEST_PASSWORD;
use domain::{Role, Username};
use futures_util::future::try_join_all;

use crate::ports::Unavailable;

/// The users of a pool, through a client of it that may check passwords.
#[derive(Clone)]
pub struct UserPool {
    client: Client,
    pool: String,
    app_client: String,
}

impl UserPool {
    /// The users of the pool of this id.
    pub fn new(client: Client, pool: String, app_client: String) -> Self {
        Self { client, pool, app_client }
    }

    /// Whether the password is this user's own. Takes as long when there is no such user.
    pub(super) async fn verify(
        &self,
        username: &Username,
        password: &str,
    ) -> Result<bool, Unavailable> {
        // Nobody has such a one, and Cognito would have it be a mistake of ours.
        if password.is_empty() || password.chars().count() > LONGEST_PASSWORD {
            return Ok(false);
        }
        let asked = self.client.admin_initiate_auth().user_pool_id(&self.pool);
        let answer = asked
            .client_id(&self.app_client)
            .auth_flow(AuthFlowType::AdminUserPasswordAuth)
            .auth_parameters("USERNAME", username.as_str())
            .auth_parameters("PASSWORD", password)
            .send()
            .await;
        match answer {
            // Whoever is asked for another password first has none yet.
            Ok(answer) => Ok(answer.authentication_result().is_some()),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(Unavailable::new(error)),
        }
    }

    /// Makes sure that there is such a user, in the group of this role and no other. Whether it
    /// had to be made; it has no password then.
    pub(super) async fn ensure(
        &self,
        username: &Username,
        role: Role,
    ) -> Result<bool, Unavailable> {
        let create = self.client.admin_create_user().user_pool_id(&self.pool);
        let created = create
            .username(username.as_str())
            .message_action(MessageActionType::Suppress)
            .send()
            .await;
        let is_new = match created {
            Ok(_) => true,
            Err(error) if exists(&error) => false,
            Err(error) => return Err(Unavailable::new(error)),
        };
        let groups = Role::ALL.into_iter().filter(|role| role.has_account());
        try_join_all(groups.map(|group| self.group(username, group, group == role))).await?;
        Ok(is_new)
    }

    /// Puts a user into a group, or takes it out; either may be so already.
    async fn group(
        &self,
        username: &Username,
        group: Role,
        is_in: bool,
    ) -> Result<(), Unavailable> {
        let (pool, username, group) = (&self.pool, username.as_str(), group.as_str());
        if is_in {
            let add = self.client.admin_add_user_to_group().user_pool_id(pool);
            let added = add.username(username).group_name(group).send().await;
            added.map(|_| ()).map_err(Unavailable::new)
        } else {
            let remove = self.client.admin_remove_user_from_group().user_pool_id(pool);
            let removed = remove.username(username).group_name(group).send().await;
            removed.map(|_| ()).map_err(Unavailable::new)
        }
    }

    /// Gives a user a password, in place of the one before.
    pub(super) async fn set_password(
        &self,
        username: &Username,
        password: &str,
    ) -> Result<(), Unavailable> {
        let set = self.client.admin_set_user_password().user_pool_id(&self.pool);
        let set = set.username(username.as_str()).password(password).permanent(true);
        set.send().await.map(|_| ()).map_err(Unavailable::new)
    }

    /// Removes a user, if there is one.
    pub(super) async fn remove(&self, username: &Username) -> Result<(), Unavailable> {
        let delete = self.client.admin_delete_user().user_pool_id(&self.pool);
        match delete.username(username.as_str()).send().await {
            Ok(_) => Ok(()),
            Err(error) if is_gone(&error) => Ok(()),
            Err(error) => Err(Unavailable::new(error)),
        }
    }
}

/// That the password is wrong, or that nobody can sign in with any.
fn is_refused(error: &SdkError<AdminInitiateAuthError>) -> bool {
    error.as_service_error().is_some_and(|error| {
        error.is_not_authorized_exception()
            || error.is_user_not_found_exception()
            || error.is_user_not_confirmed_exception()
            || error.is_password_reset_required_exception()
    })
}

fn exists(error: &SdkError<AdminCreateUserError>) -> bool {
    error.as_service_error().is_some_and(AdminCreateUserError::is_username_exists_exception)
}

fn is_gone(error: &SdkError<AdminDeleteUserError>) -> bool {
    error.as_service_error().is_some_and(AdminDeleteUserError::is_user_not_found_exception)
}
