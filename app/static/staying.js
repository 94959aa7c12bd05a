// Tells in time that a session is about to end for want of use, and lets it go on. Without this file it ends too,
// and what was typed is held when it is sent.
(() => {
  const box = document.querySelector("[data-stay]");
  if (!box) return;
  let since = Date.now();
  setInterval(() => { box.hidden = Date.now() - since < box.dataset.after * 1000; }, 10000);
  box.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(box.dataset.stay, { redirect: "manual" }).catch(() => null);
    if (answer && answer.ok) {
      since = Date.now();
      box.hidden = true;
    } else if (answer) {
      box.querySelector("p").textContent = box.dataset.ended;
      box.querySelector("button").hidden = true;
    }
  });
})();
