// Files dropped or pasted on a [data-drop] form land in its file input, which then reports a change as if picked.
const zone = (event) => event.target.closest?.('[data-drop]');
const input = (form) => form?.querySelector('input[type=file]:not(:disabled)');

function take(form, files) {
  const field = input(form);
  const carrier = new DataTransfer();
  for (const file of [...field.files, ...files]) carrier.items.add(file);
  field.files = carrier.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

document.addEventListener('dragover', (event) => {
  const form = zone(event);
  if (!input(form) || !event.dataTransfer.types.includes('Files')) return;
  event.preventDefault();
  form.classList.add('is-over');
});
document.addEventListener('dragleave', (event) => {
  const form = zone(event);
  if (form && !form.contains(event.relatedTarget)) form.classList.remove('is-over');
});
document.addEventListener('drop', (event) => {
  const form = zone(event);
  if (!input(form) || !event.dataTransfer.files.length) return;
  event.preventDefault();
  form.classList.remove('is-over');
  take(form, event.dataTransfer.files);
});
document.addEventListener('paste', (event) => {
  const form = zone(event);
  if (!input(form) || !event.clipboardData.files.length) return;
  event.preventDefault();
  take(form, event.clipboardData.files);
});

// What the server has staged must not be sent a second time with the form; after a failure it still is.
document.addEventListener('htmx:after:request', (event) => {
  const { sourceElement, response } = event.detail.ctx;
  if (sourceElement?.matches?.('input[type=file]') && response?.status < 400) sourceElement.value = '';
});
