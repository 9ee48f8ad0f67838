"""Production starts only when it is safe, and every page carries the security headers."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.once

SAFE = {
    "MODE": "production",
    "SECRET_KEY": "only-for-this-test-" + "x7" * 30,
    "ALLOWED_HOSTS": "portal.example",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example",
}


def manage(*arguments, folder, environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "NITHET_VAR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"])
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
    result = manage(
        *("check", "--deploy", "--fail-level", "WARNING"), folder=tmp_path, environment=SAFE
    )
    assert result.returncode == 0, result.stderr


def test_an_unknown_mode_is_refused(tmp_path):
    result = manage("check", folder=tmp_path, environment={"MODE": "staging"})
    assert result.returncode == 1
    assert "MODE" in result.stderr


def test_the_demo_keeps_its_secret_key(tmp_path):
    for _ in range(2):
        manage("check", folder=tmp_path, environment={"MODE": "demo"})
        key = (tmp_path / "secret_key").read_text()
        assert len(key) > 50
    assert manage("check", folder=tmp_path, environment={}).returncode == 0
    assert (tmp_path / "secret_key").read_text() == key


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


@pytest.mark.django_db
def test_the_health_check_is_public():
    assert Client().get("/health/").status_code == 200
