// A page in the background, or without a connection, is told nothing: back again it asks anew for all it shows.
const told = /(\S+) from:#events/g;

document.addEventListener('htmx:sse:after:connection', ({ detail }) => {
  const events = document.getElementById('events');
  if (!events || !detail.connection.attempt) return;
  const names = new Set();
  for (const one of document.querySelectorAll('[hx-trigger*="from:#events"]')) {
    for (const [, name] of one.getAttribute('hx-trigger').matchAll(told)) names.add(name);
  }
  for (const name of names) events.dispatchEvent(new Event(name));
});
