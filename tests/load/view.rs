//! The first view of a page in a browser that has never been there: bytes and requests.

use support::browser::{Browser, JavaScript, Scheme, Size};

use crate::base::Base;
use crate::pages::TICKET;
use crate::table::Table;

const WEIGHT: &str = "const all = [...performance.getEntriesByType('navigation'), \
     ...performance.getEntriesByType('resource')]; \
     return [all.length, all.reduce((sum, entry) => sum + entry.transferSize, 0)];";

pub async fn measure(base: &Base, table: &mut Table) {
    let served = base.serve().await;
    let number = base.text(TICKET).await;
    let pages = [
        ("sign-in", "/sign-in".to_owned()),
        ("start", "/".to_owned()),
        ("list", "/tickets".to_owned()),
        ("ticket", format!("/tickets/{number}")),
    ];
    for (name, path) in pages {
        let browser = Browser::start(Size::WIDE, Scheme::Light, JavaScript::On).await;
        if name != "sign-in" {
            let address = &served.address;
            browser.give_cookie(address, &served.cookie).await;
        }
        browser
            .goto(format!("{}{path}", served.address))
            .await
            .unwrap();
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        let found = browser.execute(WEIGHT, vec![]).await.unwrap();
        let (requests, bytes): (u64, f64) = found.convert().unwrap();
        table.note(format!(
            "first view, {name}: {:.0} kB in {requests} requests",
            bytes / 1000.0
        ));
        browser.close().await;
    }
}
