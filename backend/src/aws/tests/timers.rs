use crate::aws::timers::answer;
use crate::memory::Disk;
use crate::scenarios::door::House;

/// The alarm counts errors: that nothing is ended any more must be one.
#[tokio::test(start_paused = true)]
async fn a_minute_in_which_something_could_not_be_ended_is_an_error() {
    let house = House::open().await;
    house.guest().await.redeems(&house.staff("bea").await.code().await).await;
    assert!(answer(&house.app).await.is_ok());
    house.pass(301);
    house.memory.disk_is(Disk::Broken);
    assert!(answer(&house.app).await.is_err());
}
