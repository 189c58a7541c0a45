//! What a person does not do in a window, but a test may: hang the screen upright, count what the
//! page holds on to.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};

use super::driver;
use super::window::{Size, Window};
use crate::http::Http;

impl Window {
    /// A command of the DevTools protocol, and what it answers.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        #[derive(Deserialize)]
        struct Answered {
            value: Value,
        }
        let path = format!("/session/{}/goog/cdp/execute", self.session);
        let asked = json!({ "cmd": command, "params": parameters });
        let answered: Answered =
            Http::to(driver::address()).post(&path, None, &asked).await?.read()?;
        Ok(answered.value)
    }

    /// Runs a script in each page from now on, before anything of the page's own.
    pub(crate) async fn begins_with(&self, script: &str) -> Result<()> {
        let source = json!({ "source": format!("{{ {script} }}") });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source).await?;
        Ok(())
    }

    /// Makes the view another size.
    pub(crate) async fn is_of_size(&self, width: u32, height: u32) -> Result<()> {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    /// Makes the view that of another device.
    pub(crate) async fn becomes(&self, size: Size) -> Result<()> {
        let metrics = size.metrics();
        let (width, height) = (&metrics["width"], &metrics["height"]);
        let metrics = json!({
            "width": width, "height": height, "screenWidth": width, "screenHeight": height,
            // Where fingers scroll, no bar takes a share of the width.
            "deviceScaleFactor": metrics["pixelRatio"], "mobile": metrics["touch"]
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    /// How many of something the page holds on to, after everything that nobody needs any more is
    /// gone: `Nodes`, `JSEventListeners`, `JSHeapUsedSize` (bytes).
    pub(crate) async fn holds_on_to(&self, what: &[&str]) -> Result<Vec<f64>> {
        #[derive(Deserialize)]
        struct Metrics {
            metrics: Vec<Metric>,
        }
        #[derive(Deserialize)]
        struct Metric {
            name: String,
            value: f64,
        }
        self.devtools("Performance.enable", json!({})).await?;
        self.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        let answer = self.devtools("Performance.getMetrics", json!({})).await?;
        let Metrics { metrics } = serde_json::from_value(answer)?;
        let metrics: BTreeMap<String, f64> =
            metrics.into_iter().map(|metric| (metric.name, metric.value)).collect();
        Ok(what.iter().map(|name| metrics.get(*name).copied().unwrap_or_default()).collect())
    }
}
