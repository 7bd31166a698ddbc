// Small improvements. Every page works without them.
"use strict";

(() => {
  const typing = (element) =>
    element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  document.addEventListener("keydown", (event) => {
    const find = document.getElementById("find");
    if (event.key === "/" && find && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
      find.select();
    }
    if (event.key === "Escape") {
      const inside = event.target.closest && event.target.closest(".bar details[open], .find");
      closeAll();
      if (inside) inside.querySelector("summary, input").focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walkResults(event);
  });

  // Arrow keys walk from the find box through its results and back.
  function walkResults(event) {
    const box = event.target.closest && event.target.closest(".find");
    if (!box) return;
    const stops = [box.querySelector("input"), ...box.querySelectorAll(".find-results a")];
    const next = stops.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
    if (stops[next]) {
      event.preventDefault();
      stops[next].focus();
    }
  }

  function closeAll(except) {
    document.querySelectorAll(".bar details[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
    const results = document.getElementById("find-results");
    if (results && !(except && except.contains(results))) results.replaceChildren();
  }

  document.addEventListener("click", (event) => {
    closeAll(event.target.closest(".bar details, .find"));
  });

  // What went wrong is read first.
  function focusErrors(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  // A link in the error summary leads to the first input of a group.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a");
    const target = link && document.getElementById(link.hash.slice(1));
    const input = target && (target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea"));
    if (input) {
      event.preventDefault();
      target.scrollIntoView({ block: "center" });
      input.focus({ preventScroll: true });
    }
  });

  // "Saved 10:42", said quietly: the server sends the trigger `saved` with the words to show.
  document.addEventListener("saved", (event) => {
    const place = document.querySelector("[data-saved]");
    if (place && event.detail && event.detail.value) place.textContent = event.detail.value;
  });

  // An address that is shown once is copied by one press, where the browser allows it.
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      const said = button.parentElement.querySelector("[data-copied]");
      said.textContent = said.dataset.copied;
    });
  });

  // A second press of the same button within three seconds sends nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 3000);
  });

  // htmx notes the page's address, with what was searched, for a history that is switched off.
  try {
    sessionStorage.removeItem("htmx-current-path-for-history");
  } catch {
    // This browser keeps nothing at all.
  }

  document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));
  document.querySelectorAll("[data-js]").forEach((element) => { element.hidden = false; });
  focusErrors(document);
})();
