//! The desk as a client of a provider: where it sends people, and what it makes of the code they bring back.

use chrono::Duration;
use entities::history::Key;
use entities::provider::Provider;
use entities::{Instant, secret};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdToken,
    CoreIdTokenVerifier, CoreJwsSigningAlgorithm as Algorithm, CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, LanguageTag, LoginHint, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken,
    RequestTokenError, Scope, SignatureVerificationError, StandardErrorResponse,
    TokenResponse as _,
};

use super::discovery::{Known, away};
use super::proof::{self, Proof};
use super::refusal::{Refusal, Why};
use crate::fetch::{Fetch, FetchError};

/// How far a provider's clock may be from ours.
pub const SKEW: Duration = Duration::minutes(2);
/// How old a token may be; it was made just before we fetched it.
pub const OLDEST: Duration = Duration::minutes(10);
/// Bytes of randomness of state and nonce.
const RANDOM: u32 = 32;

/// Signatures that only the provider can make.
pub const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

/// A client whose provider was found.
type Found = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The desk in the eyes of one provider.
pub struct Client<'a> {
    provider: &'a Provider,
    secret: Option<String>,
    redirect: RedirectUrl,
}

/// Where a browser is sent, and what must come back.
pub struct Sent {
    pub url: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// What a browser brought back, with what was kept of its leaving.
pub struct Brought<'a> {
    pub code: &'a str,
    pub nonce: &'a str,
    pub verifier: &'a str,
}

impl<'a> Client<'a> {
    pub fn new(provider: &'a Provider, key: &Key, redirect: String) -> Result<Self, Refusal> {
        let secret = match &provider.client_secret {
            None => None,
            Some(sealed) => Some(secret::open(key, sealed).ok_or_else(|| {
                Refusal::new(
                    Why::Client,
                    "the stored secret does not open; type it again",
                )
            })?),
        };
        let redirect = RedirectUrl::new(redirect).map_err(|e| Refusal::new(Why::Address, e))?;
        Ok(Client {
            provider,
            secret,
            redirect,
        })
    }

