//! The ticket: writing in it, taking back, drafts, and new ones by phone.

mod call;
mod case;
mod draft;
mod note;
mod phone;
mod reply;
mod withdraw;
