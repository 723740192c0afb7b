// A second copy of what is being typed in textarea[data-draft], kept in this browser until it was sent.
const prefix = 'draft:';
const keptDays = 14;
const fields = (scope) => scope.querySelectorAll('textarea[data-draft]');

function read(field) {
  try { return JSON.parse(localStorage.getItem(prefix + field.dataset.draft)); } catch { return null; }
}

function keep(field) {
  const key = prefix + field.dataset.draft;
  try {
    if (field.value.trim()) localStorage.setItem(key, JSON.stringify({ text: field.value, at: Date.now() }));
    else localStorage.removeItem(key);
  } catch { /* A full or forbidden store costs only this second copy. */ }
}

function forget(field) {
  try { localStorage.removeItem(prefix + field.dataset.draft); } catch { /* As above. */ }
}

function restore() {
  for (const field of fields(document)) {
    if (field.dataset.restored === field.dataset.draft) continue;
    field.dataset.restored = field.dataset.draft;
    // Somebody else goes on with it.
    if (field.dataset.taken) forget(field);
    const saved = read(field);
    const opening = field.form?.elements.namedItem('opening')?.value ?? '';
    if (!saved?.text || field.value.trim() !== opening.replaceAll('\r\n', '\n').trim() || Date.now() - saved.at > keptDays * 86_400_000) continue;
    field.value = saved.text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

document.addEventListener('input', (event) => { if (event.target.matches?.('textarea[data-draft]')) keep(event.target); });
document.addEventListener('htmx:after:request', (event) => {
  const { sourceElement, response } = event.detail.ctx;
  if (!sourceElement?.matches?.('form') || response?.status >= 400) return;
  for (const field of fields(sourceElement)) forget(field);
});
document.addEventListener('htmx:after:swap', restore);
restore();
