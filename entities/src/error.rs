//! What can go wrong in the model, as values the web turns into answers.

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The result of every read and change.
pub type Result<T, E = DeskError> = std::result::Result<T, E>;

/// Everything a read or change can fail with.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// There is no such thing, or the actor may not know that there is.
    #[error("not found or not visible")]
    Hidden,
    /// The actor sees the thing but may not do this to it.
    #[error("not permitted")]
    Forbidden,
    /// The thing is in a state that forbids the change.
    #[error("rejected: {0:?}")]
    Rejected(#[from] Rejected),
    /// Somebody else changed the same thing at the same time.
    #[error("changed meanwhile")]
    Conflict,
    /// This form was already sent once; the subject is the one it changed then.
    #[error("already done")]
    AlreadyDone(Uuid),
    /// The database failed.
    #[error("database: {0}")]
    Db(#[from] DbErr),
    /// The file store lacks a file or cannot be used as it is set.
    #[error("file store: {0}")]
    Blob(String),
    /// The file store does not answer for now; nothing is lost and trying again helps.
    #[error("file store: {0}")]
    StoreAway(String),
    /// Stored data contradicts itself.
    #[error("damaged data: {0}")]
    Damaged(String),
}

/// The state that forbids a change. The web has a sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[error("{self:?}")]
pub enum Rejected {
    /// The text is empty.
    EmptyText,
    /// The title is empty.
    EmptyTitle,
    /// A case cannot end without saying why.
    ReasonMissing,
    /// Nobody to write to.
    NoRecipient,
    /// The ticket was closed meanwhile.
    TicketClosed,
    /// The ticket was merged into another.
    AlreadyMerged,
    /// The ticket is open already.
    AlreadyOpen,
    /// A date lies in the past.
    DateInPast,
    /// The mail left before it could be taken back.
    AlreadySent,
    /// The message was already taken back.
    AlreadyWithdrawn,
    /// The mail is not one that could be sent again.
    NotFailed,
    /// The team, service, person, organisation or mailbox is retired.
    Retired,
    /// The person is no agent.
    NotAnAgent,
    /// The name is taken by another one of the same kind.
    NameTaken,
    /// The mail address is taken by another person or mailbox.
    AddressTaken,
    /// The name is empty.
    EmptyName,
    /// The mail address is none.
    NotAnAddress,
    /// Something cannot be its own parent, nor its child's.
    Circular,
    /// The last administrator must remain.
    LastAdministrator,
    /// Nobody stands in for themselves.
    SamePerson,
    /// The person is away on all of these days already.
    AlreadyAway,
    /// The absence is over, or was cancelled.
    AbsenceOver,
    /// Those who stand in would wait for one another.
    CircularCover,
    /// Nobody gives away more rights than they hold.
    MoreThanHeld,
    /// Nothing would change.
    NothingToDo,
    /// The mail was already made into a ticket or ignored.
    MailAlreadySettled,
    /// The ticket is not merged into that one, or not any more.
    NotMerged,
    /// Something happened to a merged ticket or its target since.
    WentOn,
    /// Nobody decides alone what is blacked out for ever.
    FourEyes,
    /// A passage to black out stands nowhere in the message.
    NoSuchPassage,
    /// It is decided already whether something is blacked out.
    RedactionDecided,
    /// The ticket is not as it was seen any more.
    SeenBefore,
    /// Two tickets that one vendor sees in one of them only, and does not see in the other any more.
    SharesDiffer,
    /// A ticket cannot be linked to itself or merged into itself.
    SameTicket,
    /// These two are linked that way already, or the other way round.
    AlreadyLinked,
    /// The ticket meant as the target was merged itself.
    TargetMerged,
    /// The message stands in another ticket by now.
    MessageMoved,
    /// A message cannot move while its mail still waits to be sent.
    MailWaiting,
    /// Others change what it depends on faster than it can be done.
    Unsettled,
    /// A ticket keeps at least one message; its only one goes with the whole ticket, by merging.
    OnlyMessage,
    /// The vendor's number is none: at least four letters, digits and dashes, with a digit among them.
    NotAVendorNumber,
    /// The organisation is no vendor.
    NotAVendor,
    /// The person works at the desk, or may something beside the portal.
    OfTheDesk,
    /// The person or the address belongs to another organisation.
    OfAnotherOrganisation,
    /// The person belongs to no vendor: they are known as a requester.
    OfNoVendor,
    /// A vendor's own people cannot invite this person; why is not for them.
    NotInvitable,
    /// The address is not in the mail domain of the vendor.
    OtherDomain,
    /// Nobody has said in which mail domain the vendor's addresses are.
    NoDomain,
    /// The person has a way in already.
    HasAccount,
    /// The person's invitation is still open.
    InvitedAlready,
    /// The person has no invitation that could be taken up, or not any more.
    NotInvited,
    /// The account was ended.
    AccountEnded,
    /// Nobody of the vendor could let others in and out any more.
    LastCoordinator,
    /// Too many invitations within an hour.
    TooManyInvitations,
    /// Too many answers from one place within an hour.
    TooManyAnswers,
    /// A contract about nothing.
    NoServices,
    /// The last day lies before the first.
    EndsBeforeItBegins,
    /// The ticket is shared with that vendor already.
    AlreadyShared,
    /// The ticket is not shared with that vendor, or not any more.
    NotShared,
    /// The repair stands where this side cannot take that step.
    NotYourStep,
    /// Nobody is told of a repair that is not live.
    NotLive,
    /// The requester was told of this repair already.
    AlreadyTold,
    /// A text names a place that nothing fills.
    NotAPlaceholder,
    /// Something personal was found that nobody decided on.
    NotDecided,
    /// A field does not take this value.
    Field {
        id: Uuid,
        fault: crate::field::Fault,
    },
    /// Fields that are needed now are empty.
    FieldsMissing,
    /// The reader's role may not set this field.
    FieldNotYours,
    /// Such a ticket does not have this field.
    FieldNotShown,
    /// Somebody else was faster.
    ChangedMeanwhile,
    /// The key is none: small letters, digits and dashes, beginning with a letter.
    NotAKey,
    /// Another field has this key.
    KeyTaken,
    /// A label or an option is too long.
    TooLong,
    /// What an article should be a translation of is none: it is one itself, or in the same language.
    NoOriginal,
    /// Another article says the same in that language.
    TranslatedAlready,
    /// The passage stands nowhere in the version.
    NotInText,
    /// A file without a name, or with a path in it.
    NotAFileName,
    /// More files than an article holds.
    TooManyFiles,
    /// Not between one minute and a day.
    NotMinutes,
    /// The day is still to come.
    DayToCome,
    /// The day is more than a year ago.
    DayTooLongAgo,
    /// More minutes than a day has.
    DayFull,
    /// What a timer measured was booked already, or thrown away.
    TimerEnded,
    /// A rule for weeks names no weekday.
    NoWeekday,
    /// A template of documents without its file.
    NoFile,
    /// A place of the template that nothing fills.
    PlaceOpen,
    /// The template is for other services or another team.
    NotForTicket,
    /// A document could not be made.
    NotMade,
    /// More steps than a checklist takes.
    TooManySteps,
    /// The smallest value is larger than the largest.
    EmptyRange,
    /// The pattern is none, or would be too large.
    NotAPattern,
    /// The link has no place for the value, or is no web address.
    NotALink,
    /// More options than a field takes.
    TooManyOptions,
    /// Two options of the same name stand beside each other.
    OptionTwice,
    /// An option that was there is missing; options are retired, not removed.
    OptionGone,
    /// The actor may not keep views there.
    ShelfNotYours,
    /// A calendar in which no time counts.
    NoHours,
    /// Hours of one day overlap.
    HoursOverlap,
    /// There is no such day.
    NoSuchDay,
    /// A free day is named twice.
    DayTwice,
    /// A time is too short or too long.
    NotATime,
    /// A time limit without any time.
    NoTimes,
    /// Another time limit is the standard already.
    StandardTaken,
    /// Not two to twenty words or short phrases.
    NoWords,
    /// A word means the same as others already.
    WordTaken,
    /// There are as many groups of words as an index takes.
    TooManyGroups,
    /// A provider whose addresses are to be believed speaks for no domain.
    DomainMissing,
    /// What a provider calls somebody is tied to a person already.
    IdentityTaken,
    /// It is none of the person's recovery codes, or was used before.
    NotACode,
    /// The pasted text is neither a JSON object nor a token.
    NotClaims,
    /// An article for vendors names none.
    NoAudience,
    /// The actor may not write about these services.
    NotYourServices,
    /// An article lacks what reviewers need.
    ArticleIncomplete,
    /// The article is not in review, or not any more.
    NotInReview,
    /// Nobody publishes what they wrote themselves.
    OwnWork,
    /// The case has not ended, so nobody knows yet what helped.
    NotSolved,
    /// Nobody is the second reviewer after being the first.
    OwnApproval,
    /// Somebody who is named in a note may not see the ticket.
    CannotSee { person: Uuid },
    /// Something is being written there already.
    DraftThere,
    /// Only who may publish does without a second review that was asked for.
    SecondReviewStays,
}

impl From<object_store::Error> for DeskError {
    fn from(e: object_store::Error) -> Self {
        let words = crate::blob::words(&e);
        match e {
            object_store::Error::NotFound { .. } => DeskError::Blob(words),
            _ => DeskError::StoreAway(words),
        }
    }
}
