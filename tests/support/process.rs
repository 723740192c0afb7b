//! Child processes that end with the test process, whichever way that ends.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

/// How long a server may take to answer, generous for a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The unprivileged account every Debian has: PostgreSQL, Dovecot and Exim
/// refuse to run as root.
const SERVICE_USER: &str = "mail";

/// Runs the program in a process group of its own until its standard input
/// closes. The kernel closes it when the test process ends, even by SIGKILL;
/// a parent-death signal would come when the starting *thread* ends.
const SUPERVISOR: &str = r#"
set -m
signal=$1 log=$2
shift 2
"$@" </dev/null >>"$log" 2>&1 &
child=$!
echo "$child"
exec >/dev/null 2>&1
read -r
kill -s "$signal" -- "-$child"
for _ in {1..250}; do
  kill -0 "$child" || break
  sleep 0.02
done
kill -KILL -- "-$child"
wait "$child"
"#;

/// Removes the run directory after the last server let go of it.
const REAPER: &str = r#"
exec >/dev/null 2>&1
read -r
for _ in {1..100}; do
  rm -rf "$1" && break
  sleep 0.1
done
"#;

/// Finds a program or says which Debian package brings it.
///
/// # Panics
/// If the program is in none of the usual places.
pub fn package(binary: &str, package: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    places.extend(["/usr/sbin", "/usr/bin", "/sbin", "/bin"].map(PathBuf::from));
    places
        .into_iter()
        .map(|place| place.join(binary))
        .find(|file| is_executable(file))
        .unwrap_or_else(|| {
            panic!("`{binary}` is missing: install the Debian package {package} (apt-get install {package})")
        })
}

