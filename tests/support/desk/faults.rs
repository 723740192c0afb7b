//! A fault that several offices ask about: `desk.fault(&["Sabine Kowalke"]).await`.

use entities::Uuid;
use entities::ticket::Ticket;
use entities::ticket::share::VendorShare;

use super::{Persona, TestDesk};

/// A ticket that a vendor is to repair, and those whose requesters ask because of it.
pub struct Fault {
    /// Works on it.
    pub agent: Persona,
    pub team: Uuid,
    pub vendor: Uuid,
    pub ticket: Ticket,
    pub share: VendorShare,
    /// One of each requester; they do not hang on it yet.
    pub others: Vec<Ticket>,
}

impl TestDesk {
    /// Annika works on a fault that Nordlicht is to repair; others ask because of it.
    pub async fn fault(&self, requesters: &[&str]) -> Fault {
        let team = self.team("Jugend 1").await;
        let agent = self.agent("Annika Brandt").in_team(team).await;
        let service = self.service("KITA-Netz", team).await;
        let vendor = self.maker("Nordlicht Software", "nordlicht.example").await;
        let karin = self.requester("Karin Adam").await;
        let ticket = self
            .ticket("Bescheid bricht ab")
            .from(&karin)
            .about(service)
            .in_team(team)
            .await;
        let share = self.share(&ticket, vendor).await;
        let mut others = Vec::new();
        for name in requesters {
            let requester = self.requester(name).await;
            let title = format!("Kein Bescheid für {name}");
            others.push(self.ticket(&title).from(&requester).in_team(team).await);
        }
        Fault {
            agent,
            team,
            vendor,
            ticket: self.read(ticket.id).await,
            share,
            others,
        }
    }
}
