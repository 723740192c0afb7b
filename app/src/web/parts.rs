//! Pieces of pages that two or more features use: pure functions from values to markup.

mod badge;
mod button;
mod choices;
mod due;
mod empty;
mod face;
mod field;
mod foreign;
mod icon;
mod marks;
mod notice;
mod pager;
mod table;
mod time;

pub use badge::{prio, prio_sign, priority_words, state, state_sign, state_words, tile};
pub use button::{Look, button, button_link, icon_button, submit};
pub use choices::{
    KINDS, PRIORITIES, REASONS, kind_choices, kind_words, name, named, priority_choices,
    reason_choices, reason_words,
};
pub use due::{Words, due_mark, due_sign, due_time};
pub use empty::empty;
pub use face::{face, face_beside_name, initials};
pub use field::{Choice, Field, Input};
pub use foreign::{address, foreign};
pub use icon::{glyph, icon, icon_small};
pub use marks::marks;
pub use notice::{Stay, Tone, error_summary, later, notice, toast};
pub use pager::{Pager, pager};
pub use table::{Direction, Sort, column, column_of_numbers, column_sorted};
pub use time::{moment, time_ago, time_of_day};
