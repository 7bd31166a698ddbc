"""What the parts and fields of a pack are called on the page."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PARTS: Mapping[str, "_StrPromise"] = {
    "questions": _("Questions"),
    "rules": _("Rules"),
    "sources": _("Sources"),
    "lexicon": _("Words that are recognised"),
    "checks": _("Checks of careless answers"),
    "policy": _("Numbers that are a choice"),
    "depth_limits": _("How deep, by area and device"),
    "conflicts": _("Where the sources disagree"),
    "cases": _("Test cases"),
}

ENTRIES: Mapping[str, "_StrPromise"] = {
    "section": _("section"),
    "question": _("question"),
    "options": _("answer"),
    "rule": _("rule"),
    "combination": _("combination of rules"),
    "outcome": _("outcome"),
    "flag_when": _("flags that are added"),
    "source": _("source"),
    "case": _("test case"),
    "hits": _("rule"),
    "conflict": _("conflict"),
    "term": _("word"),
    "entry": _("recognised words"),
    "contradiction": _("contradiction"),
    "policy": _("number"),
    "limit": _("depth limit"),
    "period": _("time that a date must lie in"),
}

FIELDS: Mapping[str, "_StrPromise"] = {
    "text": _("wording"),
    "help": _("help"),
    "label": _("wording"),
    "type": _("kind"),
    "options": _("answers"),
    "date": _("date asked"),
    "allow_empty": _("may stay empty"),
    "allow_future": _("may lie in the future"),
    "birth_date": _("is the date of birth"),
    "moves_with_time": _("asked afresh each time"),
    "none_label": _("wording of “none of these”"),
    "show_when": _("asked when"),
    "title": _("title"),
    "category": _("topic"),
    "question_ids": _("questions"),
    "involves": _("rules involved"),
    "unsure_level": _("level of “not sure”"),
    "rationale": _("why it matters"),
    "practitioner_check": _("what to check"),
    "sources": _("sources"),
    "evidence": _("evidence"),
    "evidence_note": _("note on the evidence"),
    "time_window": _("wait, in words"),
    "area_specific": _("only for an area"),
    "modality": _("device"),
    "min_depth_mm": _("depth, in words"),
    "when": _("condition"),
    "level": _("level"),
    "kind": _("how long"),
    "message": _("message to the client"),
    "override": _("who may go ahead"),
    "flags": _("flags"),
    "after_window_level": _("level after the wait"),
    "window": _("wait"),
    "window_by_option": _("waits"),
    "basis": _("the wait counts from"),
    "defer": _("wait"),
    "question": _("question"),
    "field": _("date of the plan"),
    "url": _("address"),
    "read_as": _("how it was read"),
    "summary": _("summary"),
    "name": _("name"),
    "version": _("version"),
    "modalities": _("devices"),
    "areas": _("areas"),
    "unsure_message": _("message for “not sure”"),
    "terms": _("words that name it"),
    "ordinary": _("words that only look like one"),
    "asked_in": _("questions that ask about it"),
    "said_by": _("already said by the answers when"),
    "questions": _("questions"),
    "rules": _("rules it bears on"),
    "topic": _("topic"),
    "claim_a": _("one claim"),
    "claim_b": _("the other claim"),
    "resolution": _("what was decided"),
    "reason": _("reason"),
    "bears_on": _("matters for"),
    "told": _("what the client is told"),
    "answered": _("wording for an answer"),
    "more": _("wording for more findings"),
    "too_long": _("wording for a long text"),
    "long_text": _("wording for the end of a long text"),
    "value": _("number"),
    "unit": _("counted in"),
    "min": _("least allowed"),
    "max": _("most allowed"),
    "fixed": _("never another one"),
    "mirrors": _("rules that hold the same number"),
    "review_above_mm": _("deeper than this, in mm, somebody decides first"),
    "stop_above_mm": _("deeper than this, in mm, is not treated"),
    "group": _("group"),
    "note": _("note on the evidence"),
    "days": _("days"),
    "months": _("months"),
    "grace_days": _("days of grace"),
    "to_come": _("lies ahead"),
    "least_questions": _("fewest questions in a section"),
    "expected": _("what is expected"),
    "answers": _("answers"),
    "context": _("plan"),
    "without": _("questions left out"),
    "why": _("what it tests"),
    "complete": _("everything answered"),
    "missing": _("questions without an answer"),
    "defer_until": _("not before"),
    "earliest": _("first day that is clear"),
    "hits": _("rules that hit"),
    "code": _("rule"),
    "outcome": _("outcome"),
    "depth_mm": _("depth in mm"),
    "planned_date": _("wished for"),
    "assessment_date": _("day of the answers"),
    "anaesthetic_planned": _("numbing cream planned"),
    "test_patch_ok": _("test patch looked well"),
    "parental_consent": _("a parent has agreed"),
    "last_session": _("session before"),
}


def in_order(keys: Iterable[str]) -> list[str]:
    """Fields in the order in which a person reads them; unknown ones last."""
    known = list(FIELDS)
    return sorted(keys, key=lambda key: known.index(key) if key in FIELDS else len(known))


BEARS_ON: Mapping[str, "_StrPromise"] = {
    "screening": _("Screening"),
    "consent": _("Consent"),
    "aftercare": _("Aftercare"),
    "practice": _("What the clinic does"),
}

EVIDENCE: Mapping[str, "_StrPromise"] = {
    "source": _("From a source"),
    "source+policy": _("From a source, with a choice of this clinic"),
    "policy": _("A choice of this clinic: needs clinical sign-off"),
    "background": _("Background: needs clinical sign-off"),
}

READ_AS: Mapping[str, "_StrPromise"] = {
    "page": _("The document itself"),
    "mirror": _("A copy of the document"),
    "secondary": _("A report about it"),
    "clinic": _("A clinic's own sheet"),
    "article": _("A general article"),
    "background": _("Not from a document"),
}

KINDS: Mapping[str, "_StrPromise"] = {
    "while_present": _("While it lasts"),
    "permanent": _("For good"),
}

QUESTION_TYPES: Mapping[str, "_StrPromise"] = {
    "yes_no": _("Yes, no or not sure"),
    "single_choice": _("One of several answers"),
    "multi_choice": _("Any of several answers"),
    "multi_choice_dated": _("Any of several answers, each with a date"),
    "date": _("A date"),
    "text": _("Free text"),
}

BASES: Mapping[str, "_StrPromise"] = {
    "answer": _("the date answered to a question"),
    "option_dates": _("the dates of the answers ticked"),
    "assessment_date": _("the day of the answers"),
    "ctx": _("the session before"),
}

CATEGORIES: Mapping[str, "_StrPromise"] = {
    "eligibility": _("Who can be treated"),
    "past_treatment": _("Past treatments"),
    "pregnancy": _("Pregnancy"),
    "medicines": _("Medicines"),
    "allergies": _("Allergies"),
    "skin": _("Skin"),
    "health": _("Health"),
    "plan": _("The plan"),
}
