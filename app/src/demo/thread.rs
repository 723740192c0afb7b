//! Which messages a thread has, in which order, and the words that fit every case.

use rand::{Rng, rngs::StdRng};

use super::cases::Skeleton;

/// A message of a thread before it has words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Opening,
    Question,
    Answer,
    Call,
    Note,
    Nudge,
    Interim,
    ToVendor,
    FromVendor,
    CallOut,
    SecondNote,
    Check,
    CheckAnswer,
    Planned,
    Solution,
    Thanks,
}

/// How a thread ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Untouched,
    Running,
    AtRequester,
    AtVendor,
    Planned,
    Solved,
    Thanked,
}

use Step::{
    Answer, Call, CallOut, Check, CheckAnswer, FromVendor, Interim, Note, Nudge, Opening, Question,
    SecondNote, Solution, Thanks, ToVendor,
};

/// Messages that only make sense together, in the order of a thread.
const GROUPS: [&[Step]; 8] = [
    &[Question, Answer],
    &[Call],
    &[Note],
    &[Nudge, Interim],
    &[ToVendor, FromVendor],
    &[CallOut],
    &[SecondNote],
    &[Check, CheckAnswer],
];
const ASKED: usize = 0;
const CALLED: usize = 1;
const VENDOR: usize = 4;
const CHECKED: usize = 7;

/// Chooses the messages of a thread of about `length` messages.
pub(super) fn plan(
    rng: &mut StdRng,
    skeleton: &Skeleton,
    ending: Ending,
    length: usize,
) -> Vec<Step> {
    let mut steps = vec![Opening];
    if ending == Ending::Untouched {
        return steps;
    }
    let asks_first = ending == Ending::AtRequester && (length < 6 || rng.random_bool(0.5));
    let last: &[Step] = match ending {
        Ending::Untouched | Ending::Running => &[],
        Ending::AtRequester if asks_first => &[Question],
        Ending::AtRequester => &[Check],
        Ending::AtVendor => &[ToVendor],
        Ending::Planned => &[Step::Planned],
        Ending::Solved => &[Solution],
        Ending::Thanked => &[Solution, Thanks],
    };
    let allowed = |group: usize| match group {
        ASKED | CALLED => !asks_first,
        VENDOR => {
            !skeleton.to_vendor.is_empty()
                && ending != Ending::AtVendor
                // Before the first question nothing is known that a vendor could use.
                && !asks_first
        }
        CHECKED => !matches!(ending, Ending::AtRequester | Ending::AtVendor),
        _ => true,
    };

    let mut order = [0, 1, 2, 3, 4, 5, 6, 7];
    for place in (1..order.len()).rev() {
        order.swap(place, rng.random_range(0..=place));
    }
    let mut wanted = length.saturating_sub(1 + last.len());
    let mut chosen = [false; GROUPS.len()];
    for group in order {
        let size = GROUPS[group].len();
        if allowed(group) && size <= wanted {
            chosen[group] = true;
            wanted -= size;
        }
    }
    for (group, members) in GROUPS.iter().enumerate() {
        if chosen[group] {
            steps.extend_from_slice(members);
        }
    }
    steps.extend_from_slice(last);
    steps
}

/// Least and greatest distance in minutes to the message before.
pub(super) fn pause(step: Step) -> std::ops::Range<i64> {
    match step {
        Opening => 0..1,
        Question => 10..180,
        Answer => 20..900,
        Call => 30..600,
        Note => 15..400,
        Nudge => 500..3500,
        Interim => 5..120,
        ToVendor => 10..300,
        FromVendor => 200..4000,
        CallOut => 60..1000,
        SecondNote => 20..600,
        Check => 60..900,
        CheckAnswer => 20..900,
        Step::Planned => 30..600,
        Solution => 60..1800,
        Thanks => 5..900,
    }
}

/// Words for any case, and further ones that only suit a fault.
pub(super) struct Pool<T: 'static> {
    pub any: &'static [T],
    pub fault: &'static [T],
}

pub(super) const NUDGES: Pool<&str> = Pool {
    any: &[
        "gibt es in der Sache schon etwas Neues? Meine Gruppenleitung hat heute nachgefragt.",
        "ich wollte mich kurz nach dem Stand erkundigen. Uns läuft langsam die Zeit davon.",
        "können Sie schon absehen, bis wann das erledigt ist? Ich würde es gern im Team weitergeben.",
        "ich bin ab morgen im Urlaub. Bitte wenden Sie sich bei Rückfragen an meine Vertretung, Frau {name}.",
    ],
    fault: &[
        "heute ist noch ein weiterer Fall dazugekommen: {fall2}. Ich reiche ihn hiermit nach.",
        "nur zur Ergänzung: Auch die Kolleginnen im zweiten Standort sind betroffen.",
        "bitte denken Sie an unser Anliegen, bei uns fragen die Familien nach.",
    ],
};