pub(crate) fn is_executable(file: &Path) -> bool {
    file.metadata()
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// A port of 127.0.0.1 nobody listens on, below the range from which the
/// kernel takes ports for outgoing connections: a stopped server finds its
/// port free again.
pub fn free_port() -> u16 {
    const FIRST: u16 = 20_000;
    const COUNT: u16 = 12_000;
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let offset = (std::process::id() % 1_000) as u16 * 12;
    for _ in 0..COUNT {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        let port = FIRST + offset.wrapping_add(step) % COUNT;
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no free port between {FIRST} and {}", FIRST + COUNT)
}

/// A directory of its own for one server, readable by the service user and
/// removed with the value, or at the latest when the test process ends.
pub fn scratch(name: &str) -> tempfile::TempDir {
    static RUN: OnceLock<RunDirectory> = OnceLock::new();
    RUN.get_or_init(|| RunDirectory::create(&std::env::temp_dir()))
        .scratch(name)
}

/// The same in memory where there is room: PostgreSQL copies a database of
/// three hundred files there in a fourth of the time.
pub(crate) fn scratch_in_memory(name: &str) -> tempfile::TempDir {
    static RUN: OnceLock<Option<RunDirectory>> = OnceLock::new();
    let memory = Path::new("/dev/shm");
    let run = RUN.get_or_init(|| has_room(memory).then(|| RunDirectory::create(memory)));
    run.as_ref()
        .map_or_else(|| scratch(name), |run| run.scratch(name))
}

fn has_room(place: &Path) -> bool {
    const WANTED_BYTES: u64 = 4 << 30;
    let output = Command::new(package("df", "coreutils"))
        .args(["--block-size=1", "--output=avail"])
        .arg(place)
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .nth(1)
        .and_then(|line| line.trim().parse().ok())
        .is_some_and(|available: u64| available >= WANTED_BYTES)
}

/// Where the directories of this test process lie. The reaper reads from us,
/// so it waits as long as this value lives.
struct RunDirectory {
    path: PathBuf,
    _reaper: Child,
}

impl RunDirectory {
    fn create(parent: &Path) -> Self {
        let path = tempfile::Builder::new()
            .prefix("desk-tests-")
            .tempdir_in(parent)
            .unwrap()
            .keep();
        open_to_all(&path);
        let reaper = Command::new(package("bash", "bash"))
            .args(["-c", REAPER, "reaper"])
            .arg(&path)
            .stdin(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        Self {
            path,
            _reaper: reaper,
        }
    }

    fn scratch(&self, name: &str) -> tempfile::TempDir {
        let directory = tempfile::Builder::new()
            .prefix(&format!("{name}-"))
            .tempdir_in(&self.path)
            .unwrap();
        open_to_all(directory.path());
        directory
    }
}

fn open_to_all(directory: &Path) {
    std::fs::set_permissions(directory, std::fs::Permissions::from_mode(0o755)).unwrap();
}

pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// The account servers run as: our own, or an unprivileged one for root.
pub(crate) fn service_user() -> String {
    if is_root() {
        SERVICE_USER.to_owned()
    } else {
        id(&["-un"])
    }
}

pub(crate) fn service_group() -> String {
    if is_root() {
        id(&["-gn", SERVICE_USER])
    } else {
        id(&["-gn"])
    }
}

fn id(arguments: &[&str]) -> String {
    let output = Command::new(package("id", "coreutils"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "id {arguments:?} failed");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Hands a file or directory to the service user.
pub(crate) fn give_to_service_user(path: &Path) {
    static IDS: OnceLock<(u32, u32)> = OnceLock::new();
    if is_root() {
        let (user, group) = *IDS.get_or_init(|| {
            let number = |flag| id(&[flag, SERVICE_USER]).parse().unwrap();
            (number("-u"), number("-g"))
        });
        chown(path, Some(user), Some(group)).unwrap();
    }
}

/// A command that runs without root's rights.
pub(crate) fn as_service_user(binary: &Path) -> Command {
    let mut command = Command::new(package("setpriv", "util-linux"));
    if is_root() {
        let user = service_user();
        command
            .arg(format!("--reuid={user}"))
            .arg(format!("--regid={}", service_group()))
            .arg("--init-groups");
    }
    // Exim is setuid root and would otherwise look for root's spool.
    command.arg("--no-new-privs").arg(binary);
    command
}

/// How a program is asked to end; it is killed if it does not.
#[derive(Clone, Copy)]
pub enum Stop {
    Terminate,
    Quit,
    Kill,
}

/// A running program whose output goes to a log file, shown if a test fails.
pub struct Process {
    name: &'static str,
    log: PathBuf,
    pid: u32,
    supervisor: Child,
    leash: Option<ChildStdin>,
}

impl Process {
    /// Starts a program that stays in the foreground.
    pub fn start(name: &'static str, log: PathBuf, stop: Stop, command: &Command) -> Self {
        let signal = match stop {
            Stop::Terminate => "TERM",
            Stop::Quit => "QUIT",
            Stop::Kill => "KILL",
        };
        let mut supervised = Command::new(package("bash", "bash"));
        supervised
            .args(["-c", SUPERVISOR, name, signal])
            .arg(&log)
            .arg(command.get_program())
            .args(command.get_args())
            .envs(
                command
                    .get_envs()
                    .filter_map(|(key, value): (&OsStr, _)| Some((key, value?))),
            )
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        if let Some(directory) = command.get_current_dir() {
            supervised.current_dir(directory);
        }
        let mut supervisor = supervised.spawn().unwrap();
        let leash = supervisor.stdin.take();
        let mut line = String::new();
        BufReader::new(supervisor.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let pid = line
            .trim()
            .parse()
            .unwrap_or_else(|_| panic!("{name} did not start, its supervisor said {line:?}"));
        Self {
            name,
            log,
            pid,
            supervisor,
            leash,
        }
    }

    /// Waits until the server is ready.
    ///
    /// # Panics
    /// With the program's log, if it ends or takes too long.
    pub fn wait_until(&self, ready: impl Fn() -> bool) {
        let start = Instant::now();
        while !ready() {
            assert!(
                self.is_alive(),
                "{} ended at once:\n{}",
                self.name,
                self.log()
            );
            assert!(
                start.elapsed() < PATIENCE,
                "{} is not ready after {PATIENCE:?}:\n{}",
                self.name,
                self.log()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the port of 127.0.0.1 takes connections.
    pub fn wait_for_port(&self, port: u16) {
        self.wait_until(|| std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
    }

    /// Ends the program at once, as a failing machine would.
    ///
    /// # Panics
    /// If it lives on.
    pub fn kill(&self) {
        let killed = self.signal("KILL");
        assert!(killed, "{} was not there:\n{}", self.name, self.log());
        self.wait_for_the_end();
    }

    /// Asks the program to end and waits until it has.
    ///
    /// # Panics
    /// If it lives on.
    pub fn terminate(&self) {
        self.signal("TERM");
        let start = Instant::now();
        while self.is_alive() {
            assert!(
                start.elapsed() < PATIENCE,
                "{} has not ended after {PATIENCE:?}:\n{}",
                self.name,
                self.log()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Asks the program to end, and ends it at once if that takes longer than so much.
    pub fn terminate_or_kill(&self, patience: Duration) {
        self.signal("TERM");
        std::thread::sleep(patience);
        self.signal("KILL");
        self.wait_for_the_end();
    }

    /// Whether there was a process to take it.
    fn signal(&self, name: &str) -> bool {
        Command::new(package("bash", "bash"))
            .args(["-c", "kill \"-$1\" \"$2\" 2>/dev/null", "kill", name])
            .arg(self.pid.to_string())
            .status()
            .unwrap()
            .success()
    }

    fn wait_for_the_end(&self) {
        while self.is_alive() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Whether the program still runs; a zombie does not.
    pub fn is_alive(&self) -> bool {
        std::fs::read_to_string(format!("/proc/{}/stat", self.pid)).is_ok_and(|stat| {
            stat.rsplit(')')
                .next()
                .is_some_and(|rest| !rest.trim_start().starts_with('Z'))
        })
    }

    /// The program's process id.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// The program's output so far.
    pub fn log(&self) -> String {
        let bytes = std::fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.leash.take());
        if self.supervisor.wait().is_err() {
            eprintln!("the supervisor of {} was lost", self.name);
        }
        if std::thread::panicking() {
            eprintln!("--- log of {} ---\n{}", self.name, self.log());
        }
    }
}

/// Finds a folder of documentation or says which Debian package brings it.
pub fn documentation(folder: &str, package: &str) -> PathBuf {
    let folder = PathBuf::from(folder);
    assert!(
        folder.is_dir(),
        "{} is missing: install the Debian package {package} (apt-get install {package})",
        folder.display()
    );
    folder
}
