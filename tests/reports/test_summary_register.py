"""Summaries of a term in the register: whose they are, their versions, and who sees them."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from reports.enums import DocumentKind, DocumentState
from reports.forms import ReportRegisterFilter
from reports.models import IssuedDocument
from reports.queries import register_rows
from schools.enums import Role
from schools.models import ClusterMembership
from tests.factories import ClusterFactory, SchoolFactory
from tests.personas import user_with_role


@pytest.fixture
def add_summary(term, group_director):
    """Add a line of the register; its figures do not matter here."""

    numbers = count(1)

    def add(cluster=None, *, state=DocumentState.PREPARED, **fields) -> IssuedDocument:
        if state == DocumentState.ISSUED:
            signed = {"issued_at": timezone.now(), "issued_by": group_director, "snapshot": {}}
            fields = signed | fields
        return IssuedDocument.objects.create(
            kind=DocumentKind.SUMMARY,
            term=term,
            cluster=cluster,
            state=state,
            number=f"{next(numbers)}/2569",
            prepared_by=group_director,
            **fields,
        )

    return add


def test_a_summary_says_whose_it_is(add_summary, term, cluster):
    assert str(add_summary(cluster)) == f"รายงานสรุปผลการนิเทศรายภาคเรียน {cluster} ภาคเรียนที่ {term}"
    assert add_summary().subject == f"ทุกโรงเรียนในสังกัด ภาคเรียนที่ {term}"


def test_a_term_has_one_first_version_for_the_area_and_one_for_each_cluster(add_summary, cluster):
    add_summary()
    add_summary(cluster)
    add_summary(ClusterFactory())
    for again in (None, cluster):
        with pytest.raises(IntegrityError), transaction.atomic():
            add_summary(again)


def test_a_summary_needs_its_term_and_other_reports_have_none(add_summary, cluster, round_):
    summary = add_summary(cluster)
    for change in ({"term": None}, {"round": round_}, {"kind": DocumentKind.YEAR}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IssuedDocument.objects.filter(pk=summary.pk).update(**change)


@pytest.mark.parametrize("of_area", [True, False])
def test_only_the_same_summary_is_replaced(add_summary, cluster, group_director, of_area):
    area, of_cluster = (
        add_summary(state=DocumentState.ISSUED),
        add_summary(cluster, state=DocumentState.ISSUED),
    )
    first, other = (area, of_cluster) if of_area else (of_cluster, area)
    second = add_summary(first.cluster, state=DocumentState.ISSUED, version=2, previous=first)
    replaced = {row.pk: row.is_replaced for row in register_rows(group_director)}
    assert replaced == {first.pk: True, second.pk: False, other.pk: False}
    assert set(IssuedDocument.objects.of_same_report(first)) == {first, second}


def test_the_register_finds_summaries_by_term_and_kind(add_summary, term, group_director):
    summary = add_summary()
    asked = {"term": str(term.pk), "kind": DocumentKind.SUMMARY}
    assert list(ReportRegisterFilter(asked).apply(register_rows(group_director))) == [summary]


# --- Who sees them ---


def sees(user, document) -> bool:
    return register_rows(user).filter(pk=document.pk).exists()


@pytest.fixture
def subcommittee_member(cluster, school):
    return user_with_role(Role.SUBCOMMITTEE_MEMBER, "subcommittee", cluster=cluster)


def test_the_subcommittee_reads_the_issued_summary_of_its_cluster(
    add_summary, cluster, subcommittee_member
):
    SchoolFactory(cluster=cluster)
    assert not sees(subcommittee_member, add_summary(cluster))
    other = ClusterFactory()
    SchoolFactory(cluster=other)
    assert not sees(subcommittee_member, add_summary(other, state=DocumentState.ISSUED))
    assert not sees(subcommittee_member, add_summary(state=DocumentState.ISSUED))
    IssuedDocument.objects.filter(cluster=cluster).delete()
    assert sees(subcommittee_member, add_summary(cluster, state=DocumentState.ISSUED))


def test_the_subcommittee_does_not_read_of_a_school_that_has_left(
    add_summary, cluster, term, subcommittee_member
):
    summary = add_summary(cluster, state=DocumentState.ISSUED)
    mover = SchoolFactory()
    left = term.opens_on + timedelta(days=10)
    membership = ClusterMembership.objects.create(
        school=mover, cluster=cluster, starts_on=term.opens_on, ends_on=left
    )
    assert not sees(subcommittee_member, summary)
    membership.starts_on = term.opens_on - timedelta(days=20)
    membership.ends_on = term.opens_on - timedelta(days=1)
    membership.save()
    assert sees(subcommittee_member, summary)


def test_neither_a_chair_nor_a_director_of_one_school_reads_of_the_others(
    add_summary, cluster, school, school_director
):
    SchoolFactory(cluster=cluster)
    chair = user_with_role(Role.CLUSTER_CHAIR, "chair", cluster=cluster)
    summary = add_summary(cluster, state=DocumentState.ISSUED)
    assert not sees(school_director, summary)
    assert not sees(chair, summary)
    empty = add_summary(ClusterFactory(), state=DocumentState.ISSUED)
    assert not sees(school_director, empty)


def test_nor_does_the_director_of_the_only_school_that_is_left(
    add_summary, cluster, subcommittee_member, school_director
):
    """Its trend has means of terms in which the cluster had other schools too."""
    summary = add_summary(cluster, state=DocumentState.ISSUED)
    assert sees(subcommittee_member, summary)
    assert not sees(school_director, summary)


@pytest.mark.parametrize(
    ("of_cluster", "readers"),
    [(True, "อนุกรรมการของกลุ่มโรงเรียนเห็นรายงาน"), (False, "โรงเรียนยังไม่เห็น และบุคคลภายนอกยังไม่เห็น")],
)
def test_who_signs_learns_who_will_read_it(
    add_summary, cluster, login, area_director, of_cluster, readers
):
    summary = add_summary(cluster if of_cluster else None)
    page = login(area_director).get(reverse("report_issue", args=[summary.pk])).content.decode()
    assert readers in page
    assert "โรงเรียนเห็นรายงานของตน" not in page


def test_a_corrected_summary_takes_its_words_from_the_composer(add_summary, login, group_director):
    summary = add_summary(state=DocumentState.ISSUED)
    page = login(group_director).get(reverse("report_revise", args=[summary.pk])).content.decode()
    assert "ข้อความเป็นไปตามหน้าเขียนรายงาน" in page
    assert "เปิดสรุปผลเพื่อแก้ไข" not in page
