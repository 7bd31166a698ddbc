"""Two people press "Make the sheet" at the same moment: there is one sheet, and both get it."""

import threading

import pytest
from django.db import connection

from aftercare.actions import issue
from aftercare.models import IssuedSheet
from clinic.treatments.actions import sign
from tests import factories
from tests.factories.treating import ENDED, done, running


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_sheet() -> None:
    cast = factories.cast()
    petra = cast.actor(cast.petra)
    record = sign(actor=petra, user=cast.petra, treatment=running(cast), done=done(), at=ENDED)
    made: list[int] = []
    line = threading.Barrier(2)

    def press() -> None:
        line.wait()
        made.append(issue(actor=petra, record=record, at=ENDED).pk)
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert made == [IssuedSheet.objects.get().pk] * 2