pub(super) const INTERIMS: Pool<&str> = Pool {
    any: &[
        "danke für Ihre Nachricht. Wir sind noch dabei und melden uns, sobald es etwas Neues gibt.",
        "vielen Dank, ich habe Ihre Nachricht in den Vorgang aufgenommen und bespreche ihn heute im Team.",
        "Ihre Nachricht ist angekommen. Ich habe noch keine abschließende Antwort, wir bleiben dran.",
    ],
    fault: &[
        "wir haben die Ursache eingegrenzt und prüfen gerade die Lösung. Bitte haben Sie noch etwas Geduld.",
        "ich habe Ihr Anliegen höher eingestuft und es heute noch einmal besprochen. Spätestens am {frist} hören Sie von uns.",
        "die Kolleginnen und Kollegen der Technik arbeiten daran. Bis dahin gehen Sie bitte so vor wie am Telefon besprochen.",
    ],
};

pub(super) const CALLS_OUT: Pool<&str> = Pool {
    any: &[
        "Zurückgerufen und den Stand erklärt. Einverstanden, dass wir uns wieder melden.",
        "Nicht erreicht, um Rückruf gebeten.",
        "Kurz abgestimmt, bis wann die Antwort gebraucht wird: {frist}.",
    ],
    fault: &[
        "Am Telefon gemeinsam den Bildschirm angesehen. Der Fehler ist genau wie beschrieben.",
        "Umgehung am Telefon erklärt, hilft für die dringenden Fälle.",
        "Rückfrage geklärt: Betroffen ist nur {bezirk}, in den Nachbarbezirken tritt es nicht auf.",
    ],
};

pub(super) const NOTES: Pool<&str> = Pool {
    any: &[
        "In der Morgenrunde besprochen, bleibt bei uns.",
        "Kann jemand aus dem Team einen Blick darauf werfen? Ich bin nachmittags in der Anwenderrunde.",
        "Geprüft, die Angaben stimmen. Von mir aus kann es so erledigt werden.",
        "Mit der Fachaufsicht abgestimmt, keine Bedenken.",
        "Für die Wissenssammlung vorgemerkt, die Frage kommt öfter.",
    ],
    fault: &[
        "Ähnlicher Fall vor einigen Monaten, damals lag es an den Stammdaten. Hier passt das nicht.",
        "In der Testumgebung nachgestellt, dort tritt es auch auf. Also kein Einzelfall eines Arbeitsplatzes.",
        "Betroffene Fälle gezählt: außer {fall} noch sieben weitere.",
    ],
};

/// Questions before a solution and the answers that belong to them.
pub(super) const CHECKS: Pool<(&str, &str)> = Pool {
    any: &[
        (
            "bis wann brauchen Sie unsere Antwort spätestens, und wer vertritt Sie, falls Sie nicht da sind?",
            "spätestens am {frist}. Meine Vertretung ist Frau {name}.",
        ),
        (
            "ich habe alles vorbereitet. Bitte bestätigen Sie mir noch kurz, dass sich seit Ihrer ersten Nachricht nichts geändert hat.",
            "es hat sich nichts geändert, Sie können es so umsetzen.",
        ),
    ],
    fault: &[
        (
            "wir haben etwas geändert. Bitte versuchen Sie es noch einmal und schreiben Sie mir, ob es jetzt geht.",
            "ich habe es eben versucht, es sieht schon besser aus. Ein kleiner Rest bleibt.",
        ),
        (
            "bitte sehen Sie nach, ob es noch weitere Vorgänge gibt, die wir gleich mit bereinigen sollen.",
            "ich habe die Liste durchgesehen, außer {fall2} gibt es keinen weiteren Fall.",
        ),
        (
            "melden Sie sich bitte einmal vollständig ab und wieder an. Tritt es danach immer noch auf?",
            "ja, auch nach der neuen Anmeldung ist es unverändert.",
        ),
    ],
};

pub(super) const PLANS: Pool<&str> = Pool {
    any: &[
        "die Umsetzung ist für den {frist} eingeplant. Danach melde ich mich bei Ihnen.",
        "wir warten noch auf die Anwenderrunde am {frist}, dort wird entschieden. Anschließend bekommen Sie Nachricht.",
        "nach Rücksprache mit der Fachaufsicht setzen wir das zum {frist} um. Ich habe mir den Tag vorgemerkt.",
    ],
    fault: &[
        "die Korrektur wird im Wartungsfenster am {frist} eingespielt. Bis dahin ruht der Vorgang bei uns.",
    ],
};
