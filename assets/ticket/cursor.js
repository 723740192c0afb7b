// Where the cursor stood in a text: buttons that put something in send it along, and it stands behind that afterwards.
const place = (field) => field.form?.elements.namedItem('cursor');

document.addEventListener('selectionchange', () => {
  const field = document.activeElement;
  const at = field?.matches?.('textarea[data-cursor]') && place(field);
  if (at) at.value = field.selectionEnd;
});

// An answer that begins by itself goes on behind its salutation when somebody comes in by a key.
document.addEventListener('focusin', (event) => {
  const field = event.target;
  if (!field.matches?.('textarea[data-begins]')) return;
  const at = Number(field.dataset.begins);
  delete field.dataset.begins;
  if (!field.dataset.caret) field.setSelectionRange(at, at);
});

document.addEventListener('htmx:after:swap', () => {
  const field = document.querySelector('textarea[data-caret]');
  if (!field) return;
  // One place, or from one to another: what is to be filled in by hand.
  const [from, to = from] = field.dataset.caret.split('-').map(Number);
  delete field.dataset.caret;
  field.focus();
  field.setSelectionRange(from, to);
});
