"""How large a sheet can be set so that it stays on its two pages."""

from dataclasses import dataclass

from aftercare.sheet import Sheet


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One way to set the sheet. ``name`` is the class of the body that `paper.css` knows."""

    name: str
    points: float
    notes_on_front: bool


LAYOUTS = (
    Layout(name="fit-0", points=11, notes_on_front=False),
    Layout(name="fit-0", points=11, notes_on_front=True),
    Layout(name="fit-1", points=10.5, notes_on_front=True),
    Layout(name="flow-1", points=10.5, notes_on_front=True),
    Layout(name="flow-2", points=10, notes_on_front=True),
    Layout(name="flow-3", points=9.5, notes_on_front=True),
    Layout(name="flow-4", points=9, notes_on_front=True),
)


def first_layout(sheet: Sheet) -> int:
    """Where to begin in `LAYOUTS`."""
    return 0
