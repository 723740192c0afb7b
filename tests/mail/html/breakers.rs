//! What breaks cleaners does nothing here: known tricks, and whatever chance puts together.

use std::sync::Arc;

use lotse::mail::html::{Images, original};
use proptest::prelude::*;
use scraper::{Html, Selector};

use super::{count, elements, faults, page};

/// Tricks by which cleaners were broken: other namespaces, parsers that change their mind, escapes, odd addresses.
const TRICKS: &[&str] = &[
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template><noembed><img src=x onerror=alert(1)></noembed>",
    "<svg><desc><foreignObject><iframe srcdoc='<script>alert(1)</script>'></iframe></foreignObject></desc></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg><svg onload=alert(1)>",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<select><template><style><!--</style><a rel=\"--></style></template></select><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><svg/onload=alert(1)>\">",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">a</a><a href=\"JaVa\tScRiPt:alert(1)\">b</a><a href=\" &#1;javascript:alert(1)\">c</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">d</a><a href=\"vbscript:x\">e</a><a href=\"//x.example\">f</a>",
    "<a href=\"http://x.example\" onclick=alert(1) ping=\"https://x.example\" style=\"color:red\">g</a>",
    "<img src=\"https://x.example/a.png\" srcset=\"https://x.example/b.png 2x\"><picture><source srcset=\"https://x.example/c.png\"></picture>",
    "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\"><img src=\"lotse-file:fedcba\"><img src=\"cid:other@mail\">",
    "<table background=\"https://x.example/bg.png\"><tr><td background=\"https://x.example/bg.png\">x</td></tr></table>",
    "<div style=\"background:url(https://x.example/a)\">x</div><div style=\"width:expression(alert(1))\">y</div>",
    "<style>@import 'https://x.example/a.css'; body{background:url(https://x.example/b)}</style>",
    "<link rel=stylesheet href=\"https://x.example/a.css\"><base href=\"https://x.example/\"><meta http-equiv=refresh content=\"0;url=https://x.example\">",
    "<form action=\"https://x.example\"><input name=a value=b><button formaction=\"https://x.example\">go</button></form>",
    "<object data=\"https://x.example/a\"></object><embed src=\"https://x.example/a\"><applet code=x></applet><iframe src=\"https://x.example\"></iframe>",
    "<video src=\"https://x.example/v\" poster=\"https://x.example/p\"></video><audio src=\"https://x.example/a\"></audio>",
    "<body onload=alert(1) background=\"https://x.example/bg\"><marquee onstart=alert(1)>x</marquee>",
    "<details open ontoggle=alert(1)><summary>x</summary>y</details><dialog open>z</dialog>",
    "<p> src=\"lotse-file:0123\" &lt;img src=\"lotse-file:0123\"&gt; <summary></summary> &lt;details class=\"quote\"></p>",
    "<img alt='\"><script>alert(1)</script>' src=\"cid:logo@amt\"><img src='cid:logo@amt' width='1\"onload=\"x' height=2>",
    "<li>a</li></ul></div></article></main><tr><td>b</td></tr><dd>c<li><div><li>d</div></ol>",
    "<p><table><tr><td><p>x</table></p></p></p><h1><h2>y</h1><a href='http://a.example'><a href='http://b.example'>z</a></a>",
    "<!--[if mso]><script>alert(1)</script><![endif]--><![CDATA[<script>alert(1)</script>]]><?xml x?>",
    "<a href=\"https://x.example/\u{202e}gpj.exe\">\u{202e}moc.knab</a>",
];

#[test]
fn no_known_trick_gets_through_into_the_thread() {
    for trick in TRICKS {
        let html = page(trick);
        assert_eq!(faults(&html), Vec::<String>::new(), "{trick}\n{html}");
        // A browser reads it as it was written: nothing closes what stands around it.
        let around =
            format!("<ol><li><article><div>{html}</div><footer>end</footer></article></li></ol>");
        assert_eq!(
            count(&around, "ol > li > article > footer"),
            1,
            "{trick}\n{html}"
        );
        let again = page(&html);
        assert_eq!(faults(&again), Vec::<String>::new(), "{trick}\n{again}");
    }
}

