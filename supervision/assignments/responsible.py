"""The page that says who was responsible for a school on a day."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.core.http import SignedInRequest
from schools.models import School
from supervision.assignments.matrix import DutyDayForm
from supervision.assignments.school_responsibility import load_school_responsibility


def school_responsible(request: SignedInRequest, pk: int) -> HttpResponse:
    """To all who see the school; its own people see it for their school only."""
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    form = DutyDayForm(request.GET.dict(), timezone.localdate())
    day = form.chosen_day
    context = {
        "school": school,
        "form": form,
        "day": day,
        "found": load_school_responsibility(school, day),
    }
    return render(request, "assignments/school_responsible.html", context)
