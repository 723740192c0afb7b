//! A private Dovecot with IMAP over TLS and several mailboxes.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::certificates::Certificates;
use crate::process::{
    Process, Stop, as_service_user, free_port, give_to_service_user, package, scratch,
    service_group, service_user,
};

/// A mail client that is logged in.
pub type Session = async_imap::Session<TlsStream<TcpStream>>;

/// Whether a client may sign in without encryption.
#[derive(Clone, Copy)]
enum Tls {
    Required,
    Possible,
}

/// A running server; it ends with the value.
pub struct Dovecot {
    imap_port: u16,
    imaps_port: u16,
    tls: Tls,
    process: Mutex<Option<Process>>,
    directory: tempfile::TempDir,
}

impl Dovecot {
    /// Starts a server without mailboxes.
    pub fn start() -> Self {
        Self::with(Tls::Required)
    }

    /// Starts a server that also takes clients in the clear, so that one can stand between.
    pub fn in_the_clear() -> Self {
        Self::with(Tls::Possible)
    }

    fn with(tls: Tls) -> Self {
        let directory = scratch("dovecot");
        for place in ["", "mail", "home"] {
            let place = directory.path().join(place);
            fs::create_dir_all(&place).unwrap();
            give_to_service_user(&place);
        }
        fs::write(directory.path().join("users"), "").unwrap();
        let dovecot = Self {
            imap_port: free_port(),
            imaps_port: free_port(),
            tls,
            process: Mutex::new(None),
            directory,
        };
        fs::write(dovecot.configuration_file(), dovecot.configuration()).unwrap();
        dovecot.start_again();
        dovecot
    }

    /// The port which wants STARTTLS.
    pub fn imap_port(&self) -> u16 {
        self.imap_port
    }

    /// The port with TLS from the first byte.
    pub fn imaps_port(&self) -> u16 {
        self.imaps_port
    }

