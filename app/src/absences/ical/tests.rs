//! Calendars as Outlook, Nextcloud and others write them, and as nobody should.

#![allow(clippy::unwrap_used)]

use chrono_tz::Europe::Berlin;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar(entries: &str) -> String {
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y\n{entries}\nEND:VCALENDAR\n");
    text.replace('\n', "\r\n")
}

fn event(uid: &str, lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260101T000000Z\n{lines}\nEND:VEVENT\n")
}

fn read(text: &str) -> Result<Vec<Span>, Failure> {
    let words = ["Urlaub", "out of office"].map(str::to_owned);
    spans(text, &words, Berlin, day("2026-11-30"))
}

/// First and last days, in their order.
fn found(entries: &str) -> Vec<(String, String)> {
    let spans = read(&calendar(entries)).unwrap();
    let days = spans
        .iter()
        .map(|span| (span.from_on.to_string(), span.to_on.to_string()));
    let mut days: Vec<_> = days.collect();
    days.sort();
    days
}

fn one(from: &str, to: &str) -> Vec<(String, String)> {
    vec![(from.to_owned(), to.to_owned())]
}

#[test]
fn what_outlook_calls_out_of_office_counts_in_its_own_words_for_time_zones() {
    let zone = "BEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\n\
                TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n";
    let week = "SUMMARY:Away\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\n\
                DTSTART;TZID=W. Europe Standard Time:20261207T080000\nDTEND;TZID=W. Europe Standard Time:20261211T170000";
    let entries = format!("{zone}{}", event("a", week));
    assert_eq!(found(&entries), one("2026-12-07", "2026-12-11"));
    let busy = week.replace("OOF", "BUSY");
    assert_eq!(found(&event("a", &busy)), []);
    let cancelled = format!("{week}\nSTATUS:CANCELLED");
    assert_eq!(found(&event("a", &cancelled)), []);
}

#[test]
fn a_word_in_title_or_categories_counts_as_a_whole_word_where_time_is_blocked() {
    let days = "DTSTART;VALUE=DATE:20261221\nDTEND;VALUE=DATE:20261225";
    let entry = |more: &str| event("a", &format!("{days}\n{more}"));
    let weeks = one("2026-12-21", "2026-12-24");
    assert_eq!(found(&entry("SUMMARY:URLAUB (Nordsee)")), weeks);
    assert_eq!(
        found(&entry("SUMMARY:Nordsee\nCATEGORIES:Privat,Urlaub")),
        weeks
    );
    assert_eq!(found(&entry("SUMMARY:Out of Office")), weeks);
    assert_eq!(found(&entry("SUMMARY:Urlaubsplanung")), []);
    assert_eq!(found(&entry("SUMMARY:Office")), []);
    assert_eq!(
        found(&entry("SUMMARY:Urlaub Tobias\nTRANSP:TRANSPARENT")),
        []
    );
}

#[test]
fn a_day_counts_when_its_core_lies_within() {
    let entry = |from: &str, to: &str| {
        found(&event(
            "a",
            &format!("SUMMARY:Urlaub\nDTSTART:{from}\nDTEND:{to}"),
        ))
    };
    // Hours in Berlin, an hour later than they are written here.
    assert_eq!(entry("20261207T130000Z", "20261207T150000Z"), []);
    let weekend = one("2026-12-12", "2026-12-13");
    assert_eq!(entry("20261211T110000Z", "20261214T110000Z"), weekend);
    let day = one("2026-12-07", "2026-12-07");
    assert_eq!(entry("20261207T070000Z", "20261207T160000Z"), day);
    let without_end = event("a", "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20261207");
    assert_eq!(found(&without_end), day);
    let empty = "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20261207\nDTEND;VALUE=DATE:20261207";
    assert_eq!(found(&event("a", empty)), day);
}

#[test]
fn a_week_over_the_change_of_the_clock_has_all_its_days() {
    let autumn = "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20271025\nDTEND;VALUE=DATE:20271101";
    assert_eq!(found(&event("a", autumn)), one("2027-10-25", "2027-10-31"));
    let spring = "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20270322\nDTEND;VALUE=DATE:20270329";
    assert_eq!(found(&event("a", spring)), one("2027-03-22", "2027-03-28"));
}

#[test]
fn what_repeats_is_read_as_far_as_anybody_looks_without_the_dates_that_were_taken_out() {
    let fridays = "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20260102\nRRULE:FREQ=WEEKLY;BYDAY=FR";
    let all = found(&event("a", fridays));
    assert_eq!(all[0].0, "2026-12-04");
    assert_eq!(all.len(), 57, "of 400 days");
    let fewer = format!("{fridays}\nEXDATE;VALUE=DATE:20261204");
    assert_eq!(found(&event("a", &fewer))[0].0, "2026-12-11");
    // The last date is told in universal time, as Outlook does.
    let three = "SUMMARY:Urlaub\nDTSTART;TZID=Europe/Berlin:20261207T080000\nDTEND;TZID=Europe/Berlin:20261207T170000\n\
                 RRULE:FREQ=DAILY;UNTIL=20261209T070000Z";
    assert_eq!(found(&event("a", three)).len(), 3);
    let counted = "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20261207\nRRULE:FREQ=DAILY;COUNT=2";
    assert_eq!(found(&event("a", counted)).len(), 2);
    let hourly = "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20261207\nRRULE:FREQ=SECONDLY";
    assert_eq!(found(&event("a", hourly)).len(), 1, "once");
}

