// A drawn signature: strokes go to a hidden input as JSON. The typed name needs no script.
"use strict";

document.querySelectorAll("[data-signature]").forEach((block) => {
  const canvas = block.querySelector("canvas");
  const strokes = block.querySelector("input[type=hidden]");
  const clear = block.querySelector("[data-clear]");
  const said = block.querySelector("[data-signed]");
  if (!window.SignaturePad || !canvas || !strokes) return;

  block.querySelector("[data-draw]").hidden = false;
  const pad = new window.SignaturePad(canvas, { penColor: "#1c272b", minWidth: 0.8, maxWidth: 2.2 });

  function keep() {
    strokes.value = pad.isEmpty() ? "" : JSON.stringify(pad.toData());
    said.textContent = pad.isEmpty() ? "" : said.dataset.signed;
  }

  // A turned phone must not lose the signature, nor may a resize stretch it.
  function fit() {
    const kept = pad.isEmpty() ? [] : pad.toData();
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    if (kept.length) pad.fromData(kept);
  }

  fit();
  if (strokes.value) {
    try {
      pad.fromData(JSON.parse(strokes.value));
    } catch {
      strokes.value = "";
    }
  }
  keep();
  pad.addEventListener("endStroke", keep);
  window.addEventListener("resize", fit);
  clear.addEventListener("click", () => {
    pad.clear();
    keep();
  });
});
