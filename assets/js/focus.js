// Where the focus goes when a swap takes away what had it: to the same thing anew, else to the next around it.
const reachable = 'a[href], button:not(:disabled), input:not([type=hidden], :disabled), select, textarea, summary, [tabindex="0"]';
let last;
let follows = false;

function around(element) {
  const ids = [];
  for (let one = element; one && one !== document.body; one = one.parentElement) if (one.id) ids.push(one.id);
  return { element, ids, href: element.getAttribute('href'), key: element.dataset.key };
}

const shown = (scope, selector) => [...scope.querySelectorAll(selector)].find((one) => one.checkVisibility());

function again() {
  const here = document.activeElement;
  if (!last || last.element.isConnected || (here && here !== document.body)) return;
  const { ids, href, key } = last;
  for (const id of ids) {
    const place = document.getElementById(id);
    if (!place) continue;
    const found = (href && shown(place, `a[href="${CSS.escape(href)}"]`)) || (key && shown(place, `[data-key="${key}"]`))
      || (place.matches(reachable) && place.checkVisibility() && place) || shown(place, reachable);
    if (found) return found.focus({ preventScroll: true });
  }
}

// What was sent is done: the focus leaves its form for the place that form names, and the new entry comes into view.
function leave() {
  const form = document.querySelector('form[data-sent]');
  const place = form && document.getElementById(form.dataset.sent);
  if (!place) return;
  delete form.dataset.sent;
  follows = true;
  place.focus({ preventScroll: true });
}

function follow() {
  const fresh = follows && [...document.querySelectorAll('.entry.is-fresh')].pop();
  if (!fresh) return;
  follows = false;
  // What else the answer brings finds its place first.
  setTimeout(() => fresh.scrollIntoView({ block: 'nearest' }), 60);
}

document.addEventListener('focusin', (event) => { last = around(event.target); });
document.addEventListener('htmx:after:swap', () => { leave(); follow(); setTimeout(again); });

// Bars that scroll sideways show where one is.
for (const here of document.querySelectorAll('.adminnav [aria-current], .tabs [aria-current]')) {
  here.scrollIntoView({ block: 'nearest', inline: 'center' });
}