    /// The PEM file a client must trust.
    pub fn authority(&self) -> &'static Path {
        &Certificates::shared().authority
    }

    /// Ends the server; mail can still be delivered and read from the disk.
    pub fn stop(&self) {
        *self.process.lock().unwrap() = None;
    }

    /// Starts the stopped server on the same ports with the same mail.
    pub fn start_again(&self) {
        let mut process = self.process.lock().unwrap();
        assert!(process.is_none(), "Dovecot runs already");
        let mut command = as_service_user(&package("dovecot", "dovecot-imapd"));
        command
            .args(["-F", "-c"])
            .arg(self.configuration_file())
            .current_dir("/");
        let log = self.directory.path().join("log");
        let started = Process::start("dovecot", log, Stop::Terminate, &command);
        started.wait_for_port(self.imap_port);
        started.wait_for_port(self.imaps_port);
        *process = Some(started);
    }

    /// Ends every connection and starts the server anew.
    pub fn restart(&self) {
        self.stop();
        self.start_again();
    }

    /// Creates a mailbox; the user's name may be an address.
    pub fn add_mailbox(&self, user: &str, password: &str) {
        let users = self.directory.path().join("users");
        let mut lines = fs::read_to_string(&users).unwrap();
        writeln!(lines, "{user}:{{PLAIN}}{password}").unwrap();
        let new = self.directory.path().join("users.new");
        fs::write(&new, lines).unwrap();
        fs::rename(new, users).unwrap();
        for place in ["", "cur", "new", "tmp"] {
            let place = self.maildir(user).join(place);
            fs::create_dir_all(&place).unwrap();
            give_to_service_user(&place);
        }
    }

    /// Puts a message into a user's inbox, as a mail server would.
    pub fn deliver(&self, user: &str, raw: &[u8]) {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let maildir = self.maildir(user);
        assert!(maildir.is_dir(), "{user} has no mailbox");
        let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
        let name = format!(
            "{}.M{:06}P{}Q{:06}.localhost",
            now.as_secs(),
            now.subsec_micros(),
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let written = maildir.join("tmp").join(&name);
        fs::write(&written, raw).unwrap();
        give_to_service_user(&written);
        fs::rename(written, maildir.join("new").join(name)).unwrap();
    }

    /// From now on the account may look at its inbox and change nothing.
    pub fn let_only_read(&self, user: &str) {
        let rights = self.maildir(user).join("dovecot-acl");
        fs::write(&rights, "owner lr\n").unwrap();
        give_to_service_user(&rights);
    }

    /// As if the server's own notes of a folder were lost: it gives its messages new numbers, and none is marked.
    ///
    /// # Panics
    /// If the server runs.
    pub fn number_anew(&self, user: &str) {
        assert!(self.process.lock().unwrap().is_none(), "Dovecot runs");
        let maildir = self.maildir(user);
        for entry in fs::read_dir(&maildir).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            // From the one that stays it makes a number it never gave before.
            if name.starts_with("dovecot") && !name.starts_with("dovecot-uidvalidity") {
                fs::remove_file(entry.path()).unwrap();
            }
        }
        for file in self.files(user, "INBOX") {
            let name = file.file_name().unwrap().to_string_lossy();
            let bare = name.split(":2,").next().unwrap();
            fs::rename(&file, maildir.join("new").join(bare)).unwrap();
        }
    }

    /// Makes a message as old as it says, as the server sees it.
    pub fn came_at(&self, user: &str, message: usize, at: std::time::SystemTime) {
        let file = &self.files(user, "INBOX")[message];
        let file = fs::File::options().write(true).open(file).unwrap();
        file.set_modified(at).unwrap();
    }

    /// The messages of a folder as they lie on the disk, oldest first.
    pub fn messages(&self, user: &str, folder: &str) -> Vec<Vec<u8>> {
        self.files(user, folder)
            .iter()
            .map(|file| fs::read(file).unwrap())
            .collect()
    }

    /// For each message of a folder the letters of its Maildir flags: `S` is
    /// seen, `F` flagged, `R` replied, `T` deleted.
    pub fn flags(&self, user: &str, folder: &str) -> Vec<String> {
        self.files(user, folder)
            .iter()
            .map(|file| {
                let name = file.to_string_lossy();
                name.rsplit_once(":2,")
                    .map_or_else(String::new, |(_, flags)| flags.to_owned())
            })
            .collect()
    }

    /// Logs a client in over TLS.
    pub async fn session(&self, user: &str, password: &str) -> Session {
        let connection = TcpStream::connect(("127.0.0.1", self.imaps_port))
            .await
            .unwrap();
        let stream = TlsConnector::from(Certificates::shared().client())
            .connect("localhost".try_into().unwrap(), connection)
            .await
            .unwrap();
        let mut client = async_imap::Client::new(stream);
        client.read_response().await.unwrap().expect("a greeting");
        client
            .login(user, password)
            .await
            .unwrap_or_else(|(error, _)| panic!("{user} cannot log in: {error}"))
    }

    /// The folder with a Maildir for each user.
    pub fn maildirs(&self) -> PathBuf {
        self.directory.path().join("mail")
    }

    fn maildir(&self, user: &str) -> PathBuf {
        self.maildirs().join(user)
    }

    fn files(&self, user: &str, folder: &str) -> Vec<PathBuf> {
        let mut maildir = self.maildir(user);
        if folder != "INBOX" {
            maildir.push(format!(".{folder}"));
        }
        maildir_files(&maildir)
    }

    fn configuration_file(&self) -> PathBuf {
        self.directory.path().join("dovecot.conf")
    }

    fn configuration(&self) -> String {
        let directory = self.directory.path().display();
        let certificates = Certificates::shared();
        let certificate = certificates.certificate.display();
        let key = certificates.key.display();
        let ssl = match self.tls {
            Tls::Required => "required",
            Tls::Possible => "yes",
        };
        let plaintext = match self.tls {
            Tls::Required => "yes",
            Tls::Possible => "no",
        };
        let (user, group) = (service_user(), service_group());
        let (imap, imaps) = (self.imap_port, self.imaps_port);
        format!(
            "base_dir = {directory}/run
state_dir = {directory}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{directory}/mail/%u
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
disable_plaintext_auth = {plaintext}
ssl = {ssl}
ssl_cert = <{certificate}
ssl_key = <{key}
mail_max_userip_connections = 200
mail_plugins = acl
plugin {{
  acl = vfile
}}
auth_failure_delay = 0
namespace inbox {{
  inbox = yes
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {directory}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={directory}/home/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
"
        )
    }
}

/// The files of a Maildir in the order of their arrival.
pub(crate) fn maildir_files(maildir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = ["cur", "new"]
        .into_iter()
        .filter_map(|place| fs::read_dir(maildir.join(place)).ok())
        .flat_map(|entries| entries.map(|entry| entry.unwrap().path()))
        .collect();
    files.sort_by(|one, other| one.file_name().cmp(&other.file_name()));
    files
}
