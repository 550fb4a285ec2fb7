// Who looks on with a phone gets what a phone can show; the board is a link away.
// The page of a phone is wider than its screen, so that a board of 80 cells has room: the screen's own width counts.
const small = Math.min(window.innerWidth, window.screen.width) <= 600;
if (document.currentScript.dataset.looks && small && window.location.hash !== "#board") {
  window.location.replace(document.currentScript.dataset.looks);
}

// What the terminal says before its socket is open waits until it is: a browser would complain of it.
const say = WebSocket.prototype.send;
WebSocket.prototype.send = function (words) {
  if (this.readyState === WebSocket.CONNECTING) {
    this.addEventListener("open", () => say.call(this, words), { once: true });
  } else {
    say.call(this, words);
  }
};

// A new page is a new seat; where all are taken, it says so.
window.addEventListener("DOMContentLoaded", () => {
  document.getElementById("again").addEventListener("click", () => window.location.reload());
});

// Keys are for the board, without a click on it first.
const listen = () => document.querySelector(".xterm-helper-textarea")?.focus();
window.addEventListener("load", listen);
window.addEventListener("focus", listen);

// What is sent up is there for this seat's imports, and goes with the seat.
const send = async (file) => {
  const said = document.getElementById("sent");
  said.textContent = `${file.name} is on its way ...`;
  try {
    const to = document.querySelector(".files").dataset.to;
    const answer = await fetch(to + encodeURIComponent(file.name), { method: "POST", body: file });
    said.textContent = await answer.text();
  } catch (error) {
    said.textContent = `${file.name} was not sent: ${error.message}`;
  }
  listen();
};
window.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".files");
  if (!form.dataset.to) return;
  form.hidden = false;
  document.body.classList.add("-files");
  const chosen = document.getElementById("chosen");
  document.getElementById("send").addEventListener("click", () => chosen.click());
  chosen.addEventListener("change", () => chosen.files[0] && send(chosen.files[0]));
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) send(event.dataTransfer.files[0]);
  });
});
