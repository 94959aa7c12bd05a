// Keeps what is typed as a draft while somebody writes. Without this file the button does.
(() => {
  const form = document.querySelector("form.writing[data-noted]");
  if (!form || !window.fetch) return;
  const place = document.getElementById("kept");
  let timer, sent = 0, typed = 0, busy = false, over = false;
  const say = (words) => { if (place) place.textContent = words; };
  const fail = () => { over = true; say(form.dataset.unnoted); };

  const keep = async () => {
    if (busy || over || sent === typed) return;
    busy = true;
    const now = typed;
    const body = new FormData(form);
    body.set("do", "keep");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, redirect: "error" });
      if (!answer.ok) throw answer.status;
      const kept = await answer.json();
      form.elements.seen.value = kept.seen;
      form.elements.version.value = kept.version;
      sent = now;
      say(form.dataset.noted + " · " + new Date().toTimeString().slice(0, 5));
    } catch { fail(); }
    busy = false;
    if (!over && sent !== typed) wait();
  };
  const wait = () => { clearTimeout(timer); timer = setTimeout(keep, 15000); };
  form.addEventListener("input", () => { typed += 1; wait(); });
  form.addEventListener("submit", () => { over = true; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
})();
