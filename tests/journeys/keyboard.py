"""Hands that never touch a mouse: Tab, Shift+Tab, arrows, Space, Enter and letters."""

from typing import Any

from playwright.sync_api import Page, expect

FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), around = getComputedStyle(at.closest("label") || at);
  const ring = (s) =>
    (s.outlineStyle !== "none" && s.outlineWidth !== "0px") || s.boxShadow !== "none";
  const named = (at.labels && at.labels[0]) || at;
  const group = at.closest("fieldset");
  return {
    name: at.name || "", value: at.value || "", type: at.type || at.tagName.toLowerCase(),
    checked: Boolean(at.checked), words: named.innerText.replace(/\\s+/g, " ").trim(),
    group: group ? group.querySelector("legend").innerText.trim() : "",
    section: at.closest("main") ? "main" : "bar",
    // Inside a date or a time the browser itself shows which part has the focus.
    visible: /^(date|time)$/.test(at.type)
      || [style, around, getComputedStyle(at, "::after")].some(ring),
  };
}"""
MOST = 150
"""Stops on the longest page; whoever needs more has gone round in a circle."""


PATIENCE = 30_000
"""Milliseconds for a page to come: signing draws a paper, on a machine that is busy."""


class Keyboard:
    """The keyboard of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)

    def focus(self) -> dict[str, Any] | None:
        """What has the focus; fails where nobody could see it."""
        at: dict[str, Any] | None = self.page.evaluate(FOCUS)
        assert at is None or at["visible"], f"{self.page.url}: the focus is not seen on {at}"
        return at

    def tabs_to(self, words: str = "", *, name: str = "", value: str = "") -> dict[str, Any]:
        """Tab on until a control with these words, or this name and value, has the focus."""
        for _step in range(MOST):
            at = self.focus()
            if at and _is(at, words, name, value):
                return at
            self.press("Tab")
        raise AssertionError(f"{self.page.url}: Tab never comes to {words or name} {value}")

    def goes(self, words: str) -> None:
        """Tab to a link or button and press it; another page opens."""
        self.tabs_to(words)
        with self.page.expect_navigation(timeout=PATIENCE):
            self.press("Enter")

    def skips_to_the_page(self) -> None:
        """The first stop of every page leads past the bar."""
        self.tabs_to("Skip to the page")
        self.press("Enter")

    def writes(self, **fields: str) -> None:
        """Tab to each field, in the page's order, and type."""
        for name, text in fields.items():
            self.tabs_to(name=name)
            self.types(text)

    def dates(self, name: str, iso: str) -> None:
        """Type a day; in which order is up to the browser's own language."""
        year, month, day = iso.split("-")
        self.tabs_to(name=name)
        box = self.page.locator(f"[name={name}]")
        self.types(f"{day}{month}{year}")
        if box.input_value() != iso:
            self.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
            self.types(f"{month}{day}{year}")
        expect(box).to_have_value(iso)

    def chooses(self, name: str, value: str) -> None:
        """One of a group of choices: Tab comes to the first, arrows go on."""
        at = self.tabs_to(name=name)
        if at["value"] == value:
            self.press("Space")
            return
        for _step in range(MOST):
            self.press("ArrowDown")
            now = self.focus()
            if now and now["value"] == value:
                return
        raise AssertionError(f"{self.page.url}: no {value} in {name}")

    def ticks(self, name: str, value: str = "") -> None:
        self.tabs_to(name=name, value=value)
        self.press("Space")


def _is(at: dict[str, Any], words: str, name: str, value: str) -> bool:
    if words:
        return str(at["words"]).startswith(words)
    return at["name"] == name and value in ("", at["value"])
