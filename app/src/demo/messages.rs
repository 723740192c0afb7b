//! Puts words, authors, times and files to the steps of a thread.

use chrono::{NaiveDateTime, TimeDelta};
use rand::Rng;

use super::case::{Author, Entry, What};
use super::cases::{Kind, Skeleton};
use super::clock;
use super::generator::Generator;
use super::people::ascii;
use super::sketches::{FileSketch, case_table, log_file};
use super::slots::Slots;
use super::thread::{self, Step};
use super::words;

/// Who plays which part in a case.
pub(super) struct Cast<'a> {
    pub skeleton: &'static Skeleton,
    pub slots: &'a Slots,
    pub requester: usize,
    pub handler: usize,
    pub colleague: usize,
    pub vendor: Option<usize>,
}

impl Generator {
    pub(super) fn entries(
        &mut self,
        cast: &Cast<'_>,
        steps: &[Step],
        created: NaiveDateTime,
    ) -> Vec<Entry> {
        let times = self.times(steps, created);
        let check = words::draw(&mut self.rng, &thread::CHECKS, cast.skeleton.kind);
        let mut before = 0;
        let mut entries = Vec::with_capacity(steps.len());
        for (step, minute) in steps.iter().zip(times) {
            // A new case has nobody yet who could have taken a call.
            let by_phone = *step == Step::Opening && steps.len() > 2 && self.rng.random_bool(0.12);
            let (what, author, text) = if by_phone {
                self.opening_call(cast)
            } else {
                self.message(cast, *step, check)
            };
            let files = if by_phone {
                Vec::new()
            } else {
                self.files(cast, *step)
            };
            entries.push(Entry {
                what,
                author,
                text,
                minutes_after: minute - before,
                files,
            });
            before = minute;
        }
        entries
    }

    /// Minutes since creation for every step, in working hours, never after now.
    fn times(&mut self, steps: &[Step], created: NaiveDateTime) -> Vec<i64> {
        let mut moment = created;
        let mut times: Vec<i64> = steps
            .iter()
            .map(|step| {
                let wait = self.rng.random_range(thread::pause(*step));
                if wait > 0 {
                    let minute = self.rng.random_range(5..55);
                    moment = clock::forward(moment + TimeDelta::minutes(wait), minute);
                }
                (moment - created).num_minutes()
            })
            .collect();
        let room = ((self.now - created).num_minutes() - 2).max(0);
        let last = times.last().copied().unwrap_or_default();
        if last > room {
            // Each case rests somewhere else before now, or all of them would look just changed.
            let end = room - self.rng.random_range(0..=room / 3);
            for time in &mut times {
                *time = *time * end / last;
            }
        }
        times
    }

    fn opening_call(&self, cast: &Cast<'_>) -> (What, Author, String) {
        let caller = &self.people.requesters[cast.requester];
        let mut text = format!(
            "{} {} berichtet am Telefon: ",
            caller.salutation.word(),
            caller.last_name
        );
        cast.slots.fill_into(cast.skeleton.opening, &mut text);
        (What::CallIn, Author::Agent(cast.handler), text)
    }

    fn message(
        &mut self,
        cast: &Cast<'_>,
        step: Step,
        check: (&'static str, &'static str),
    ) -> (What, Author, String) {
        let skeleton = cast.skeleton;
        let body = self.body(skeleton, step, check);
        let rng = &mut self.rng;
        let requester = &self.people.requesters[cast.requester];
        let agent = &self.people.agents[cast.handler];
        let by_agent = Author::Agent(cast.handler);
        let by_requester = Author::Requester(cast.requester);
        let vendor = cast.vendor.unwrap_or_default();
        let slots = cast.slots;
        match step {
            Step::Opening => {
                let text = words::first_mail(rng, requester, slots, body);
                (What::MailIn, by_requester, text)
            }
            Step::Answer | Step::Nudge | Step::CheckAnswer | Step::Thanks => {
                let text = words::later_mail(rng, requester, agent, slots, body);
                (What::MailIn, by_requester, text)
            }
            Step::Question | Step::Interim | Step::Check | Step::Planned | Step::Solution => {
                let text = words::reply(agent, requester, slots, body);
                (What::Reply, by_agent, text)
            }
            Step::Call => (What::CallIn, by_agent, slots.fill(body)),
            Step::CallOut => (What::CallOut, by_agent, slots.fill(body)),
            Step::Note | Step::SecondNote => {
                let mut text = slots.fill(body);
                if step == Step::Note && !skeleton.log.is_empty() {
                    text.push_str("\n\n");
                    slots.fill_into(skeleton.log, &mut text);
                }
                (What::Note, Author::Agent(cast.colleague), text)
            }
            Step::ToVendor => {
                let text = words::reply(agent, &self.people.vendors[vendor], slots, body);
                (What::ToVendor, by_agent, text)
            }
            Step::FromVendor => {
                let writer = &self.people.vendors[vendor];
                let text = words::later_mail(rng, writer, agent, slots, body);
                (What::FromVendor, Author::Vendor(vendor), text)
            }
        }
    }

    fn body(
        &mut self,
        skeleton: &'static Skeleton,
        step: Step,
        check: (&'static str, &'static str),
    ) -> &'static str {
        let pool = match step {
            Step::Opening => return skeleton.opening,
            Step::Question => return skeleton.question,
            Step::Answer => return skeleton.answer,
            Step::Call => return skeleton.call,
            Step::Note => return skeleton.note,
            Step::ToVendor => return skeleton.to_vendor,
            Step::FromVendor => return skeleton.from_vendor,
            Step::Solution => return skeleton.solution,
            Step::Thanks => return skeleton.thanks,
            Step::Check => return check.0,
            Step::CheckAnswer => return check.1,
            Step::Nudge => thread::NUDGES,
            Step::Interim => thread::INTERIMS,
            Step::CallOut => thread::CALLS_OUT,
            Step::SecondNote => thread::NOTES,
            Step::Planned => thread::PLANS,
        };
        words::draw(&mut self.rng, &pool, skeleton.kind)
    }

    fn files(&mut self, cast: &Cast<'_>, step: Step) -> Vec<FileSketch> {
        let rng = &mut self.rng;
        match step {
            Step::Opening | Step::Answer => match rng.random_range(0..100) {
                0..18 if cast.skeleton.kind == Kind::Incident => {
                    let picture = rng.random_range(0..self.pictures.len());
                    vec![FileSketch {
                        name: format!("Bildschirm_{}.png", cast.slots.fall),
                        content_type: "image/png",
                        bytes: self.pictures[picture].clone(),
                    }]
                }
                18..26 => vec![case_table(rng, &cast.slots.fall)],
                _ => Vec::new(),
            },
            Step::Note if !cast.skeleton.log.is_empty() && rng.random_bool(0.6) => {
                let name = format!("{}.log", ascii(cast.skeleton.service));
                vec![log_file(name, &cast.slots.fill(cast.skeleton.log))]
            }
            _ => Vec::new(),
        }
    }
}
