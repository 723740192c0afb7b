//! Stands before a server and holds a conversation at a named word.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Where a conversation stops.
#[derive(Clone, Copy)]
pub enum Holding {
    /// Before the server hears what the client says.
    Request(&'static str),
    /// Before the client hears what the server answers to that.
    AnswerTo(&'static str),
}

#[derive(Default)]
struct State {
    at: Option<Holding>,
    heard: bool,
    holds: bool,
}

/// The place in front of a server.
pub struct Hold {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Hold {
    pub fn before(server: u16) -> Hold {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::<Mutex<State>>::default();
        let shared = state.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(("127.0.0.1", server)).unwrap();
                let pairs = [
                    (
                        client.try_clone().unwrap(),
                        server.try_clone().unwrap(),
                        true,
                    ),
                    (server, client, false),
                ];
                for (from, to, is_request) in pairs {
                    let state = shared.clone();
                    std::thread::spawn(move || carry(from, to, is_request, &state));
                }
            }
        });
        Hold { port, state }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn set(&self, at: Holding) {
        *self.state.lock().unwrap() = State {
            at: Some(at),
            ..State::default()
        };
    }

    pub fn holds(&self) -> bool {
        self.state.lock().unwrap().holds
    }

    pub fn let_go(&self) {
        *self.state.lock().unwrap() = State::default();
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, is_request: bool, state: &Mutex<State>) {
    let mut piece = [0; 16 * 1024];
    let mut tail: Vec<u8> = Vec::new();
    while let Ok(length @ 1..) = from.read(&mut piece) {
        let piece = &piece[..length];
        tail.extend_from_slice(piece);
        let says = |word: &str| tail.windows(word.len()).any(|w| w == word.as_bytes());
        let mut now = state.lock().unwrap();
        match (now.at, is_request) {
            (Some(Holding::Request(word)), true) if says(word) => now.holds = true,
            (Some(Holding::AnswerTo(word)), true) if says(word) => now.heard = true,
            (Some(Holding::AnswerTo(_)), false) if now.heard => now.holds = true,
            _ => {}
        }
        let holds = now.holds;
        drop(now);
        if holds {
            while state.lock().unwrap().holds {
                std::thread::sleep(Duration::from_millis(5));
            }
            return;
        }
        tail.drain(..tail.len().saturating_sub(16));
        if to.write_all(piece).is_err() {
            return;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Both);
}
