from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
import time_machine
from django.core.management import call_command
from django.db import models

from schools.enums import EducationLevel
from schools.models import (
    AcademicYear,
    Area,
    Cluster,
    ClusterMembership,
    School,
    SizeScheme,
    Term,
    User,
)
from supervision.assignments.models import Duty, LearningArea, LearningStrand, OfficialOrder
from supervision.criteria.enums import SetState, SetUse
from supervision.criteria.models import Indicator, IndicatorSet, Scale
from supervision.criteria.scoring import interpretation
from supervision.needs.models import NeedsArea, SurveyTemplate
from supervision.standards.enums import FlowSymbol, PassageKind
from supervision.standards.models import (
    DocumentCode,
    FlowEdge,
    FlowNode,
    ManualForm,
    ManualPassage,
    PrintedSheetRow,
    StepSheet,
    WorkGroup,
)
from supervision.standards.sheets import printed_sheets
from tests.supervision.database_rows import all_rows

pytestmark = pytest.mark.django_db
PROCESSES = ("P1", "P2", "P3")


@pytest.fixture
def loaded():
    call_command("load_manual")


def test_loads_the_office_and_the_five_named_schools(loaded):
    assert Area.objects.get().short_name == "สพป.เลย เขต 3"
    cluster = Cluster.objects.get()
    assert (cluster.ordered_count, cluster.ordered_by) == (7, "คำสั่งที่ 195/2567")
    assert all(cluster.memberships.values_list("start_is_assumed", flat=True))
    assert cluster.memberships.count() == School.objects.count() == 5
    unsure = School.objects.exclude(data_note="")
    assert unsure.count() == 4
    assert not unsure.filter(name="โรงเรียนบ้านโคกงาม").exists()
    assert not School.objects.exclude(obec_code=None).exists()


def test_size_schemes_are_offered_with_their_source_and_none_is_chosen(loaded):
    assert Area.objects.get().size_scheme is None
    schemes = {scheme.key: scheme for scheme in SizeScheme.objects.all()}
    sizes = {key: schemes[key].size_of(120) for key in ("primary_area_4", "otepc_2563_4")}
    assert sizes == {"primary_area_4": "เล็ก", "otepc_2563_4": "กลาง"}
    assert schemes["small_school_bands"].size_of(121) == ""
    assert "ยังไม่ได้เทียบกับเอกสารต้นฉบับ" in schemes["otepc_2563_4"].provenance
    assert all(scheme.provenance for scheme in schemes.values())


def test_names_no_person(loaded):
    assert not User.objects.exists()
    order = OfficialOrder.objects.get()
    assert (order.number, order.effective_on) == ("195/2567", date(2024, 5, 9))
    officer = order.officers.get()
    assert (officer.user, officer.printed_name, officer.position_number) == (None, "", "16")
    assert officer.duties.count() == 10
    assert not officer.duties.exclude(appointment=None).exists()


@pytest.mark.parametrize(
    ("today", "last_year"), [("2026-05-15", 2568), ("2026-05-16", 2569), ("2027-01-10", 2569)]
)
def test_loads_years_up_to_the_present_one(today, last_year):
    with time_machine.travel(today):
        call_command("load_manual")
    years = list(AcademicYear.objects.order_by("year").values_list("year", flat=True))
    assert years == list(range(2566, last_year + 1))
    assert Term.objects.count() == 2 * len(years)
    term = Term.objects.get(academic_year__year=2567, number=2)
    assert (term.opens_on, term.closes_on) == (date(2024, 11, 1), date(2025, 4, 1))


def test_leaves_empty_what_the_manual_does_not_say(loaded):
    sheets = {sheet.number: sheet for sheet in StepSheet.objects.filter(process="P3")}
    assert sorted(sheets) == [1, 2, 3, 4, 5, 6, 7]
    assert {n for n, sheet in sheets.items() if not sheet.timing} == {1, 2}
    assert sheets[1].timing_suggested == "ตลอดปีการศึกษา"
    assert sheets[1].note
    assert not sheets[7].quality_standard
    assert not sheets[3].timing_suggested
    assert WorkGroup.objects.count() == 7
    assert ManualForm.objects.get(process="P3", code="7.3").step == 4


