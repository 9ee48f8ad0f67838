"""What the unit does with networks, their members and learning sources; ended, never deleted."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.core.history import save_with_history
from schools.core.uploads import SanitizedFile, delete_files_on_rollback
from schools.models import School, User
from schools.models.dated import DatedModel
from supervision.programmes.models.networks import (
    Forum,
    LearningSource,
    Network,
    NetworkFile,
    NetworkMember,
)

DatedRow = TypeVar("DatedRow", bound=DatedModel)

MAX_FILES = 30


@transaction.atomic
def save_network(
    network: Network, *, by: User, schools: Collection[School], fields: Mapping[str, Any]
) -> Network:
    """Form a network, or put right what is written of one.

    Raises ActionRefused where another network of this name is at work.
    """
    _check_is_in_force(network)
    _set(network, fields)
    with unique_violation_as_refusal(f"มีเครือข่ายชื่อ “{network.name}” อยู่แล้ว โปรดใช้ชื่ออื่น"):
        save_with_history(network, by=by)
    network.schools.set(schools)
    return network


@transaction.atomic
def end_network(network: Network, *, by: User, ends_on: date, reason: str) -> None:
    """End a network with its members on that day; all that it was stays on record."""
    for member in network.members.filter(ends_on=None):
        _end(member, by=by, ends_on=max(ends_on, member.starts_on), reason=reason)
    _end(network, by=by, ends_on=ends_on, reason=reason)


@transaction.atomic
def save_member(member: NetworkMember, *, by: User, fields: Mapping[str, Any]) -> NetworkMember:
    """Add a member to a network, or put right what is written of one.

    Raises ActionRefused once the network has ended, and for a member that it has already.
    """
    _check_is_in_force(member.network)
    _check_is_in_force(member)
    _set(member, fields)
    _check_member_is_new(member)
    save_with_history(member, by=by)
    member.learning_areas.set(fields["learning_areas"])
    member.works.set(fields["works"])
    return member


def _check_member_is_new(member: NetworkMember) -> None:
    same = NetworkMember.objects.filter(
        network=member.network,
        role=member.role,
        subject=member.subject,
        school=member.school,
        organisation=member.organisation,
        ends_on=None,
    )
    if same.exclude(pk=member.pk).exists():
        raise ActionRefused(f"เครือข่ายนี้มี{member} อยู่แล้ว โปรดแก้ไขรายการเดิม")


@transaction.atomic
def save_source(source: LearningSource, *, by: User, fields: Mapping[str, Any]) -> LearningSource:
    """Enter a learning source, or put right what is written of one.

    Raises ActionRefused for one that its school has already.
    """
    _check_is_in_force(source)
    _set(source, fields)
    same = LearningSource.objects.filter(school=source.school, name=source.name, ends_on=None)
    if same.exclude(pk=source.pk).exists():
        raise ActionRefused(f"{source.school} มีแหล่งเรียนรู้ “{source}” อยู่แล้ว โปรดแก้ไขรายการเดิม")
    save_with_history(source, by=by)
    source.learning_areas.set(fields["learning_areas"])
    return source


@transaction.atomic
def end_dated_row(row: DatedRow, *, by: User, ends_on: date, reason: str) -> None:
    """End a member's part, a learning source or another dated thing on that day.

    Raises ActionRefused where it has ended, or would end before it began.
    """
    _end(row, by=by, ends_on=ends_on, reason=reason)


def _end(row: DatedRow, *, by: User, ends_on: date, reason: str) -> None:
    _check_is_in_force(row)
    if ends_on < row.starts_on:
        raise ActionRefused(field_errors={"ends_on": "วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม โปรดแก้ไขวันที่"})
    row.ends_on = ends_on
    save_with_history(row, by=by, reason=reason, fields=["ends_on"])


def _check_is_in_force(row: DatedRow) -> None:
    if row.ends_on is not None:
        raise ActionRefused(f"“{row}” สิ้นสุดแล้ว จึงแก้ไขไม่ได้ โปรดเพิ่มรายการใหม่หากดำเนินการต่อ")


def _set(row: DatedRow, fields: Mapping[str, Any]) -> None:
    """Set the columns; what a row has many of is set once it is saved."""
    many = {field.name for field in row._meta.many_to_many}
    for name, value in fields.items():
        if name not in many:
            setattr(row, name, value)


# --- Files of forums and learning sources ---


@transaction.atomic
def attach_network_file(
    of: Forum | LearningSource,
    *,
    by: User,
    caption: str,
    file: SanitizedFile,
    has_consent: bool = False,
) -> NetworkFile:
    """Keep a file with a forum or a learning source; `has_consent` is of the people in a photo.

    Raises ActionRefused where there are as many as it takes.
    """
    type(of).objects.select_for_update().get(pk=of.pk)
    if of.files.filter(removed_at=None).count() >= MAX_FILES:
        raise ActionRefused(f"แนบไฟล์ได้ไม่เกิน {MAX_FILES} ไฟล์ โปรดนำไฟล์ที่ไม่ใช้ออกก่อน")
    row = NetworkFile(caption=caption, file_name=file.name, by=by, at=timezone.now())
    row.has_consent = has_consent and file.small is not None
    if isinstance(of, Forum):
        row.forum = of
    else:
        row.source = of
    with delete_files_on_rollback(row.file):
        row.file.save(f"{uuid4()}{file.suffix}", file.content, save=False)
        row.save()
    return row


@transaction.atomic
def remove_network_file(file: NetworkFile, *, by: User) -> None:
    """Take a file off its page; the file and who removed it stay on record."""
    file.refresh_from_db(from_queryset=NetworkFile.objects.select_for_update())
    if file.removed_at:
        raise ActionRefused("นำไฟล์นี้ออกแล้ว โปรดเปิดหน้านี้ใหม่")
    file.removed_at, file.removed_by = timezone.now(), by
    file.save(update_fields=["removed_at", "removed_by"])
