//! What agents do most often, counted: the clicks, keys and words that each job takes, which must not grow unseen.

mod at_ticket;
mod from_start;

use entities::text_block::{BlockKind, BlockThen};
use entities::ticket::{ClosingReason, Ticket};
use entities::{Actor, Rule, Uuid};
use support::desk::{Persona, TestDesk, block};
use thirtyfour::Key;

use crate::seat::Seat;

const CONSOLE: Actor = Actor::System(Rule::Console);

/// What each job may take: clicks, keys, words. What is done to a ticket begins on its page, the rest on the start page.
const MOST: [(&str, [usize; 3]); 7] = [
    ("answer with a text block and close", [0, 7, 0]),
    ("new ticket by phone", [0, 10, 11]),
    ("assign, prioritise, fill three fields", [0, 19, 1]),
    ("find a solved case", [1, 2, 2]),
    ("report a week of absence, with a deputy", [3, 5, 1]),
    ("link two tickets", [0, 4, 1]),
    ("watch a ticket", [0, 1, 0]),
];

/// Annika's seat, a colleague and somebody who asks.
struct Morning {
    seat: Seat,
    team: Uuid,
    derya: Persona,
    sabine: Persona,
}

impl Morning {
    async fn begin() -> Morning {
        let desk = TestDesk::new().await;
        let team = desk.team("Jugend 1").await;
        let annika = desk.agent("Annika Brandt").in_team(team).await;
        let derya = desk.agent("Derya Aksoy").in_team(team).await;
        let sabine = desk.requester("Sabine Kowalke");
        let sabine = sabine.writing_from("sabine@pankow.example").await;
        desk.service("KITA-Netz", team).await;
        let asks = block("Angaben fehlen", BlockKind::Answer, "Seit wann?");
        desk.offer(asks).await;
        let mut solves = block("Gutschein ersetzt", BlockKind::Answer, "Er ist ersetzt.");
        solves.wording.acts.then = Some(BlockThen::Solved(ClosingReason::Data));
        desk.offer(solves).await;
        desk.go_live();
        let seat = Seat::of(desk, &annika).await;
        Morning {
            seat,
            team,
            derya,
            sabine,
        }
    }

    async fn ticket(&self, title: &str) -> Ticket {
        let ticket = self.seat.desk.ticket(title).from(&self.sabine);
        ticket.in_team(self.team).await
    }

    /// Opens a page; what is done counts from here on.
    async fn at(&self, path: &str) {
        self.seat.goto(path).await;
        self.seat.take_strokes();
    }

    async fn at_ticket(&self, ticket: &Ticket) {
        self.at(&format!("/tickets/{}", ticket.number)).await;
    }

    async fn send(&self) {
        self.seat.press_with(Key::Control, Key::Enter).await;
    }
}

#[tokio::test]
async fn the_seven_jobs_done_most_often_take_few_clicks_and_keys() {
    let morning = Morning::begin().await;
    let took = [
        morning.answer_and_close().await,
        morning.take_a_call().await,
        morning.assign_prioritise_and_fill().await,
        morning.find_a_solved_case().await,
        morning.report_absence().await,
        morning.link_two().await,
        morning.watch().await,
    ];
    morning.seat.browser.close().await;
    println!("\n| job | clicks | keys | words typed |\n|---|---:|---:|---:|");
    let mut grown = Vec::new();
    for ((job, most), took) in MOST.into_iter().zip(took) {
        let took = [took.clicks, took.keys, took.words];
        let [clicks, keys, words] = took;
        println!("| {job} | {clicks} | {keys} | {words} |");
        if took.iter().zip(&most).any(|(took, most)| took > most) {
            grown.push(format!("{job}: {took:?} instead of {most:?}"));
        }
    }
    assert!(grown.is_empty(), "{}", grown.join("\n"));
}
