// Where the cursor stood in a text: buttons that put something in send it along, and it stands behind that afterwards.
const place = (field) => field.form?.elements.namedItem('cursor');

document.addEventListener('selectionchange', () => {
  const field = document.activeElement;
  const at = field?.matches?.('textarea[data-cursor]') && place(field);
  if (at) at.value = field.selectionEnd;
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
