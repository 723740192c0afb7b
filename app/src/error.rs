//! The only place where an error becomes an answer: logged once, told in the visitor's language, never in its own words.

use std::sync::Arc;

use entities::{DeskError, Rejected};
use maud::{Markup, html};
use poem::error::ResponseError;
use poem::http::StatusCode;
use poem::{Endpoint, IntoResponse, Request, Response};

use crate::locale::Locale;
use crate::web::cx::{Asks, Visitor};
use crate::web::nav::Area;
use crate::web::parts::{Stay, toast};
use crate::web::request_id::RequestId;
use crate::web::swap::Swap;
use crate::web::{cx, layout, url};

/// The result of every handler.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// Nobody has signed in.
    #[error("not signed in")]
    SignIn,
    /// The form does not come from our page, or from an ended session.
    #[error("the form's token is missing or wrong")]
    Csrf,
    /// The request is not what the form sends.
    #[error("bad request: {0}")]
    Request(String),
    /// A file or form is larger than allowed.
    #[error("too large")]
    TooLarge,
    #[error("{0}")]
    Broken(&'static str),
}

impl Error {
    /// The status it is told with.
    pub fn status_code(&self) -> StatusCode {
        match self {
            Error::Desk(DeskError::Hidden) => StatusCode::NOT_FOUND,
            Error::Desk(DeskError::Forbidden) => StatusCode::FORBIDDEN,
            Error::Desk(
                DeskError::Rejected(_) | DeskError::Conflict | DeskError::AlreadyDone(_),
            ) => StatusCode::CONFLICT,
            Error::Desk(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::SignIn => StatusCode::UNAUTHORIZED,
            Error::Csrf => StatusCode::FORBIDDEN,
            Error::Request(_) => StatusCode::BAD_REQUEST,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl ResponseError for Error {
    fn status(&self) -> StatusCode {
        self.status_code()
    }
}

impl From<Rejected> for Error {
    fn from(rejected: Rejected) -> Self {
        Error::Desk(DeskError::Rejected(rejected))
    }
}

/// The sentence for a state that forbids a change.
pub fn rejected(locale: Locale, rejected: Rejected) -> String {
    locale.t(match rejected {
        Rejected::EmptyText => "rejected-empty-text",
        Rejected::EmptyTitle => "rejected-empty-title",
        Rejected::ReasonMissing => "rejected-reason-missing",
        Rejected::NoRecipient => "rejected-no-recipient",
        Rejected::TicketClosed => "rejected-ticket-closed",
        Rejected::AlreadyMerged => "rejected-already-merged",
        Rejected::AlreadyOpen => "rejected-already-open",
        Rejected::DateInPast => "rejected-date-in-past",
        Rejected::AlreadySent => "rejected-already-sent",
        Rejected::AlreadyWithdrawn => "rejected-already-withdrawn",
        Rejected::NotFailed => "rejected-not-failed",
        Rejected::Retired => "rejected-retired",
        Rejected::NotAnAgent => "rejected-not-an-agent",
        Rejected::NameTaken => "rejected-name-taken",
        Rejected::AddressTaken => "rejected-address-taken",
        Rejected::EmptyName => "rejected-empty-name",
        Rejected::NotAnAddress => "rejected-not-an-address",
        Rejected::Circular => "rejected-circular",
        Rejected::LastAdministrator => "rejected-last-administrator",
        Rejected::SamePerson => "rejected-same-person",
        Rejected::AlreadyAway => "rejected-already-away",
        Rejected::AbsenceOver => "rejected-absence-over",
        Rejected::CircularCover => "rejected-circular-cover",
        Rejected::MoreThanHeld => "rejected-more-than-held",
        Rejected::NothingToDo => "rejected-nothing-to-do",
        Rejected::MailAlreadySettled => "rejected-mail-already-settled",
        Rejected::NotMerged => "rejected-not-merged",
        Rejected::WentOn => "rejected-went-on",
        Rejected::FourEyes => "rejected-four-eyes",
        Rejected::NoSuchPassage => "rejected-no-such-passage",
        Rejected::RedactionDecided => "rejected-redaction-decided",
        Rejected::SeenBefore => "rejected-seen-before",
        Rejected::SharesDiffer => "rejected-shares-differ",
        Rejected::SameTicket => "rejected-same-ticket",
        Rejected::AlreadyLinked => "rejected-already-linked",
        Rejected::TargetMerged => "rejected-target-merged",
        Rejected::MessageMoved => "rejected-message-moved",
        Rejected::MailWaiting => "rejected-mail-waiting",
        Rejected::Unsettled => "rejected-unsettled",
        Rejected::OnlyMessage => "rejected-only-message",
        Rejected::NotAVendorNumber => "rejected-not-a-vendor-number",
        Rejected::NotAVendor => "rejected-not-a-vendor",
        Rejected::OfTheDesk => "rejected-of-the-desk",
        Rejected::OfAnotherOrganisation => "rejected-of-another-organisation",
        Rejected::OfNoVendor => "rejected-of-no-vendor",
        Rejected::NotInvitable => "rejected-not-invitable",
        Rejected::OtherDomain => "rejected-other-domain",
        Rejected::NoDomain => "rejected-no-domain",
        Rejected::HasAccount => "rejected-has-account",
        Rejected::InvitedAlready => "rejected-invited-already",
        Rejected::NotInvited => "rejected-not-invited",
        Rejected::AccountEnded => "rejected-account-ended",
        Rejected::LastCoordinator => "rejected-last-coordinator",
        Rejected::TooManyInvitations => "rejected-too-many-invitations",
        Rejected::NoOriginal => "rejected-no-original",
        Rejected::TranslatedAlready => "rejected-translated-already",
        Rejected::NotInText => "rejected-not-in-text",
        Rejected::TooManyAnswers => "rejected-too-many-answers",
        Rejected::NoServices => "rejected-no-services",
        Rejected::EndsBeforeItBegins => "rejected-ends-before-it-begins",
        Rejected::AlreadyShared => "rejected-already-shared",
        Rejected::NotShared => "rejected-not-shared",
        Rejected::NotYourStep => "rejected-not-your-step",
        Rejected::NotLive => "rejected-not-live",
        Rejected::AlreadyTold => "rejected-already-told",
        Rejected::NotAPlaceholder => "rejected-not-a-placeholder",
        Rejected::NotDecided => "rejected-not-decided",
        Rejected::Field { .. } => "rejected-field",
        Rejected::FieldsMissing => "rejected-fields-missing",
        Rejected::FieldNotYours => "rejected-field-not-yours",
        Rejected::FieldNotShown => "rejected-field-not-shown",
        Rejected::ChangedMeanwhile => "rejected-changed-meanwhile",
        Rejected::NotAKey => "rejected-not-a-key",
        Rejected::KeyTaken => "rejected-key-taken",
        Rejected::TooLong => "rejected-too-long",
        Rejected::NotAFileName => "rejected-not-a-file-name",
        Rejected::TooManyFiles => "rejected-too-many-files",
        Rejected::NotMinutes => "rejected-not-minutes",
        Rejected::DayToCome => "rejected-day-to-come",
        Rejected::DayTooLongAgo => "rejected-day-too-long-ago",
        Rejected::DayFull => "rejected-day-full",
        Rejected::TimerEnded => "rejected-timer-ended",
        Rejected::NoWeekday => "rejected-no-weekday",
        Rejected::NoFile => "rejected-no-file",
        Rejected::PlaceOpen => "rejected-place-open",
        Rejected::NotForTicket => "serial-why-template",
        Rejected::NotMade => "serial-why-broken",
        Rejected::TooManySteps => "rejected-too-many-steps",
        Rejected::EmptyRange => "rejected-empty-range",
        Rejected::NotAPattern => "rejected-not-a-pattern",
        Rejected::NotALink => "rejected-not-a-link",
        Rejected::TooManyOptions => "rejected-too-many-options",
        Rejected::OptionTwice => "rejected-option-twice",
        Rejected::OptionGone => "rejected-option-gone",
        Rejected::ShelfNotYours => "rejected-shelf-not-yours",
        Rejected::NoHours => "rejected-no-hours",
        Rejected::HoursOverlap => "rejected-hours-overlap",
        Rejected::NoSuchDay => "rejected-no-such-day",
        Rejected::DayTwice => "rejected-day-twice",
        Rejected::NotATime => "rejected-not-a-time",
        Rejected::NoTimes => "rejected-no-times",
        Rejected::NoWords => "rejected-no-words",
        Rejected::WordTaken => "rejected-word-taken",
        Rejected::TooManyGroups => "rejected-too-many-groups",
        Rejected::StandardTaken => "rejected-standard-taken",
        Rejected::DomainMissing => "rejected-domain-missing",
        Rejected::IdentityTaken => "rejected-identity-taken",
        Rejected::NotACode => "rejected-not-a-code",
        Rejected::NotClaims => "rejected-not-claims",
        Rejected::NoAudience => "rejected-no-audience",
        Rejected::NotYourServices => "rejected-not-your-services",
        Rejected::ArticleIncomplete => "rejected-article-incomplete",
        Rejected::NotInReview => "rejected-not-in-review",
        Rejected::OwnWork => "rejected-own-work",
        Rejected::NotSolved => "rejected-not-solved",
        Rejected::OwnApproval => "rejected-own-approval",
        Rejected::CannotSee { .. } => "rejected-cannot-see",
        Rejected::DraftThere => "rejected-draft-there",
        Rejected::SecondReviewStays => "rejected-second-review-stays",
    })
}

/// Wraps the routes, innermost, so that cookies set further out survive.
pub async fn render<E: Endpoint>(next: Arc<E>, request: Request) -> poem::Result<Response> {
    let visitor = cx::visitor(&request)?;
    let asked = Asked::by(&request);
    match next.call(request).await {
        Ok(answer) => Ok(answer.into_response()),
        Err(error) => Ok(answer(&visitor, &error, &asked)),
    }
}

/// The answer to a request that comes to no route, because it is not known who asks.
pub fn told(visitor: &Visitor, error: &poem::Error, request: &Request) -> Response {
    answer(visitor, error, &Asked::by(request))
}

/// What an answer needs of its request.
struct Asked {
    id: String,
    back: String,
}

impl Asked {
    fn by(request: &Request) -> Asked {
        let id = request.extensions().get::<RequestId>();
        let path = request.original_uri().path_and_query();
        Asked {
            id: id.map(|id| id.0.clone()).unwrap_or_default(),
            back: path.map(|p| p.as_str().to_owned()).unwrap_or_default(),
        }
    }
}

fn answer(visitor: &Visitor, error: &poem::Error, asked: &Asked) -> Response {
    let Asked { id, back } = asked;
    let known = error.downcast_ref::<Error>();
    if matches!(known, Some(Error::SignIn)) {
        return sign_in(visitor, back);
    }
    let status = known.map_or_else(|| error.status(), Error::status_code);
    if status.is_server_error() {
        tracing::error!(request = id, %error, "a request failed");
    } else {
        tracing::debug!(request = id, %error, "a request was refused");
    }
    let locale = visitor.locale;
    let (title, text) = match known {
        Some(Error::Desk(DeskError::Rejected(why))) => {
            (locale.t("error-rejected-title"), rejected(locale, *why))
        }
        Some(Error::Desk(DeskError::StoreAway(_) | DeskError::Blob(_))) => {
            (locale.t("error-files-title"), locale.t("error-files-text"))
        }
        Some(Error::Csrf) => (locale.t("error-csrf-title"), locale.t("error-csrf-text")),
        _ => match status.as_u16() {
            403 => (
                locale.t("error-forbidden-title"),
                locale.t("error-forbidden-text"),
            ),
            404 => (
                locale.t("error-not-found-title"),
                locale.t("error-not-found-text"),
            ),
            405 => (
                locale.t("error-method-title"),
                locale.t("error-method-text"),
            ),
            409 => (
                locale.t("error-conflict-title"),
                locale.t("error-conflict-text"),
            ),
            413 => (
                locale.t("error-too-large-title"),
                locale.t("error-too-large-text"),
            ),
            503 => (
                locale.t("error-unavailable-title"),
                locale.t("error-unavailable-text"),
            ),
            400..=499 => (
                locale.t("error-request-title"),
                locale.t("error-request-text"),
            ),
            _ => (
                locale.t("error-broken-title"),
                locale.t("error-broken-text"),
            ),
        },
    };
    let body = if visitor.asks == Asks::Fragment {
        let words = format!("{title} {text}");
        let toast = toast(locale, Stay::UntilClosed, &words, &html! {});
        html! { hx-partial hx-target="#toasts" hx-swap="beforeend" { (toast) } }
    } else {
        page(visitor, &title, &text, id)
    };
    Response::builder()
        .status(status)
        .content_type("text/html; charset=utf-8")
        .body(body.into_string())
}

fn sign_in(visitor: &Visitor, back: &str) -> Response {
    let to = url::sign_in().with("next", if back == "/" { "" } else { back });
    let mut answer = Swap::go_to(visitor.asks, to).into_response();
    if visitor.asks == Asks::Fragment {
        answer.set_status(StatusCode::UNAUTHORIZED);
    }
    answer
}

fn page(visitor: &Visitor, title: &str, text: &str, id: &str) -> Markup {
    let locale = visitor.locale;
    let content = html! {
        div class="errorpage" {
            h1 { (title) }
            p { (text) }
            p { a class="kern-btn kern-btn--secondary" href=(url::start()) { span class="kern-label" { (locale.t("error-to-start")) } } }
            p class="muted small" { (locale.t("error-request-id")) " " code { (id) } }
        }
    };
    match visitor.signed_in() {
        Some(cx) => cx
            .frame_with(Area::None, html! {})
            .page(title, layout::Stage::Plain, &content),
        None => visitor.frame().plain_page(title, &content),
    }
}
