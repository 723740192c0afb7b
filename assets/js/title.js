// A search that goes on while somebody types says what its page is called now.
document.addEventListener('htmx:after:swap', () => {
  const said = document.querySelector('[data-title]');
  if (said) document.title = said.dataset.title;
});
