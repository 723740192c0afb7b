// An open ticket says every twenty seconds that somebody looks at it, and at once that it was left. In lists, those who
// are in a ticket stand beside its title.
const every = 20_000;
const here = () => document.getElementById('ticket-present');
const say = () => { if (document.visibilityState === 'visible') here()?.dispatchEvent(new Event('here')); };

function leave() {
  const address = here()?.dataset.leave;
  if (!address) return;
  const headers = JSON.parse(document.body.getAttribute('hx-headers:inherited') || '{}');
  fetch(address, { method: 'POST', keepalive: true, headers }).catch(() => {});
}

function mark() {
  const present = document.getElementById('present');
  if (!present) return;
  for (const place of document.querySelectorAll('[data-present]')) {
    const found = present.querySelectorAll(`[data-ticket="${place.dataset.present}"] > *`);
    if (found.length || place.childElementCount) place.replaceChildren(...[...found].map((one) => one.cloneNode(true)));
  }
}

setInterval(say, every);
document.addEventListener('visibilitychange', say);
addEventListener('pagehide', leave);
document.addEventListener('htmx:after:swap', mark);
