"""Files of forums and learning sources: taken, sent to readers, removed."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from schools.access import Permission, require, require_anywhere
from schools.core.file_responses import file_response
from schools.core.forms import clear_draft_tag, redirect_after_form
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.programmes.file_form import ProgrammeFileForm
from supervision.programmes.models.networks import Forum, LearningSource, NetworkFile
from supervision.programmes.networks import actions


def save_network_file(
    request: SignedInRequest, of: Forum | LearningSource, form: ProgrammeFileForm
) -> HttpResponse | None:
    """Keep the file that was sent and lead on; None where the form has to be shown again."""
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.attach_network_file(of, by=request.user, **form.cleaned_data)
            messages.success(
                request, "แนบไฟล์แล้ว", extra_tags=clear_draft_tag(request, "network-file")
            )
            return redirect_after_form(request, of)
    return None


def network_file(request: SignedInRequest, pk: int) -> FileResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    file = get_object_or_404(NetworkFile.objects.visible_to(request.user), pk=pk)
    return file_response(file.file, file.file_name)


@require_POST
def network_file_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.EDIT_PROGRAMMES)
    file = get_object_or_404(NetworkFile.objects.select_related("forum", "source"), pk=pk)
    actions.remove_network_file(file, by=request.user)
    messages.success(request, f"นำไฟล์ “{file.caption}” ออกแล้ว")
    return redirect(file.belongs_to)
