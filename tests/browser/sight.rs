//! What is seen of a page, read by scripts in one go.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Reads the visible elements of a selector.
pub(crate) const LOOK: &str = "
    return [...document.querySelectorAll(arguments[0])]
        .filter(element => element.checkVisibility({ visibilityProperty: true }))
        .map(element => {
            const box = element.getBoundingClientRect();
            return {
                text: element.textContent.replace(/\\s+/g, ' ').trim(),
                disabled: element.disabled === true,
                attributes: Object.fromEntries(
                    [...element.attributes].map(attribute => [attribute.name, attribute.value])),
                height: box.height,
                font: parseFloat(getComputedStyle(element).fontSize),
            };
        });
";

/// Says in a few lines what has a test id, for messages.
pub(crate) const OUTLINE: &str = "
    const shown = [...document.querySelectorAll('[data-testid]')]
        .filter(element => element.checkVisibility({ visibilityProperty: true }))
        .map(element => {
            const data = [...element.attributes]
                .filter(attribute => attribute.name.startsWith('data-') || attribute.name.startsWith('aria-'))
                .map(attribute => attribute.name + '=' + attribute.value);
            return '  ' + data.join(' ') + ': ' + element.textContent.replace(/\\s+/g, ' ').trim().slice(0, 60);
        });
    return [location.href, ...shown].join('\\n');
";

/// What can be seen of one element.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Seen {
    /// Its text, with single spaces.
    pub(crate) text: String,
    /// Whether it is a control that does nothing at the moment.
    pub(crate) disabled: bool,
    attributes: BTreeMap<String, String>,
    /// In CSS pixels.
    pub(crate) height: f64,
    /// The size of its letters, in CSS pixels.
    pub(crate) font: f64,
}

impl Seen {
    /// The value of an attribute it has.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}
