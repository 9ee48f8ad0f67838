"""What the portal itself gave to schools and the public, computed of the register of reports."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from django.urls import reverse

from reports.enums import DocumentAction, DocumentState
from reports.models import IssuedDocument
from reports.queries import SUBJECT_RELATIONS
from schools.core.thai import local_day
from supervision.practices.enums import PracticeState
from supervision.practices.models import GoodPractice
from supervision.programmes.dissemination.enums import (
    Audience,
    DisseminatedKind,
    DisseminationChannel,
)
from supervision.programmes.dissemination.register import DisseminationLine
from supervision.programmes.networks.published_practices import PublishedPractice
from supervision.workflow.queries import last_transition_at


class PublicationAnnotation(TypedDict):
    """When a report was published last."""

    published_at: datetime | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    DatedDocument = WithAnnotations[IssuedDocument, PublicationAnnotation]
else:
    DatedDocument = IssuedDocument


def _published_documents() -> list[DatedDocument]:
    """The reports whose summary anybody may read now, and since when; one query."""
    rows = IssuedDocument.objects.filter(state=DocumentState.PUBLISHED).defer("snapshot")
    dated = rows.annotate(
        published_at=last_transition_at(IssuedDocument, "pk", DocumentAction.PUBLISH)
    )
    return list(dated.select_related(*SUBJECT_RELATIONS))


def published_selected_practices() -> list[PublishedPractice]:
    """Selected practices that others may read, newest first; two queries.

    A school's is published with the report of its round, the unit's own when it is selected.
    """
    documents = {one.round_id: one for one in _published_documents() if one.round_id}
    selected = GoodPractice.objects.filter(state=PracticeState.SELECTED)
    rows = selected.filter(round__in=documents) | selected.of_unit()
    return [
        _published_practice(practice, documents.get(practice.round_id or 0))
        for practice in rows.select_related("round__school").order_by("-pk")
    ]


def _published_practice(
    practice: GoodPractice, document: DatedDocument | None
) -> PublishedPractice:
    school = practice.school
    return PublishedPractice(
        pk=practice.pk,
        title=practice.title,
        school_id=practice.school_id,
        school=school.name if school else practice.owner_name,
        published_on=_published_on(document) if document else _selected_on(practice),
        url=(
            reverse("published_report", args=[document.code])
            if document
            else practice.get_absolute_url()
        ),
        is_sample=document.is_sample if document else practice.is_sample,
    )


def _selected_on(practice: GoodPractice) -> date:
    """A constraint says that a selected practice has its moment."""
    if practice.selected_at is None:
        raise ValueError(f"practice {practice.pk} was not selected")
    return local_day(practice.selected_at)


def _published_on(document: DatedDocument) -> date:
    """The log has the day; a report without it was published on the day of its signing."""
    day = document.published_at or document.issued_at
    if day is None:
        raise ValueError(f"report {document.pk} is published and was never signed")
    return local_day(day)


def portal_dissemination_lines(first: date, last: date) -> list[DisseminationLine]:
    """Reports issued to schools, published summaries and practices, of these days."""
    lines = [*_issued_to_schools(), *_published_summaries(), *_practice_lines()]
    return [line for line in lines if first <= line.day <= last]


def _issued_to_schools() -> Iterator[DisseminationLine]:
    documents = IssuedDocument.objects.issued().exclude(round=None).defer("snapshot")
    for document in documents.select_related(*SUBJECT_RELATIONS):
        if document.round and document.issued_at:
            yield _line(
                document,
                local_day(document.issued_at),
                DisseminatedKind.REPORT,
                Audience.SCHOOLS,
                receivers=document.round.school.name,
                url=document.get_absolute_url(),
            )


def _published_summaries() -> Iterator[DisseminationLine]:
    for document in _published_documents():
        yield _line(
            document,
            _published_on(document),
            DisseminatedKind.SUMMARY,
            Audience.PUBLIC,
            receivers="ผู้สนใจทั่วไป",
            url=reverse("published_report", args=[document.code]),
        )


def _line(
    document: IssuedDocument,
    day: date,
    kind: DisseminatedKind,
    audience: Audience,
    *,
    receivers: str,
    url: str,
) -> DisseminationLine:
    return DisseminationLine(
        day=day,
        title=f"{document.title} {document.subject}",
        kind=kind,
        kind_word=kind.label,
        audience=audience,
        audience_word=audience.label,
        channel_word=DisseminationChannel.PORTAL.label,
        url=url,
        receivers=receivers,
        letter=f"รายงานเลขที่ {document.number}",
        process="P3",
        is_sample=document.is_sample,
    )


def _practice_lines() -> Iterator[DisseminationLine]:
    """A school's is published to anybody; the unit's own is shown to schools that sign in."""
    for practice in published_selected_practices():
        is_public = practice.school_id is not None
        audience = Audience.PUBLIC if is_public else Audience.SCHOOLS
        yield DisseminationLine(
            day=practice.published_on,
            title=f"{practice.title} {practice.school}",
            kind=DisseminatedKind.PRACTICE,
            kind_word=DisseminatedKind.PRACTICE.label,
            audience=audience,
            audience_word=audience.label,
            channel_word=DisseminationChannel.PORTAL.label,
            url=practice.url,
            receivers="ผู้สนใจทั่วไป" if is_public else "โรงเรียนในสังกัด",
            process="P3",
            is_sample=practice.is_sample,
        )
