"""A database of a version before 0.4: the demonstration sets it aside, an office is told."""

import sqlite3
from contextlib import closing

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection


@pytest.fixture
def demo(settings, tmp_path, monkeypatch):
    settings.MODE = "demo"
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.SECRET_KEY_FILE = tmp_path / "secret_key"
    database = settings.DATABASES["default"]
    monkeypatch.setitem(database, "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setitem(database, "NAME", str(tmp_path / "n.sqlite3"))
    return tmp_path


def write_database(folder, app):
    with closing(sqlite3.connect(folder / "n.sqlite3")) as database:
        database.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        database.execute("INSERT INTO django_migrations VALUES (?, '0001_initial')", [app])
        database.commit()


def test_an_old_demonstration_is_kept_under_another_name(demo, capsys):
    write_database(demo, "supervision")
    (demo / "media").mkdir()
    (demo / "media" / "photo.jpg").write_bytes(b"photo")
    call_command("prepare")
    assert not (demo / "n.sqlite3").exists()
    kept = demo / "before-0.4-1"
    assert (kept / "n.sqlite3").exists()
    assert (kept / "media" / "photo.jpg").read_bytes() == b"photo"
    assert str(kept) in capsys.readouterr().out


@pytest.mark.parametrize("app", ["visits", "schools"])
def test_a_demonstration_of_today_stays(demo, app):
    write_database(demo, app)
    call_command("prepare")
    assert (demo / "n.sqlite3").exists()


def test_a_new_demonstration_has_nothing_to_set_aside(demo):
    call_command("prepare")
    call_command("prepare")
    assert not list(demo.glob("before-*"))


@pytest.mark.django_db
def test_migrating_an_old_database_is_refused():
    with connection.cursor() as cursor:
        cursor.execute(  # the tests' tables may have been made without migrations
            "CREATE TABLE IF NOT EXISTS django_migrations "
            "(id integer PRIMARY KEY, app varchar(255), name varchar(255), applied timestamp)"
        )
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('supervision', '0001_initial', CURRENT_TIMESTAMP)"
        )
    with pytest.raises(SystemCheckError, match=r"before 0\.4"):
        call_command("migrate", verbosity=0, skip_checks=False)
