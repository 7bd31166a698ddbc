"""Which files of the vendored packages are collected: those that pages use."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class ClinicStaticFiles(StaticFilesConfig):
    """Django's own static files app, leaving out what no page asks for."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap-grid*",
        "bootstrap-reboot*",
        "bootstrap-utilities*",
        "*.rtl.*",
        "*.esm.*",
        "bootstrap.css*",
        "bootstrap.js*",
        "bootstrap.bundle.js*",
        "*.scss",
        "*.d.ts",
        "*.json",
        "*.md",
        "LICENSE",
    ]
