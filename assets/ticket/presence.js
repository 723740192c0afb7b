// An open ticket says every twenty seconds that somebody looks at it, and at once that it was left.
const every = 20_000;
const here = () => document.getElementById('ticket-present');
const say = () => { if (document.visibilityState === 'visible') here()?.dispatchEvent(new Event('here')); };

function leave() {
  const address = here()?.dataset.leave;
  if (!address) return;
  const headers = JSON.parse(document.body.getAttribute('hx-headers:inherited') || '{}');
  fetch(address, { method: 'POST', keepalive: true, headers }).catch(() => {});
}

setInterval(say, every);
document.addEventListener('visibilitychange', say);
addEventListener('pagehide', leave);
