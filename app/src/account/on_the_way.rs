//! A page that goes on to a provider by itself: a form may lead nowhere but to the desk, so it answers with this.

use maud::html;
use poem::http::HeaderValue;
use poem::{IntoResponse as _, Response};

use super::sign_in_page::art;
use crate::web::cx::{Asks, Visitor};

/// `label` stands on the button, for browsers that do not go by themselves.
pub fn go_on(visitor: &Visitor, title: &str, lead: &str, label: &str, there: &str) -> Response {
    if visitor.asks == Asks::Fragment {
        return Response::builder().header("HX-Redirect", there).finish();
    }
    let content = html! {
        section class="login__card" {
            h1 { (title) }
            p class="lead" { (lead) }
            p { a class="kern-btn kern-btn--primary kern-btn--block" href=(there) { span class="kern-label" { (label) } } }
        }
        (art())
    };
    let page = visitor.frame().visitor_page(title, None, &content);
    let mut answer = page.into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("0; url={there}")) {
        answer.headers_mut().insert("refresh", value);
    }
    answer
}
