"""One aftercare sheet, facts to PDF/A bytes, against careless WeasyPrint in the same run.

Careless: the same markup with the style sheet inline, parsed for every sheet, with a font
configuration of its own, so that the pinned fonts are unpacked for every sheet as well. The goal is
against that. The last row leaves those fonts out, so it is not the same paper; it shows how much
of the difference they are.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aftercare.facts import TreatmentFacts
    from aftercare.sheet import Sheet

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 11
GOAL = 0.6


def main() -> None:
    """Print the table."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.config.settings")
    import django

    django.setup()
    from aftercare.pdf import sheet_pdf

    facts = _facts()
    makers: dict[str, Callable[[], bytes]] = {
        "careful": lambda: sheet_pdf(_sheet(facts)),
        "careless": lambda: _careless(_sheet(facts), fonts=True),
        "careless, with the system's fonts": lambda: _careless(_sheet(facts), fonts=False),
    }
    texts = {name: _text(make()) for name, make in makers.items()}
    assert len(set(texts.values())) == 1, "the careful and the careless sheet must say the same"
    times: dict[str, list[float]] = {name: [] for name in makers}
    for _ in range(ROUNDS):
        for name, make in makers.items():
            start = perf_counter()
            make()
            times[name].append(1000 * (perf_counter() - start))
    print("| aftercare sheet, two pages, PDF/A | ms (median) | careful / this |")
    print("|---|---:|---:|")
    ratios = {}
    for name, own in times.items():
        ratios[name] = median(a / b for a, b in zip(times["careful"], own, strict=True))
        print(f"| {name} | {median(own):.0f} | {ratios[name]:.2f} |")
    print()
    from benchmarks._goals import Goals

    goals = Goals()
    goals.at_most("careful / careless", ratios["careless"], GOAL)
    goals.end()


def _facts() -> TreatmentFacts:
    from aftercare.facts import Clinic, Product, TreatmentFacts

    return TreatmentFacts(
        first_name="Maya",
        full_name="Maya Lind",
        treated_at=datetime.fromisoformat("2026-06-16T14:30:00+01:00"),
        time_zone="Europe/London",
        modality="MN_PEN",
        depths_mm={"cheeks": 0.5, "forehead": 0.25},
        clinic=Clinic(
            name="Harbour Skin Clinic",
            address="12 Harbour Street, Bristol",
            phone="0117 496 0100",
            emergency_phone="07700 900123",
            out_of_hours="Evenings and weekends: call the emergency number",
        ),
        practitioner="Dr Anna Berg",
        numbing_used=False,
        session_number=1,
        phototype="II",
        products=(Product(name="Barrier cream", how_often="morning and evening"),),
    )


def _sheet(facts: TreatmentFacts) -> Sheet:
    from aftercare.reading import current
    from aftercare.selection import choose_sheet

    return choose_sheet(facts, current())


def _careless(sheet: Sheet, *, fonts: bool) -> bytes:
    import weasyprint

    from aftercare.fitting import layouts
    from aftercare.pdf import sheet_html, sheet_letterhead
    from clinic.core.fonts import CHAIN, FAMILIES, WEIGHTS, face_rules

    sheets = ("paper", "sheet-paper")
    css = "".join((ROOT / f"static/css/{name}.css").read_text() for name in sheets)
    css = css.replace("var(--letters)", CHAIN if fonts else "Noto Sans")
    if fonts:
        rules = face_rules("cleared")
        for path in (family.path(weight) for family in FAMILIES for weight in WEIGHTS):
            rules = rules.replace(f"cleared:{path.name}", path.as_uri())
        css = rules + css
    body = sheet_html(sheet, sheet_letterhead(sheet)).replace(
        "cleared:mark.svg", (ROOT / "static/img/logo.svg").as_uri()
    )
    markup = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Aftercare</title>'
        f'<style>{css}</style></head><body class="{layouts(sheet)[0]}">{body}</body></html>'
    )
    return weasyprint.HTML(string=markup).write_pdf(pdf_variant="pdf/a-3a")


def _text(data: bytes) -> str:
    from pypdf import PdfReader

    # Without spaces: where a reader sees one depends on the letters' widths.
    return "".join("".join(p.extract_text() for p in PdfReader(BytesIO(data)).pages).split())


if __name__ == "__main__":
    main()
