"""Agreements between the area director and a school's director, through their pages."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from zeal import zeal_ignore

from schools.core.errors import ActionRefused
from schools.core.thai import numeric_date
from supervision.criteria.models import Indicator
from supervision.improvement.actions import close_recommendation, report_progress
from supervision.improvement.enums import Assignee, RecommendationState
from supervision.improvement.models import Recommendation
from supervision.quality_drive.agreements import drafting, signing
from supervision.quality_drive.agreements.drafting import PromisedSupport
from supervision.quality_drive.agreements.enums import AgreementAction, AgreementState
from supervision.quality_drive.agreements.proposed_targets import propose_target
from supervision.quality_drive.agreements.queries import agreement_changes, find_current_agreement
from supervision.quality_drive.baselines.actions import save_baseline_levels
from supervision.quality_drive.baselines.enums import BaselineSource
from supervision.quality_drive.baselines.queries import Baseline
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.models import (
    Agreement,
    AgreementSupport,
    AgreementTarget,
    DriveIndicator,
)
from supervision.quality_drive.scores import load_design
from tests.drive_scenarios import agreement_drafted, agreement_signed, drive_at_work
from tests.exported_files import exported_table
from tests.factories import IndicatorSetFactory, SchoolFactory
from tests.pdf_readers import pdfium_text
from tests.word_readers import word_text

TEXT = "จัดสรรสื่อซ่อมเสริมการอ่าน"


def promise(text=TEXT, due_in=30, assignee=Assignee.WORK_GROUP_HEAD, dimension_code="Q1"):
    due_on = timezone.localdate() + timedelta(days=due_in)
    return PromisedSupport(text, assignee, due_on, dimension_code)


def html(client, url):
    return client.get(url).content.decode()


@pytest.fixture
def drive(term, group_director):
    indicators = Indicator.objects.filter(standard__indicator_set=IndicatorSetFactory())
    return drive_at_work(term, indicators.order_by("pk"), by=group_director)


@pytest.fixture
def baseline(drive, school, supervisor):
    """Every indicator at 2.50 before the work."""
    rows = DriveIndicator.objects.filter(dimension__drive=drive)
    known = Baseline(Decimal("2.50"), BaselineSource.ENTERED, "แบบบันทึก")
    levels = dict.fromkeys(rows.values_list("pk", flat=True), known)
    return save_baseline_levels(drive, school, by=supervisor, baselines=levels)


@pytest.fixture
def drafted(drive, school, supervisor):
    agreement = agreement_drafted(drive, school, by=supervisor)
    drafting.add_agreement_support(agreement, by=supervisor, support=promise())
    return agreement


@pytest.fixture
def proposed(drafted, supervisor):
    signing.propose_agreement(drafted, by=supervisor)
    return drafted


@pytest.fixture
def signed(proposed, school_director, area_director):
    signing.sign_agreement_for_school(proposed, by=school_director)
    signing.sign_agreement(proposed, by=area_director)
    return proposed


# --- The proposed target ---

levels = st.decimals(min_value=1, max_value=5, places=2)


@given(baseline=levels, target=levels)
def test_a_proposed_target_is_never_below_the_baseline_nor_far_above(baseline, target):
    proposed = propose_target(baseline, target)
    assert baseline <= proposed <= max(baseline + 1, baseline)
    assert proposed <= max(target, baseline)


@given(target=levels)
def test_without_a_baseline_the_drives_target_is_proposed(target):
    assert propose_target(None, target) == target


@given(low=levels, high=levels, target=levels)
def test_a_higher_baseline_never_proposes_less(low, high, target):
    low, high = sorted((low, high))
    assert propose_target(low, target) <= propose_target(high, target)


# --- Drafting ---


def test_a_draft_takes_indicators_targets_and_baseline(drive, school, supervisor, baseline):
    agreement = agreement_drafted(drive, school, by=supervisor)
    design = load_design(drive)
    targets = list(agreement.targets.all())
    assert len(targets) == len(design.indicators)
    assert {one.baseline for one in targets} == {Decimal("2.50")}
    assert {one.target for one in targets} == {Decimal("3.50")}  # the drive's is 4
    assert agreement.is_sample == drive.is_sample


def test_one_is_drafted_on_the_page_of_a_school_without(login, drive, school, supervisor):
    url = reverse("school_agreement", args=[drive.academic_year.year, school.pk])
    client = login(supervisor)
    assert "ยังไม่มีบันทึกข้อตกลง" in html(client, url)
    draft = reverse("agreement_draft", args=[drive.academic_year.year, school.pk])
    response = client.post(draft)
    agreement = Agreement.objects.get()
    assert response.url == agreement.get_absolute_url()
    assert client.get(url).url == agreement.get_absolute_url()
    assert client.post(draft).status_code == 409  # pressed twice
    assert client.get(draft).status_code == 405


def test_none_is_drafted_before_the_drive_is_endorsed_or_at_a_closed_school(
    drive, school, supervisor
):
    drive.state = DriveState.CLOSED
    with pytest.raises(ActionRefused, match="สิ้นสุดแล้ว"):
        agreement_drafted(drive, school, by=supervisor)
    drive.state = DriveState.ENDORSED
    school.closed_on = timezone.localdate()
    school.save()
    with pytest.raises(ActionRefused, match="ยุบหรือรวมแล้ว"):
        agreement_drafted(drive, school, by=supervisor)


def form_data(client, agreement, **changes):
    form = client.get(reverse("agreement_edit", args=[agreement.pk])).context["form"]
    return {box.html_name: box.value() for box in form} | changes


def test_targets_and_words_are_edited_and_the_log_keeps_what_changed(login, drafted, supervisor):
    client, url = login(supervisor), reverse("agreement_edit", args=[drafted.pk])
    first = drafted.targets.first()
    changes = {f"target_{first.pk}": "4.50", "intentions": "ร่วมกันพัฒนา"}
    client.post(url, form_data(client, drafted, **changes))
    first.refresh_from_db()
    drafted.refresh_from_db()
    assert (first.target, drafted.intentions) == (Decimal("4.50"), "ร่วมกันพัฒนา")
    page = html(client, drafted.get_absolute_url())
    assert "4.00 → 4.50" in page
    client.post(url, form_data(client, drafted))  # nothing changed, nothing is logged
    assert html(client, drafted.get_absolute_url()).count("แก้ไขร่างบันทึกข้อตกลง") == 2


@pytest.mark.parametrize("wrong", ["9", "0", "สาม", ""])
def test_a_target_off_the_scale_is_refused_and_kept(login, drafted, supervisor, wrong):
    client, url = login(supervisor), reverse("agreement_edit", args=[drafted.pk])
    first = drafted.targets.first()
    data = form_data(client, drafted, **{f"target_{first.pk}": wrong, "intentions": "พิมพ์ไว้"})
    page = client.post(url, data).content.decode()
    assert "error-summary" in page or "โปรด" in page
    assert "พิมพ์ไว้" in page
    first.refresh_from_db()
    assert first.target == Decimal("4.00")


def test_nobody_overwrites_what_they_have_not_seen(login, drafted, supervisor, group_director):
    url = reverse("agreement_edit", args=[drafted.pk])
    mine = form_data(login(supervisor), drafted, intentions="ของฉัน")
    client = login(group_director)
    client.post(url, form_data(client, drafted, intentions="ของผู้อื่น"))
    page = login(supervisor).post(url, mine).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของผู้อื่น”" in page
    drafted.refresh_from_db()
    assert drafted.intentions == "ของผู้อื่น"


def test_support_is_promised_changed_and_taken_out(login, drafted, supervisor):
    client = login(supervisor)
    due = numeric_date(timezone.localdate() + timedelta(days=20))
    sent = {"text": "จัดอบรมครู", "dimension_code": "Q2", "assignee": "supervisor", "due_on": due}
    add = reverse("agreement_support_add", args=[drafted.pk])
    client.post(add, sent)
    again = client.post(add, sent).content.decode()
    assert "อยู่แล้ว จึงไม่บันทึกซ้ำ" in again
    support = drafted.supports.get(text="จัดอบรมครู")
    edit = reverse("agreement_support_edit", args=[support.pk])
    client.post(edit, sent | {"text": "จัดอบรมครู 2 วัน"})
    support.refresh_from_db()
    assert support.text == "จัดอบรมครู 2 วัน"
    client.post(reverse("agreement_support_remove", args=[support.pk]))
    assert drafted.supports.count() == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "โปรดกรอกการสนับสนุน"),
        ({"due_on": "1/1/2026"}, "พ.ศ."),
        ({"due_on": "1/1/2560"}, "กำหนดเสร็จผ่านมาแล้ว"),
        ({"assignee": "school_director"}, "จากรายการ"),
    ],
)
def test_support_that_cannot_be_promised_is_named(login, drafted, supervisor, wrong, says):
    due = numeric_date(timezone.localdate() + timedelta(days=20))
    sent = {"text": "จัดอบรม", "dimension_code": "", "assignee": "supervisor", "due_on": due}
    add = reverse("agreement_support_add", args=[drafted.pk])
    assert says in login(supervisor).post(add, sent | wrong).content.decode()
    assert drafted.supports.count() == 1


def test_a_new_baseline_is_taken_over_and_targets_stay(login, drafted, supervisor, baseline):
    url = reverse("agreement_baseline", args=[drafted.pk])
    assert login(supervisor).post(url).status_code == 302
    assert {one.baseline for one in drafted.targets.all()} == {Decimal("2.50")}
    assert {one.target for one in drafted.targets.all()} == {Decimal("4.00")}
    assert login(supervisor).post(url).status_code == 409


# --- Proposing, discussing, signing ---


def test_the_school_sees_it_once_it_is_proposed(login, drafted, school_director, supervisor):
    page = drafted.get_absolute_url()
    assert login(school_director).get(page).status_code == 404
    login(supervisor).post(reverse("agreement_propose", args=[drafted.pk]))
    assert "ลงนาม" in html(login(school_director), page)
    notices = html(login(school_director), reverse("notices"))
    assert "เสนอโรงเรียนพิจารณา" in notices


def test_what_is_missing_is_named_before_it_is_proposed(login, drafted, supervisor):
    drafted.supports.update(due_on=timezone.localdate() - timedelta(days=1))
    answer = login(supervisor).post(reverse("agreement_propose", args=[drafted.pk]))
    assert answer.status_code == 409
    assert "ซึ่งผ่านมาแล้ว" in answer.content.decode()


def test_both_sides_comment_by_post(login, proposed, school_director, supervisor):
    comment = reverse("agreement_comment", args=[proposed.pk])
    login(school_director).post(comment, {"text": "ขอลดเป้าหมายข้อแรก"})
    page = html(login(supervisor), proposed.get_absolute_url())
    assert "ขอลดเป้าหมายข้อแรก" in page
    said = proposed.comments.get()
    assert "ผู้อำนวยการ" in said.said_as
    again = login(school_director).post(comment, {"text": "ขอลดเป้าหมายข้อแรก"}).content.decode()
    assert "บันทึกความเห็นนี้ไว้แล้ว" in again
    assert "โปรดพิมพ์ความเห็น" in login(supervisor).post(comment, {"text": ""}).content.decode()
    assert login(supervisor).get(comment).status_code == 302


def test_the_school_asks_for_changes_and_sees_what_changed(
    login, proposed, school_director, supervisor
):
    ask = reverse("agreement_ask_changes", args=[proposed.pk])
    login(school_director).post(ask, {"reason": "เป้าหมายสูงไป"})
    proposed.refresh_from_db()
    assert proposed.is_draft
    assert "เป้าหมายสูงไป" in html(login(supervisor), proposed.get_absolute_url())
    first = proposed.targets.first()
    targets = {first.pk: Decimal("3.25")}
    drafting.edit_agreement(
        proposed, by=supervisor, intentions=proposed.intentions, targets=targets
    )
    page = html(login(school_director), proposed.get_absolute_url())
    assert "สิ่งที่ปรับหลังขอให้ปรับ" in page
    assert "4.00 → 3.25" in page


def test_both_sign_and_the_promises_stand_in_the_ledger(
    login, proposed, school_director, area_director, term
):
    login(school_director).post(reverse("agreement_sign_for_school", args=[proposed.pk]))
    ask = html(login(area_director), reverse("agreement_sign", args=[proposed.pk]))
    assert "เข้าทะเบียนติดตาม" in ask
    login(area_director).post(reverse("agreement_sign", args=[proposed.pk]))
    proposed.refresh_from_db()
    assert proposed.is_in_force
    assert proposed.school_signed_as
    assert proposed.signed_as
    advice = Recommendation.objects.get()
    assert (advice.text, advice.school) == (TEXT, proposed.school)
    page = html(login(school_director), advice.get_absolute_url())
    assert proposed.get_absolute_url() in page


def test_the_area_director_returns_it_and_the_schools_signature_no_longer_counts(
    login, proposed, school_director, area_director
):
    signing.sign_agreement_for_school(proposed, by=school_director)
    url = reverse("agreement_return", args=[proposed.pk])
    login(area_director).post(url, {"reason": "ขาดด้านห้องเรียน"})
    proposed.refresh_from_db()
    assert (proposed.is_draft, proposed.school_signed_at) == (True, None)
    assert "ขาดด้านห้องเรียน" in html(login(school_director), proposed.get_absolute_url())


def test_nothing_is_signed_while_the_drive_is_reopened(proposed, school_director, drive):
    drive.state = DriveState.CLOSED
    drive.save()
    proposed.drive.refresh_from_db()
    with pytest.raises(ActionRefused, match="สิ้นสุดแล้ว"):
        signing.sign_agreement_for_school(proposed, by=school_director)


def test_what_is_signed_is_frozen(login, signed, supervisor):
    client = login(supervisor)
    for name in ("agreement_edit", "agreement_support_add", "agreement_cancel"):
        assert client.get(reverse(name, args=[signed.pk])).status_code == 409
    support = signed.supports.get()
    assert client.get(reverse("agreement_support_edit", args=[support.pk])).status_code == 409


def test_a_promise_ends_only_with_the_agreement(login, signed, supervisor):
    advice = Recommendation.objects.get()
    answer = login(supervisor).get(reverse("recommendation_withdraw", args=[advice.pk]))
    assert answer.status_code == 409
    assert "จัดทำบันทึกข้อตกลงฉบับใหม่" in answer.content.decode()


# --- New versions ---


def test_a_new_version_copies_every_line(login, signed, supervisor):
    url = reverse("agreement_revise", args=[signed.pk])
    login(supervisor).post(url, {"reason": "โรงเรียนพร้อมเพิ่มเป้าหมาย"})
    following = Agreement.objects.get(version=2)
    assert (following.previous, following.state) == (signed, AgreementState.DRAFT)
    assert agreement_changes(signed, following) == []
    assert following.supports.get().recommendation == signed.supports.get().recommendation
    assert find_current_agreement(signed.drive, signed.school, supervisor) == signed


def test_every_column_of_a_line_is_copied_or_its_own():
    for model, copies in (
        (AgreementTarget, signing.TARGET_COPIES),
        (AgreementSupport, signing.SUPPORT_COPIES),
    ):
        names = {field.name for field in model._meta.concrete_fields}
        assert names == {"id", "agreement", *copies}


def test_signing_the_new_version_supersedes_and_carries_promises_over(
    signed, supervisor, school_director, area_director
):
    kept = Recommendation.objects.get()
    following = signing.revise_agreement(signed, by=supervisor, reason="เพิ่มการสนับสนุน")
    drafting.add_agreement_support(following, by=supervisor, support=promise("จัดอบรมครู"))
    agreement_signed(following, supervisor, school_director, area_director)
    signed.refresh_from_db()
    assert signed.state == AgreementState.SUPERSEDED
    kept.refresh_from_db()
    assert kept.state == RecommendationState.OPEN
    assert Recommendation.objects.count() == 2


def test_a_promise_left_out_of_the_new_version_is_withdrawn_with_the_reason(
    login, signed, supervisor, school_director, area_director
):
    following = signing.revise_agreement(signed, by=supervisor, reason="ปรับการสนับสนุน")
    drafting.remove_agreement_support(following.supports.get(), by=supervisor)
    signing.propose_agreement(following, by=supervisor)
    signing.sign_agreement_for_school(following, by=school_director)
    ask = html(login(area_director), reverse("agreement_sign", args=[following.pk]))
    assert TEXT in ask
    signing.sign_agreement(following, by=area_director)
    assert Recommendation.objects.get().state == RecommendationState.WITHDRAWN


def test_a_promise_reported_as_done_is_still_checked(
    signed, supervisor, school_director, area_director
):
    report_progress(Recommendation.objects.get(), by=school_director, text="ได้รับ", is_done=True)
    following = signing.revise_agreement(signed, by=supervisor, reason="ปรับการสนับสนุน")
    drafting.remove_agreement_support(following.supports.get(), by=supervisor)
    agreement_signed(following, supervisor, school_director, area_director)
    assert Recommendation.objects.get().state == RecommendationState.DONE


def test_a_changed_promise_takes_the_place_of_the_former(
    signed, supervisor, school_director, area_director
):
    following = signing.revise_agreement(signed, by=supervisor, reason="เลื่อนกำหนด")
    later = promise(due_in=90)
    drafting.update_agreement_support(following.supports.get(), by=supervisor, support=later)
    agreement_signed(following, supervisor, school_director, area_director)
    states = dict(Recommendation.objects.values_list("due_on", "state"))
    assert states[later.due_on] == RecommendationState.OPEN
    assert sorted(states.values()) == [RecommendationState.OPEN, RecommendationState.WITHDRAWN]


def test_promises_kept_already_stay_with_the_version_that_gave_them(signed, supervisor):
    close_recommendation(Recommendation.objects.get(), by=supervisor, proof="ใบรับ")
    following = signing.revise_agreement(signed, by=supervisor, reason="เพิ่มเป้าหมาย")
    assert not following.supports.exists()


def test_a_cancelled_version_does_not_block_the_next(
    login, signed, supervisor, school_director, area_director
):
    second = signing.revise_agreement(signed, by=supervisor, reason="เพิ่มเป้าหมาย")
    url = reverse("agreement_cancel", args=[second.pk])
    login(supervisor).post(url, {"reason": "ไม่ต้องแก้แล้ว"})
    third = signing.revise_agreement(signed, by=supervisor, reason="แก้จริง")
    assert (third.version, third.previous) == (3, second)
    agreement_signed(third, supervisor, school_director, area_director)
    signed.refresh_from_db()
    assert signed.state == AgreementState.SUPERSEDED


def test_after_a_cancelled_first_draft_another_is_drafted(drive, school, drafted, supervisor):
    drafting.cancel_agreement(drafted, by=supervisor, reason="ร่างผิด")
    again = agreement_drafted(drive, school, by=supervisor)
    assert (again.version, again.previous) == (2, drafted)


def test_only_one_version_is_made_at_a_time(signed, supervisor):
    signing.revise_agreement(signed, by=supervisor, reason="ก")
    with pytest.raises(ActionRefused, match="ยังไม่ลงนามครบ"):
        signing.revise_agreement(signed, by=supervisor, reason="ข")


# --- Who sees and does what ---


@pytest.mark.parametrize("who", ["outsider_director", "cluster_chair"])
def test_nobody_else_learns_of_it(request, login, signed, who):
    client = login(request.getfixturevalue(who))
    for name in ("agreement", "agreement_paper", "agreement_word"):
        assert client.get(reverse(name, args=[signed.pk])).status_code == 404
    if who == "outsider_director":
        assert "บันทึกข้อตกลง" not in html(client, reverse("notices"))


def test_another_supervisor_reads_and_changes_nothing(login, drafted, other_supervisor):
    client = login(other_supervisor)
    assert client.get(drafted.get_absolute_url()).status_code == 200
    for name in ("agreement_edit", "agreement_propose", "agreement_cancel"):
        assert client.get(reverse(name, args=[drafted.pk])).status_code == 403


def test_a_teacher_reads_and_comments_but_does_not_sign(login, proposed, academic_teacher):
    client = login(academic_teacher)
    assert client.get(proposed.get_absolute_url()).status_code == 200
    sign = reverse("agreement_sign_for_school", args=[proposed.pk])
    assert client.post(sign).status_code == 403
    comment = reverse("agreement_comment", args=[proposed.pk])
    assert client.post(comment, {"text": "ครูพร้อม"}).status_code == 302


def test_its_page_costs_the_same_for_many_lines(
    login, signed, supervisor, django_assert_max_num_queries
):
    client, url = login(supervisor), signed.get_absolute_url()
    client.get(url)
    with django_assert_max_num_queries(15) as one:
        client.get(url)
    for number in range(3):
        text = f"{TEXT} {number}"
        advice = Recommendation.objects.get(text=TEXT)
        facts = {"assignee": "supervisor", "due_on": timezone.localdate()}
        signed.supports.create(text=text, recommendation=advice, **facts)
    with django_assert_max_num_queries(len(one)):
        client.get(url)


# --- The register, and many at once ---


@pytest.fixture
def year(drive):
    return drive.academic_year.year


@pytest.fixture
def second_school(cluster):
    return SchoolFactory(name="โรงเรียนที่สอง", cluster=cluster)


def test_the_register_counts_filters_and_costs_the_same(
    login, signed, second_school, year, supervisor, django_assert_max_num_queries
):
    url, client = reverse("agreements", args=[year]), login(supervisor)
    page = client.get(url)
    assert page.context["register"].signed == 1
    assert "ยังไม่ร่าง" in page.content.decode()
    shown = client.get(url, {"state": "signed"}).context["register"].shown
    assert [row.school for row in shown] == [signed.school]
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    for _ in range(3):
        SchoolFactory(cluster=signed.school.cluster_on(timezone.localdate()))
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_many_are_drafted_proposed_and_signed_at_once(
    login, drive, year, school, second_school, supervisor, school_director, area_director
):
    bulk = reverse("agreements_bulk", args=[year])
    chosen = {"school": [school.pk, second_school.pk]}
    client = login(supervisor)
    ask = client.get(bulk, {"act": "draft", **chosen}).content.decode()
    assert "ที่สอง" in ask
    due = numeric_date(timezone.localdate() + timedelta(days=20))
    support = {"text": TEXT, "assignee": "supervisor", "due_on": due, "dimension_code": ""}
    with zeal_ignore():  # each is drafted by the action of a single one
        client.post(bulk, {"act": "draft", "intentions": "ร่วมกัน", **support, **chosen})
    assert Agreement.objects.count() == 2
    assert AgreementSupport.objects.count() == 2
    with zeal_ignore():
        client.post(bulk, {"act": "propose", **chosen})
    assert {one.state for one in Agreement.objects.all()} == {AgreementState.PROPOSED}
    for agreement in Agreement.objects.all():
        signing.sign_agreement_for_school(agreement, by=school_director)
    signer = login(area_director)
    ask = signer.get(bulk, {"act": "sign", "all": "1"})
    assert len(ask.context["lines"]) == 2
    with zeal_ignore():
        answer = signer.post(bulk, {"act": "sign", **chosen}, follow=True)
    assert "ลงนามแล้ว 2 โรงเรียน" in answer.content.decode()
    assert Agreement.objects.in_force().count() == 2
    assert Recommendation.objects.count() == 2


def test_what_is_refused_of_many_is_named_and_the_others_are_done(
    login, drive, year, school, second_school, supervisor
):
    first = agreement_drafted(drive, school, by=supervisor)
    agreement_drafted(drive, second_school, by=supervisor)
    late = timezone.localdate() - timedelta(days=1)
    first.supports.create(text=TEXT, assignee=Assignee.SUPERVISOR, due_on=late)
    bulk = reverse("agreements_bulk", args=[year])
    sent = {"act": "propose", "school": [school.pk, second_school.pk]}
    with zeal_ignore():  # each is proposed by the action of a single one
        page = login(supervisor).post(bulk, sent).content.decode()
    assert "เสนอโรงเรียนแล้ว 1 โรงเรียน" in page
    assert "ซึ่งผ่านมาแล้ว" in page
    states = dict(Agreement.objects.values_list("school", "state"))
    assert states == {school.pk: "draft", second_school.pk: "proposed"}


def test_bulk_drafts_ask_who_owes_the_support_and_by_when(login, drive, year, school, supervisor):
    bulk = reverse("agreements_bulk", args=[year])
    sent = {"act": "draft", "school": [school.pk], "intentions": "ก", "text": TEXT}
    page = login(supervisor).post(bulk, sent).content.decode()
    assert "โปรดระบุผู้รับผิดชอบ" in page
    assert not Agreement.objects.exists()


def test_a_supervisor_drafts_at_own_schools_only(
    login, drive, year, school, other_school, supervisor
):
    bulk = reverse("agreements_bulk", args=[year])
    sent = {"act": "draft", "school": [other_school.pk], "intentions": "ก"}
    page = login(supervisor).post(bulk, sent).content.decode()
    assert "ไม่มีโรงเรียนที่ดำเนินการได้" in page
    assert not Agreement.objects.exists()


def test_an_act_that_nobody_knows_leads_to_the_register(login, drive, year, supervisor):
    bulk = reverse("agreements_bulk", args=[year])
    assert login(supervisor).get(bulk, {"act": "burn"}).url == reverse("agreements", args=[year])


def test_history_to_the_school_leaves_out_the_offices_drafting(
    login, proposed, school_director, supervisor
):
    label = Agreement.TRANSITIONS[AgreementAction.EDIT].label
    assert label in html(login(supervisor), proposed.get_absolute_url())
    assert label not in html(login(school_director), proposed.get_absolute_url())


# --- Its papers and its file ---


def test_the_paper_says_what_was_agreed_and_that_it_is_a_draft(login, proposed, school_director):
    answer = login(school_director).get(reverse("agreement_paper", args=[proposed.pk]))
    text = pdfium_text(answer.content)
    assert "บันทึกข้อตกลงความร่วมมือการพัฒนาคุณภาพการศึกษา" in text
    assert TEXT in text
    assert "ร่าง" in text
    assert "๔.๐๐" in text


def test_the_signed_paper_names_both_signers(login, signed, supervisor):
    answer = login(supervisor).get(reverse("agreement_paper", args=[signed.pk]))
    text = pdfium_text(answer.content)
    assert text.count("ลงนามในระบบ") == 2
    assert "ร่าง" not in text


def test_the_word_file_says_the_same(login, signed, supervisor):
    answer = login(supervisor).get(reverse("agreement_word", args=[signed.pk]))
    text = word_text(answer.content)
    for words in ("บันทึกข้อตกลงความร่วมมือการพัฒนาคุณภาพการศึกษา", TEXT, "๔.๐๐", "ฝ่ายโรงเรียน"):
        assert words in text


def test_the_file_of_the_register_has_what_is_shown(login, signed, second_school, year, supervisor):
    url = reverse("agreements_export", args=[year])
    table = exported_table(login(supervisor).get(url, {"state": "signed"}))
    assert table.column("สถานะ") == ["ลงนามทั้งสองฝ่ายแล้ว"]
    assert len(exported_table(login(supervisor).get(url)).rows) == 2
