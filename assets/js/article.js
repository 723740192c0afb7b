// What only a browser can do with an article: print it, and put the address of a heading on the clipboard.
const show = () => document.querySelectorAll('[data-print][hidden]').forEach((button) => { button.hidden = false; });

document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-print]')) window.print();
  const anchor = event.target.closest?.('.article .anchor');
  const said = anchor?.closest('[data-copied]')?.dataset.copied;
  if (said) navigator.clipboard?.writeText(anchor.href).then(() => { document.getElementById('status').textContent = said; }, () => {});
});
document.addEventListener('htmx:after:swap', show);
show();
