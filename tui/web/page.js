// A new page is a new seat; where all are taken, it says so.
window.addEventListener("DOMContentLoaded", () => {
  document.getElementById("again").addEventListener("click", () => window.location.reload());
});

// Keys are for the board, without a click on it first.
const listen = () => document.querySelector(".xterm-helper-textarea")?.focus();
window.addEventListener("load", listen);
window.addEventListener("focus", listen);
