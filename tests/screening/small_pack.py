"""A pack with every key that a pack may have, and nothing more."""

from __future__ import annotations

from typing import Any

WORDING: dict[str, Any] = {
    "title": "Noticed",
    "told": "We noticed something.",
    "rationale": "Why it matters.",
    "practitioner_check": "Ask again.",
    "sources": ["A1"],
    "evidence": "background",
    "evidence_note": "The clinic's own choice.",
}
OVERRIDE: dict[str, Any] = {"allowed": True, "by": "practitioner", "reason_required": True}

QUESTIONS: dict[str, Any] = {
    "pack": {
        "name": "small",
        "version": "1.0.0",
        "title": "A small pack",
        "modalities": ["MN_PEN", "RF_MN"],
        "areas": ["face", "neck"],
        "unsure_message": "You were not sure.",
    },
    "section": [
        {
            "id": "you",
            "title": "About you",
            "question": [
                {"id": "born", "text": "Born?", "type": "date", "birth_date": True},
                {
                    "id": "ill",
                    "text": "Ill?",
                    "type": "yes_no",
                    "help": "Any illness.",
                    "moves_with_time": True,
                },
                {
                    "id": "ill_end",
                    "text": "Since when well?",
                    "type": "date",
                    "show_when": {"q": "ill", "op": "eq", "value": "yes"},
                },
                {"id": "sun", "text": "Sun planned until?", "type": "date", "allow_future": True},
                {
                    "id": "skin",
                    "text": "Skin?",
                    "type": "single_choice",
                    "options": [
                        {"value": "fair", "label": "Fair"},
                        {"value": "dark", "label": "Dark"},
                    ],
                },
                {
                    "id": "allergy",
                    "text": "Allergies?",
                    "type": "multi_choice",
                    "allow_empty": True,
                    "none_label": "None",
                    "options": [
                        {"value": "latex", "label": "Latex"},
                        {"value": "metal", "label": "Metal"},
                    ],
                },
                {
                    "id": "done",
                    "text": "Treatments?",
                    "type": "multi_choice_dated",
                    "allow_empty": True,
                    "none_label": "None",
                    "options": [
                        {"value": "peel", "label": "Peel", "date": "required"},
                        {"value": "tan", "label": "Tan", "date": "optional"},
                    ],
                },
                {"id": "tablets", "text": "Medicines?", "type": "text"},
            ],
        }
    ],
}

RULES: dict[str, Any] = {
    "rule": [
        {
            "code": "illness",
            "title": "Illness",
            "category": "health",
            "question_ids": ["ill", "ill_end"],
            "unsure_level": "REVIEW",
            "rationale": "The body is busy.",
            "practitioner_check": "Since when?",
            "sources": ["A1", "B2"],
            "evidence": "source+policy",
            "evidence_note": "The window is policy.",
            "time_window": "4 weeks",
            "area_specific": True,
            "modality": "ALL",
            "min_depth_mm": "0.5",
            "outcome": [
                {
                    "id": "ill",
                    "when": {"q": "ill", "op": "eq", "value": "yes"},
                    "level": "DEFER",
                    "defer": {"basis": "answer", "question": "ill_end", "window": {"days": 28}},
                    "after_window_level": "ADVISE",
                    "message": "Please wait.",
                    "override": OVERRIDE,
                    "flags": ["photo_before"],
                }
            ],
            "flag_when": [
                {"when": {"q": "ill", "op": "in", "value": ["yes", "not_sure"]}, "flags": ["gp"]}
            ],
        },
        {
            "code": "treated",
            "title": "Treated",
            "category": "health",
            "question_ids": ["done", "allergy", "tablets"],
            "unsure_level": "DEFER",
            "rationale": "Skin heals.",
            "practitioner_check": "Look at it.",
            "sources": ["B2"],
            "evidence": "source",
            "modality": "ALL",
            "outcome": [
                {
                    "id": "allergic",
                    "when": {
                        "all": [
                            {"q": "allergy", "op": "count_gte", "value": 1, "exclude": ["latex"]},
                            {"not": {"q": "tablets", "op": "text_present"}},
                        ]
                    },
                    "level": "CONTRAINDICATED",
                    "kind": "permanent",
                    "message": "We cannot treat you.",
                    "override": {"allowed": False, "reason_required": False},
                },
                {
                    "id": "peeled",
                    "when": {"q": "done", "op": "not_empty"},
                    "level": "DEFER",
                    "defer": {
                        "basis": "option_dates",
                        "question": "done",
                        "window_by_option": {"peel": {"months": 1}},
                    },
                    "after_window_level": "CLEAR",
                    "message": "Please wait.",
                    "override": OVERRIDE,
                },
            ],
        },
        {
            "code": "planned",
            "title": "The plan",
            "category": "plan",
            "question_ids": [],
            "unsure_level": "REVIEW",
            "rationale": "Depth and rest.",
            "practitioner_check": "Plan anew.",
            "sources": ["B2"],
            "evidence": "background",
            "modality": "MN_PEN",
            "outcome": [
                {
                    "id": "often",
                    "when": {"ctx": "last_session.date", "op": "exists", "value": True},
                    "level": "DEFER",
                    "defer": {
                        "basis": "ctx",
                        "field": "last_session.date",
                        "window": {"days": 28},
                    },
                    "after_window_level": "CLEAR",
                    "message": "Please wait.",
                    "override": OVERRIDE,
                },
                {
                    "id": "deep",
                    "when": {
                        "any": [
                            {"ctx": "depth_mm", "op": "gt", "value": 2.5},
                            {"ctx": "areas", "op": "intersects", "value": ["neck"]},
                        ]
                    },
                    "level": "DEFER",
                    "defer": {"basis": "assessment_date", "window": {"days": 7}},
                    "after_window_level": "REVIEW",
                    "message": "Please wait.",
                    "override": OVERRIDE,
                },
                {
                    "id": "radio",
                    "when": {"ctx": "modality", "op": "in", "value": ["RF_MN"]},
                    "level": "ADVISE",
                    "message": "It is warm.",
                    "override": OVERRIDE,
                },
            ],
        },
    ],
    "combination": [
        {
            "code": "both",
            "title": "Both",
            "involves": ["illness", "treated"],
            "rationale": "Two burdens.",
            "sources": ["A1"],
            "evidence": "background",
            "outcome": [
                {
                    "id": "two",
                    "when": {
                        "count_hit_groups": {
                            "groups": [["illness"], ["treated", "planned"]],
                            "min_level": "REVIEW",
                            "min": 2,
                        }
                    },
                    "level": "REVIEW",
                    "message": "Two things at once.",
                    "override": OVERRIDE,
                },
                {
                    "id": "one",
                    "when": {
                        "all": [
                            {"hit": "illness", "min_level": "ADVISE"},
                            {"q": "skin", "op": "eq", "value": "dark"},
                        ]
                    },
                    "level": "ADVISE",
                    "message": "One thing.",
                    "override": OVERRIDE,
                },
            ],
        }
    ],
}

