"""PyPI's yubival (a validation server in Django) on loopback with one key and one client. usage: validation.py DIR PORT"""
import logging, os, sys, threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

folder, port = sys.argv[1], int(sys.argv[2])
settings.configure(
    SECRET_KEY="test-only", ALLOWED_HOSTS=["*"], ROOT_URLCONF="yubival.urls", USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes", "yubival"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(folder, "yubival.sqlite")}})
django.setup()
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from yubival.models import APIKey, Device

call_command("migrate", verbosity=0)
APIKey.objects.create(id=1, label="gate", key="Z2F0ZS1zb2Z0LXl1Ymkta2V5MjA=")
Device.objects.create(
    public_id="vvccccccccfd", label="key1", private_id="8792ebfe26cc", key="ecde18dbe76fbd0c33330f1c354871db")
logging.disable(logging.CRITICAL)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet)
print("ready", flush=True)
server.serve_forever()
