//! The controls of the filter beside a list: several of many with their numbers, tiles, and one of few.

use std::collections::HashMap;
use std::hash::Hash;

use entities::setting::Choice;
use entities::ticket::facets::Numbers;
use maud::{Markup, html};

use crate::web::cx::Cx;

/// So many stand in sight; the others behind a click.
const MOST_IN_SIGHT: usize = 5;

/// One of several, with its number where it is counted.
#[derive(Clone, Debug)]
pub struct Offer {
    pub value: String,
    pub words: String,
    pub n: Option<i64>,
    pub is_chosen: bool,
    /// The value of the one it stands below, in a tree; its words are its own alone.
    pub above: Option<String>,
}

/// What can be chosen in one question.
#[derive(Debug)]
pub struct Offers<'a> {
    pub name: &'a str,
    pub legend: String,
    /// The key of what says how many more there are.
    pub more: &'static str,
    pub has_bars: bool,
    /// Numbers that end at a limit.
    pub is_bounded: bool,
    pub all: Vec<Offer>,
    /// Those that have nothing there: always in sight, and last.
    pub none: Option<Offer>,
}

impl Offer {
    /// One thing, with its number.
    pub fn of(choice: &Choice, numbers: &Numbers, chosen: &[String]) -> Offer {
        let value = choice.id.to_string();
        Offer {
            n: Some(number(numbers, Some(choice.id))),
            is_chosen: chosen.contains(&value),
            words: choice.name.clone(),
            value,
            above: None,
        }
    }

    fn counts(&self) -> i64 {
        self.n.unwrap_or_default()
    }
}

/// How many have that there.
pub fn number<T: Eq + Hash>(numbers: &Numbers<T>, of: Option<T>) -> i64 {
    numbers.get(&of).copied().unwrap_or_default()
}

/// A number as the panel shows it.
pub fn tally(cx: &Cx, n: i64, is_bounded: bool) -> Markup {
    html! { span class="tally" { (cx.locale.number(n)) @if is_bounded { "+" } } }
}

/// Several of many: the largest and the chosen ones in sight, the others behind a click; `below` stands under an offer.
pub fn ticks(cx: &Cx, offers: &Offers, below: &dyn Fn(&Offer) -> Markup) -> Markup {
    let (in_sight, rest) = parted(&offers.all);
    let most = offers.all.iter().chain(&offers.none).map(Offer::counts);
    let most = most.max().filter(|most| *most > 0 && offers.has_bars);
    let tree = Tree::of(&offers.all);
    let line = |line: &Line| {
        let offer = line.offer;
        html! {
            label class="tick" data-depth=[(line.depth > 0).then_some(line.depth)] {
                input type="checkbox" id={ "filter-" (offers.name) "-" (offer.value) } name=(offers.name) value=(offer.value) checked[offer.is_chosen];
                span { @if !line.said.is_empty() { span class="sr" { (line.said) } } (line.words) }
                @if let Some(most) = most {
                    svg class="h" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" { rect width=(offer.counts() * 100 / most) height="8" {} }
                }
                @if let Some(n) = offer.n { (tally(cx, n, offers.is_bounded)) }
            }
            (below(offer))
        }
    };
    html! {
        fieldset class="facet" {
            legend { (offers.legend) }
            @for one in tree.lines(&in_sight) { (line(&one)) }
            @if let Some(none) = &offers.none { (line(&Line::of(none))) }
            @if !rest.is_empty() {
                details id={ "filter-more-" (offers.name) } {
                    summary class="more" { (cx.locale.t_with(offers.more, &[("count", rest.len().into())])) }
                    @for one in tree.lines(&rest) { (line(&one)) }
                }
            }
        }
    }
}

/// An offer as it stands among others.
struct Line<'a> {
    offer: &'a Offer,
    /// How many lines above it stand in sight that it belongs below.
    depth: usize,
    /// What those lines say, for whoever hears one line alone.
    said: String,
    words: String,
}

