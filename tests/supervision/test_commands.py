"""The commands that people start the portal with."""

import subprocess

import pytest
from django.conf import settings
from django.core.management import call_command
from fontTools.ttLib import TTFont


def test_make_help_lists_the_targets():
    result = subprocess.run(
        ["make", "help"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    names = {line.split()[0] for line in result.stdout.splitlines()}
    assert {"demo", "test", "check", "serve", "bench", "help"} <= names


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_built_fonts_can_write_thai(settings, tmp_path):
    settings.VAR = tmp_path
    call_command("build_fonts")
    files = sorted((tmp_path / "static" / "fonts").iterdir())
    assert [file.name for file in files] == [f"sarabun-{w}.woff2" for w in (400, 600, 700)]
    for file in files:
        letters = TTFont(file).getBestCmap()
        assert all(ord(letter) in letters for letter in "กำหนดที่ญี่ปุ่น๑๒๓ปั๊ม – — “ ” … ×")
        assert file.stat().st_size < 25_000
