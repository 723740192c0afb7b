//! The S3 server as a file store: how it is reached, and what its refusals mean.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::{BackoffConfig, Certificate, ClientOptions, ObjectStore, RetryConfig};

use super::{Answer, prefixed};
use crate::error::{DeskError, Result};

/// A page or a mail server waits for us meanwhile; who asked tries again.
const MOST_RETRIES: usize = 2;
const RETRY_WITHIN: Duration = Duration::from_secs(6);
const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// Where the bucket is and who we are there.
#[derive(Clone)]
pub struct S3 {
    /// None: the provider's own by the region.
    pub endpoint: Option<String>,
    pub region: String,
    pub bucket: String,
    /// Put before every name; empty for none.
    pub prefix: String,
    pub access_key: String,
    pub secret_key: String,
    /// Certificates (PEM) of an in-house authority.
    pub ca_file: Option<PathBuf>,
    pub transport: Transport,
    pub timeout: Duration,
}

/// Whether the way to the server must be encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Https,
    /// For a server of the own network that speaks plain http.
    HttpToo,
}

impl std::fmt::Debug for S3 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The secret stays out of every log.
        f.debug_struct("S3")
            .field("endpoint", &self.endpoint)
            .field("bucket", &self.bucket)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

impl S3 {
    pub(super) fn open(&self) -> Result<Arc<dyn ObjectStore>> {
        let mut client = ClientOptions::new()
            .with_allow_http(self.transport == Transport::HttpToo)
            .with_connect_timeout(CONNECT_WITHIN)
            .with_timeout(self.timeout);
        if let Some(file) = &self.ca_file {
            let named = |e: &dyn std::fmt::Display| {
                DeskError::Blob(format!("files.ca_file {}: {e}", file.display()))
            };
            let pem = std::fs::read(file).map_err(|e| named(&e))?;
            for certificate in Certificate::from_pem_bundle(&pem).map_err(|e| named(&e))? {
                client = client.with_root_certificate(certificate);
            }
        }
        let retry = RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: MOST_RETRIES,
            retry_timeout: RETRY_WITHIN,
        };
        let mut builder = AmazonS3Builder::new()
            .with_region(&self.region)
            .with_bucket_name(&self.bucket)
            .with_access_key_id(&self.access_key)
            .with_secret_access_key(&self.secret_key)
            .with_client_options(client)
            .with_allow_http(self.transport == Transport::HttpToo)
            .with_retry(retry);
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let store = builder
            .build()
            .map_err(|e| DeskError::Blob(format!("files.endpoint: {e}")))?;
        Ok(prefixed(store, &self.prefix))
    }
}

/// What a failed look into the store means: a setting that is wrong, or a server that is away.
pub(super) fn judge(error: &object_store::Error) -> Result<Answer> {
    let words = words(error);
    let setting = if words.contains("NoSuchBucket") || words.contains("InvalidBucketName") {
        "files.bucket"
    } else if words.contains("InvalidAccessKeyId") {
        "files.access_key"
    } else if words.contains("SignatureDoesNotMatch") {
        "files.secret_key"
    } else if words.contains("AuthorizationHeaderMalformed") || words.contains("PermanentRedirect")
    {
        "files.region"
    } else {
        match error {
            object_store::Error::PermissionDenied { .. }
            | object_store::Error::Unauthenticated { .. } => "files.access_key, files.secret_key",
            object_store::Error::NotFound { .. } => "files.bucket",
            _ => return Ok(Answer::Away(words)),
        }
    };
    Err(DeskError::Blob(format!(
        "{setting}: the store refuses us: {words}"
    )))
}

/// An error with its causes on one line; those that a text holds already are not said twice.
pub(crate) fn words(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let more = cause.to_string();
        if !words.contains(&more) {
            words.push_str(": ");
            words.push_str(&more);
        }
        next = cause.source();
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn refusal(words: &str) -> object_store::Error {
        object_store::Error::PermissionDenied {
            path: "/".to_owned(),
            source: words.to_owned().into(),
        }
    }

    #[test]
    fn a_refusal_names_the_setting() {
        let named = |words| judge(&refusal(words)).unwrap_err().to_string();
        assert!(named("SignatureDoesNotMatch").contains("files.secret_key:"));
        assert!(named("AuthorizationHeaderMalformed").contains("files.region:"));
        assert!(named("AccessDenied").contains("files.access_key, files.secret_key:"));
        let away = object_store::Error::Generic {
            store: "S3",
            source: "connection refused".into(),
        };
        assert!(matches!(judge(&away).unwrap(), Answer::Away(why) if why.contains("refused")));
    }
}
