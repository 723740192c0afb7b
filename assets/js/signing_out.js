// Whoever signs out with form[data-forget-drafts] leaves nothing in this browser of what they typed in tickets.
document.addEventListener('submit', (event) => {
  if (!event.target.matches('[data-forget-drafts]')) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith('draft:')) localStorage.removeItem(key);
});
