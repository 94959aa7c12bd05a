// Shows what a month costs while prices are typed. Without this file the button does.
(() => {
  const form = document.querySelector("form[data-live]");
  const place = form && document.getElementById(form.dataset.live);
  if (!place || !window.fetch) return;
  let timer, asked = 0;

  const look = async () => {
    const now = (asked += 1);
    const body = new FormData(form);
    body.set("do", "live");
    place.setAttribute("aria-busy", "true");
    let parts = [];
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, redirect: "error" });
      if (!answer.ok) throw answer.status;
      parts = new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes;
    } catch { parts = []; }
    if (now !== asked) return;
    place.replaceChildren(...parts);
    place.removeAttribute("aria-busy");
  };
  form.addEventListener("input", (event) => {
    if (["how", "day"].includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(look, 600);
  });
  form.addEventListener("submit", () => { asked += 1; clearTimeout(timer); });
})();
