// Dialogs: [data-dialog="id"] opens, [data-close] and a click beside it close; the platform does the rest.
document.addEventListener('click', (event) => {
  const opener = event.target.closest?.('[data-dialog]');
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal) {
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
    return;
  }
  const open = event.target.closest?.('dialog[open]');
  if (open && (event.target === open || event.target.closest('[data-close]'))) {
    event.preventDefault();
    open.close();
  }
});

function show() {
  for (const dialog of document.querySelectorAll('dialog[data-open]:not([open])')) {
    delete dialog.dataset.open;
    dialog.showModal();
  }
}

document.addEventListener('htmx:after:swap', show);
show();
