"""A name in Chinese signs is drawn as the client's own language writes it."""

from aftercare.pdf import sheet_pdf
from aftercare.treatmentfile import parse
from tests.aftercare.treatment import MAYA_JSON, sheet, written

SIGNS = "骨直返"
"""Signs that the four ways of writing draw differently."""


def test_each_language_draws_its_own_signs() -> None:
    drawn = {
        language: sheet_pdf(sheet(full_name=SIGNS, client_language=language))
        for language in ("ja", "ko", "zh-Hans", "zh-Hant")
    }
    assert len(set(drawn.values())) == 4
    assert sheet_pdf(sheet(full_name=SIGNS, client_language="ja")) == drawn["ja"]
    # Nothing told: simplified, as said in ADR 14.
    assert sheet_pdf(sheet(full_name=SIGNS)) == drawn["zh-Hans"]


def test_the_file_of_a_treatment_may_name_the_language() -> None:
    client = MAYA_JSON["client"] | {"language": "ja"}
    assert parse(written(client=client)).client_language == "ja"
    assert parse(written()).client_language == ""
