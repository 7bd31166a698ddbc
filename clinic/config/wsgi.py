"""What a web server loads: `clinic.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from clinic.core.limits import Process, limit_to

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.config.settings")

application = get_wsgi_application()
limit_to(Process.WEB)
