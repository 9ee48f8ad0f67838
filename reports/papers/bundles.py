"""Bundles of papers: asked for by one person, made in the background, and theirs alone."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from reports.book.jobs import restart_job, run_job
from reports.book.making import BookProgress
from reports.data.facts import area_heading
from reports.papers.bundle_making import BundleCover, bundle_pdf
from reports.papers.bundle_parts import agreement_papers, bundle_papers
from reports.papers.enums import BundleContent
from reports.papers.models import PaperBundle
from schools.access import appointments_in_force, rights_of
from schools.core.errors import ActionRefused
from schools.core.task_queue import is_task_queued
from schools.core.version_token import version_token
from schools.models import School, Term, User

MAX_BUNDLE_SCHOOLS = 40
MAX_AGREEMENTS = 400  # a paper of a page or two each
BUNDLE_KEPT_FOR = timedelta(days=7)


def rights_fingerprint(user: User, schools: Iterable[int]) -> str:
    """By which appointments, and which rights at these schools, a bundle is made for the person.

    A school that moves to another cluster changes the rights there of who keeps the appointment.
    """
    posts = sorted(post.pk for post in appointments_in_force(user))
    at_school = rights_of(user).at_school
    return version_token([posts, [sorted(at_school.get(key, ())) for key in sorted(schools)]])


def may_open_bundle(bundle: PaperBundle, user: User) -> bool:
    """Whether the person still holds what the bundle was made by, and sees all its schools."""
    keys = bundle.school_keys
    seen = School.objects.visible_to(user).filter(pk__in=keys)
    return bundle.rights == rights_fingerprint(user, keys) and seen.count() == len(keys)


@transaction.atomic
def ask_for_bundle(
    term: Term,
    schools: Sequence[School],
    *,
    by: User,
    subject: str,
    content: BundleContent = BundleContent.PAPERS,
) -> PaperBundle:
    """Have the papers of these schools' term bundled anew; one that is under way is taken.

    The schools are those that the person sees. Raises ActionRefused for none, or too many.
    """
    most = MAX_BUNDLE_SCHOOLS if content == BundleContent.PAPERS else MAX_AGREEMENTS
    if not 1 <= len(schools) <= most:
        raise ActionRefused(f"โปรดเลือกโรงเรียน 1 ถึง {most} โรงเรียน")
    User.objects.select_for_update().get(pk=by.pk)  # who presses twice gets one bundle
    keys = ",".join(str(key) for key in sorted(school.pk for school in schools))
    bundle, _ = PaperBundle.objects.get_or_create(
        owner=by, term=term, content=content, schools=keys, defaults={"subject": subject}
    )
    if not is_under_way(bundle):
        bundle.subject = subject  # its rights go with its file, which is the earlier one as yet
        restart_job(bundle)
        transaction.on_commit(lambda: make_bundle.enqueue(bundle.pk))
    return bundle


def is_under_way(bundle: PaperBundle) -> bool:
    """Whether a worker is at it or will be; none is when the task ended without a word."""
    return bundle.is_active and is_task_queued(make_bundle, bundle.pk)


@task()
def make_bundle(bundle_id: int) -> None:
    """Bundle what the person may open at this moment."""
    bundle = PaperBundle.objects.select_related("owner", "term__academic_year__area").get(
        pk=bundle_id
    )

    def make(progress: BookProgress) -> None:
        gather = agreement_papers if bundle.is_of_agreements else bundle_papers
        papers = gather(bundle.term, bundle.school_keys, bundle.owner)
        content = bundle_pdf(_cover(bundle), papers, progress)
        bundle.file.save("bundle.pdf", ContentFile(content), save=False)
        rights = rights_fingerprint(bundle.owner, bundle.school_keys)
        kept = {"file": bundle.file.name, "rights": rights}
        PaperBundle.objects.filter(pk=bundle.pk).update(**kept)

    run_job(bundle, make)


def _cover(bundle: PaperBundle) -> BundleCover:
    rounds = bundle.term.rounds.filter(school__in=bundle.school_keys)
    return BundleCover(
        of=bundle.get_content_display(),
        period=bundle.period,
        subject=bundle.subject,
        reader=str(bundle.owner),
        area=area_heading(bundle.term.academic_year.area),
        is_sample=rounds.filter(is_sample=True).exists(),
        made_at=timezone.now(),
    )


def purge_bundles() -> int:
    """Delete bundles that were asked for long ago, with their files; return how many."""
    old = PaperBundle.objects.filter(asked_at__lt=timezone.now() - BUNDLE_KEPT_FOR)
    for bundle in old:
        bundle.file.delete(save=False)
        bundle.delete()
    return len(old)
