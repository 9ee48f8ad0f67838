"""The page "papers of this round" (เอกสารของรอบนี้)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from reports.papers.round_papers import papers_of_round, rounds_with_papers
from schools.core.http import SignedInRequest
from supervision.cycle.school_page import other_rounds


def round_papers_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """For all who see the round; below its papers the other rounds of the school's term."""
    round_ = get_object_or_404(rounds_with_papers(request.user), pk=pk)
    of_term = rounds_with_papers(request.user).filter(school=round_.school, term=round_.term)
    context = {
        "round": round_,
        "steps": papers_of_round(round_, request.user),
        "others": other_rounds(round_, of_term.select_related("decision").order_by("number")),
    }
    return render(request, "reports/round_papers.html", context)