    fn found(&self, known: &Known) -> Found {
        let id = ClientId::new(self.provider.client_id.clone());
        let secret = self.secret.clone().map(ClientSecret::new);
        let ways = known.metadata.token_endpoint_auth_methods_supported();
        let basic = ways.is_none_or(|ways| {
            ways.is_empty() || ways.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        CoreClient::from_provider_metadata(known.metadata.clone(), id, secret)
            .set_redirect_uri(self.redirect.clone())
            .set_auth_type(match basic {
                true => AuthType::BasicAuth,
                false => AuthType::RequestBody,
            })
    }

    /// Where the browser goes, in that language, with the address the person typed.
    pub fn send(&self, known: &Known, language: &str, hint: Option<&str>) -> Sent {
        let client = self.found(known);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = self.provider.scopes.split_whitespace();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new_random_len(RANDOM),
                || Nonce::new_random_len(RANDOM),
            )
            .add_scopes(scopes.map(|scope| Scope::new(scope.to_owned())))
            .add_ui_locale(LanguageTag::new(language.to_owned()))
            .set_pkce_challenge(challenge);
        if let Some(hint) = hint {
            request = request.set_login_hint(LoginHint::new(hint.to_owned()));
        }
        let (url, state, nonce) = request.url();
        Sent {
            url: url.to_string(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        }
    }

    /// Changes a code for tokens.
    pub async fn redeem(
        &self,
        fetch: &Fetch,
        known: &Known,
        brought: &Brought<'_>,
    ) -> Result<CoreTokenResponse, Refusal> {
        let client = self.found(known);
        let request = client
            .exchange_code(AuthorizationCode::new(brought.code.to_owned()))
            .map_err(|_| Refusal::new(Why::Answer, "no address for tokens"))?
            .set_pkce_verifier(PkceCodeVerifier::new(brought.verifier.to_owned()));
        request.request_async(fetch).await.map_err(refused)
    }

    /// Asks for new tokens by what was given for that.
    pub async fn refresh(
        &self,
        fetch: &Fetch,
        known: &Known,
        token: &str,
    ) -> Result<CoreTokenResponse, Refusal> {
        let client = self.found(known);
        let token = RefreshToken::new(token.to_owned());
        let request = client
            .exchange_refresh_token(&token)
            .map_err(|_| Refusal::new(Why::Answer, "no address for tokens"))?;
        request.request_async(fetch).await.map_err(refused)
    }

    /// What the tokens prove by these keys. No word of them counts before.
    pub fn verify(
        &self,
        known: &Known,
        tokens: &CoreTokenResponse,
        nonce: &str,
        now: Instant,
    ) -> Result<Proof, Refusal> {
        let client = self.found(known);
        let token = tokens
            .id_token()
            .ok_or_else(|| Refusal::new(Why::Answer, "no ID token"))?;
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            // A token may have run out as long ago as the clocks may differ.
            .set_time_fn(move || now - SKEW);
        let nonce = Nonce::new(nonce.to_owned());
        let claims = token.claims(&verifier, &nonce).map_err(judge)?;
        let issued = claims.issue_time();
        if issued > now + SKEW || issued < now - SKEW - OLDEST {
            let words = format!("issued at {issued}, our time is {now}");
            return Err(Refusal::new(Why::Clock, words));
        }
        if let Some(hash) = claims.access_token_hash() {
            binds(tokens, token, &verifier, hash)?;
        }
        let proof = Proof::of(token).ok_or_else(|| Refusal::new(Why::Answer, "no JSON object"))?;
        proof.check(&self.provider.client_id, now + SKEW)?;
        Ok(proof)
    }

    /// Adds what the provider says of the person where it is asked with the token.
    pub async fn complete(
        &self,
        fetch: &Fetch,
        known: &Known,
        tokens: &CoreTokenResponse,
        proof: &mut Proof,
    ) -> Result<(), Refusal> {
        if known.metadata.userinfo_endpoint().is_none() {
            return Ok(());
        }
        let client = self.found(known);
        let token = tokens.access_token().clone();
        let request = client
            .user_info(token, None)
            .map_err(|_| Refusal::new(Why::Answer, "no address for claims"))?;
        let said: proof::UserInfo = request.request_async(fetch).await.map_err(proof::refusal)?;
        proof.add(&said)
    }
}

/// What a refusal of the address for tokens means.
fn refused(
    error: RequestTokenError<FetchError, StandardErrorResponse<CoreErrorResponseType>>,
) -> Refusal {
    match error {
        RequestTokenError::Request(error) => away(&error),
        RequestTokenError::ServerResponse(said) => match said.error() {
            CoreErrorResponseType::InvalidGrant => Refusal::new(Why::Code, "invalid_grant"),
            CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient => {
                Refusal::new(Why::Client, proof::word(said.error().as_ref()))
            }
            other => Refusal::new(Why::Provider, proof::word(other.as_ref())),
        },
        // What does not parse may hold tokens.
        RequestTokenError::Parse(error, _) => Refusal::new(Why::Answer, error.path()),
        RequestTokenError::Other(words) => Refusal::new(Why::Answer, words),
    }
}

/// Whether the access token is the one the ID token speaks of.
fn binds(
    tokens: &CoreTokenResponse,
    token: &CoreIdToken,
    verifier: &CoreIdTokenVerifier<'_>,
    wanted: &AccessTokenHash,
) -> Result<(), Refusal> {
    let broken = |words: String| Refusal::new(Why::Signature, words);
    let algorithm = token.signing_alg().map_err(|e| broken(e.to_string()))?;
    let key = token
        .signing_key(verifier)
        .map_err(|e| broken(e.to_string()))?;
    let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
        .map_err(|e| broken(e.to_string()))?;
    match found == *wanted {
        true => Ok(()),
        false => Err(broken(
            "the access token is not the one that was signed".to_owned(),
        )),
    }
}

/// What the library found, in our words; its sentences name issuers and times but hold no token.
fn judge(error: ClaimsVerificationError) -> Refusal {
    use ClaimsVerificationError as Fault;
    let why = match &error {
        Fault::Expired(_) => Why::Expired,
        Fault::InvalidAudience(_) => Why::Audience,
        Fault::InvalidIssuer(_) => Why::Issuer,
        Fault::InvalidNonce(_) => Why::Nonce,
        Fault::InvalidSubject(_) => Why::Subject,
        Fault::SignatureVerification(fault) => match fault {
            SignatureVerificationError::NoMatchingKey
            | SignatureVerificationError::AmbiguousKeyId(_)
            | SignatureVerificationError::InvalidKey(_) => Why::Key,
            SignatureVerificationError::NoSignature
            | SignatureVerificationError::DisallowedAlg(_)
            | SignatureVerificationError::UnsupportedAlg(_) => Why::Unsigned,
            _ => Why::Signature,
        },
        _ => Why::Answer,
    };
    let detail = match &error {
        Fault::SignatureVerification(fault) => fault.to_string(),
        other => other.to_string(),
    };
    Refusal::new(why, detail)
}

/// Whether newer keys may change the answer.
pub fn wants_keys(refusal: &Refusal) -> bool {
    matches!(refusal.why, Why::Key | Why::Signature)
}

impl From<FetchError> for Refusal {
    fn from(error: FetchError) -> Self {
        away(&error)
    }
}
