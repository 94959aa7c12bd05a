// Enhancements only: every page works without this file.
(() => {
  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const text = (id, words) => { const place = document.getElementById(id); if (place) place.textContent = words; };

  // Filters stand open where there is a column for them.
  const wide = matchMedia("(min-width:72em)");
  const large = document.documentElement.dataset.size === "xl";
  all("details.filters", (box) => { box.open = wide.matches && !large; });

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
        let field = form.elements.near;
        if (!field) {
          field = Object.assign(document.createElement("input"), { type: "hidden", name: "near" });
          form.append(field);
        }
        field.value = position.coords.latitude.toFixed(3) + "," + position.coords.longitude.toFixed(3);
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

  all("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
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
