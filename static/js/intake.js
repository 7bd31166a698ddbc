// Follow-up questions appear when they apply. Without this script every follow-up is on the page,
// each with the words that say when to answer it; the server ignores what does not apply.
"use strict";

(() => {
  const NOTHING = new Set(["none", "no", "nothing", "n/a"]);
  const followUps = [...document.querySelectorAll("[data-show-when]")].map((element) => ({
    element,
    when: JSON.parse(element.dataset.showWhen),
  }));

  // What a question has been answered with: a set of values, or null while it is unanswered.
  function answer(question) {
    const block = document.getElementById(`div_id_${question}`);
    if (!block) return null;
    if (block.hidden) return new Set();
    const inputs = [...block.querySelectorAll("input, textarea")];
    const chosen = inputs.filter((input) => /radio|checkbox/.test(input.type));
    if (!chosen.length) return inputs[0].value.trim() ? new Set([inputs[0].value.trim()]) : earlier(block);
    const ticked = chosen.filter((input) => input.checked);
    if (!ticked.length) return earlier(block);
    return new Set(ticked.filter((input) => !("none" in input.dataset)).map((input) => optionOf(input, question)));
  }

  // While nothing else is chosen, an earlier answer that may still be true is what shows follow-ups.
  const earlier = (block) => (block.dataset.earlier ? new Set(JSON.parse(block.dataset.earlier)) : null);

  const optionOf = (input, question) =>
    input.name === question ? input.value : input.name.slice(question.length + 2);

  // True, false, or null for "not known yet", as the screening engine has it.
  function holds(when) {
    if (when.all) return and(when.all.map(holds));
    if (when.any) return not(and(when.any.map((part) => not(holds(part)))));
    if (when.not) return not(holds(when.not));
    const given = answer(when.q);
    if (given === null) return null;
    const listed = new Set(when.values);
    const matching = [...given].filter((value) => listed.has(value)).length;
    if (when.op === "not_empty") return given.size > 0;
    if (when.op === "count_gte") return given.size - matching >= when.count;
    if (when.op === "text_present") {
      return [...given].some((text) => !NOTHING.has(text.replace(/[.]+$/, "").trim().toLowerCase()));
    }
    return matching > 0;
  }

  const not = (truth) => (truth === null ? null : !truth);
  const and = (parts) => (parts.includes(false) ? false : parts.includes(null) ? null : true);

  // A follow-up comes after its question, so one pass in page order settles them all.
  const settle = () => followUps.forEach(({ element, when }) => { element.hidden = holds(when) !== true; });

  // "None of these" and the others exclude each other; a date goes with its tick.
  function keepApart(input) {
    const block = input.closest(".options");
    if (input.type !== "checkbox" || !block) return;
    const others = [...block.querySelectorAll("input[type=checkbox]")].filter((other) => other !== input);
    if (input.checked) {
      others.filter((other) => "none" in input.dataset || "none" in other.dataset).forEach((other) => {
        other.checked = false;
        clearDay(other);
      });
    } else clearDay(input);
  }

  function clearDay(input) {
    const dated = input.closest(".dated");
    if (!dated) return;
    dated.querySelectorAll(".dated-day input").forEach((part) => { part.value = ""; });
    dated.querySelectorAll(".dated-day select").forEach((part) => { part.selectedIndex = 0; });
    dated.classList.remove("dated-stray");
  }

  document.addEventListener("change", (event) => {
    keepApart(event.target);
    settle();
  });
  document.querySelectorAll(".follow-lead").forEach((lead) => { lead.hidden = true; });
  // The browser may bring answers back when one returns to the page.
  window.addEventListener("pageshow", settle);
  settle();
})();
