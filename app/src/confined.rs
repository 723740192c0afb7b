//! Processes of the program itself for what comes from strangers: they have no settings, and set themselves bounds.

use std::path::Path;
use std::process::Stdio;

use rustix::process::{Resource, Rlimit, setrlimit};
use tokio::process::Command;

/// What a process may use up.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The memory it may write to, in bytes.
    pub memory: u64,
    /// Seconds of a core.
    pub seconds: u64,
    /// Bytes of a file that it writes; pipes are none.
    pub file: u64,
}

impl Bounds {
    /// Sets them for the process that calls it.
    ///
    /// # Errors
    /// The system's.
    pub fn set(self) -> anyhow::Result<()> {
        let limit = |most| Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(Resource::Data, limit(self.memory))?;
        setrlimit(Resource::Cpu, limit(self.seconds))?;
        setrlimit(Resource::Core, limit(0))?;
        setrlimit(Resource::Fsize, limit(self.file))?;
        Ok(())
    }
}

/// Starts the program for such work; it is spoken to and answers through pipes, and ends with whoever waits for it.
pub fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        // The allocator lays in a gigabyte when it begins; taken at once, that alone would be all the memory there is.
        .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}
