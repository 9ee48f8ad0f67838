"""The benchmark runs; what it finds on a busy machine is no test."""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from schools.access import Permission, can
from schools.models import School
from supervision.assessments.enums import SelfAssessmentState
from supervision.benchmark import drive_pages
from supervision.benchmark.data import build_benchmark_data
from supervision.rounds.models import Round


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """One run on tiny numbers, in a folder where nothing else is."""
    folder = tmp_path_factory.mktemp("bench")
    return folder, bench(folder, "--seconds", "0.1")


def bench(folder, *options: str) -> str:
    command = [sys.executable, "manage.py", "bench", "--schools", "3", "--years", "1", *options]
    environment = {**os.environ, "NITHET_VAR": str(folder), "MODE": "test"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    answer = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_prints_each_measure_with_its_budget(measured):
    _, printed = measured
    for what in ("หน้าแรก", "ความก้าวหน้า", "หน้าโรงเรียน", "แบบประเมิน", "หน้าเข้าสู่ระบบ"):
        assert what in printed
    for what in (*drive_pages.AREA_PAGES.values(), *drive_pages.SCHOOL_PAGES.values()):
        assert f"{what}: คำสั่ง SQL" in printed
    assert "p95" in printed
    assert "≤ 15" in printed
    assert "HTTP" not in printed
    assert "✓ คำตอบที่เก็บครบ" in printed


def test_leaves_the_portals_own_database_alone(measured):
    folder, _ = measured
    assert not list(folder.glob("*.sqlite3*"))


@pytest.mark.db_agnostic
def test_compares_the_book_in_parts_with_one_call(tmp_path):
    shutil.copytree(settings.VAR / "paper-fonts", tmp_path / "paper-fonts")
    printed = bench(tmp_path, "--book")
    for what in ("WeasyPrint ครั้งเดียว", "ยังไม่มีส่วนใดเก็บไว้", "ข้อความของ 1 โรงเรียนเปลี่ยน"):
        assert what in printed
    assert "✓ โปรเซสที่วาดใช้มากที่สุด" in printed
    assert "✓ ขนาดเล่ม" in printed
    assert "หน้าแรก" not in printed


@pytest.mark.django_db
def test_measures_the_showrooms_schools_with_one_that_drafts():
    data = build_benchmark_data(schools=3, years=1)
    round_ = Round.objects.get(school=data.school, term=data.term)
    assert School.objects.filter(name__startswith="โรงเรียนตัวอย่าง").count() == 3
    assert round_.self_assessments.get().state == SelfAssessmentState.DRAFT
    assert can(data.director, Permission.CONFIRM_SELF_ASSESSMENT, data.school.pk)
    assert can(data.supervisor, Permission.RECORD_VISIT, data.school.pk)
