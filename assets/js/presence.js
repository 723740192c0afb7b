// In lists, those who are in a ticket stand beside its title.
function mark() {
  const present = document.getElementById('present');
  if (!present) return;
  for (const place of document.querySelectorAll('[data-present]')) {
    const found = present.querySelectorAll(`[data-ticket="${place.dataset.present}"] > *`);
    if (found.length || place.childElementCount) place.replaceChildren(...[...found].map((one) => one.cloneNode(true)));
  }
}

document.addEventListener('htmx:after:swap', mark);
