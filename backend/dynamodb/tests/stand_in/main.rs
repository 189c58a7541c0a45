//! What is kept on AWS, on MiniStack, its stand-in: with Cognito and Secrets Manager, too.

mod ministack;
mod secret;
mod staff;

use dynamodb::place::{Place, keeps_the_promises_of_dynamodb};

use crate::ministack::MiniStack;

/// One after the other on one stand-in.
#[tokio::test]
async fn the_adapters_keep_their_promises_on_the_stand_in() {
    let ministack = MiniStack::start().await;
    let place = Place::furnished(ministack.endpoint()).await;
    keeps_the_promises_of_dynamodb(&place).await;
    staff::identity_keeps_its_promises(&place).await;
    staff::groups_are_kept_in_step_with_roles(&place).await;
    staff::what_failed_half_way_is_completed_by_the_same_again(&place).await;
    secret::it_is_rotated(&place).await;
}
