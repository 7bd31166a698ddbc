"""Queued work stands or falls with its cause, is done once, and is never lost."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from clinic.core import jobs
from clinic.core.models import Job

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the handler of "test.note" was given; a number below zero makes it fail."""
    given: list[Any] = []

    def note(*, number: int, at: datetime) -> None:
        if number < 0:
            raise ValueError("contents that no log may show")
        given.append(number)

    monkeypatch.setitem(jobs._handlers, "test.note", note)
    return given


def _queue(number: int, **when: datetime) -> None:
    with transaction.atomic():
        jobs.enqueue("test.note", at=AT, number=number, **when)


@pytest.mark.django_db
def test_a_job_is_done_once_in_the_order_it_was_due(done: list[Any]) -> None:
    _queue(2, due=AT + timedelta(minutes=1))
    _queue(1)
    later = AT + timedelta(hours=1)
    assert [jobs.do_one(at=later) for _ in range(3)] == [True, True, False]
    assert done == [1, 2]


@pytest.mark.django_db
def test_a_job_waits_until_it_is_due(done: list[Any]) -> None:
    _queue(1, due=AT + timedelta(days=1))
    assert not jobs.do_one(at=AT)
    assert done == []


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_and_at_last_waits_for_a_person(
    done: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    _queue(-1)
    at = AT
    for _ in range(jobs.ATTEMPTS):
        assert jobs.do_one(at=at)
        assert not jobs.do_one(at=at)
        at += timedelta(days=1)
    job = Job.objects.get()
    assert (job.attempts, job.last_error, job.done_at) == (jobs.ATTEMPTS, "ValueError", None)
    assert job.gave_up_at is not None
    assert not jobs.do_one(at=at)


@pytest.mark.django_db
def test_a_job_of_unknown_kind_is_kept() -> None:
    with transaction.atomic():
        jobs.enqueue("test.unheard_of", at=AT)
    assert jobs.do_one(at=AT)
    assert Job.objects.get().last_error == "KeyError"


@pytest.mark.django_db(transaction=True)
def test_work_outside_a_transaction_is_refused() -> None:
    with pytest.raises(jobs.OutsideTransactionError):
        jobs.enqueue("test.note", at=AT, number=1)


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_queues_nothing(done: list[Any]) -> None:
    with transaction.atomic():
        jobs.enqueue("test.note", at=AT, number=1)
        transaction.set_rollback(True)
    call_command("work", "--once")
    assert done == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_the_same_job(done: list[Any]) -> None:
    for number in range(20):
        _queue(number)

    def work() -> None:
        call_command("work", "--once")
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == list(range(20))


@pytest.mark.django_db
def test_what_a_job_is_cannot_be_changed(done: list[Any]) -> None:
    _queue(1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Job.objects.update(kind="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        Job.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_the_health_check_sees_that_the_worker_looked(tmp_path: Path) -> None:
    beat = tmp_path / "beat"
    healthy = [sys.executable, str(settings.BASE_DIR / "bin" / "healthy"), "worker", str(beat)]
    assert subprocess.run(healthy, stderr=subprocess.DEVNULL, check=False).returncode == 1
    call_command("work", "--once", beat=beat)
    assert subprocess.run(healthy, check=False).returncode == 0
