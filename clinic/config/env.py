"""The settings that come from outside: environment variables, parsed once, refused by name."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MINIMUM_KEY = 50


class BadSetting(Exception):
    """A variable is missing or wrong; the message names it and says what it should be."""


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the machine tells the clinic. `database_url` None means the embedded PostgreSQL."""

    database_url: str | None
    database_owner_url: str | None
    secret_key: str
    allowed_hosts: tuple[str, ...]
    email_url: str
    time_zone: str
    public_url: str
    debug: bool

    @property
    def embedded(self) -> bool:
        """True on one person's own machine: the database lives under `.local/`."""
        return self.database_url is None

    @property
    def https(self) -> bool:
        """True where people reach the clinic by TLS: cookies are then marked secure."""
        return self.public_url.startswith("https://")


def read(environ: Mapping[str, str], *, local: Path) -> Environment:
    """Parse the environment. Raises BadSetting naming the first variable that is wrong.

    With no DATABASE_URL everything else has a local default, kept under `local`.
    """
    database_url = _database(environ, "DATABASE_URL")
    owner_url = _database(environ, "DATABASE_OWNER_URL")
    embedded = database_url is None
    if embedded and owner_url is not None:
        raise BadSetting("DATABASE_OWNER_URL is set but DATABASE_URL is not; set both or neither")
    if database_url and owner_url and _role(database_url) == _role(owner_url):
        raise BadSetting(
            "DATABASE_OWNER_URL must sign in as another role than DATABASE_URL:"
            " the application may own nothing"
        )
    public_url = _public_url(environ, embedded=embedded)
    return Environment(
        database_url=database_url,
        database_owner_url=owner_url,
        secret_key=_secret_key(environ, local=local, embedded=embedded),
        allowed_hosts=_hosts(environ, embedded=embedded),
        email_url=_email(environ, local=local, embedded=embedded),
        time_zone=_time_zone(environ),
        public_url=public_url,
        debug=_debug(environ, embedded=embedded),
    )


def _text(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, "").strip()


def _database(environ: Mapping[str, str], name: str) -> str | None:
    url = _text(environ, name)
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.username:
        raise BadSetting(f"{name} should look like postgresql://role:password@host:5432/database")
    return url


def _role(url: str) -> str | None:
    return urlsplit(url).username


def _secret_key(environ: Mapping[str, str], *, local: Path, embedded: bool) -> str:
    key = _text(environ, "SECRET_KEY")
    if not key and embedded:
        key = _kept_key(local / "secret_key")
    if len(key) < MINIMUM_KEY:
        raise BadSetting(
            f"SECRET_KEY should be {MINIMUM_KEY} or more random characters, kept secret"
        )
    return key


def _kept_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


def _hosts(environ: Mapping[str, str], *, embedded: bool) -> tuple[str, ...]:
    hosts = tuple(h.strip() for h in _text(environ, "ALLOWED_HOSTS").split(",") if h.strip())
    if not hosts and embedded:
        return ("localhost", "127.0.0.1", "[::1]")
    if not hosts or "*" in hosts:
        raise BadSetting("ALLOWED_HOSTS should be host names with commas, such as book.clinic.org")
    return hosts


def _public_url(environ: Mapping[str, str], *, embedded: bool) -> str:
    url = _text(environ, "PUBLIC_URL").rstrip("/")
    if not url and embedded:
        return f"http://127.0.0.1:{_text(environ, 'PORT') or '8000'}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise BadSetting("PUBLIC_URL should be the address people use: https://book.clinic.org")
    return url


def _email(environ: Mapping[str, str], *, local: Path, embedded: bool) -> str:
    url = _text(environ, "EMAIL_URL")
    if not url and embedded:
        return f"file://{local / 'mail'}"
    if urlsplit(url).scheme not in {"smtp", "smtps", "file", "console"}:
        raise BadSetting(
            "EMAIL_URL should look like smtp://user:password@host:587 (or smtps:, file:, console:)"
        )
    return url


def _time_zone(environ: Mapping[str, str]) -> str:
    name = _text(environ, "TIME_ZONE") or "Europe/London"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadSetting("TIME_ZONE should be a name such as Europe/London") from None
    return name


def _debug(environ: Mapping[str, str], *, embedded: bool) -> bool:
    value = _text(environ, "DEBUG")
    if value not in {"", "0", "1"}:
        raise BadSetting("DEBUG should be 1 while developing, and otherwise not set")
    if value == "1" and not embedded:
        raise BadSetting("DEBUG works only without DATABASE_URL, never where real data is")
    return value == "1"
