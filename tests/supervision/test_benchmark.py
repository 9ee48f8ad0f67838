"""The benchmark runs; what it finds on a busy machine is no test."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils import timezone

from schools.access import rights_of
from schools.models import School
from supervision.benchmark.data import build_benchmark_data
from supervision.cycle.progress import progress_of_rounds
from supervision.cycle.step_facts import with_step_facts
from supervision.rounds.models import Round


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """One run on tiny numbers, in a folder where nothing else is."""
    folder = tmp_path_factory.mktemp("bench")
    command = [sys.executable, "manage.py", "bench"]
    numbers = ["--schools", "3", "--years", "1", "--seconds", "0.1"]
    environment = {**os.environ, "NITHET_VAR": str(folder), "MODE": "test"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    answer = subprocess.run(
        [*command, *numbers], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    return folder, answer.stdout


def test_prints_each_measure_with_its_budget(measured):
    _, printed = measured
    for what in ("หน้าแรก", "ความก้าวหน้า", "หน้าโรงเรียน", "แบบประเมิน", "หน้าเข้าสู่ระบบ"):
        assert what in printed
    assert "p95" in printed
    assert "≤ 15" in printed
    assert "HTTP" not in printed
    assert "✓ คำตอบที่เก็บครบ" in printed


def test_leaves_the_portals_own_database_alone(measured):
    folder, _ = measured
    assert not list(folder.glob("*.sqlite3*"))


@pytest.mark.django_db
def test_rounds_stop_at_every_step_and_invent_no_names():
    data = build_benchmark_data(schools=8, years=1)
    all_progress = progress_of_rounds(
        with_step_facts(Round.objects.for_term(data.term)),
        rights_of(data.group),
        timezone.localdate(),
    )
    assert sorted(progress.done for progress in all_progress) == [1, 2, 2, 3, 4, 5, 6, 7]
    assert School.objects.filter(name__startswith="โรงเรียนสมมติ").count() == 8
