//! A mail that wants to be heard of outside is not, until somebody asks for its pictures.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use lotse::mail::deliver::deliver;
use support::browser::{Browser, JavaScript, Scheme, Size};
use support::desk::TestDesk;
use thirtyfour::Cookie;

/// Whoever waits outside to hear who reads; every request is kept.
struct Outside {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Outside {
    fn listen() -> Outside {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heard);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let mut connection = connection.unwrap();
                let mut request = [0; 8192];
                let read = connection.read(&mut request).unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..read]).into_owned();
                kept.lock().unwrap().push(request);
                let answer =
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                connection.write_all(answer.as_bytes()).unwrap();
            }
        });
        Outside { port, heard }
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// A mail that tries every way to be heard.
    fn mail(&self) -> String {
        let at = format!("http://127.0.0.1:{}", self.port);
        format!(
            "From: Verlag <news@verlag.example>\r\nTo: desk@desk.example\r\nSubject: Rundbrief\r\n\
             Message-ID: <brief@verlag.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n\
             <html><head><meta http-equiv=refresh content=\"0;url={at}/meta\"><base href=\"{at}/\">\
             <link rel=stylesheet href=\"{at}/link\"><link rel=prefetch href=\"{at}/prefetch\">\
             <style>@import '{at}/import';@font-face{{font-family:x;src:url({at}/font)}}\
             p{{font-family:x;background:url({at}/css)}}</style></head><body background=\"{at}/body\" onload=\"fetch('{at}/on')\">\
             <p style=\"background:u\\72l({at}/style)\">Rundbrief</p><img src=\"{at}/picture\" alt=\"Bild\">\
             <img srcset=\"{at}/srcset 2x\"><img src=\"{at}/pixel\" width=1 height=1><iframe src=\"{at}/frame\"></iframe>\
             <script src=\"{at}/script\"></script><object data=\"{at}/object\"></object><video poster=\"{at}/poster\"></video>\
             <svg><image href=\"{at}/svg\"/></svg><table background=\"{at}/table\"><tr><td>x</td></tr></table>\
             <form action=\"{at}/form\"><input type=image src=\"{at}/input\" autofocus></form></body></html>\r\n"
        )
    }
}

#[tokio::test]
async fn nothing_is_loaded_from_outside_until_pictures_are_asked_for() {
    let outside = Outside::listen();
    let desk = TestDesk::as_demo().await;
    deliver(&desk, "default", outside.mail().as_bytes())
        .await
        .unwrap();
    desk.run_jobs().await;
    let agent = desk.agent("Annika Brandt").await.sign_in().await;
    let list = agent.get("/tickets").await;
    let ticket = list.attribute("#list-table a.subject", "href").unwrap();

    let browser = Browser::start(Size::WIDE, Scheme::Dark, JavaScript::On).await;
    browser.open(&desk.base(), "").await;
    let session = agent.cookie("lotse_session").unwrap();
    browser
        .add_cookie(Cookie::new("lotse_session", session))
        .await
        .unwrap();
    browser.open(&desk.base(), &ticket).await;
    assert!(browser.text().await.contains("Zählpixel blockiert"));
    browser.must_be_accessible().await;

    browser.click(".entry a[href$='/original']").await;
    let frame = browser.element("iframe").await;
    frame.enter_frame().await.unwrap();
    browser.element("p").await;
    browser.enter_default_frame().await.unwrap();
    browser.must_be_accessible().await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(outside.heard(), Vec::<String>::new());

    browser.click("form[action$='/original'] button").await;
    for _ in 0..100 {
        if outside
            .heard()
            .iter()
            .any(|one| one.contains("GET /picture "))
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let heard = outside.heard();
    assert!(
        heard.iter().any(|one| one.contains("GET /picture ")),
        "{heard:?}"
    );
    for request in &heard {
        let lower = request.to_ascii_lowercase();
        assert!(
            !lower.contains("referer:") && !lower.contains("cookie:"),
            "{request}"
        );
        for never in [
            "/pixel", "/script", "/frame", "/meta", "/link", "/on", "/font", "/import", "/object",
            "/form", "/svg",
        ] {
            assert!(!request.contains(&format!("GET {never} ")), "{request}");
        }
    }
    browser.close().await;
}
