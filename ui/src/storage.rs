//! What a device remembers. Storage may be missing, full or forbidden: then nothing is remembered.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was remembered under `key`.
pub fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Remembers `value` under `key`.
pub fn save(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // Full or forbidden: see the module's promise.
        let _ = storage.set_item(key, value);
    }
}

/// Forgets what was remembered under `key`.
pub fn clear(key: &str) {
    if let Some(storage) = storage() {
        // Full or forbidden: see the module's promise.
        let _ = storage.remove_item(key);
    }
}
