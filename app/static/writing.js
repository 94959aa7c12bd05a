// Keeps what is typed as a draft while somebody writes. Without this file the button does.
(() => {
  const form = document.querySelector("form.writing[data-noted]");
  if (!form || !window.fetch) return;
  const place = document.getElementById("kept");
  let timer, sent = 0, typed = 0, busy = false, over = false, beside = false;
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
      beside = beside || answer.status === 409;  // somebody else saved: what is typed goes on as a draft of its own
      if (!answer.ok && answer.status !== 409) throw answer.status;
      const kept = await answer.json();
      form.elements.seen.value = kept.seen;
      form.elements.version.value = kept.version;
      sent = now;
      say((beside ? form.dataset.beside : form.dataset.noted) + " · " + new Date().toTimeString().slice(0, 5));
    } catch { fail(); }
    busy = false;
    if (!over && sent !== typed) wait();
  };
  const wait = () => { clearTimeout(timer); timer = setTimeout(keep, 15000); };
  // What a button puts in stands where the writer is, around what is chosen if it is a link.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-put]");
    const box = button && document.getElementById(button.dataset.into);
    if (!box || !box.setRangeText) return;
    event.preventDefault();
    const from = box.selectionStart, chosen = box.value.slice(from, box.selectionEnd);
    const words = button.dataset.put.replaceAll("\u27e6", "{{").replaceAll("\u27e7", "}}");
    const link = words.startsWith("[]");
    box.setRangeText(link ? "[" + chosen + "]" + words.slice(2) : words, from, box.selectionEnd, "end");
    if (link && !chosen) box.setSelectionRange(from + 1, from + 1);
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("input", () => { typed += 1; wait(); });
  form.addEventListener("submit", () => { over = true; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
})();