#[test]
fn a_rule_that_no_day_meets_is_left_out_and_all_others_are_reckoned() {
    let entry = |rule: &str| {
        let lines = format!("SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20261208\nRRULE:{rule}");
        found(&event("a", &lines))
    };
    for rule in [
        "FREQ=DAILY;COUNT=5;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;COUNT=5;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;COUNT=3;BYDAY=MO",
        "FREQ=MONTHLY;COUNT=3;BYDAY=1MO;BYMONTHDAY=20",
        "FREQ=WEEKLY;COUNT=3;BYDAY=MO;BYSETPOS=2",
        "FREQ=YEARLY;COUNT=3;BYYEARDAY=366;BYMONTH=1",
        // Nobody looks so far.
        "FREQ=DAILY;COUNT=5;BYMONTH=2;BYMONTHDAY=29",
    ] {
        assert_eq!(entry(rule), [], "{rule}");
    }
    for (rule, from) in [
        ("FREQ=DAILY;INTERVAL=2;COUNT=9;BYDAY=TH", "2026-12-10"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU", "2026-12-20"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2026-12-31",
        ),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", "2026-12-25"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-12-31"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "2027-03-28"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,31", "2026-12-24"),
        ("FREQ=YEARLY;BYYEARDAY=-1", "2026-12-31"),
        ("FREQ=YEARLY;COUNT=2", "2026-12-08"),
        ("FREQ=DAILY;COUNT=2;BYHOUR=1,2,3;BYMINUTE=4,5", "2026-12-08"),
    ] {
        let days = entry(rule);
        let first = days.first().map(|(from, _)| from.as_str());
        assert_eq!(first, Some(from), "{rule}");
    }
    // What stands beside such a rule is read.
    let never = "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20261207\nRRULE:FREQ=DAILY;COUNT=5;BYMONTH=2;BYMONTHDAY=30";
    let other = "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20261221\nDTEND;VALUE=DATE:20261225";
    let both = format!("{}{}", event("a", never), event("b", other));
    assert_eq!(found(&both), one("2026-12-21", "2026-12-24"));
}

#[test]
fn a_date_told_anew_replaces_its_own_and_keeps_its_key() {
    let series =
        "SUMMARY:Urlaub\nSEQUENCE:1\nDTSTART;VALUE=DATE:20261204\nRRULE:FREQ=WEEKLY;COUNT=3";
    let before = read(&calendar(&event("a", series))).unwrap();
    let moved = "SUMMARY:Urlaub\nSEQUENCE:4\nRECURRENCE-ID;VALUE=DATE:20261211\nDTSTART;VALUE=DATE:20261214";
    // Another series with the same dates is not meant.
    let other = event("b", &series.replace("Urlaub", "Jour fixe"));
    let both = format!("{}{}{other}", event("a", series), event("a", moved));
    let after = read(&calendar(&both)).unwrap();
    let key = |spans: &[Span], on: &str| {
        let span = spans.iter().find(|span| span.from_on == day(on));
        span.map(|span| span.key.clone())
    };
    assert_eq!(after.len(), 3);
    assert!(key(&before, "2026-12-11").is_some());
    assert_eq!(key(&before, "2026-12-11"), key(&after, "2026-12-14"));
    assert_eq!(key(&before, "2026-12-18"), key(&after, "2026-12-18"));
    let taken_out = format!("{moved}\nSTATUS:CANCELLED");
    let both = format!("{}{}", event("a", series), event("a", &taken_out));
    assert_eq!(read(&calendar(&both)).unwrap().len(), 2);
}

#[test]
fn what_is_over_or_far_away_is_left_out_and_what_runs_is_whole() {
    let at = |from: &str, to: &str| {
        found(&event(
            "a",
            &format!("SUMMARY:Urlaub\nDTSTART;VALUE=DATE:{from}\nDTEND;VALUE=DATE:{to}"),
        ))
    };
    assert_eq!(at("20261123", "20261130"), []);
    assert_eq!(at("20261123", "20261201"), one("2026-11-23", "2026-11-30"));
    assert_eq!(at("20280201", "20280205"), []);
    assert_eq!(at("20261201", "99991231"), one("2026-12-01", "2029-12-03"));
}

#[test]
fn what_is_no_whole_calendar_is_refused() {
    let whole = calendar(&event("a", "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20261207"));
    assert!(read(&whole).is_ok());
    assert_eq!(read(&whole[..whole.len() - 20]), Err(Failure::CutOff));
    for other in [
        "",
        "<!doctype html>\n<title>Anmeldung</title>",
        "BEGIN:VCARD\nEND:VCARD\n",
    ] {
        assert_eq!(read(other), Err(Failure::NoCalendar), "{other}");
    }
    assert_eq!(read(&calendar("")), Ok(vec![]));
    let many: String = (0..401)
        .map(|n| {
            let entry = "SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20261207";
            event(&n.to_string(), entry)
        })
        .collect();
    assert_eq!(read(&calendar(&many)), Err(Failure::TooMany));
}
