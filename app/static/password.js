// A password can be looked at while it is typed; it is sent, and remembered by the browser, as a password.
(() => {
  for (const button of document.querySelectorAll("button[data-see]")) {
    const field = document.getElementById(button.dataset.see);
    const see = (shown) => {
      field.type = shown ? "text" : "password";
      button.textContent = shown ? button.dataset.hide : button.dataset.show;
    };
    button.hidden = false;
    button.addEventListener("click", () => see(field.type === "password"));
    field.form.addEventListener("submit", () => see(false));
  }
})();
