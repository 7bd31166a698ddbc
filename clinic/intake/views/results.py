"""What the answers mean, what happens next, and the answers themselves."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.core.fingerprints import as_kept
from clinic.core.shortcuts import or_404
from clinic.intake import actions
from clinic.intake.changing import proposals
from clinic.intake.law_shown import law_shown
from clinic.intake.models import Level, Screening
from clinic.intake.outcome import outcome
from clinic.intake.packs import pack_of
from clinic.intake.queries import answers_shown, clearance_on, waiting
from clinic.intake.telling import NEVER_STOP, concerns_medicine
from clinic.intake.views.walk import DESK, READERS
from screening.engine import answers_hash


@staff(*READERS)
@require_safe
def submitted(request: StaffRequest, screening_id: int) -> HttpResponse:
    """What happens next, and why."""
    now = timezone.now()
    screened = or_404(
        actions.read_screening, actor=request.actor, screening_id=screening_id, at=now
    )
    findings = list(screened.findings.order_by("-level", "position"))
    clearance, pack = clearance_on(screened), pack_of(screened.pack)
    context = {
        "screening": screened,
        "client": screened.client,
        "procedure": screened.procedure,
        "level": Level(screened.level).name,
        "next": outcome(screened, clearance, today=timezone.localdate(now)),
        "findings": [
            {
                "finding": one,
                "level": Level(one.level).name,
                "medicine": concerns_medicine(pack, one.code),
            }
            for one in findings
        ],
        "waiting": [
            one | {"medicine": concerns_medicine(pack, one["code"])}
            for one in _over_by_then(screened, [one.code for one in findings])
        ],
        "law": law_shown(screened, pack),
        "never_stop": NEVER_STOP,
        "may_write": request.actor.has(*DESK),
        "may_change_plan": request.actor.has(*DESK),
        "changes": proposals(request.actor, screened, today=timezone.localdate(now)),
    }
    return render(request, "intake/submitted.html", context)


@staff(*READERS)
@require_safe
def answers(request: StaffRequest, submission_id: int) -> HttpResponse:
    """The answers as they were given, in the words of that day."""
    frozen = or_404(
        actions.read_answers,
        actor=request.actor,
        submission_id=submission_id,
        at=timezone.now(),
    )
    fingerprint = as_kept(
        computed=answers_hash(frozen.answers),
        kept=frozen.answers_sha256,
        what=f"answers {frozen.pk}",
    )
    lines = answers_shown(frozen, pack_of(frozen.pack))
    context = {
        "submission": frozen,
        "client": frozen.client,
        "lines": lines,
        "fingerprint": fingerprint,
    }
    return render(request, "intake/answers.html", context)


def _over_by_then(screened: Screening, found: list[str]) -> list[dict[str, Any]]:
    return [one for one in waiting(screened) if one["code"] not in found]
