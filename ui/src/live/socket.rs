//! One WebSocket.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BinaryType, MessageEvent, WebSocket};

use crate::mqtt;

/// What a socket has to say.
pub(super) enum News {
    Opened,
    /// It is closed, or was never opened.
    Closed,
    Bytes(Vec<u8>),
}

/// An MQTT socket with its listeners; signed off, closed and deaf when dropped, which must not
/// happen within one of its own listeners.
pub(super) struct Socket {
    socket: WebSocket,
    _listeners: [Closure<dyn Fn(MessageEvent)>; 3],
}

impl Socket {
    /// Begins to connect; none when `address` is not one.
    pub(super) fn open(address: &str, hear: Rc<dyn Fn(News)>) -> Option<Self> {
        let socket = WebSocket::new_with_str(address, "mqtt").ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let opened = listener(&hear, |_| News::Opened);
        let closed = listener(&hear, |_| News::Closed);
        let message =
            listener(&hear, |event| News::Bytes(js_sys::Uint8Array::new(&event.data()).to_vec()));
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        Some(Self { socket, _listeners: [opened, closed, message] })
    }

    /// Sends, if the socket is open: otherwise its close event follows or has been, and the
    /// browser would write an error to the console.
    pub(super) fn send(&self, packet: &[u8]) {
        if self.socket.ready_state() == WebSocket::OPEN {
            // The close event follows what goes wrong here.
            let _ = self.socket.send_with_u8_array(packet);
        }
    }

    /// Closes it; its close event follows.
    pub(super) fn close(&self) {
        // Fails only for a code or reason we do not give.
        let _ = self.socket.close();
    }
}

fn listener(
    hear: &Rc<dyn Fn(News)>,
    news: fn(MessageEvent) -> News,
) -> Closure<dyn Fn(MessageEvent)> {
    let hear = hear.clone();
    Closure::new(move |event| hear(news(event)))
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        self.socket.set_onmessage(None);
        self.send(&mqtt::disconnect());
        self.close();
    }
}
