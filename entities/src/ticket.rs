//! The ticket: one case, from first contact to closing. One command a file.

pub mod attachment;
pub mod event;
pub mod mail_facts;
pub mod message;
pub mod number;
pub mod outbound;
pub mod seen;
pub mod share;
pub mod state;
pub mod table;

mod apply;
mod due_is;
pub(crate) mod held;
mod looked_up;
mod register;
mod repair_is;
mod standing;
mod store;
mod ties;

pub mod among;
pub mod check;
pub mod choose;
pub mod counts;
pub mod covered;
pub mod drawn;
pub mod due;
pub mod export;
pub mod facets;
pub mod fault;
pub mod field_facets;
pub mod filter;
pub mod gap;
pub mod group;
pub mod hits;
pub mod lesson;
pub mod list;
pub mod nameless;
pub mod order;
pub mod repair_facet;
mod selection;
pub mod show;
pub mod tally;
pub mod thread;
pub mod undelivered;

pub mod as_seen;
pub mod assign;
pub mod automatic;
pub mod classify;
pub mod close;
pub mod deliver;
pub mod link;
pub mod merge;
pub mod move_message;
pub mod note;
pub mod open;
mod passed_on;
pub mod phone;
pub mod prioritise;
pub mod receive;
pub mod remind;
pub mod rename;
pub mod reopen;
pub mod reply;
pub mod reusable;
pub mod set_fields;
pub mod suggestion;
pub mod take;
pub mod take_back;
pub mod tell_deadlines;
pub mod use_article;
pub mod vendor_number;
pub mod wait;
pub mod watch;
pub mod withdraw;

pub use assign::Assign;
pub use automatic::{SendAnswer, SuppressAnswer};
pub use classify::Classify;
pub use close::Close;
pub use deliver::{Bounce, RecordDelivery, SendAgain};
pub use drawn::DrawArticle;
pub use event::TicketEvent;
pub use link::{Link, LinkKind, Unlink};
pub use merge::Merge;
pub use move_message::MoveMessage;
pub use note::WriteNote;
pub use open::Open;
pub use phone::LogCall;
pub use prioritise::Prioritise;
pub use receive::Receive;
pub use remind::{CallBack, SetReminder};
pub use rename::Rename;
pub use reopen::Reopen;
pub use reply::{Reply, Then};
pub use reusable::{CloseReusable, SetReusable};
pub use set_fields::SetFields;
pub use share::{
    AnswerAsVendor, FillVendorFields, MoveRepair, MoveRepairAsVendor, Share, TellVendor,
    VendorShare, WithdrawShare,
};
pub use state::{
    Audience, Channel, ClosingReason, Delivery, Direction, Kind, Priority, State, WaitingFor,
};
pub use suggestion::RefuseSuggestion;
pub use table::Model as Ticket;
pub use take::Take;
pub use tell_deadlines::TellDeadlines;
pub(crate) use ties::Ties;
pub use use_article::UseArticle;
pub use vendor_number::SetVendorNumber;
pub use wait::Wait;
pub use watch::{Unwatch, Watch};
pub use withdraw::Withdraw;
