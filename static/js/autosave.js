// A long form is kept on the server as it is typed: within two seconds, one save at a time, again
// until it arrives. Nothing is kept in the browser. Without this script the form works as ever.
"use strict";

(() => {
  const said = document.querySelector("[data-autosave]");
  const form = said && said.closest("form");
  if (!form) return;

  const url = said.dataset.autosave;
  const page = [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const PAUSE = 800, LONGEST = 1800, SLOWEST = 15000, PATIENCE = 10000;
  let version = Number(said.dataset.version), sequence = 0;
  let changed = 0, kept = 0, firstChange = 0, tries = 0;
  let timer = null, running = null, ended = false, leaving = false;

  const say = (words, failed) => {
    if (said.textContent !== words) said.textContent = words;
    said.classList.toggle("autosave-waits", Boolean(failed));
  };
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]");

  function ask(options) {
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), PATIENCE);
    return fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store", keepalive: document.hidden, signal: patience.signal, ...options })
      .finally(() => clearTimeout(limit));
  }

  // A sign-in elsewhere gives this browser a new token; the page then goes on with it.
  async function freshToken() {
    const answer = await ask({ method: "GET" });
    if (!answer.ok) return false;
    token().value = (await answer.json()).token;
    return true;
  }

  async function send() {
    const state = changed, data = new FormData(form);
    sequence += 1;
    data.delete("csrfmiddlewaretoken"); // the header has the newest one
    data.set("autosave_page", page);
    data.set("autosave_base", String(version));
    data.set("autosave_sequence", String(sequence));
    const post = () => ask({ method: "POST", body: new URLSearchParams(data), headers: { "X-CSRFToken": token().value } });
    let answer = await post();
    if (answer.status === 403 && (await freshToken())) answer = await post();
    if (answer.status === 409) {
      ended = true;
      say((await answer.json()).said, true);
      return false;
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      say(said.dataset.signedOut, true);
      return false;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    version = told.version;
    kept = state;
    said.dataset.kept = kept === changed ? "all" : "some";
    tries = 0;
    say(`${said.dataset.saved} ${told.at}`);
    return true;
  }

  // One save at a time; whoever comes meanwhile waits for the one that runs, then saves what is new.
  async function save() {
    while (running) await running;
    if (ended || kept === changed) return kept === changed;
    clearTimeout(timer);
    timer = null;
    running = send().catch(() => {
      say(said.dataset.waiting, true);
      return false;
    });
    const arrived = await running;
    running = null;
    if (kept !== changed && !ended) {
      tries = arrived ? 0 : tries + 1;
      plan(arrived ? PAUSE : Math.min(SLOWEST, 1000 * 2 ** tries));
    }
    return arrived;
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  function typed() {
    if (changed === kept) firstChange = Date.now();
    changed += 1;
    said.dataset.kept = "some";
    if (!ended && !tries) plan(Math.max(0, Math.min(PAUSE, firstChange + LONGEST - Date.now())));
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  window.addEventListener("online", () => save());
  window.addEventListener("focus", () => save());
  document.addEventListener("visibilitychange", () => save());
  window.addEventListener("pagehide", () => save());
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && kept !== changed) event.preventDefault();
  });

  // What is handed in has been kept first: signed out or without network, the page stays as it is.
  form.addEventListener("submit", async (event) => {
    if (leaving || ended) {
      leaving = true;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    changed += 1;
    if (!(await save())) {
      said.scrollIntoView({ block: "center" });
      return;
    }
    leaving = true;
    form.requestSubmit(button);
  });
})();
