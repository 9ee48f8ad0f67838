"""Terms and schools: what every other answer of the API refers to."""

from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query

from reports.api.authentication import ApiRequest
from reports.api.paging import LARGEST_KEY, Page, PageQuery, page_of
from reports.api.schemas import ClusterItem, SchoolItem, SchoolQuery, TermItem
from schools.core.querysets import SchoolQuerySet
from schools.models import School, Term

SchoolKey = Annotated[int, Path(..., ge=1, le=LARGEST_KEY, description="โรงเรียน (id)")]


def list_terms(request: ApiRequest, asked: Query[PageQuery]) -> Page[TermItem]:
    """Every term, the newest first."""
    rows = Term.objects.select_related("academic_year").order_by("-opens_on", "pk")
    return page_of(request, asked, rows, _term_item)


def _term_item(term: Term) -> TermItem:
    return TermItem(
        id=term.pk,
        academic_year=term.academic_year.year,
        number=term.number,
        opens_on=term.opens_on,
        closes_on=term.closes_on,
    )


def list_schools(request: ApiRequest, asked: Query[SchoolQuery]) -> Page[SchoolItem]:
    """The schools that the account of the token sees, by name."""
    rows = _schools_visible_to(request)
    if asked.cluster:
        rows = rows.filter(cluster_pk=asked.cluster)
    if asked.is_open is not None:
        open_now = School.objects.open_on(timezone.localdate()).values("pk")
        rows = rows.filter(pk__in=open_now) if asked.is_open else rows.exclude(pk__in=open_now)
    return page_of(request, asked, rows.order_by("sort_key", "pk"), _school_item)


def get_school(request: ApiRequest, school: SchoolKey) -> SchoolItem:
    """One of these schools."""
    return _school_item(get_object_or_404(_schools_visible_to(request), pk=school))


def _schools_visible_to(request: ApiRequest) -> SchoolQuerySet:
    schools = School.objects.visible_to(request.auth.account)
    return schools.with_cluster(timezone.localdate())


def _school_item(school: School) -> SchoolItem:
    cluster = None
    if school.cluster_pk and school.cluster_name:
        cluster = ClusterItem(id=school.cluster_pk, name=school.cluster_name)
    return SchoolItem(
        id=school.pk,
        name=school.name,
        obec_code=school.obec_code,
        ministry_code=school.ministry_code,
        sub_district=school.sub_district,
        district=school.district,
        grades=school.grades,
        latitude=None if school.latitude is None else float(school.latitude),
        longitude=None if school.longitude is None else float(school.longitude),
        cluster=cluster,
        closed_on=school.closed_on,
    )
