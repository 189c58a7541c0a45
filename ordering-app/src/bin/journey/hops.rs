//! How long it took until everybody behind the log had heard: a bar for each, all to one scale.

use domain::journey::Hops;
use domain::text::Language;
use ui::element::{Element, element, span};

use crate::words;

/// From when to when each hop took, in milliseconds after the step, by its name.
fn spans(language: Language, hops: &Hops) -> Vec<(&'static str, u64, u64)> {
    let read = hops.relay.or(hops.log).unwrap_or_default();
    let all = [
        (words::hop_log(language), Some(0), hops.log),
        (words::hop_relay(language), hops.log, hops.relay),
        (words::hop_live(language), Some(read), hops.live),
        (words::hop_bus(language), Some(read), hops.bus),
        (words::hop_history(language), Some(read), hops.history),
    ];
    let known = all.into_iter().filter_map(|(name, from, to)| {
        let to = to?;
        Some((name, from.unwrap_or_default().min(to), to))
    });
    known.collect()
}

/// The bars; none when nothing is known.
pub(crate) fn hops(language: Language, hops: &Hops) -> Option<Element> {
    let spans = spans(language, hops);
    let longest = spans.iter().map(|(_, _, to)| *to).max()?.max(1);
    let rows = spans.into_iter().flat_map(|(name, from, to)| {
        let (x, width) = (from * 1000 / longest, (to - from) * 1000 / longest);
        let bar = span("hop-bar").attr("aria-hidden", "true").inner_html(format!(
            "<svg viewBox='0 0 1000 10' preserveAspectRatio='none'>\
             <rect class='hop-time' x='{}' width='{}' height='10'/></svg>",
            x.min(990),
            width.max(10)
        ));
        let time = span("hop-millis number").text([&to.to_string(), " ms"].concat());
        [element("DT", "").text(name), element("DD", "").child(bar).child(time)]
    });
    Some(element("DL", "hops").testid("hops").children(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hop_begins_where_the_one_before_it_ends() {
        let all = Hops {
            log: Some(31),
            relay: Some(44),
            live: Some(68),
            bus: Some(75),
            history: Some(40),
        };
        let expected = [
            ("Log", 0, 31),
            ("Relay", 31, 44),
            ("Screens", 44, 68),
            ("Bus", 44, 75),
            ("History", 40, 40),
        ];
        assert_eq!(spans(Language::English, &all), expected);
        let some = Hops { bus: Some(9), ..Hops::default() };
        assert_eq!(spans(Language::English, &some), [("Bus", 0, 9)]);
        assert_eq!(spans(Language::English, &Hops::default()), []);
    }
}
