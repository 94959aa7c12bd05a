// Enhancements only: every page works without this file.
(() => {
  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const text = (id, words) => { const place = document.getElementById(id); if (place) place.textContent = words; };

  // Filters stand open where there is a column for them.
  const wide = matchMedia("(min-width:72em)");
  const large = document.documentElement.dataset.size === "xl";
  if (wide.matches && !large) all("details.fold, details.filters", (box) => { box.open = true; });

  // Addresses of searches carry only what was asked.
  all("form:not([method=post])", (form) => form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  }));

  // My position: asked for on a tap, rounded to about 100 metres, sent once with the search.
  all("[data-near]", (button) => {
    if (!window.isSecureContext || !navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const form = button.form;
      button.setAttribute("aria-busy", "true");
      text(button.dataset.near, button.dataset.wait);
      navigator.geolocation.getCurrentPosition((position) => {
        const name = button.dataset.slot || "near";
        const here = position.coords.latitude.toFixed(3) + "," + position.coords.longitude.toFixed(3);
        let field = form.elements[name];
        if (field && field.options) {
          field.add(new Option(here, here, true, true));
          button.removeAttribute("aria-busy");
          text(button.dataset.near, button.dataset.done);
          return;
        }
        if (!field) {
          field = Object.assign(document.createElement("input"), { type: "hidden", name });
          form.append(field);
        }
        field.value = here;
        form.requestSubmit ? form.requestSubmit() : form.submit();
      }, () => {
        button.removeAttribute("aria-busy");
        text(button.dataset.near, button.dataset.fail);
      }, { timeout: 8000, maximumAge: 600000 });
    });
  });

  all("[data-copy]", (button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(button.dataset.copy).then(() => text(button.dataset.say, button.dataset.done));
    });
  });

  // My list: kept on this device only, and written into the links that lead to it.
  const stored = () => { try { return (localStorage.getItem("list") || "").split(".").filter(Boolean); } catch { return []; } };
  const store = (ids) => { try { localStorage.setItem("list", ids.slice(0, 20).join(".")); } catch { /* not allowed */ } };
  const show = () => {
    const mine = stored();
    all("[data-list]", (link) => {
      const to = new URL(link.href);
      to.searchParams.delete("id");
      mine.forEach((id) => to.searchParams.append("id", id));
      link.href = to;
      link.hidden = !mine.length && !link.hasAttribute("data-always");
      const count = link.querySelector("i");
      if (count) count.textContent = mine.length || "";
    });
    all("button[name=id]", (button) => {
      const on = mine.includes(button.value);
      button.setAttribute("aria-pressed", on);
      button.textContent = on ? button.form.dataset.on : button.form.dataset.off;
    });
  };
  all("button[name=id]", (button) => button.addEventListener("click", (event) => {
    const mine = stored();
    event.preventDefault();
    store(mine.includes(button.value) ? mine.filter((id) => id !== button.value) : [...mine, button.value]);
    show();
  }));
  all("button[name=drop]", (button) => button.addEventListener("click", () => store(stored().filter((id) => id !== button.value))));
  all("[data-keep]", (button) => {
    button.hidden = button.dataset.keep === stored().join(".");
    button.addEventListener("click", () => { store(button.dataset.keep.split(".")); text(button.dataset.say, button.dataset.done); });
  });
  show();
  addEventListener("pageshow", show);

  all("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });

  // Emergency cards stay on this device once one was opened, unless somebody took them away.
  all("[data-worker]", (box) => {
    const worker = navigator.serviceWorker;
    if (!worker || !window.caches) return;
    const [kept, gone, forget, hold] = ["kept", "gone", "forget", "hold"].map((name) => box.querySelector(`[data-${name}]`));
    const refused = (say) => { try { if (say) localStorage.setItem("cards", say); return localStorage.getItem("cards") === "no"; } catch { return say === "no"; } };
    const ours = async () => (await caches.keys()).filter((name) => name.startsWith("cards "));
    const tell = async () => {
      const here = (await ours()).some((name) => name.startsWith(`cards ${box.dataset.lang} `));
      kept.hidden = forget.hidden = !here;
      hold.hidden = here || !refused();
      if (gone) gone.hidden = hold.hidden;
      box.hidden = false;
    };
    const start = () => worker.register(box.dataset.worker, { scope: box.dataset.scope }).then(tell, tell);
    worker.addEventListener("message", tell);
    forget.addEventListener("click", async () => {
      refused("no");
      const registered = await worker.getRegistration(box.dataset.scope);
      if (registered) await registered.unregister();
      await Promise.all((await ours()).map((name) => caches.delete(name)));
      tell();
    });
    hold.addEventListener("click", () => { refused("yes"); start(); });
    refused() ? tell() : start();
  });

  // Characters left of a text's limit; what is too much is said, never cut off.
  all("[data-count]", (note) => {
    const field = document.getElementById(note.dataset.count);
    field.addEventListener("input", () => {
      const left = field.dataset.most - [...field.value].length;
      const words = left < 0 ? note.dataset.over : note.dataset.left;
      note.textContent = words.replace("#", Math.abs(left).toLocaleString(document.documentElement.lang));
      note.classList.toggle("over", left < 0);
    });
  });

  // Some forms are sent once, however often the button is pressed; the server knows it too.
  all("form[data-once]", (form) => form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 10000);
  }));
  addEventListener("pageshow", () => all("form[data-sent]", (form) => delete form.dataset.sent));

  // A form that came back with errors: the summary is read first.
  const summary = document.querySelector(".errsum");
  if (summary) summary.focus();
})();
