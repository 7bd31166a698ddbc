"""Settings from outside: a wrong one stops the start and says which it is."""

from pathlib import Path

import pytest

from clinic.config.env import BadSetting, Environment, read
from clinic.config.mail import mail

PRODUCTION = {
    "DATABASE_URL": "postgresql://cleared_app:secret@db/cleared",
    "DATABASE_OWNER_URL": "postgresql://cleared_owner:secret@db/cleared",
    "SECRET_KEY": "k" * 64,
    "ALLOWED_HOSTS": "book.clinic.example, 10.0.0.5",
    "PUBLIC_URL": "https://book.clinic.example/",
    "EMAIL_URL": "smtp://post:p%40ss@mail.clinic.example:587",
}


def _read(tmp_path: Path, **changes: str) -> Environment:
    return read(PRODUCTION | changes, local=tmp_path)


def test_production_is_read_as_given(tmp_path: Path) -> None:
    env = _read(tmp_path)
    assert not env.embedded
    assert env.https
    assert env.allowed_hosts == ("book.clinic.example", "10.0.0.5")
    assert env.public_url == "https://book.clinic.example"
    assert env.time_zone == "Europe/London"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root@db/cleared"),
        ("DATABASE_URL", "postgresql:///cleared"),
        ("DATABASE_OWNER_URL", PRODUCTION["DATABASE_URL"]),
        ("DATABASE_OWNER_URL", "cleared"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("PUBLIC_URL", ""),
        ("PUBLIC_URL", "book.clinic.example"),
        ("EMAIL_URL", ""),
        ("EMAIL_URL", "mail.clinic.example"),
        ("TIME_ZONE", "London"),
        ("TIME_ZONE", "../etc/passwd"),
        ("DEBUG", "1"),
        ("DEBUG", "yes"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        _read(tmp_path, **{name: value})


def test_a_refusal_does_not_repeat_the_secret(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as refused:
        _read(tmp_path, DATABASE_URL="postgres//cleared_app:hunter2@db")
    assert "hunter2" not in str(refused.value)


def test_with_nothing_set_one_machine_serves_itself(tmp_path: Path) -> None:
    env = read({}, local=tmp_path)
    assert env.embedded
    assert not env.https
    assert "*" not in env.allowed_hosts
    assert read({}, local=tmp_path).secret_key == env.secret_key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_an_owner_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="DATABASE_OWNER_URL"):
        read({"DATABASE_OWNER_URL": PRODUCTION["DATABASE_OWNER_URL"]}, local=tmp_path)


def test_mail_is_encrypted_by_either_way() -> None:
    start = mail(PRODUCTION["EMAIL_URL"])
    assert (start["EMAIL_USE_TLS"], start["EMAIL_USE_SSL"]) == (True, False)
    assert start["EMAIL_HOST_PASSWORD"] == "p@ss"
    tls = mail("smtps://mail.clinic.example")
    assert (tls["EMAIL_USE_TLS"], tls["EMAIL_USE_SSL"], tls["EMAIL_PORT"]) == (False, True, 465)