impl<'a> Line<'a> {
    fn of(offer: &'a Offer) -> Line<'a> {
        Line {
            offer,
            depth: 0,
            said: String::new(),
            words: offer.words.clone(),
        }
    }
}

/// Between what stands above and what stands below it.
const BELOW: &str = " › ";

/// Offers by value, for those that stand below others.
struct Tree<'a>(HashMap<&'a str, &'a Offer>);

impl<'a> Tree<'a> {
    fn of(all: &'a [Offer]) -> Tree<'a> {
        let by_value = all.iter().map(|offer| (offer.value.as_str(), offer));
        Tree(by_value.collect())
    }

    /// What an offer stands below, the nearest first.
    fn above(&self, offer: &'a Offer) -> impl Iterator<Item = &'a Offer> {
        let next = |of: &&'a Offer| self.0.get(of.above.as_deref()?).copied();
        std::iter::successors(next(&offer), next)
    }

    /// These offers, each behind what it stands below and without the words of that.
    fn lines(&self, shown: &[&'a Offer]) -> Vec<Line<'a>> {
        let is_shown = |offer: &Offer| shown.iter().any(|one| one.value == offer.value);
        let nearest = |offer: &'a Offer| self.above(offer).find(|one| is_shown(one));
        let mut below: HashMap<Option<&str>, Vec<&'a Offer>> = HashMap::new();
        for offer in shown {
            let under = nearest(offer).map(|one| one.value.as_str());
            below.entry(under).or_default().push(offer);
        }
        let mut lines = Vec::new();
        let mut open: Vec<&'a Offer> = below.remove(&None).unwrap_or_default();
        open.reverse();
        while let Some(offer) = open.pop() {
            lines.push(self.line(offer, &is_shown));
            let under = below.remove(&Some(offer.value.as_str()));
            open.extend(under.into_iter().flatten().rev());
        }
        lines
    }

    fn line(&self, offer: &'a Offer, is_shown: &dyn Fn(&Offer) -> bool) -> Line<'a> {
        let mut said: Vec<&'a Offer> = self.above(offer).collect();
        said.reverse();
        let stands = said.iter().rposition(|one| is_shown(one));
        let own = said.split_off(stands.map_or(0, |place| place + 1));
        let joined = |all: &mut dyn Iterator<Item = &'a Offer>| {
            let words: Vec<&str> = all.map(|one| one.words.as_str()).collect();
            words.join(BELOW)
        };
        Line {
            offer,
            depth: said.iter().filter(|one| is_shown(one)).count(),
            words: joined(&mut own.into_iter().chain([offer])),
            said: match said.is_empty() {
                true => String::new(),
                false => joined(&mut said.into_iter()) + BELOW,
            },
        }
    }
}

/// What stands in sight, by number, and the rest as it was given. A single one is not worth a click.
fn parted(all: &[Offer]) -> (Vec<&Offer>, Vec<&Offer>) {
    let mut by_number: Vec<&Offer> = all.iter().collect();
    by_number.sort_by_key(|offer| std::cmp::Reverse(offer.counts()));
    let has_numbers = all.iter().any(|offer| offer.counts() > 0);
    let enough = by_number.iter().take(MOST_IN_SIGHT);
    let enough = enough.filter(|offer| offer.counts() > 0 || !has_numbers);
    let enough: Vec<&str> = enough.map(|offer| offer.value.as_str()).collect();
    let is_in_sight = |offer: &Offer| offer.is_chosen || enough.contains(&offer.value.as_str());
    let rest: Vec<&Offer> = all.iter().filter(|offer| !is_in_sight(offer)).collect();
    if rest.len() < 2 {
        return (by_number, Vec::new());
    }
    by_number.retain(|offer| is_in_sight(offer));
    (by_number, rest)
}

/// One of few.
pub fn select(label: &str, name: &str, value: &str, options: &[(String, String)]) -> Markup {
    let id = format!("filter-{name}");
    html! {
        div class="facet facet--select" {
            label for=(id) { (label) }
            select class="input" id=(id) name=(name) {
                @for (option, words) in options { option value=(option) selected[option == value] { (words) } }
            }
        }
    }
}