def test_every_text_of_the_manual_is_there_and_p2_has_no_cells(loaded):
    counts = Counter(ManualPassage.objects.values_list("process", "kind"))
    assert counts["", PassageKind.FOREWORD] == 3
    assert counts["", PassageKind.DUTY] == 1 + 5
    assert counts["", PassageKind.KNOWLEDGE] == 9
    assert counts["", PassageKind.MISSION] == counts["", PassageKind.STRUCTURE] == 1
    drive = ManualPassage.objects.filter(kind=PassageKind.QUALITY_DRIVE)
    assert [drive.filter(title__startswith=word).count() for word in ("ระยะที่", "ขั้นที่")] == [3, 7]
    steps = ManualPassage.objects.filter(kind=PassageKind.TABLE_STEP)
    main = {code: steps.filter(process=code).exclude(number__contains=".") for code in PROCESSES}
    assert {code: rows.count() for code, rows in main.items()} == {"P1": 5, "P2": 4, "P3": 7}
    assert main["P1"].get(number="5").sheet_steps == "5, 6"
    sheets = Counter(StepSheet.objects.values_list("process", flat=True))
    assert sheets == {"P1": 6, "P2": 4, "P3": 7}
    printed = {code: len(rows) for code, rows in printed_sheets(2567).items()}
    assert printed == {"P1": 6, "P3": 7}
    own = StepSheet.objects.filter(process="P2").values_list("number", "detail")
    assert [(str(number), detail) for number, detail in own] == list(
        main["P2"].values_list("number", "text")
    )
    assert not StepSheet.objects.filter(process="P1").exclude(responsible="").exists()
    assert not DocumentCode.objects.exists()


def test_what_we_read_differently_keeps_the_manual_s_words(loaded):
    scope = ManualPassage.objects.get(process="P3", kind=PassageKind.SCOPE)
    assert "กระบวนการนิเทศ" in scope.text
    assert "กระบวนกรนิเทศ" in scope.printed
    same = ManualPassage.objects.get(kind=PassageKind.DUTY, number="1.4")
    assert not same.printed


def test_only_a_supervision_round_that_failed_goes_back(loaded):
    loop = FlowEdge.objects.get(end__lt=models.F("start"))
    assert (loop.process, loop.start, loop.end, loop.label) == ("P3", 5, 2, "ไม่บรรลุ")
    assert FlowNode.objects.get(symbol=FlowSymbol.DECISION).step == 5


def test_both_survey_templates_name_their_source(loaded):
    works, five_q = SurveyTemplate.objects.all()
    assert [area.name for area in works.areas.all()] == [
        "การบริหารงานวิชาการ",
        "การบริหารงบประมาณ",
        "การบริหารงานบุคคล",
        "การบริหารทั่วไป",
    ]
    assert five_q.areas.count() == 5
    assert not five_q.areas.filter(name__startswith="Q").exists()  # the manual numbers none
    assert "4Q" in five_q.provenance
    assert "คู่มือ" in works.provenance
    assert "TUMHOME" in five_q.provenance


def test_indicator_sets_are_sample_drafts_with_their_source(loaded):
    basic, early = IndicatorSet.objects.filter(use=SetUse.ROUND).order_by("pk")
    assert Indicator.objects.filter(standard__indicator_set=basic).count() == 21
    assert Indicator.objects.filter(standard__indicator_set=early).count() == 14
    assert (basic.level, early.level) == (EducationLevel.BASIC, EducationLevel.EARLY_CHILDHOOD)
    assert str(early.standards.get(number=1)) == "ปฐมวัย มาตรฐานที่ 1 คุณภาพของเด็ก"
    for indicator_set in (basic, early):
        assert indicator_set.state == SetState.DRAFT
        assert indicator_set.is_borrowed  # what an office adds to it is the district's own
        assert indicator_set.is_sample
        assert "โปรดตรวจกับประกาศ" in indicator_set.provenance
    first = basic.standards.get(number=1).indicators.first()
    assert (first.code, first.group) == ("1.1.1", "1.1 ผลสัมฤทธิ์ทางวิชาการของผู้เรียน")
    assert not Indicator.objects.exclude(evidence_hint="").exists()


def test_every_seeded_indicator_says_what_each_level_means_and_that_nobody_compared_it(loaded):
    for indicator_set in IndicatorSet.objects.all():
        levels = indicator_set.scale.levels.count()
        for indicator in Indicator.objects.filter(standard__indicator_set=indicator_set):
            texts = set(indicator.rubrics.values_list("text", flat=True))
            assert len(texts) == levels, indicator
        assert "คำอธิบายระดับเป็นตัวอย่าง ยังไม่ได้เทียบกับเอกสารต้นฉบับ" in indicator_set.provenance


def test_the_sheet_of_work_is_kept_to_the_letter_beside_our_reading(loaded):
    rows = list(PrintedSheetRow.objects.filter(step__process="P3").select_related("step"))
    assert [row.number for row in rows] == ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "7."]
    assert [row.step.number for row in rows] == [1, 2, 3, 3, 4, 5, 6, 7]
    assert rows[3].detail == "การจัดการศึกษาของสถานศึกษา"
    assert "กระบวนการดำเนินงานนิเทศที่ หรือ" in rows[5].detail
    assert "กรณีศึกษา ติดตาม" in rows[6].detail
    assert "หากจุดเด่น" in rows[6].detail
    assert {row.responsible for row in rows[1:7]} == {"กลุ่มงานนิเทศ ๑ ก.ต.ป.น./ผู้บริหาร"}
    assert "“หากจุดเด่น” อ่านว่า “หาจุดเด่น”" in rows[6].reading


