// A thread begins with what is new to its reader.
const content = document.getElementById('ticket-content');
const fresh = content?.querySelector('.new-line');
if (fresh && content.scrollHeight > content.clientHeight) content.scrollTop = fresh.offsetTop - 8;
