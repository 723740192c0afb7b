//! Why nobody was let in: one word for the list of tries, one sentence for whoever stands outside.

use poem::http::StatusCode;

use crate::locale::Locale;

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The state was not given to this browser, or too long ago.
    State,
    /// The state came back before.
    Used,
    /// The person stopped at the provider.
    Cancelled,
    /// The provider refuses by itself.
    Provider,
    /// The provider is out of use by now.
    Gone,
    /// The provider does not answer.
    Away,
    /// Its address may not be reached.
    Address,
    /// It answers something else than it should.
    Answer,
    /// The code is worth nothing, or no longer.
    Code,
    /// The provider does not know us, or not with this secret.
    Client,
    /// Another issuer than the one that was asked.
    Issuer,
    /// The token is not signed, or in a way that proves nothing.
    Unsigned,
    /// No key of the provider fits, newly fetched ones neither.
    Key,
    Signature,
    /// The token is for somebody else.
    Audience,
    Expired,
    /// The token is from the future, or from long ago.
    Clock,
    Nonce,
    /// Two answers speak of two people.
    Subject,
    /// Nobody here.
    Unknown,
    Unverified,
    AddressTaken,
    Retired,
}

impl Why {
    pub const ALL: [Why; 23] = [
        Why::State,
        Why::Used,
        Why::Cancelled,
        Why::Provider,
        Why::Gone,
        Why::Away,
        Why::Address,
        Why::Answer,
        Why::Code,
        Why::Client,
        Why::Issuer,
        Why::Unsigned,
        Why::Key,
        Why::Signature,
        Why::Audience,
        Why::Expired,
        Why::Clock,
        Why::Nonce,
        Why::Subject,
        Why::Unknown,
        Why::Unverified,
        Why::AddressTaken,
        Why::Retired,
    ];

    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Why::State => "state",
            Why::Used => "used",
            Why::Cancelled => "cancelled",
            Why::Provider => "provider",
            Why::Gone => "gone",
            Why::Away => "away",
            Why::Address => "address",
            Why::Answer => "answer",
            Why::Code => "code",
            Why::Client => "client",
            Why::Issuer => "issuer",
            Why::Unsigned => "unsigned",
            Why::Key => "key",
            Why::Signature => "signature",
            Why::Audience => "audience",
            Why::Expired => "expired",
            Why::Clock => "clock",
            Why::Nonce => "nonce",
            Why::Subject => "subject",
            Why::Unknown => "unknown",
            Why::Unverified => "unverified",
            Why::AddressTaken => "address_taken",
            Why::Retired => "retired",
        }
    }

    /// What happened, in a sentence.
    pub fn words(self, locale: Locale) -> String {
        locale.t(match self {
            Why::State => "sign-on-state",
            Why::Used => "sign-on-used",
            Why::Cancelled => "sign-on-cancelled",
            Why::Provider => "sign-on-provider",
            Why::Gone => "sign-on-gone",
            Why::Away => "sign-on-away",
            Why::Address => "sign-on-address",
            Why::Answer => "sign-on-answer",
            Why::Code => "sign-on-code",
            Why::Client => "sign-on-client",
            Why::Issuer => "sign-on-issuer",
            Why::Unsigned => "sign-on-unsigned",
            Why::Key => "sign-on-key",
            Why::Signature => "sign-on-signature",
            Why::Audience => "sign-on-audience",
            Why::Expired => "sign-on-expired",
            Why::Clock => "sign-on-clock",
            Why::Nonce => "sign-on-nonce",
            Why::Subject => "sign-on-subject",
            Why::Unknown => "sign-on-unknown",
            Why::Unverified => "sign-on-unverified",
            Why::AddressTaken => "sign-on-address-taken",
            Why::Retired => "sign-on-retired",
        })
    }

    /// What the person can do.
    pub fn advice(self, locale: Locale) -> String {
        locale.t(match self {
            Why::State | Why::Used | Why::Cancelled | Why::Code | Why::Expired | Why::Nonce => {
                "sign-on-try-again"
            }
            Why::Away => "sign-on-try-later",
            Why::Unknown | Why::Unverified | Why::AddressTaken | Why::Retired | Why::Gone => {
                "sign-on-ask-desk"
            }
            _ => "sign-on-tell-desk",
        })
    }

    pub fn status(self) -> StatusCode {
        match self {
            Why::State | Why::Used | Why::Cancelled => StatusCode::BAD_REQUEST,
            Why::Away => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::FORBIDDEN,
        }
    }
}

/// A refusal with what exactly was wrong, for those who run the desk. Never a token or a secret.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub why: Why,
    pub detail: String,
}

impl Refusal {
    pub fn new(why: Why, detail: impl std::fmt::Display) -> Refusal {
        Refusal {
            why,
            detail: detail.to_string(),
        }
    }
}

impl From<Why> for Refusal {
    fn from(why: Why) -> Self {
        Refusal::new(why, "")
    }
}

/// What became of a try, by its stored name.
pub fn outcome(locale: Locale, name: &str) -> String {
    match Why::ALL.into_iter().find(|why| why.name() == name) {
        Some(why) => why.words(locale),
        None if name == "ended" => locale.t("sign-on-ended"),
        None => locale.t("sign-on-started"),
    }
}
