//! Local accounts: rules for passwords, forgotten ones, and what else lets people in.

mod lock_out;
mod passkeys;
mod passwords;
mod reset;
mod second_factor;
mod sign_ins;
mod tokens;

use support::desk::{Client, Page, Persona, TestDesk};

const PASSWORD: &str = "Zahllauf im November";
const OTHER: &str = "Vorschuss im Dezember";

async fn annika(desk: &TestDesk) -> Persona {
    desk.agent("Annika Brandt").with_password(PASSWORD).await
}

/// Types address and password into the form as a person does.
async fn attempt(browser: &Client, email: &str, password: &str) -> Page {
    let page = browser.get("/sign-in").await;
    let typed = [("email", email), ("password", password)];
    browser.submit(&page, "#sign-in-form", &typed).await
}

async fn is_in(browser: &Client) -> bool {
    browser.get("/views").await.status == 200
}