SOURCES: dict[str, Any] = {
    "source": [
        {
            "id": "A1",
            "type": "clinic",
            "title": "First",
            "url": "https://example.org/a",
            "read_as": "page",
            "summary": "What it says.",
        },
        {
            "id": "B2",
            "type": "journal",
            "title": "Second",
            "read_as": "background",
            "summary": "What it says.",
        },
    ]
}

LEXICON: dict[str, Any] = {
    "ordinary": ["warfare"],
    "lexicon": {
        **WORDING,
        "told": "You wrote {words}.",
        "rationale": "{quote} looks like {name}.",
        "answered": "{question}: {answer}.",
        "more": "{count} more.",
        "too_long": "Read on.",
        "long_text": "a long text",
    },
    "entry": [
        {
            "id": "warfarin",
            "category": "illness",
            "name": "warfarin",
            "terms": ["warfarin", "coumadin"],
            "asked_in": ["ill"],
            "said_by": {"q": "ill", "op": "eq", "value": "yes"},
            "sources": ["A1"],
        },
        {
            "id": "insulin",
            "category": "both",
            "name": "insulin",
            "terms": ["insulin"],
            "sources": ["B2"],
        },
    ],
}

CHECKS: dict[str, Any] = {
    "contradiction": [
        {
            **WORDING,
            "id": "well_yet_treated",
            "questions": ["born", "ill", "done"],
            "when": {
                "all": [
                    {"q": "ill", "op": "eq", "value": "no"},
                    {"q": "done", "op": "contains_any", "value": ["peel"]},
                    {"ctx": "age", "op": "lt", "value": 18},
                ]
            },
        }
    ],
    "period": [
        {"id": "ill_lately", "question": "ill_end", "days": 28, "grace_days": 3},
        {
            "id": "done_lately",
            "question": "done",
            "months": 6,
            "grace_days": 0,
            "options": ["peel"],
        },
        {"id": "sun_to_come", "question": "sun", "to_come": True, "grace_days": 1},
    ],
    "before_birth": {**WORDING, "told": "{question}?", "rationale": "{question}: {day}."},
    "outside_period": {**WORDING, "told": "{question}?", "rationale": "{question}: {day}."},
    "haste": {
        **WORDING,
        "told": "{section} went fast.",
        "rationale": "{section}: {count} in {seconds}.",
        "least_questions": 7,
        "seconds_per_question": {"client": 1.5, "staff": 0.5},
    },
}

CONFLICTS: dict[str, Any] = {
    "conflict": [
        {
            "id": "depth",
            "topic": "How deep",
            "claim_a": "Deep.",
            "claim_b": "Shallow.",
            "resolution": "Shallow.",
            "reason": "Safer.",
            "sources": ["A1", "B2"],
            "rules": ["planned"],
            "bears_on": ["screening", "practice"],
        }
    ]
}

CASES: dict[str, Any] = {
    "baseline": {
        "context": {
            "assessment_date": "2026-06-01",
            "planned_date": "2026-06-08",
            "modality": "MN_PEN",
            "depth_mm": 1.5,
            "areas": ["face"],
            "anaesthetic_planned": False,
            "test_patch_ok": True,
            "parental_consent": False,
        },
        "answers": {"born": "1990-01-01", "ill": "no"},
    },
    "case": [
        {
            "id": "was_ill",
            "title": "Was ill",
            "why": "So it waits.",
            "context": {
                "last_session": {"date": "2026-01-01", "modality": "RF_MN", "depth_mm": 2.0}
            },
            "answers": {"ill": "yes", "ill_end": "2026-05-30"},
            "without": ["born"],
            "expected": {
                "level": "DEFER",
                "complete": False,
                "hits": [
                    {
                        "code": "illness",
                        "outcome": "ill",
                        "level": "DEFER",
                        "defer_until": "2026-06-27",
                    }
                ],
                "missing": ["born"],
                "defer_until": "2026-06-27",
                "earliest": "none",
                "flags": ["gp"],
            },
        }
    ],
}

SMALL: dict[str, Any] = {
    "lexicon": LEXICON,
    "checks": CHECKS,
    "conflicts": CONFLICTS,
    "cases": CASES,
    "sources": SOURCES,
    "questions": QUESTIONS,
    "rules": RULES,
}
