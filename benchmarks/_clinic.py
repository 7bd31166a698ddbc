"""A throw-away database with a clinic's screenings in it, each kept as the product keeps it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clinic.intake.models import Submission
    from clinic.procedures.models import Procedure
    from screening.engine import Context
    from screening.models import RulePack

AT_ONCE = 500


@contextmanager
def database() -> Iterator[None]:
    """Start a server and migrate; both are thrown away in the end. Sets Django up."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from clinic.core import embedded

    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connections.close_all()
        embedded.stop(settings.DATABASES["default"]["DATA_DIR"])
        shutil.rmtree(settings.TEST_FOLDER, ignore_errors=True)


def fill(first: int, last: int) -> RulePack:
    """Screen the people of these numbers by the newest released pack, which is given back."""
    from django.db import transaction

    from benchmarks._people import People
    from clinic.intake.packs import pack_of
    from clinic.procedures.models import Procedure
    from tests import factories
    from tests.factories.people import pack

    if first == 1:
        factories.cast()
    rules = pack()
    people = People(pack_of(rules))
    procedures = {one.modality: one for one in Procedure.objects.filter(site__name="Riverside")}
    for number in range(first, last + 1, AT_ONCE):
        with transaction.atomic():
            for _, context, answers in people.everybody(number, min(number + AT_ONCE, last + 1)):
                _screen(rules, procedures[context.modality or ""], context, answers)
    return rules


def _screen(
    rules: RulePack, procedure: Procedure, context: Context, answers: dict[str, Any]
) -> None:
    from clinic.core.actor import SYSTEM
    from clinic.intake.actions.submitting import plan_of
    from clinic.intake.judging import judge
    from clinic.intake.packs import pack_of
    from clinic.intake.storing import store
    from tests.factories import NOW

    frozen = _frozen(procedure, context, answers)
    judged = judge(
        pack_of(rules),
        answers,
        plan_of(frozen.intake),
        assessment_date=context.assessment_date,
        last_session=context.last_session,
    )
    store(
        actor=SYSTEM,
        frozen=frozen,
        rules=rules,
        judged=judged,
        last=context.last_session,
        plan=frozen.intake,
        cause="",
        at=NOW,
    )


def _frozen(procedure: Procedure, context: Context, answers: dict[str, Any]) -> Submission:
    from clinic.core.actor import SYSTEM
    from clinic.core.fields import acted_by
    from clinic.intake.models import Submission
    from screening.engine import answers_hash
    from tests import factories

    asked = factories.intake(
        factories.client(procedure.site, date_of_birth=answers["dob"]),
        procedure,
        depth_mm=context.depth_mm,
        areas=list(context.areas or ()),
        anaesthetic_planned=context.anaesthetic_planned,
        planned_date=context.planned_on,
        test_patch_ok=context.test_patch_ok,
        submitted_at=factories.NOW,
    )
    return Submission.objects.create(
        intake=asked,
        client=asked.client,
        pack=asked.pack,
        answers=answers,
        wording=[],
        answers_sha256=answers_hash(answers),
        assessment_date=context.assessment_date,
        submitted_at=factories.NOW,
        **acted_by(SYSTEM),
    )
