#!/usr/bin/env python
"""Every command of the clinic: `manage.py help`."""

import os
import sys


def main() -> None:
    """Run one management command; a bad setting is one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.config.settings")
    from django.core.management import execute_from_command_line

    from clinic.config.env import BadSetting

    try:
        execute_from_command_line(sys.argv)
    except BadSetting as error:
        sys.exit(f"Cleared cannot start: {error}")


if __name__ == "__main__":
    main()
