"""EMAIL_URL as Django's settings."""

from urllib.parse import unquote, urlsplit

BACKENDS = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
}


def mail(url: str) -> dict[str, str | int | bool]:
    """`smtp://` (STARTTLS where the port is 587), `smtps://` (TLS), `file://FOLDER`, `console:`."""
    parts = urlsplit(url)
    settings: dict[str, str | int | bool] = {"EMAIL_BACKEND": BACKENDS[parts.scheme]}
    if parts.scheme == "file":
        settings["EMAIL_FILE_PATH"] = parts.path
    if parts.scheme in {"smtp", "smtps"}:
        tls = parts.scheme == "smtps"
        port = parts.port or (465 if tls else 587)
        settings |= {
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": port,
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": tls,
            "EMAIL_USE_TLS": not tls and port == 587,
            "EMAIL_TIMEOUT": 20,
        }
    return settings
