//! A certificate authority for the tests and a certificate for localhost.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::CertificateDer;

use crate::process::scratch;

/// Where the authority and the servers' certificate lie as PEM files.
pub struct Certificates {
    /// What a client must trust.
    pub authority: PathBuf,
    /// For `localhost` and `127.0.0.1`, with the authority behind it.
    pub certificate: PathBuf,
    pub key: PathBuf,
    authority_der: CertificateDer<'static>,
}

impl Certificates {
    /// The one authority of this test process.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<(Certificates, tempfile::TempDir)> = OnceLock::new();
        let (certificates, _) = SHARED.get_or_init(|| {
            let directory = scratch("certificates");
            (Self::create(directory.path()), directory)
        });
        certificates
    }

    fn create(directory: &Path) -> Self {
        let mut root = CertificateParams::default();
        root.distinguished_name
            .push(DnType::CommonName, "Test authority");
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let root_key = KeyPair::generate().unwrap();
        let root_certificate = root.self_signed(&root_key).unwrap();
        let issuer = Issuer::new(root, root_key);

        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let mut server = CertificateParams::new(names).unwrap();
        server
            .distinguished_name
            .push(DnType::CommonName, "localhost");
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        server.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate().unwrap();
        let certificate = server.signed_by(&key, &issuer).unwrap();

        let write = |name: &str, pem: String| {
            let file = directory.join(name);
            std::fs::write(&file, pem).unwrap();
            file
        };
        Self {
            authority: write("authority.pem", root_certificate.pem()),
            certificate: write(
                "certificate.pem",
                [certificate.pem(), root_certificate.pem()].concat(),
            ),
            key: write("key.pem", key.serialize_pem()),
            authority_der: root_certificate.der().clone(),
        }
    }

    /// A TLS client which trusts this authority alone.
    pub fn client(&self) -> Arc<rustls::ClientConfig> {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(self.authority_der.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let client = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        Arc::new(client)
    }
}

/// Lets clients that could speak TLS be made; the program does so first in its main function.
pub fn install_provider() {
    // An error says that it was installed before.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
