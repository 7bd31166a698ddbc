"""Guessing passwords is slow: five tries for one e-mail in fifteen minutes, whoever asks.

A try is counted by one statement before the password is looked at, so that many requests at once
get five tries together, and an e-mail without an account is treated like any other.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from clinic.accounts.models import SignInAttempts

TRIES = 5
WINDOW = timedelta(minutes=15)

COUNT = """
INSERT INTO accounts_signinattempts AS known (email_key, attempts, since) VALUES (%s, 1, %s)
ON CONFLICT (email_key) DO UPDATE SET
    attempts = CASE WHEN known.since <= %s THEN 1 ELSE known.attempts + 1 END,
    since = CASE WHEN known.since <= %s THEN excluded.since ELSE known.since END
WHERE known.attempts < %s OR known.since <= %s
"""


def admit(email: str, at: datetime) -> bool:
    """Count one try; False when there have been too many."""
    earlier = at - WINDOW
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [_key(email), at, earlier, earlier, TRIES, earlier])
        return bool(cursor.rowcount)


def forget(email: str, at: datetime) -> None:
    """The right password was given: the tries before it no longer count."""
    SignInAttempts.objects.filter(email_key=_key(email)).update(attempts=0, since=at)


def _key(email: str) -> str:
    # Keyed, so that the table alone does not tell which e-mails were tried.
    return salted_hmac(
        "clinic.accounts.throttle", email.strip().lower(), algorithm="sha256"
    ).hexdigest()
