#!/usr/bin/env bash
# django.sh PORT DIR ORIGIN: Django's own admin as startproject makes it, and django-filer in it, which keeps uploaded
# files for those who may see them (Django asks at each read); carol/carol-pass-1 and dave/dave-pass-1, both staff;
# the database is DIR/db.sqlite3; touches DIR/ready.
set -euo pipefail
port=$1 dir=$2
venv=$(cd "$(dirname "$0")/../../.." && pwd)/target/venv
cd "$dir"
"$venv/bin/django-admin" startproject site1 .
cat >>site1/settings.py <<'P'
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS += ["easy_thumbnails", "filer"]
MEDIA_ROOT = BASE_DIR / "media"
FILER_IS_PUBLIC_DEFAULT = False
P
cat >>site1/urls.py <<'P'
from django.urls import include
urlpatterns += [path("", include("filer.server.urls"))]
P
"$venv/bin/python" manage.py migrate -v0
"$venv/bin/python" manage.py shell -v0 <<'P'
from django.contrib.auth.models import User
for name in ("carol", "dave"):
    User.objects.create_superuser(name, f"{name}@example.com", f"{name}-pass-1", first_name=name.title())
P
(
  for _ in $(seq 200); do curl -sf -o /dev/null "http://127.0.0.1:$port/admin/login/" && break; sleep 0.1; done
  touch "$dir/ready"
) &
exec "$venv/bin/python" manage.py runserver "127.0.0.1:$port" --noreload
