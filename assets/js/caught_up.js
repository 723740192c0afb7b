// What a page missed is told by its names. Where nobody knows any more what that is, it asks anew for all it shows.
const told = /(\S+) from:#events/g;

document.addEventListener('anew', ({ target }) => {
  const names = new Set();
  for (const one of document.querySelectorAll('[hx-trigger*="from:#events"]')) {
    for (const [, name] of one.getAttribute('hx-trigger').matchAll(told)) names.add(name);
  }
  for (const name of names) target.dispatchEvent(new Event(name));
});