#[test]
fn no_known_trick_acts_or_loads_in_the_original_view() {
    for trick in TRICKS {
        let document = original(trick, Images::Blocked, &Arc::default());
        let html = Html::parse_document(&document);
        for element in elements(&html) {
            let name = element.value().name();
            assert!(
                ![
                    "script", "iframe", "object", "embed", "form", "input", "link", "base", "svg",
                    "math", "video"
                ]
                .contains(&name),
                "{name}: {document}"
            );
            for (attribute, value) in element.value().attrs() {
                let lower = value.trim().to_ascii_lowercase();
                assert!(!attribute.starts_with("on"), "{attribute}: {document}");
                if matches!(
                    attribute,
                    "src" | "srcset" | "background" | "poster" | "data"
                ) {
                    assert!(lower.starts_with("data:image/"), "{attribute}={value}");
                }
                assert!(!lower.starts_with("javascript:") && !lower.starts_with("data:text"));
                assert!(attribute != "style" || !lower.contains("url("), "{value}");
            }
        }
        for style in html.select(&Selector::parse("style").unwrap()) {
            let css = style.text().collect::<String>();
            assert!(!css.contains("url(") && !css.contains("@import"), "{css}");
        }
    }
}

/// The names of elements in the order in which they are written.
fn opened(html: &str) -> Vec<String> {
    html.split('<')
        .skip(1)
        .filter(|tag| !tag.starts_with('/'))
        .map(|tag| tag.split([' ', '>']).next().unwrap().to_owned())
        .collect()
}

fn text(page: &Html) -> String {
    page.root_element().text().collect()
}

fn soup() -> impl Strategy<Value = String> {
    let tags = prop::sample::select(vec![
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<th>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<a href='https://a.example'>",
        "<a href='javascript:x'>",
        "</a>",
        "<b>",
        "</b>",
        "<span style='display:none'>",
        "</span>",
        "<h1>",
        "</h1>",
        "<h4>",
        "<blockquote type=cite>",
        "</blockquote>",
        "<pre>",
        "</pre>",
        "<br>",
        "<hr>",
        "<img src='cid:logo@amt'>",
        "<img src='https://a.example/x'>",
        "<svg>",
        "</svg>",
        "<math>",
        "<mtext>",
        "<style>",
        "</style>",
        "<script>",
        "</script>",
        "<template>",
        "<noscript>",
        "<!--",
        "-->",
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
        "<div id=divRplyFwdMsg>",
        "Von: a ",
        "Gesendet: b ",
        "Wort ",
        "&nbsp;",
        "&lt;",
        "\"",
        "'",
        "<",
        ">",
        "<img src='lotse-file:00' onerror=x>",
        "<caption>",
        "<tbody>",
        "<thead>",
        "<font>",
        "<center>",
        "<form>",
        "<textarea>",
        "<select>",
        "<option>",
        "\u{202e}",
    ]);
    prop::collection::vec(tags, 0..60).prop_map(|tags| tags.concat())
}

proptest! {
    #[test]
    fn whatever_comes_in_nothing_acts_loads_or_breaks_out(html in soup()) {
        let shown = page(&html);
        prop_assert_eq!(faults(&shown), Vec::<String>::new(), "{}", &shown);
        let around = format!("<ol><li><article><div>{shown}</div><footer>end</footer></article></li></ol>");
        prop_assert_eq!(count(&around, "ol > li > article > footer"), 1, "{}", &shown);
        // A browser builds the very tree that was written.
        let read = Html::parse_fragment(&shown);
        let names = elements(&read).map(|element| element.value().name().to_owned());
        prop_assert_eq!(names.skip(1).collect::<Vec<_>>(), opened(&shown), "{}", &shown);
        prop_assert_eq!(text(&read), text(&Html::parse_fragment(&read.root_element().inner_html())));
        let document = Html::parse_document(&original(&html, Images::Blocked, &Arc::default()));
        for element in elements(&document) {
            prop_assert!(element.value().name() != "script");
            prop_assert!(element.attr("src").is_none_or(|src| src.starts_with("data:image/")));
            prop_assert!(element.attr("onerror").is_none());
        }
    }
}
