"""The public page of honoured schools: what a meeting of ก.ต.ป.น. released, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports.certificates.models import Certificate
from supervision.quality_drive.models import Honour

HONOURS_PER_PAGE = 50


@dataclass(frozen=True)
class PublicHonour:
    """A released honour as anybody reads it; `certificate` is its number, empty without one."""

    school: str
    category: str
    reason: str
    year: int
    certificate: str
    is_sample: bool


@login_not_required
def honoured_schools(request: HttpRequest) -> HttpResponse:
    """Released honours, those of the newest year first."""
    rows = Honour.objects.released().select_related("school", "category__drive__academic_year")
    rows = rows.order_by(
        "-category__drive__academic_year__year", "category__position", "school__sort_key", "pk"
    )
    page = Paginator(rows, HONOURS_PER_PAGE).get_page(request.GET.get("page"))
    honours = _public_honours(list(page.object_list))
    context = {"page": page, "honours": honours}
    return render(request, "reports/honoured_schools.html", context)


def _public_honours(rows: Sequence[Honour]) -> list[PublicHonour]:
    issued = Certificate.objects.issued().filter(honour__in=rows)
    numbers = {one.honour_id: one.printed_number for one in issued.defer("snapshot")}
    return [
        PublicHonour(
            school=str(one.school),
            category=str(one.category),
            reason=one.reason,
            year=one.category.drive.academic_year.year,
            certificate=numbers.get(one.pk, ""),
            is_sample=one.is_sample,
        )
        for one in rows
    ]
