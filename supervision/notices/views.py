from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.core.forms import post_data
from schools.core.http import SignedInRequest
from schools.office import current_term
from supervision.notices import actions
from supervision.notices.enums import NoticeKind
from supervision.notices.forms import NoticeSettingsForm, NoticesReadForm
from supervision.notices.notices import notice_settings_of, notices_as_text, notices_of


def notices_page(request: SignedInRequest) -> HttpResponse:
    notices = notices_of(request.user, current_term(request), timezone.localdate())
    context = {"notices": notices, "text": notices_as_text(notices)}
    return render(request, "notices/notices.html", context)


@require_POST
def notices_read(request: SignedInRequest) -> HttpResponse:
    form = NoticesReadForm(request.POST)
    if form.is_valid():
        actions.mark_notices_read(by=request.user, until=form.cleaned_data["until"])
    return redirect("notices")


def notices_choose(request: SignedInRequest) -> HttpResponse:
    muted = notice_settings_of(request.user).muted
    wanted = [kind for kind in NoticeKind.values if kind not in muted]
    form = NoticeSettingsForm(post_data(request), initial={"kinds": wanted})
    if request.method == "POST" and form.is_valid():
        actions.update_notice_settings(form.cleaned_data["kinds"], by=request.user)
        messages.success(request, "บันทึกการแจ้งเตือนที่ต้องการแล้ว")
        return redirect("notices")
    return render(request, "notices/settings.html", {"form": form})
