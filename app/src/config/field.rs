//! The table of every setting: it drives reading, `lotse config` and the example file.

/// One setting. `default` and `example` are written as on the right side of a TOML line, without quotes for texts.
#[derive(Debug)]
pub struct Field {
    pub key: &'static str,
    pub kind: Kind,
    pub default: &'static str,
    pub example: &'static str,
    pub unit: &'static str,
    pub about: &'static str,
}

/// What a value must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Path,
    /// Like `Text`, but never shown.
    Secret,
    /// `host:port`
    Listen,
    /// http or https with a host
    Url,
    DatabaseUrl,
    Number {
        min: i64,
        max: i64,
    },
    Choice(&'static [&'static str]),
    /// IP addresses separated by commas, or a TOML list
    Addresses,
    /// Names of hosts without port, separated by commas, or a TOML list
    Hosts,
    Zone,
    LogLevel,
}

const fn field(
    key: &'static str,
    kind: Kind,
    default: &'static str,
    example: &'static str,
    unit: &'static str,
    about: &'static str,
) -> Field {
    Field {
        key,
        kind,
        default,
        example,
        unit,
        about,
    }
}

const fn number(min: i64, max: i64) -> Kind {
    Kind::Number { min, max }
}

/// Top-level settings first: TOML wants them before the first section.
#[rustfmt::skip]
pub const FIELDS: &[Field] = &[
    field("data_dir", Kind::Path, "data", "/var/lib/lotse", "", "Folder for the SQLite file, attachments, key and outgoing files."),
    field("listen", Kind::Listen, "127.0.0.1:8080", "0.0.0.0:8080", "", "Address and port the web server listens on."),
    field("public_url", Kind::Url, "", "https://servicedesk.example.org", "", "Address visitors use, for links in mails. Empty: http:// and the listen address. With https, cookies are secure and HSTS is sent."),
    field("trusted_proxies", Kind::Addresses, "", "10.0.0.5, 10.0.0.6", "", "IP addresses of reverse proxies whose X-Forwarded-For is believed."),
    field("locale", Kind::Choice(&["de", "en"]), "de", "en", "", "Language when neither the person nor the browser names one."),
    field("time_zone", Kind::Zone, "Europe/Berlin", "Europe/Vienna", "", "Time zone of all dates and times shown."),
    field("organisation.name", Kind::Text, "Servicedesk", "Servicedesk", "", "Name in the header and in page titles."),
    field("organisation.subtitle", Kind::Text, "", "Jugendhilfe Musterstadt", "", "Second line under the name."),
    field("organisation.address", Kind::Text, "", "Am Markt 1, 12345 Musterstadt", "", "Sender of letters below the name, lines parted by commas."),
    field("database.url", Kind::DatabaseUrl, "", "postgres://lotse:secret@db.example.org/lotse?sslmode=verify-full&sslrootcert=/etc/ssl/own-ca.pem", "", "SQLite or PostgreSQL. Empty: a SQLite file in the data folder."),
    field("database.connections", number(1, 200), "8", "16", "connections", "Size of the pool of reading connections (SQLite) or of all connections (PostgreSQL)."),
    field("database.slow_ms", number(0, 600_000), "500", "100", "milliseconds", "Statements that take longer are logged without their values. 0: none."),
    field("history.key_file", Kind::Path, "", "/etc/lotse/history.key", "", "Key of the history's chain, made at the first start. Empty: history.key in the data folder. Keep a copy in your backup."),
    field("history.anchor_log", Kind::Path, "", "/var/log/lotse/anchors.log", "", "File outside the database to which the history's anchors are appended. Empty: anchors are kept in the database only."),
    field("files.store", Kind::Choice(&["directory", "s3"]), "directory", "s3", "", "Where attachments and raw mails are kept: in the folder blobs of the data folder, or in a bucket of an S3 server."),
    field("files.endpoint", Kind::Url, "", "https://s3.example.org", "", "Address of the S3 server. Empty: the address of Amazon's service in the region."),
    field("files.region", Kind::Text, "us-east-1", "eu-central-1", "", "Region of the bucket; most servers of one's own take any."),
    field("files.bucket", Kind::Text, "", "lotse", "", "Bucket for the files. It must exist; reading, writing and listing must be allowed."),
    field("files.prefix", Kind::Text, "", "servicedesk", "", "Folder inside the bucket. Empty: the bucket is ours alone."),
    field("files.access_key", Kind::Text, "", "lotse", "", "Name of the access key."),
    field("files.secret_key", Kind::Secret, "", "secret", "", "Secret of the access key."),
    field("files.allow_http", Kind::Choice(&["no", "yes"]), "no", "yes", "", "Whether the server may be reached without encryption, for a store in one's own network."),
    field("files.ca_file", Kind::Path, "", "/etc/ssl/own-ca.pem", "", "Certificates (PEM) of an in-house authority, trusted beside the system's."),
    field("files.timeout_s", number(1, 600), "60", "120", "seconds", "Time after which one request to the S3 server is given up."),
    field("search.engine", Kind::Choice(&["embedded", "meilisearch"]), "embedded", "meilisearch", "", "What finds tickets and articles: an index in the folder search of the data folder, or a Meilisearch server. Several machines need Meilisearch."),
    field("search.url", Kind::Url, "", "http://127.0.0.1:7700", "", "Address of the Meilisearch server."),
    field("search.key", Kind::Secret, "", "secret", "", "Key of that server; it must be allowed to do everything with our index."),
    field("search.index", Kind::Text, "lotse", "servicedesk", "", "Name of our index there."),
    field("smtp.host", Kind::Text, "", "mail.example.org", "", "Server for outgoing mail. Empty: every mail is written as a file into the folder outgoing in the data folder."),
    field("smtp.port", number(1, 65535), "587", "465", "", "Port of that server."),
    field("smtp.tls", Kind::Choice(&["starttls", "implicit", "none"]), "starttls", "implicit", "", "How the connection is encrypted."),
    field("smtp.user", Kind::Text, "", "lotse", "", "User name. Empty: no sign-in."),
    field("smtp.password", Kind::Secret, "", "secret", "", "Password of that user."),
    field("smtp.hello_name", Kind::Text, "", "lotse.example.org", "", "Name this machine gives itself. Empty: its host name."),
    field("smtp.ca_file", Kind::Path, "", "/etc/ssl/own-ca.pem", "", "Certificates (PEM) of an in-house authority, trusted beside the system's."),
    field("smtp.timeout_s", number(1, 600), "30", "60", "seconds", "Time after which an attempt to send is given up and tried again later."),
    field("mail.undo_s", number(0, 60), "10", "20", "seconds", "Time in which a sent answer can be taken back, unless the person chose another."),
    field("mail.max_size_mb", number(1, 500), "50", "100", "megabytes", "Largest mail and largest upload that is accepted."),
    field("mail.domain", Kind::Text, "", "servicedesk.example.org", "", "Right side of our Message-IDs. Empty: the host of the public address."),
    field("mail.ca_file", Kind::Path, "", "/etc/ssl/own-ca.pem", "", "Certificates (PEM) of an in-house authority for IMAP servers."),
    field("sessions.idle_minutes", number(5, 10080), "480", "60", "minutes", "A session ends after this time without a request."),
    field("sessions.absolute_hours", number(1, 720), "16", "10", "hours", "A session ends after this time in any case."),
    field("sign_in.attempts_per_account", number(1, 100), "5", "10", "attempts", "Failed sign-ins per account within the window, then the account waits."),
    field("sign_in.attempts_per_address", number(1, 10000), "50", "20", "attempts", "Failed sign-ins per network address within the window."),
    field("sign_in.window_minutes", number(1, 1440), "15", "30", "minutes", "Length of that window."),
    field("sign_in.second_factor", Kind::Choice(&["optional", "required"]), "optional", "required", "", "Whether whoever signs in with a password must show a code of an app as well. Required: who has none sets it up when signing in. Providers see to it themselves."),
    field("sign_in.internal_hosts", Kind::Hosts, "", "login.intern.example.org", "", "Hosts of identity providers that may lie in a private network, and may be spoken to over plain http. All others must be on the internet and speak https."),
    field("sign_in.ca_file", Kind::Path, "", "/etc/ssl/own-ca.pem", "", "Certificates (PEM) of an in-house authority for identity providers, trusted beside the system's."),
    field("calendars.internal_hosts", Kind::Hosts, "", "cloud.intern.example.org", "", "Hosts of calendars that may lie in a private network, and may be spoken to over plain http. All others must be on the internet and speak https."),
    field("calendars.ca_file", Kind::Path, "", "/etc/ssl/own-ca.pem", "", "Certificates (PEM) of an in-house authority for servers of calendars, trusted beside the system's."),
    field("knowledge.gap_cases", number(2, 10_000), "10", "5", "cases", "So many solved cases of one service and cause, since an article was last drawn from one of them, are shown to authors as a gap."),
    field("knowledge.gap_days", number(7, 3_650), "365", "180", "days", "Cases solved longer ago than this are no part of a gap."),
    field("documents.libreoffice", Kind::Path, "", "/usr/bin/soffice", "", "The program that makes PDF of documents (LibreOffice Writer without its windows is enough). It gets no network where the machine has unshare of util-linux and allows it namespaces. Empty: documents are made as DOCX alone."),
    field("tickets.presence", Kind::Choice(&["shown", "off"]), "shown", "off", "", "Whether colleagues see who else looks at a ticket or writes in it. Off: no page says so, and nothing of it is kept or shown."),
    field("log.level", Kind::LogLevel, "info", "info,lotse=debug", "", "What is written to standard error: error, warn, info, debug, trace, or a list by module."),
];

impl Field {
    /// The environment variable that wins over the file.
    pub fn variable(&self) -> String {
        format!("LOTSE_{}", self.key.replace('.', "_").to_uppercase())
    }

    pub fn section(&self) -> Option<&'static str> {
        self.key.split_once('.').map(|(section, _)| section)
    }

    /// The key inside its section.
    pub fn name(&self) -> &'static str {
        self.key.rsplit('.').next().unwrap_or(self.key)
    }

    pub fn find(key: &str) -> Option<&'static Field> {
        FIELDS.iter().find(|field| field.key == key)
    }
}
