//! Stands before a server and holds or cuts a conversation at a named word.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How much of what was said is looked through again with the next piece.
const LONGEST_WORD: usize = 64;

/// How much of an answer passes before it is cut.
const BEGINNING: usize = 100;

/// Where a conversation stops.
#[derive(Clone, Copy)]
pub enum At {
    /// Before the server hears what the client says.
    Request(&'static str),
    /// Before the client hears what the server answers to that.
    AnswerTo(&'static str),
}

#[derive(Default)]
struct State {
    at: Option<At>,
    /// How often the connection is cut there; none when it is held.
    cuts: Option<u32>,
    holds: bool,
    /// Counts what was asked for, so that nothing of an earlier wish is left in a connection.
    wish: u64,
}

/// The place in front of a server.
pub struct Hold {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Hold {
    /// Before the server at this port.
    pub fn before(server: u16) -> Hold {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::<Mutex<State>>::default();
        let shared = state.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                // A server that is away closes the connection at once.
                let Ok(server) = TcpStream::connect(("127.0.0.1", server)) else {
                    continue;
                };
                let again = |stream: &TcpStream| stream.try_clone().unwrap();
                let heard = Arc::<AtomicU64>::default();
                let asks = (again(&client), again(&server), true);
                for (from, to, is_request) in [asks, (server, client, false)] {
                    let (state, heard) = (shared.clone(), heard.clone());
                    std::thread::spawn(move || carry(from, to, is_request, &state, &heard));
                }
            }
        });
        Hold { port, state }
    }

    /// Where clients connect.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// From now on conversations stop there.
    pub fn set(&self, at: At) {
        self.wish(Some(at), None);
    }

    /// Cuts so many connections there, in the middle of what is said.
    pub fn cut(&self, at: At, times: u32) {
        self.wish(Some(at), Some(times));
    }

    /// Whether a conversation stops.
    pub fn holds(&self) -> bool {
        self.state.lock().unwrap().holds
    }

    /// How many of the cuts that were asked for were not made yet.
    pub fn cuts_left(&self) -> u32 {
        self.state.lock().unwrap().cuts.unwrap_or_default()
    }

    /// What is held goes on as if nothing had been; what comes then passes.
    pub fn go_on(&self) {
        let mut state = self.state.lock().unwrap();
        (state.at, state.holds) = (None, false);
    }

    /// What is held ends; what comes then passes.
    pub fn let_go(&self) {
        self.wish(None, None);
    }

    fn wish(&self, at: Option<At>, cuts: Option<u32>) {
        let mut state = self.state.lock().unwrap();
        let wish = state.wish + 1;
        *state = State {
            at,
            cuts,
            holds: false,
            wish,
        };
    }
}

fn carry(
    mut from: TcpStream,
    mut to: TcpStream,
    is_request: bool,
    state: &Mutex<State>,
    heard: &AtomicU64,
) {
    let mut piece = [0; 16 * 1024];
    let mut tail: Vec<u8> = Vec::new();
    while let Ok(length @ 1..) = from.read(&mut piece) {
        let piece = &piece[..length];
        tail.extend_from_slice(piece);
        let says = |word: &str| tail.windows(word.len()).any(|w| w == word.as_bytes());
        let mut now = state.lock().unwrap();
        let stops = match (now.at, is_request) {
            (Some(At::Request(word)), true) => says(word),
            (Some(At::AnswerTo(word)), true) => {
                if says(word) {
                    heard.store(now.wish, Ordering::Relaxed);
                }
                false
            }
            (Some(At::AnswerTo(_)), false) => heard.load(Ordering::Relaxed) == now.wish,
            _ => false,
        };
        match now.cuts {
            _ if !stops => {}
            None => now.holds = true,
            Some(0) => {}
            Some(left) => {
                now.cuts = Some(left - 1);
                drop(now);
                let _ = to.write_all(&piece[..length.min(BEGINNING)]);
                let _ = to.shutdown(Shutdown::Both);
                let _ = from.shutdown(Shutdown::Both);
                return;
            }
        }
        let (holds, wish) = (now.holds, now.wish);
        drop(now);
        if holds {
            let now = loop {
                let now = state.lock().unwrap();
                if !now.holds || now.wish != wish {
                    break now.wish;
                }
                drop(now);
                std::thread::sleep(Duration::from_millis(5));
            };
            if now != wish {
                let _ = from.shutdown(Shutdown::Both);
                return;
            }
        }
        tail.drain(..tail.len().saturating_sub(LONGEST_WORD));
        if to.write_all(piece).is_err() {
            return;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
