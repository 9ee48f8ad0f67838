"""The manual's standards of work and its texts, for everybody."""

from django.http import HttpResponse
from django.shortcuts import render

from schools.core.http import SignedInRequest
from supervision.standards.models import (
    ManualForm,
    ManualPassage,
    WorkGroup,
    WorkProcess,
)
from supervision.standards.processes import passage_groups


def standards_list(request: SignedInRequest) -> HttpResponse:
    context = {
        "groups": WorkGroup.objects.prefetch_related("works"),
        "processes": WorkProcess.objects.all(),
        "forms": ManualForm.objects.all(),
    }
    return render(request, "standards/standards.html", context)


def manual_texts(request: SignedInRequest) -> HttpResponse:
    """The manual's texts that belong to no process, from its foreword on."""
    groups = passage_groups(ManualPassage.objects.filter(process=""))
    return render(request, "standards/manual_texts.html", {"groups": groups})
