//! What AWS asks for a unit, from the one table of prices.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, ensure};

use crate::workspace;

/// The table, dated, each line with its source.
pub(super) const LIST: &str = "backend/infra/prices.md";

/// Dollars for one of each unit.
pub(super) struct Prices(BTreeMap<String, f64>);

/// How many of each unit.
pub(super) type Units = BTreeMap<String, f64>;

impl Prices {
    /// As the table has them.
    pub(super) fn read() -> Result<Self> {
        let list = fs::read_to_string(workspace::root().join(LIST)).context(LIST)?;
        Self::of(&list)
    }

    fn of(list: &str) -> Result<Self> {
        let rows = list.lines().filter(|line| line.starts_with("| `"));
        let prices = rows.map(|row| {
            let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [unit, dollars, amount, _, page] = cells[..] else {
                anyhow::bail!("not five columns: {row}");
            };
            ensure!(page.starts_with("https://"), "AWS says so nowhere: {row}");
            let dollars = dollars.parse::<f64>()? / amount.parse::<f64>()?;
            Ok((unit.trim_matches('`').to_owned(), dollars))
        });
        Ok(Self(prices.collect::<Result<_>>()?))
    }

    /// What so many cost.
    pub(super) fn of_units(&self, unit: &str, amount: f64) -> Result<f64> {
        let price = self.0.get(unit).with_context(|| format!("{LIST} has no `{unit}`"))?;
        Ok(price * amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_for_one() -> Result<()> {
        let prices = Prices::of("| `events` | 1.00 | 1000000 | of a bus | https://aws |\n")?;
        assert!((prices.of_units("events", 5000.0)? - 0.005).abs() < 1e-12);
        assert!(prices.of_units("coffee", 1.0).is_err());
        assert!(Prices::of("| `events` | 1.00 | 1000000 | of a bus | somebody |").is_err());
        Ok(())
    }

    #[test]
    fn the_table_can_be_read() -> Result<()> {
        for unit in ["api_requests", "iot_messages", "state_transitions"] {
            assert!(Prices::read()?.of_units(unit, 1.0)? > 0.0, "{unit}");
        }
        Ok(())
    }
}
