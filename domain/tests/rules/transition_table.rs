//! The whole transition table by hand, from the product page: rows are steps, columns the status
//! the order is in. A cell is the status that follows, or: `wrong`, not from there; `taken`,
//! somebody is making it; `never`, not in this role; `unseen`, it does not exist for this person.

use std::collections::BTreeMap;

use domain::{Status, Step};

/// The order's guest.
pub(crate) const OWNER: &str = "
               choosing   placed     making     ready      collected  cancelled  expired
    place      placed     wrong      wrong      wrong      wrong      wrong      wrong
    change     wrong      placed     wrong      wrong      wrong      wrong      wrong
    claim      never      never      never      never      never      never      never
    release    never      never      never      never      never      never      never
    complete   never      never      never      never      never      never      never
    recall     never      never      never      never      never      never      never
    collect    wrong      wrong      wrong      collected  wrong      wrong      wrong
    return     never      never      never      never      never      never      never
    cancel     cancelled  cancelled  wrong      wrong      wrong      wrong      wrong
    expire     never      never      never      never      never      never      never
";

/// Another guest, for whom the order does not exist.
pub(crate) const STRANGER: &str = "
               choosing   placed     making     ready      collected  cancelled  expired
    place      unseen     unseen     unseen     unseen     unseen     unseen     unseen
    change     unseen     unseen     unseen     unseen     unseen     unseen     unseen
    claim      unseen     unseen     unseen     unseen     unseen     unseen     unseen
    release    unseen     unseen     unseen     unseen     unseen     unseen     unseen
    complete   unseen     unseen     unseen     unseen     unseen     unseen     unseen
    recall     unseen     unseen     unseen     unseen     unseen     unseen     unseen
    collect    unseen     unseen     unseen     unseen     unseen     unseen     unseen
    return     unseen     unseen     unseen     unseen     unseen     unseen     unseen
    cancel     unseen     unseen     unseen     unseen     unseen     unseen     unseen
    expire     unseen     unseen     unseen     unseen     unseen     unseen     unseen
";

/// Any barista, and any organiser, who may do whatever a barista may.
pub(crate) const STAFF: &str = "
               choosing   placed     making     ready      collected  cancelled  expired
    place      never      never      never      never      never      never      never
    change     never      never      never      never      never      never      never
    claim      wrong      making     taken      wrong      wrong      wrong      wrong
    release    wrong      wrong      placed     wrong      wrong      wrong      wrong
    complete   wrong      ready      ready      wrong      wrong      wrong      wrong
    recall     wrong      wrong      wrong      making     wrong      wrong      wrong
    collect    wrong      wrong      wrong      collected  wrong      wrong      wrong
    return     wrong      wrong      wrong      wrong      ready      wrong      wrong
    cancel     wrong      cancelled  cancelled  wrong      wrong      wrong      wrong
    expire     never      never      never      never      never      never      never
";

/// A monitor.
pub(crate) const DISPLAY: &str = "
               choosing   placed     making     ready      collected  cancelled  expired
    place      never      never      never      never      never      never      never
    change     never      never      never      never      never      never      never
    claim      never      never      never      never      never      never      never
    release    never      never      never      never      never      never      never
    complete   never      never      never      never      never      never      never
    recall     never      never      never      never      never      never      never
    collect    never      never      never      never      never      never      never
    return     never      never      never      never      never      never      never
    cancel     never      never      never      never      never      never      never
    expire     never      never      never      never      never      never      never
";

/// The clock, once the time of the order's stage is over.
pub(crate) const CLOCK: &str = "
               choosing   placed     making     ready      collected  cancelled  expired
    place      never      never      never      never      never      never      never
    change     never      never      never      never      never      never      never
    claim      never      never      never      never      never      never      never
    release    never      never      never      never      never      never      never
    complete   never      never      never      never      never      never      never
    recall     never      never      never      never      never      never      never
    collect    wrong      wrong      wrong      collected  wrong      wrong      wrong
    return     never      never      never      never      never      never      never
    cancel     never      never      never      never      never      never      never
    expire     expired    expired    wrong      wrong      wrong      wrong      wrong
";

/// The clock, while it is not.
pub(crate) const CLOCK_TOO_EARLY: &str = "
               choosing   placed     making     ready      collected  cancelled  expired
    place      never      never      never      never      never      never      never
    change     never      never      never      never      never      never      never
    claim      never      never      never      never      never      never      never
    release    never      never      never      never      never      never      never
    complete   never      never      never      never      never      never      never
    recall     never      never      never      never      never      never      never
    collect    wrong      wrong      wrong      wrong      wrong      wrong      wrong
    return     never      never      never      never      never      never      never
    cancel     never      never      never      never      never      never      never
    expire     wrong      wrong      wrong      wrong      wrong      wrong      wrong
";

/// A table as read: cells by row and column. Its rows and columns are all there are.
pub(crate) fn read(table: &str) -> BTreeMap<(Step, Status), &str> {
    let mut lines = table.lines().filter(|line| !line.trim().is_empty());
    let head: Vec<&str> = lines.next().expect("a head").split_whitespace().collect();
    assert_eq!(head, Status::ALL.map(Status::as_str), "every status");
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split_whitespace().collect()).collect();
    let names: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    assert_eq!(names, Step::ALL.map(Step::as_str), "every step");
    let mut cells = BTreeMap::new();
    for (step, row) in Step::ALL.into_iter().zip(&rows) {
        assert_eq!(row.len(), 1 + Status::ALL.len(), "{step:?}");
        for (status, cell) in Status::ALL.into_iter().zip(&row[1..]) {
            cells.insert((step, status), *cell);
        }
    }
    cells
}
