// What only a browser can do with an article: print it, and put the address of a heading on the clipboard.
const show = () => document.querySelectorAll('[data-print][hidden], [data-quotes][hidden]').forEach((button) => { button.hidden = false; });

document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-print]')) window.print();
  const anchor = event.target.closest?.('.article .anchor');
  const said = anchor?.closest('[data-copied]')?.dataset.copied;
  if (said) navigator.clipboard?.writeText(anchor.href).then(() => { document.getElementById('status').textContent = said; }, () => {});
});
document.addEventListener('htmx:after:swap', show);
show();

// A passage of the article that was marked goes to where a remark on it is written.
let marked = '';
document.addEventListener('selectionchange', () => {
  const selection = document.getSelection();
  const inside = selection.anchorNode?.parentElement?.closest('.article');
  if (inside && !selection.isCollapsed) marked = selection.toString().trim();
});
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-quotes]');
  const field = button && document.getElementById(button.dataset.quotes);
  if (!field) return;
  if (marked) field.value = marked;
  (marked ? document.getElementById('text') ?? field : field).focus();
});
