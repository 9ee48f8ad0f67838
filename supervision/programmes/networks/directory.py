"""The directory ใครช่วยเราได้บ้าง: who, which learning source or practice can help with a topic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere, rights_of
from schools.core.forms import PortalForm
from schools.core.http import SignedInRequest
from schools.models import School, User
from schools.models.dated import not_over_q
from supervision.assignments.models import LearningArea
from supervision.programmes.models.networks import LearningSource, NetworkMember
from supervision.programmes.networks.published_practices import (
    PublishedPractice,
    published_practices,
)
from supervision.standards.models import Work

PAGE_SIZE = 30


class HelpKind(models.TextChoices):
    """What an entry of the directory is."""

    MEMBER = "member", "สมาชิกเครือข่าย"
    SOURCE = "source", "แหล่งเรียนรู้"
    PRACTICE = "practice", "วิธีปฏิบัติที่เป็นเลิศที่เผยแพร่แล้ว"


@dataclass(frozen=True)
class HelpEntry:
    """One entry: post or name, school, and what it helps with; never a person.

    `key` names it in a form, `is_near` says that it is in a cluster of who searches.
    """

    kind: HelpKind
    pk: int
    title: str
    place: str
    helps_with: str
    network: str
    cluster: str
    is_near: bool
    url: str
    is_sample: bool

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"


class HelpFilter(PortalForm):
    """What help is searched for; what cannot be read filters nothing."""

    q = forms.CharField(label="ต้องการความช่วยเหลือเรื่อง", max_length=100, required=False)
    work = forms.ModelChoiceField(
        Work.objects.all(), label="งานตามคู่มือ", required=False, empty_label="ทุกงาน"
    )
    learning_area = forms.ModelChoiceField(
        LearningArea.objects.all(),
        label="กลุ่มสาระการเรียนรู้",
        required=False,
        empty_label="ทุกกลุ่มสาระ",
    )
    kind = forms.ChoiceField(
        label="ประเภท", required=False, choices=[("", "ทุกประเภท"), *HelpKind.choices]
    )


def help_directory(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    form = HelpFilter(request.GET)
    entries = find_help(form, request.user, timezone.localdate())
    context = {
        "form": form,
        "page": Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_filtered": bool(request.GET),
        "sees_area": can(request.user, Permission.VIEW_AREA),
    }
    return render(request, "programmes/networks/directory.html", context)


def find_help(
    form: HelpFilter, reader: User, today: date, *, near_schools: Iterable[int] | None = None
) -> list[HelpEntry]:
    """The entries that the filters ask for, those of the nearest clusters first.

    Near are the clusters of the schools named, else of the reader's own. A constant number of
    queries.
    """
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    asked = form.cleaned_data
    places = _Places.of_day(
        today, rights_of(reader).at_school if near_schools is None else near_schools
    )
    found: list[HelpEntry] = []
    kind = asked.get("kind")
    if kind in ("", None, HelpKind.MEMBER):
        found += [places.member_entry(row) for row in _members(asked, today)]
    if kind in ("", None, HelpKind.SOURCE):
        found += [places.source_entry(row) for row in _sources(asked, today)]
    if kind in ("", None, HelpKind.PRACTICE):
        found += [places.practice_entry(row) for row in _practices(asked)]
    return sorted(found, key=lambda entry: not entry.is_near)


def _members(asked: dict[str, Any], today: date) -> Sequence[NetworkMember]:
    """Members of networks at work that the topic, work or learning area asks for."""
    rows = NetworkMember.objects.in_force(today)
    rows = rows.filter(not_over_q(today, "network__"))
    if words := asked.get("q"):
        rows = rows.filter(
            Q(subject__icontains=words)
            | Q(topics__icontains=words)
            | Q(organisation__icontains=words)
            | Q(school__name__icontains=words)
            | Q(network__name__icontains=words)
            | Q(pk__in=NetworkMember.objects.filter(works__name__icontains=words).values("pk"))
            | Q(pk__in=_in_learning_area(NetworkMember, words))
        )
    if work := asked.get("work"):
        rows = rows.filter(works=work)
    if area := asked.get("learning_area"):
        rows = rows.filter(learning_areas=area)
    rows = rows.select_related("school", "network")
    return list(rows.prefetch_related("works", "learning_areas"))


def _in_learning_area(model: type[NetworkMember] | type[LearningSource], words: str) -> QuerySet:
    """The keys of those in a learning area of that name."""
    return model.objects.filter(learning_areas__name__icontains=words).values("pk")


def _sources(asked: dict[str, Any], today: date) -> Sequence[LearningSource]:
    """Learning sources that the topic asks for; they are of no work of the manual."""
    if asked.get("work"):
        return []
    rows = LearningSource.objects.in_force(today)
    if words := asked.get("q"):
        rows = rows.filter(
            Q(name__icontains=words)
            | Q(topics__icontains=words)
            | Q(description__icontains=words)
            | Q(school__name__icontains=words)
            | Q(pk__in=_in_learning_area(LearningSource, words))
        )
    if area := asked.get("learning_area"):
        rows = rows.filter(learning_areas=area)
    return list(rows.select_related("school", "network").prefetch_related("learning_areas"))


def _practices(asked: dict[str, Any]) -> Sequence[PublishedPractice]:
    """Published practices that the topic asks for by title or school; they name nothing else."""
    if asked.get("work") or asked.get("learning_area"):
        return []
    words = (asked.get("q") or "").casefold()
    return [
        practice
        for practice in published_practices()
        if words in f"{practice.title} {practice.school}".casefold()
    ]


@dataclass(frozen=True)
class _Places:
    """The cluster of each school on a day, and which clusters are near."""

    clusters: dict[int, str]
    near: frozenset[str]

    @classmethod
    def of_day(cls, today: date, near_schools: Iterable[int]) -> "_Places":
        rows = School.objects.with_cluster(today).only("name")
        clusters = {school.pk: school.cluster_name or "" for school in rows}
        near = {clusters.get(pk, "") for pk in near_schools} - {""}
        return cls(clusters, frozenset(near))

    def member_entry(self, member: NetworkMember) -> HelpEntry:
        helps = [*member.learning_areas.all(), *(work.name for work in member.works.all())]
        return self._entry(
            HelpKind.MEMBER,
            member.pk,
            title=member.title,
            place=member.place,
            helps_with=_joined([member.topics, *helps]),
            network=member.network.name,
            school=member.school_id,
            url=f"{member.network.get_absolute_url()}#member-{member.pk}",
            is_sample=member.network.is_sample,
        )

    def source_entry(self, source: LearningSource) -> HelpEntry:
        return self._entry(
            HelpKind.SOURCE,
            source.pk,
            title=source.name,
            place=source.school.name,
            helps_with=_joined([source.topics, *source.learning_areas.all()]),
            network=source.network.name if source.network else "",
            school=source.school_id,
            url=source.get_absolute_url(),
            is_sample=source.is_sample,
        )

    def practice_entry(self, practice: PublishedPractice) -> HelpEntry:
        return self._entry(
            HelpKind.PRACTICE,
            practice.pk,
            title=practice.title,
            place=practice.school,
            helps_with="",
            network="",
            school=practice.school_id,
            url=practice.url,
            is_sample=practice.is_sample,
        )

    def _entry(self, kind: HelpKind, pk: int, *, school: int | None, **words: Any) -> HelpEntry:
        cluster = self.clusters.get(school, "") if school else ""
        return HelpEntry(kind, pk, cluster=cluster, is_near=cluster in self.near, **words)


def _joined(parts: Iterable[object]) -> str:
    return " · ".join(str(part) for part in parts if part)
