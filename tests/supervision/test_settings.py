"""Production starts only when it is safe, and every page carries the security headers."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from supervision.config.environment import (
    SETTINGS,
    InvalidSetting,
    misspelt_settings,
    read_env_file,
    settings_problems,
)

pytestmark = pytest.mark.db_agnostic

SAFE = {
    "MODE": "production",
    "SECRET_KEY": "only-for-this-test-" + "x7" * 30,
    "ALLOWED_HOSTS": "portal.example",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example",
    "DATABASE_URL": "postgres://nithet:secret@127.0.0.1/nithet",
}
NEEDED = ["SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DATABASE_URL"]


def manage(*arguments, folder, environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "NITHET_VAR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", NEEDED)
def test_production_refuses_to_start_without(name, tmp_path):
    environment = {key: value for key, value in SAFE.items() if key != name}
    result = manage("check", folder=tmp_path, environment={**environment, name: ""})
    assert result.returncode == 1
    assert name in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "x"),
        ("ALLOWED_HOSTS", ","),
        ("ALLOWED_HOSTS", "*"),
        ("CSRF_TRUSTED_ORIGINS", "http://portal.example"),
    ],
)
def test_production_refuses_what_is_as_good_as_nothing(name, value, tmp_path):
    result = manage("check", folder=tmp_path, environment={**SAFE, name: value})
    assert result.returncode == 1
    assert name in result.stderr


def test_production_names_everything_that_is_missing_at_once(tmp_path):
    result = manage("check", folder=tmp_path, environment={"MODE": "production"})
    assert all(name in result.stderr for name in SAFE if name != "MODE")


def test_production_with_its_settings_passes_the_deployment_check(tmp_path):
    manage("prepare", folder=tmp_path, environment=SAFE)
    result = manage(
        *("check", "--deploy", "--fail-level", "WARNING"), folder=tmp_path, environment=SAFE
    )
    assert result.returncode == 0, result.stderr


def test_production_does_not_migrate_a_database_that_nobody_named(tmp_path):
    environment = {name: value for name, value in SAFE.items() if name != "DATABASE_URL"}
    result = manage("migrate", folder=tmp_path, environment=environment)
    assert result.returncode == 1
    assert "DATABASE_URL is needed, for example DATABASE_URL=postgres://" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IDLE_MINUTES", "an hour"),
        ("IDLE_MINUTES", "0"),
        ("HSTS_SECONDS", "1y"),
        ("DATABASE_POOL_SIZE", "many"),
        ("DATABASE_URL", "nithet"),
        ("DATABASE_URL", "mysql://nithet@127.0.0.1/nithet"),
        ("DATABASE_URL", "postgres://nithet:secret@127.0.0.1:port/nithet"),
        ("EMAIL_URL", "mail.example.go.th"),
        ("EMAIL_FROM", "nithet"),
        ("SITE_URL", "nithet.example.go.th"),
        ("MAP_TILE_URL", "https://tiles.example"),
        ("MAP_TILE_URL", "http://tiles.example/{z}/{x}/{y}.png"),
        ("MAP_TILE_URL", "https://tiles.example/{z}/{x}/{x}.png"),
        ("MAP_TILE_URL", "https://{s}.tiles.example/{z}/{x}/{y}.png"),
        ("MAP_TILE_URL", "https://tiles.example;script-src/{z}/{x}/{y}.png"),
        ("LOG_LEVEL", "LOUD"),
        ("WEB_CONCURRENCY", "two"),
        ("IMPORT_MAX_MB", ""),
        ("HSTS_PRELOAD", "perhaps"),
    ],
)
def test_a_setting_without_sense_is_named_with_an_example(name, value):
    (line,) = settings_problems({**SAFE, name: value}, production=True)
    assert line.startswith(f"{name} makes no sense; write for example {name}=")


def test_every_example_makes_sense():
    examples = {name: example for name, (_, example) in SETTINGS.items() if name != "SECRET_KEY"}
    assert settings_problems({**SAFE, **examples}, production=True) == []


def test_nonsense_stops_the_start_with_one_line_each(tmp_path):
    nonsense = {"IDLE_MINUTES": "an hour", "EMAIL_URL": "mail", "ALLOWED_HOST": "portal.example"}
    result = manage("check", folder=tmp_path, environment={**SAFE, **nonsense})
    assert result.returncode == 1
    lines = result.stderr.strip().splitlines()
    assert len(lines) == len(nonsense)
    assert all(any(name in line for line in lines) for name in nonsense)


@pytest.mark.parametrize("name", ["ALLOWED_HOST", "DATABASE_URLS", "EMAIL_FORM"])
def test_a_mistyped_setting_is_named_with_the_one_that_was_meant(name):
    (line,) = misspelt_settings([name], all_ours=False)
    assert line.startswith(f"{name} is no setting of the portal; is ")


def test_names_of_others_in_the_environment_are_left_alone():
    assert (
        misspelt_settings(["PATH", "HOME", "HOSTNAME", "LANG", "PYTHONPATH"], all_ours=False) == []
    )


def env_file_of_the_manual() -> str:
    """The block that the operations manual tells an office to copy."""
    text = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    block = text.partition("```sh\n# .env")[2].partition("```")[0]
    assert "SECRET_KEY" in block
    return "# .env" + block


def test_the_env_file_works_as_printed(tmp_path):
    file = tmp_path / ".env"
    file.write_text(env_file_of_the_manual())
    values = read_env_file(file)
    assert values["SITE_URL"] == "https://nithet.example.go.th"
    assert values["NITHET_VAR"] == "/srv/nithet"
    assert not [name for name, value in values.items() if "#" in value]
    assert misspelt_settings(values, all_ours=True) == []
    # The secret key is the one thing that has to be filled in.
    (line,) = settings_problems(values, production=True)
    assert line.startswith("SECRET_KEY")


def test_every_setting_that_is_read_is_known_and_described():
    source = (settings.BASE_DIR / "supervision" / "config" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', source))
    assert read - set(SETTINGS) == set()
    text = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    assert [name for name in SETTINGS if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("EMAIL_URL=smtp://a:b@c  # the office's own", "smtp://a:b@c"),
        ("EMAIL_URL=smtp://a:b#c@d", "smtp://a:b#c@d"),
        ("EMAIL_URL = 'smtp://a:b #c@d' # quoted", "smtp://a:b #c@d"),
        ('export EMAIL_URL="smtp://a"', "smtp://a"),
        ("EMAIL_URL=smtp://a\t", "smtp://a"),
        ("EMAIL_URL=   # later", None),
        ("EMAIL_URL=", None),
        ("# EMAIL_URL=smtp://a", None),
    ],
)
def test_a_line_of_the_env_file(line, value, tmp_path):
    file = tmp_path / ".env"
    file.write_text(f"{line}\n", encoding="utf-8")
    assert read_env_file(file).get("EMAIL_URL") == value


def test_a_line_that_is_no_setting_is_named_without_its_content(tmp_path):
    file = tmp_path / ".env"
    file.write_text("MODE=production\npassword hunter2\n")
    with pytest.raises(InvalidSetting, match=r"\.env line 2") as problem:
        read_env_file(file)
    assert "hunter2" not in str(problem.value)


def test_an_unknown_mode_is_refused(tmp_path):
    result = manage("check", folder=tmp_path, environment={"MODE": "staging"})
    assert result.returncode == 1
    assert "MODE" in result.stderr


def test_the_demo_keeps_its_secret_key(tmp_path):
    for _ in range(2):
        assert manage("prepare", folder=tmp_path, environment={}).returncode == 0
    file = tmp_path / "secret_key"
    assert len(file.read_text()) > 50
    assert file.stat().st_mode & 0o077 == 0
    key = file.read_text()
    manage("prepare", folder=tmp_path, environment={"MODE": "demo"})
    assert file.read_text() == key


def test_reading_the_settings_writes_nothing(tmp_path):
    manage("check", folder=tmp_path / "new", environment={"MODE": "demo"})
    assert not (tmp_path / "new").exists()


@pytest.mark.django_db
def test_pages_carry_the_security_headers():
    headers = Client().get("/accounts/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    for directive in ("frame-ancestors 'none'", "form-action 'self'", "base-uri 'self'"):
        assert directive in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]
