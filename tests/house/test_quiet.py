"""Nothing a client wrote reaches a log, and no browser keeps a page."""

import logging

import pytest
from django.test import Client

from clinic.core.logs import WithoutContents

ANSWER = "takes isotretinoin"


def test_a_logged_exception_tells_where_not_what() -> None:
    try:
        raise ValueError(ANSWER)
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", (), None)
        record.exc_info = (type(error), error, error.__traceback__)
    told = WithoutContents().format(record)
    assert "test_quiet.py" in told
    assert "ValueError" in told
    assert ANSWER not in told.replace("raise ValueError(ANSWER)", "")


def test_an_error_page_says_nothing_of_the_request(client: Client) -> None:
    answer = client.post("/no-such-page", {"q": ANSWER})
    assert answer.status_code == 404
    assert ANSWER not in answer.content.decode()


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    headers = client.get("/healthz").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_a_load_balancer_may_only_look(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic.core.queries.not_ready", lambda: "migrations are not applied")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations are not applied\n")
