// The minutes proposed with an answer grow while it is written, until somebody types others.
const drawn = new WeakMap();
const fields = () => document.querySelectorAll('input[data-minutes]');

function grow() {
  for (const field of fields()) {
    if (!drawn.has(field)) drawn.set(field, performance.now());
    if (field.dataset.touched || field === document.activeElement) continue;
    const minutes = Number(field.dataset.minutes) + (performance.now() - drawn.get(field)) / 60_000;
    const step = Number(field.dataset.step);
    const rounded = Math.round(minutes / step) * step;
    if (minutes > 600) continue;
    field.value = rounded > 0 ? String(rounded) : '';
  }
}

document.addEventListener('input', ({ target }) => {
  if (target.matches?.('input[data-minutes]')) target.dataset.touched = '1';
});
setInterval(grow, 20_000);
document.addEventListener('htmx:after:swap', grow);
grow();
