"""The page on which the summary of a term is looked at and put forward."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from reports import actions
from reports.composer.checklist import report_checklist
from reports.composer.composed import report_parts
from reports.composer.queries import composition_of_term
from reports.composer.sources import text_sources
from reports.data.summary import summary_report
from reports.forms import BookNumberForm
from reports.models import IssuedDocument
from reports.queries import register_rows
from reports.views import render_prepare_page
from schools.access import Permission, require
from schools.core.forms import post_data
from schools.core.http import SignedInRequest
from schools.models import Cluster, Term


def summary_report_page(
    request: SignedInRequest, pk: int, cluster_pk: int | None = None
) -> HttpResponse:
    """How a term of all schools, or of one cluster's, would read now, and the form."""
    require(request.user, Permission.VIEW_REPORTS)
    term = get_object_or_404(Term.objects.select_related("academic_year__area"), pk=pk)
    cluster = None if cluster_pk is None else get_object_or_404(Cluster, pk=cluster_pk)
    rows = register_rows(request.user).not_discarded()
    document = rows.filter(term=term, cluster=cluster).first()
    if document:
        return redirect(document)
    figures = summary_report(term, cluster)
    composition, sources = composition_of_term(term, cluster), text_sources(figures)
    is_visited = figures["figures"]["visited"] > 0
    return render_prepare_page(
        request,
        partial(actions.prepare_summary_report, term, cluster, by=request.user),
        BookNumberForm(post_data(request)),
        {
            "term": term,
            "cluster": cluster,
            "missing": [] if is_visited else ["บันทึกการนิเทศที่ลงนามแล้วอย่างน้อย 1 โรงเรียน"],
            "r": figures,
            "draft_target": IssuedDocument(term=term, cluster=cluster).draft_target,
            "parts": report_parts(composition, sources),
            "checklist": report_checklist(composition, sources),
        },
    )
