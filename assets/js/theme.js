// The choice of light, dark or system is seen at once; the form around it stores it.
document.addEventListener('change', (event) => {
  if (!event.target.matches?.('[data-theme]')) return;
  const theme = event.target.value;
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.kernTheme = theme;
  else delete document.documentElement.dataset.kernTheme;
});
