//! The settings of the file store: a folder, or a bucket with everything that reaching it needs.

use std::path::Path;
use std::time::Duration;

use entities::blob::{Place, S3, Transport};

use super::read::Reader;

/// Reads all of them, so that every mistake is reported; what S3 needs is asked for only when it is chosen.
pub(super) fn place(read: &mut Reader<'_>, data_dir: &Path) -> Place {
    let endpoint = read.optional("files.endpoint");
    let transport = match read.text("files.allow_http").as_str() {
        "yes" => Transport::HttpToo,
        _ => Transport::Https,
    };
    let s3 = S3 {
        region: read.text("files.region"),
        bucket: read.text("files.bucket"),
        prefix: read.text("files.prefix"),
        access_key: read.text("files.access_key"),
        secret_key: read.text("files.secret_key"),
        ca_file: read.path("files.ca_file"),
        timeout: Duration::from_secs(read.number("files.timeout_s")),
        endpoint,
        transport,
    };
    if read.text("files.store") != "s3" {
        return Place::Folder(data_dir.join("blobs"));
    }
    for (key, text) in [
        ("files.bucket", &s3.bucket),
        ("files.access_key", &s3.access_key),
        ("files.secret_key", &s3.secret_key),
    ] {
        if text.is_empty() {
            read.refuse(key, "must be set when files.store is s3");
        }
    }
    let is_plain = |url: &String| url.starts_with("http://");
    if s3.endpoint.as_ref().is_some_and(is_plain) && s3.transport == Transport::Https {
        read.refuse(
            "files.endpoint",
            "is not encrypted; use https, or set files.allow_http to yes in your own network",
        );
    }
    Place::S3(s3)
}
