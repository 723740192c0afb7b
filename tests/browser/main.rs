//! Agents at work in a real browser, with real mail servers on the other side.
#![allow(clippy::unwrap_used)]
#![recursion_limit = "256"]

mod absence;
mod accessibility;
mod bell;
mod blocks;
mod bulk;
mod fields;
mod frequent_jobs;
mod hands;
mod job;
mod keyboard;
mod knowledge;
mod letters;
mod long_choices;
mod mailings;
mod main_job;
mod mentions;
mod merged_back;
mod names;
mod office;
mod outside;
mod pages;
mod passkeys;
mod search;
mod seat;
mod serial_letters;
mod sign_on;
mod take_back;
mod together;
mod with_vendors;
