"""Practices of the supervision unit: its methods, media, handbooks and models, nominated by it."""

from django.http import HttpResponse
from django.shortcuts import render

from schools.access import Permission, require
from schools.core.forms import post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.practices import actions
from supervision.practices.practice_forms import UnitPracticeForm


def unit_practice_nominate(request: SignedInRequest) -> HttpResponse:
    """An officer of the unit nominates what the unit made in one of its works."""
    require(request.user, Permission.NOMINATE_UNIT_PRACTICE)
    form = UnitPracticeForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            practice = actions.nominate_unit_practice(by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "เสนอผลงานของกลุ่มนิเทศฯ แล้ว", practice)
    context = {"round": None, "form": form, "practice": None}
    return render(request, "practices/nominate.html", context)
