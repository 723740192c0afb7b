//! What people do, through the pages: signing in, answering, opening tickets.

use std::time::Instant;

use crate::base::Base;
use crate::table::Table;
use crate::wrk;

/// A script for wrk: every request a form of its own. No token can hold what stands for something here.
const FORMS: &str = r#"
local function key()
  return (string.gsub("xxxxxxxxxxxx4xxx8xxxxxxxxxxxxxxx", "x", function() return string.format("%x", math.random(0, 15)) end))
end
math.randomseed(os.time())
local paths = { <paths> }
local at = 0
request = function()
  at = at % #paths + 1
  local headers = { ["Content-Type"] = "application/x-www-form-urlencoded", ["Cookie"] = "<cookie>", ["Origin"] = "<origin>"<more> }
  return wrk.format("POST", paths[at], headers, "csrf=<csrf>&once=" .. key() .. "&<body>")
end
"#;

/// Tickets of the agent's teams with as many messages as most have.
pub const MINE: &str = "SELECT string_agg(number, ' ') FROM (SELECT number FROM ticket \
    WHERE message_count BETWEEN 10 AND 30 AND active AND team_id IN (SELECT team_id FROM team_member \
    JOIN person ON person.id = person_id WHERE email = 'annika.brandt@servicedesk.example') \
    ORDER BY changed_at DESC LIMIT 200) AS newest";

pub async fn measure(base: &Base, seconds: u32, table: &mut Table) {
    let served = base.serve().await;
    let begun = Instant::now();
    const SIGN_INS: u32 = 10;
    for _ in 0..SIGN_INS {
        served.sign_in().await;
    }
    table.rate(
        "signing in, one after the other",
        f64::from(SIGN_INS) / begun.elapsed().as_secs_f64(),
    );
    let numbers = base.text(MINE).await;
    let replies: Vec<String> = numbers
        .split(' ')
        .map(|number| format!("\"/tickets/{number}/replies\""))
        .collect();
    let forms = |paths: &str, body: &str, more: &str| {
        FORMS
            .replace("<paths>", paths)
            .replace("<cookie>", &served.cookie)
            .replace("<csrf>", &served.csrf)
            .replace("<body>", body)
            .replace("<origin>", &served.address)
            .replace("<more>", more)
    };
    let reply = "mode=reply&to=sabine.kowalke@pankow.berlin.example&then=open&subject=Bescheid\
                 &text=Guten+Tag,+bitte+versuchen+Sie+es+noch+einmal.";
    let replies = replies.join(", ");
    let found = wrk::script(&served, &forms(&replies, reply, ""), seconds);
    table.row("reply", found, None);
    let parts = ", [\"HX-Request\"] = \"true\"";
    let found = wrk::script(&served, &forms(&replies, reply, parts), seconds);
    table.row("reply, with the composer anew", found, None);
    let call = "person_id=new&caller=Erika+Muster&name=Erika+Muster&title=Anruf&text=Der+Bescheid+fehlt.\
                &kind=incident&priority=normal&outcome=team";
    let found = wrk::script(&served, &forms("\"/tickets/new\"", call, ""), seconds);
    table.row("new ticket by phone", found, None);
    table.note(format!("memory after writing: {}", served.memory()));
}
