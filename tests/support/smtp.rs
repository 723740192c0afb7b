//! A private Exim which delivers whatever it receives on this machine.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::certificates::Certificates;
use crate::dovecot::{Dovecot, maildir_files};
use crate::process::{
    Process, Stop, as_service_user, free_port, give_to_service_user, package, scratch,
    service_group, service_user,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; it ends with the value.
pub struct Smtp {
    port: u16,
    tls_port: u16,
    process: Mutex<Option<Process>>,
    answers: Mutex<BTreeMap<String, String>>,
    directory: tempfile::TempDir,
}

/// A message as the server handed it over.
#[derive(Debug)]
pub struct Delivery {
    /// The address it was for, from the envelope.
    pub recipient: String,
    /// With the server's trace headers in front.
    pub raw: Vec<u8>,
}

impl Smtp {
    /// The account for senders who authenticate; nobody has to.
    pub const USER: &str = "desk";
    pub const PASSWORD: &str = "open sesame";

    /// Starts a server for every address there is.
    pub fn start() -> Self {
        let nowhere = scratch("no-mailboxes");
        Self::start_with(nowhere.path())
    }

    /// Starts a server which puts mail for Dovecot's users into their
    /// mailboxes and keeps mail for everybody else.
    pub fn start_before(dovecot: &Dovecot) -> Self {
        Self::start_with(&dovecot.maildirs())
    }

    fn start_with(mailboxes: &Path) -> Self {
        let directory = scratch("exim");
        for place in ["", "spool", "log", "received"] {
            let place = directory.path().join(place);
            fs::create_dir_all(&place).unwrap();
            give_to_service_user(&place);
        }
        let smtp = Self {
            port: free_port(),
            tls_port: free_port(),
            process: Mutex::new(None),
            answers: Mutex::default(),
            directory,
        };
        smtp.write_answers(&BTreeMap::new());
        fs::write(smtp.configuration_file(), smtp.configuration(mailboxes)).unwrap();
        smtp.start_again();
        smtp
    }

    /// The port which offers STARTTLS.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The port with TLS from the first byte.
    pub fn tls_port(&self) -> u16 {
        self.tls_port
    }

    /// The PEM file a client must trust.
    pub fn authority(&self) -> &'static Path {
        &Certificates::shared().authority
    }

    /// Ends the server; senders find nobody at its port.
    pub fn stop(&self) {
        *self.process.lock().unwrap() = None;
    }

    /// Starts the stopped server on the same ports.
    pub fn start_again(&self) {
        let mut process = self.process.lock().unwrap();
        assert!(process.is_none(), "Exim runs already");
        let mut command = as_service_user(&package("exim4", "exim4-daemon-light"));
        command
            .arg("-C")
            .arg(self.configuration_file())
            .args(["-bdf", "-q10s"])
            .current_dir("/");
        let log = self.directory.path().join("output");
        let started = Process::start("exim", log, Stop::Terminate, &command);
        started.wait_for_port(self.port);
        started.wait_for_port(self.tls_port);
        *process = Some(started);
    }

    /// From now on answers RCPT for an address, for `*@a.domain` or for `*`
    /// with a line like `451 4.3.0 Later` or `550 5.1.1 No such user`.
    /// Without that `tempfail@…` is answered 451 and `unknown@…` 550.
    pub fn answer(&self, recipient: &str, line: &str) {
        assert!(line.starts_with(['4', '5']), "not a refusal: {line}");
        let mut answers = self.answers.lock().unwrap();
        answers.insert(recipient.to_owned(), line.to_owned());
        self.write_answers(&answers);
    }

    /// Takes every answer back that was set.
    pub fn accept_all(&self) {
        let mut answers = self.answers.lock().unwrap();
        answers.clear();
        self.write_answers(&answers);
    }

    /// Everything kept so far, in the order of its arrival.
    pub fn received(&self) -> Vec<Delivery> {
        maildir_files(&self.directory.path().join("received"))
            .iter()
            .map(|file| {
                let raw = fs::read(file).unwrap();
                let recipient = envelope_recipient(&raw)
                    .unwrap_or_else(|| panic!("no Envelope-to in {}", file.display()));
                Delivery { recipient, raw }
            })
            .collect()
    }

    /// The messages for one address.
    pub fn inbox(&self, address: &str) -> Vec<Vec<u8>> {
        self.received()
            .into_iter()
            .filter(|delivery| delivery.recipient.eq_ignore_ascii_case(address))
            .map(|delivery| delivery.raw)
            .collect()
    }

    /// Waits for the address to have so many messages and returns all.
    ///
    /// # Panics
    /// After 30 seconds, with what arrived and the server's log.
    pub async fn wait_for(&self, address: &str, count: usize) -> Vec<Vec<u8>> {
        let start = Instant::now();
        loop {
            let inbox = self.inbox(address);
            if inbox.len() >= count {
                return inbox;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{address} has {} of {count} messages; the server says:\n{}",
                inbox.len(),
                self.log()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// What the server wrote about its work: each session, refusal, delivery.
    pub fn log(&self) -> String {
        fs::read_to_string(self.directory.path().join("log/mainlog")).unwrap_or_default()
    }

    fn write_answers(&self, answers: &BTreeMap<String, String>) {
        let lines = answers
            .iter()
            .fold(String::new(), |mut lines, (key, line)| {
                writeln!(lines, "{key}: {line}").unwrap();
                lines
            });
        let new = self.directory.path().join("answers.new");
        fs::write(&new, lines).unwrap();
        fs::rename(new, self.directory.path().join("answers")).unwrap();
    }

    fn configuration_file(&self) -> PathBuf {
        self.directory.path().join("exim.conf")
    }

    fn configuration(&self, mailboxes: &Path) -> String {
        let certificates = Certificates::shared();
        let (user, group) = (service_user(), service_group());
        let (port, tls_port) = (self.port, self.tls_port);
        let (name, password) = (Self::USER, Self::PASSWORD);
        format!(
            r"HERE = {here}
MAILBOXES = {mailboxes}
exim_path = {exim}
exim_user = {user}
exim_group = {group}
never_users =
deliver_drop_privilege = true
spool_directory = HERE/spool
log_file_path = HERE/log/%slog
pid_file_path = HERE/exim.pid
primary_hostname = localhost
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port} : {tls_port}
tls_on_connect_ports = {tls_port}
tls_advertise_hosts = *
tls_certificate = {certificate}
tls_privatekey = {key}
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_rcpt = recipient
acl_smtp_data = accept
host_lookup =
rfc1413_hosts =
smtp_accept_max = 200
smtp_accept_queue_per_connection = 0
message_size_limit = 200M
local_from_check = false
check_spool_space = 0
check_spool_inodes = 0
check_log_space = 0
keep_environment =

begin acl
recipient:
  warn set acl_m_answer = ${{lookup{{$local_part@$domain}}lsearch*@{{HERE/answers}}}}
  deny condition = ${{if match{{$acl_m_answer}}{{\N^5\N}}}}
       message = $acl_m_answer
  defer condition = ${{if match{{$acl_m_answer}}{{\N^4\N}}}}
        message = $acl_m_answer
  deny local_parts = unknown
       message = 550 5.1.1 No such user
  defer local_parts = tempfail
        message = 451 4.3.0 Try again later
  accept

begin routers
mailbox:
  driver = accept
  condition = ${{lookup{{$local_part@$domain}}dsearch,filter=dir{{MAILBOXES}}{{yes}}{{no}}}}
  address_data = ${{lookup{{$local_part@$domain}}dsearch,filter=dir{{MAILBOXES}}}}
  transport = mailbox
everybody:
  driver = accept
  transport = received

begin transports
mailbox:
  driver = appendfile
  directory = MAILBOXES/$address_data
  maildir_format
  user = {user}
  return_path_add
  delivery_date_add
received:
  driver = appendfile
  directory = HERE/received
  maildir_format
  user = {user}
  envelope_to_add
  return_path_add
  delivery_date_add

begin retry
* * F,1h,1s

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{name}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if and{{{{eq{{$auth1}}{{{name}}}}}{{eq{{$auth2}}{{{password}}}}}}}}}
  server_set_id = $auth1
",
            here = self.directory.path().display(),
            mailboxes = mailboxes.display(),
            exim = package("exim4", "exim4-daemon-light").display(),
            certificate = certificates.certificate.display(),
            key = certificates.key.display(),
        )
    }
}

/// The trace header in which the server notes for whom the copy is.
fn envelope_recipient(raw: &[u8]) -> Option<String> {
    String::from_utf8_lossy(raw)
        .lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| line.strip_prefix("Envelope-to: ").map(str::to_owned))
}
