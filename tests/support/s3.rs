//! A private S3 server, s3rver from npm, whose files outlive a stop.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, OnceLock};

use crate::process::{Process, Stop, free_port, package, scratch};

/// A running server with one bucket; it ends with the value.
pub struct S3 {
    port: u16,
    process: Mutex<Option<Process>>,
    directory: tempfile::TempDir,
}

impl S3 {
    pub const BUCKET: &str = "files";
    /// The only key s3rver knows; name and secret are the same.
    pub const KEY: &str = "S3RVER";

    /// The server all desks share that need not take it away.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<S3> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Starts one more server.
    pub fn start() -> Self {
        let s3 = Self {
            port: free_port(),
            process: Mutex::new(None),
            directory: scratch("s3"),
        };
        s3.start_again();
        s3
    }

    /// Ends the server; clients find nobody at its port.
    pub fn stop(&self) {
        *self.process.lock().unwrap() = None;
    }

    /// Starts the stopped server on the same port, with the files it had.
    pub fn start_again(&self) {
        let mut process = self.process.lock().unwrap();
        assert!(process.is_none(), "s3rver runs already");
        let mut command = Command::new(package("node", "nodejs"));
        command
            .arg(program())
            .arg("--directory")
            .arg(self.directory.path())
            .args(["--address", "127.0.0.1", "--no-vhost-buckets"])
            .args(["--port", &self.port.to_string()])
            .args(["--configure-bucket", Self::BUCKET]);
        let log = self.directory.path().join("output");
        let started = Process::start("s3rver", log, Stop::Terminate, &command);
        started.wait_for_port(self.port);
        *process = Some(started);
    }

    /// The desk's settings for it, files under `prefix`.
    pub fn settings(&self, prefix: &str) -> [(&'static str, String); 7] {
        [
            ("LOTSE_FILES_STORE", "s3".to_owned()),
            (
                "LOTSE_FILES_ENDPOINT",
                format!("http://127.0.0.1:{}", self.port),
            ),
            ("LOTSE_FILES_ALLOW_HTTP", "yes".to_owned()),
            ("LOTSE_FILES_BUCKET", Self::BUCKET.to_owned()),
            ("LOTSE_FILES_PREFIX", prefix.to_owned()),
            ("LOTSE_FILES_ACCESS_KEY", Self::KEY.to_owned()),
            ("LOTSE_FILES_SECRET_KEY", Self::KEY.to_owned()),
        ]
    }
}

fn program() -> PathBuf {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("node_modules/s3rver/bin/s3rver.js");
    assert!(
        file.exists(),
        "the npm package s3rver is missing: run npm ci --prefix tests"
    );
    file
}
