"""The presets page again, as somebody who knows Django would write it: sessions in Postgres, the signed-in user, the ORM,
CSRF tokens, cached templates, a connection that stays open. It reads the very tables that All Img Fit reads, and SPECS names a file with the catalogue.

    python3 presets_site.py prepare USER_ID    makes Django's own tables and a session; prints the session's key
    gunicorn presets_site:application          serves /presets
"""
import functools
import json
import os
import sys
import uuid

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.configure(
    DEBUG=False,
    SECRET_KEY="of a bench, and so no secret",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    LOGIN_URL="/sign-in",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ["PGHOST"],
            "USER": os.environ["PGUSER"],
            "NAME": os.environ["PGDATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")],
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        ["django.template.loaders.filesystem.Loader"],
                    )
                ],
                "context_processors": ["django.template.context_processors.request"],
            },
        }
    ],
    USE_TZ=True,
)
django.setup()

from django.contrib.auth.decorators import login_required  # noqa: E402
from django.db import models  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.cache import never_cache  # noqa: E402


# id -> name, width, height, mask and version, written by the bench.
with open(os.environ["SPECS"], encoding="utf-8") as file:
    SPECS = json.load(file)


class Kept(models.Model):
    """What the two tables have in common."""

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    name = models.TextField()
    name_key = models.TextField()
    content = models.JSONField()
    version = models.IntegerField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Preset(Kept):
    class Meta:
        app_label = "bench"
        managed = False
        db_table = "presets"


class CustomSize(Kept):
    class Meta:
        app_label = "bench"
        managed = False
        db_table = "custom_sizes"


def kept_of(model, owner):
    return model.objects.filter(user_id=owner, deleted_at=None).order_by("name_key")


@functools.cache
def outline_of(width, height, mask):
    """The path of a small drawing behind its first number, which says where it stands."""
    scale = 30 / max(width, height)
    width, height = max(4, round(width * scale)), max(4, round(height * scale))
    if mask == "circle":
        radius = (width - 1) / 2
        arc = f"a{radius:g} {radius:g} 0 1 0 "
        return width, f"{30 - height / 2:g}{arc}{2 * radius:g} 0{arc}{-2 * radius:g} 0z"
    return width, f"{30.5 - height:g}h{width - 1}v{height - 1}h{1 - width}z"


def strip_of(specs):
    """The row of small drawings: the longer side of each is 30 px, as many as fit 200 px."""
    drawn, path, x = 0, [], 0
    for spec in specs[:8]:
        width, outline = outline_of(spec["width"], spec["height"], spec["mask"])
        if x + width > 200:
            break
        path.append(f"M{x}.5 {outline}")
        drawn += 1
        x += width + 6
    return {"width": max(0, x - 6), "path": "".join(path), "more": len(specs) - drawn}


def row_of(preset):
    items = preset.content["items"]
    specs = [SPECS[item["specId"]] for item in items]
    return {
        "id": preset.id,
        "name": preset.name,
        "count": len(items),
        "names": ", ".join(spec["name"] for spec in specs[:2]),
        "has_more": len(items) > 2,
        "changed": sum(item["version"] < spec["version"] for item, spec in zip(items, specs)),
        "strip": strip_of(specs),
        "form_key": uuid.uuid4(),
    }


def size_row_of(size):
    content, written = size.content, size.content["size"]
    scale = 30 / max(written["width"], written["height"])
    width, height = round(written["width"] * scale), round(written["height"] * scale)
    return {
        "id": size.id,
        "name": size.name,
        "line": f"{written['width']} × {written['height']} px · "
        f"{', '.join(name.upper() for name in content['formats'])} · up to {content['maxBytes'] // 1000} KB",
        "width": width,
        "height": height,
        "edge_width": width - 1,
        "edge_height": height - 1,
    }


@never_cache
@login_required
def presets(request):
    owner = request.session["owner"]
    return render(
        request,
        "presets.html",
        {
            "presets": [row_of(preset) for preset in kept_of(Preset, owner)],
            "sizes": [size_row_of(size) for size in kept_of(CustomSize, owner)],
        },
    )


urlpatterns = [path("presets", presets)]
application = get_wsgi_application()


def prepare(owner):
    from importlib import import_module

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    user, _ = get_user_model().objects.get_or_create(username="alice")
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["owner"] = owner
    store.create()
    print(store.session_key)


if __name__ == "__main__" and sys.argv[1:2] == ["prepare"]:
    prepare(sys.argv[2])
