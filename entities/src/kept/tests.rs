//! What is kept, and when it is forgotten.

use super::*;

#[test]
fn an_answer_is_kept_until_something_changes_and_never_too_many_are() {
    let kept = Known::default();
    let now = AsOf::default();
    kept.keep(now, "open", 3, 1);
    assert_eq!(kept.answer::<_, i32>(now, &"open"), Some(3));
    assert_eq!(kept.answer::<_, i64>(now, &"open"), None);
    let later = AsOf { changes: 1, ..now };
    assert_eq!(kept.answer::<_, i32>(later, &"open"), None);
    for question in 0..MOST + 5 {
        kept.keep(later, question, question, 1);
    }
    assert_eq!(kept.answer::<usize, usize>(later, &0), None);
    assert_eq!(kept.answer(later, &(MOST + 4)), Some(MOST + 4));
}

#[test]
fn what_settings_say_stays_known_while_tickets_change() {
    let kept = Kept::default();
    let changes = |known: &Known| known.changes.load(Ordering::Acquire);
    kept.changed(Changed::of(SubjectKind::Ticket), Parts::ALL);
    assert_eq!((changes(&kept.of_all), changes(&kept.of_settings)), (1, 0));
    kept.changed(Changed::of(SubjectKind::Role), Parts::ALL);
    assert_eq!((changes(&kept.of_all), changes(&kept.of_settings)), (2, 1));
}

#[test]
fn an_answer_of_one_part_stays_known_while_others_change() {
    let kept = Kept::default();
    let owners = Parts::read_by(r#""owner_id""#);
    let before = kept.changes_of(owners);
    kept.changed(Changed::Work, Parts::REST.with(Part::Priority));
    assert_eq!(kept.changes_of(owners), before);
    kept.changed(Changed::Work, Parts::REST.with(Part::Owner));
    assert_ne!(kept.changes_of(owners), before);
}

#[test]
fn what_this_process_wrote_is_not_heard_again() {
    let kept = Kept::default();
    let (ticket, everything) = (Uuid::now_v7(), Parts::ALL);
    kept.own().wrote(ticket, 3);
    kept.heard(Changed::Work, ticket, 3);
    assert_eq!(kept.changes_of(everything), 0);
    kept.heard(Changed::Work, ticket, 4);
    assert_ne!(kept.changes_of(everything), 0);
}
