"""The page "ข้อมูลโรงเรียน": what is known of one school before anyone visits it.

The page itself has what a visit needs first; it loads what takes more figures from two pages of
their own, so that it is soon there on a slow line.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.data.profile_background import load_profile_background
from reports.data.profile_findings import load_profile_findings, terms_of_profile
from reports.data.school_profile import get_profiled_school, load_school_profile
from reports.papers.office_paper import paper_response
from reports.profiles.learning_charts import learning_panel
from reports.profiles.paper import school_profile_paper
from schools.core.http import SignedInRequest
from schools.office import remember_current_term


def school_profile_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """For who sees the school; of another's school a director does not learn that it exists."""
    today = timezone.localdate()
    school = get_profiled_school(request.user, pk, today)
    profile = load_school_profile(request.user, school, today)
    return render(request, "reports/profiles/page.html", {"profile": profile})


def school_profile_findings(request: SignedInRequest, pk: int) -> HttpResponse:
    """Results of tests and visits, and external findings for who may read them."""
    today = timezone.localdate()
    school = get_profiled_school(request.user, pk, today)
    terms = terms_of_profile(today)
    if terms:
        remember_current_term(request, terms[0])
    findings = load_profile_findings(request.user, school, terms, today)
    context = {"findings": findings, "panels": [learning_panel(kind) for kind in findings.kinds]}
    return render(request, "reports/profiles/findings.html", context)


def school_profile_background(request: SignedInRequest, pk: int) -> HttpResponse:
    """Circumstances, and the annual report for who may read it."""
    today = timezone.localdate()
    school = get_profiled_school(request.user, pk, today)
    background = load_profile_background(request.user, school, today)
    return render(request, "reports/profiles/background.html", {"background": background})


def school_profile_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """All of it on one sheet of paper."""
    return paper_response(school_profile_paper(pk, reader=request.user))