def test_the_order_keeps_its_broken_passages_with_a_note(loaded):
    order = OfficialOrder.objects.get()
    assert order.legal_basis.startswith("มาตรา 24 มาตรา แห่งพระราชบัญญัติ")
    assert "เลขมาตราหลังคำว่ามาตราที่สองขาดหายไป" in order.data_note
    duties = order.officers.get().duties
    project = duties.get(code="5.5")
    assert project.text.startswith("โครงการการน้อมนำ")
    assert "โครงการการ" in project.data_note
    strands = [line.text for line in duties.get(code="5.4").lines.all()]
    assert (len(strands), strands[-1]) == (3, "สาระ ภูมิศาสตร์")


def test_the_order_is_in_force_since_its_day_and_names_what_it_replaced(loaded):
    order = OfficialOrder.objects.get()
    assert "54/2567" in order.supersessions.get(superseded=None).text
    day = date(2024, 5, 9)
    assert Duty.objects.in_force(day).count() == 10
    assert not Duty.objects.in_force(day - timedelta(days=1)).exists()
    works = Duty.objects.exclude(work=None).values_list("code", "work__code")
    assert list(works) == [("5.1.1", "4.5.1"), ("5.1.2", "4.5.2"), ("5.1.3", "4.5.3")]
    assert Duty.objects.get(code="5.3").cluster.name == "กลุ่มโรงเรียนโคกงาม"


def test_learning_areas_are_loaded_and_strands_only_where_the_manual_has_them(loaded):
    assert LearningArea.objects.count() == 8
    assert set(LearningStrand.objects.values_list("learning_area__name", flat=True)) == {
        "สังคมศึกษา ศาสนาและวัฒนธรรม"
    }


def test_all_scales_of_the_reference_are_there_with_their_source(loaded):
    keys = {"iqa_quality_5", "likert_5_boonchom", "rubric_4", "rating_0_3", "level_3", "yes_no"}
    assert keys <= set(Scale.objects.exclude(provenance="").values_list("key", flat=True))
    assert not Scale.objects.filter(levels=None).exists()


def test_the_observation_form_is_a_sample_draft(loaded):
    form = IndicatorSet.objects.get(use=SetUse.OBSERVATION)
    assert (form.state, form.is_sample) == (SetState.DRAFT, True)
    assert "ตัวอย่าง" in form.name
    assert "ยังไม่ได้เทียบกับเอกสารต้นฉบับ" in form.provenance
    assert Indicator.objects.filter(standard__indicator_set=form).count() == 7
    assert interpretation(Decimal("3.50"), form.scale.bands.all()) == "ดี"


@pytest.mark.parametrize(
    ("mean", "label"),
    [("4.50", "ยอดเยี่ยม"), ("4.49", "ดีเลิศ"), ("2.50", "ดี"), ("1.00", "กำลังพัฒนา")],
)
def test_quality_bands_round_a_half_up(loaded, mean, label):
    scale = Scale.objects.get(key="iqa_quality_5")
    assert interpretation(Decimal(mean), scale.bands.all()) == label


def test_bands_leave_no_gap(loaded):
    for scale in Scale.objects.prefetch_related("bands"):
        bands = list(scale.bands.all())
        for upper, lower in pairwise(bands):
            assert upper.low - lower.high == Decimal("0.01"), scale.key


def test_a_second_run_changes_nothing(loaded):
    before = all_rows()
    call_command("load_manual")
    assert all_rows() == before


def test_what_an_office_changed_stays(loaded):
    StepSheet.objects.filter(process="P3", number=1).update(timing="ตลอดปีงบประมาณ")
    Area.objects.update(short_name="สพป.ตัวอย่าง")
    school = School.objects.get(name="โรงเรียนบ้านหนองสนุ่น")
    school.name, school.obec_code, school.data_note = "โรงเรียนชื่อที่แก้แล้ว", "42030001", ""
    school.save()
    cluster = Cluster.objects.get()
    cluster.name = "กลุ่มโรงเรียนชื่อที่แก้แล้ว"
    cluster.save()
    Term.objects.filter(number=1).update(opens_on=date(2023, 5, 17))
    NeedsArea.objects.filter(name="การบริหารงานบุคคล").update(name="งานบุคคล")
    ClusterMembership.objects.filter(school__name="โรงเรียนบ้านนาเจียง").delete()
    School.objects.get(name="โรงเรียนบ้านนาเจียง").delete()
    IndicatorSet.objects.first().delete()
    before = all_rows()
    call_command("load_manual")
    assert all_rows() == before


def test_a_new_academic_year_is_added_and_the_old_ones_stay():
    with time_machine.travel("2026-11-22"):
        call_command("load_manual")
        before = all_rows()
    with time_machine.travel("2027-05-16"):
        call_command("load_manual")
    after = all_rows()
    assert [row["year"] for row in after.pop("schools.AcademicYear")][-1] == 2570
    assert len(after.pop("schools.Term")) == 2 * 5
    assert after == {label: rows for label, rows in before.items() if label in after}
