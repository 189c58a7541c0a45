//! What goes wrong between the log and those who are told of it. On AWS that is told by functions,
//! which may end at any moment, to services that may not answer; on the laptop by a task of the
//! server's own, to which none of this happens, so there the same day simply goes by.
#![cfg(target_os = "linux")]

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::Status;
use domain::view::OrderView;
use hyper::Method;
use tokio::process::Command;
use tokio::time::{interval, sleep};

use crate::bar::Bar;
use crate::kept::{Kept, timeless};
use crate::person::Person;
use crate::platform::Platform;
use crate::soon::{soon, until};
use crate::workflows::aws::{Aws, Call, encoded};

/// Longer than the relay's own rule waits before it counts a wake-up as lost, there where a minute
/// of rules is two seconds.
const OUTAGE: Duration = Duration::from_secs(6);

/// How often whoever tells is killed.
const KILLED_EVERY: Duration = Duration::from_millis(150);
/// And how often altogether.
const KILLS: usize = 12;

/// The functions that tell, of the deployment behind a bar.
struct Tellers {
    aws: Aws,
    port: u16,
    role: String,
}

impl Tellers {
    /// Those of a bar on AWS; none of a bar on the laptop.
    async fn of(bar: &Bar) -> Result<Option<Self>> {
        if Platform::is() == Platform::Laptop {
            return Ok(None);
        }
        let port = std::fs::read_to_string(bar.server.data().join("port"));
        let port = port.context("the stand-in's port")?.parse()?;
        let aws = Aws::at(port);
        let roles = asks(&aws, "ListRoles", &[]).await?;
        let mut names = roles.split("<RoleName>").filter_map(|rest| rest.split_once("</RoleName>"));
        let role =
            names.find(|(name, _)| name.contains("RelayRole")).context("the relay's role")?;
        Ok(Some(Self { aws, port, role: role.0.to_owned() }))
    }

    /// From now on no live topic takes a message.
    async fn reach_no_screen(&self) -> Result<()> {
        let document = r#"{"Version": "2012-10-17", "Statement":
            [{"Effect": "Deny", "Action": "iot:Publish", "Resource": "*"}]}"#;
        let document = [("PolicyDocument", document)];
        self.asks("PutRolePolicy", &document).await
    }

    /// And now they do again.
    async fn reach_screens(&self) -> Result<()> {
        self.asks("DeleteRolePolicy", &[]).await
    }

    async fn asks(&self, action: &str, more: &[(&str, &str)]) -> Result<()> {
        let mut all = vec![("RoleName", self.role.as_str()), ("PolicyName", "outage")];
        all.extend(more);
        asks(&self.aws, action, &all).await.map(drop)
    }

    /// Kills those that run now, wherever they are in what they do; how many there were.
    async fn are_killed(&self) -> Result<usize> {
        let endpoint = format!("AWS_ENDPOINT_URL=http://127.0.0.1:{}", self.port);
        let mut killed = 0;
        for process in std::fs::read_dir("/proc")? {
            let process = process?;
            // Whoever has ended meanwhile, or is another's, has none to be read.
            let Ok(environment) = std::fs::read(process.path().join("environ")) else { continue };
            let has =
                |line: &str| environment.split(|byte| *byte == 0).any(|own| own == line.as_bytes());
            if has(&endpoint) && has("SERVERLESSPRESSO_ROLE=relay") {
                let id = process.file_name();
                killed +=
                    usize::from(Command::new("kill").arg("-9").arg(id).status().await?.success());
            }
        }
        Ok(killed)
    }
}

async fn asks(aws: &Aws, action: &str, parameters: &[(&str, &str)]) -> Result<String> {
    let begin = format!("Action={action}&Version=2010-05-08");
    let rest = parameters.iter().map(|(name, value)| format!("&{name}={}", encoded(value)));
    let body = begin + &rest.collect::<String>();
    let call = Call {
        service: "iam",
        method: Method::POST,
        path: "/",
        query: "",
        content_type: "application/x-www-form-urlencoded",
        target: None,
        body: body.into(),
    };
    Ok(String::from_utf8(aws.call(call).await?.body().to_vec())?)
}

/// Some walk-ups and a guest's order, in all the lanes there are.
async fn a_rush(bea: &Person, ada: &Person) -> Result<OrderView> {
    for number in 0..8 {
        let order = bea.takes("tea").await?.order;
        if number % 2 == 0 {
            bea.claims(&order).await?;
        }
        if number % 4 == 0 {
            bea.completes(&order).await?;
        }
    }
    let hers = ada.orders(&bea.code().await?.code, "latte").await?;
    bea.completes(&hers.order).await?;
    Ok(ada.order(&hers.order).await?)
}

/// Screens, log and history say the same in the end, and no screen has had to ask.
async fn all_is_told(screens: &mut Kept, ada: &Person, hers: &OrderView) -> Result<()> {
    screens.shows_what_is().await?;
    ensure!(hers.status == Status::Ready, "{hers:?}");
    until("her order among hers", async || {
        let orders = ada.my_orders().await?.into_iter().map(timeless);
        Ok(orders.collect::<Vec<_>>() == [timeless(hers.clone())])
    })
    .await
}

#[tokio::test]
async fn after_minutes_in_which_no_screen_was_reached_they_show_everything() -> Result<()> {
    let bar = Bar::roomy().await?;
    let (ada, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    let tellers = Tellers::of(&bar).await?;
    let mut screens = Kept::at(&bar, &bea, &display).await?;
    bea.takes("tea").await?;
    screens.shows_what_is().await?;

    if let Some(tellers) = &tellers {
        tellers.reach_no_screen().await?;
    }
    let hers = a_rush(&bea, &ada).await?;
    if let Some(tellers) = &tellers {
        // Nothing to wait for: nothing may come.
        sleep(OUTAGE).await;
        ensure!(screens.heard_nothing(), "a screen was told of something");
        tellers.reach_screens().await?;
    }
    all_is_told(&mut screens, &ada, &hers).await
}

#[tokio::test]
async fn whoever_tells_is_killed_again_and_again_and_nothing_is_skipped() -> Result<()> {
    let bar = Bar::roomy().await?;
    let (ada, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    let tellers = Tellers::of(&bar).await?;
    let mut screens = Kept::at(&bar, &bea, &display).await?;
    let Some(tellers) = tellers else {
        let hers = a_rush(&bea, &ada).await?;
        return all_is_told(&mut screens, &ada, &hers).await;
    };
    let kills = async {
        let (mut killed, mut pause) = (0, interval(KILLED_EVERY));
        while killed < KILLS {
            pause.tick().await;
            killed += tellers.are_killed().await?;
        }
        anyhow::Ok(())
    };
    let kills = async { soon("the last of them", kills).await? };
    let (hers, ()) = tokio::try_join!(a_rush(&bea, &ada), kills)?;
    all_is_told(&mut screens, &ada, &hers).await
}
