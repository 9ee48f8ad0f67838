from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.forms import typed
from schools.office import term_of_today
from supervision.notices import actions
from supervision.notices.enums import Kind
from supervision.notices.forms import ChoiceForm, ReadForm
from supervision.notices.queries import line_text, notices_of, settings_of


def notices_page(request: HttpRequest) -> HttpResponse:
    notices = notices_of(request.user, term_of_today(request), timezone.localdate())
    context = {"notices": notices, "text": line_text(notices)}
    return render(request, "notices/notices.html", context)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    form = ReadForm(request.POST)
    if form.is_valid():
        actions.mark_read(by=request.user, until=form.cleaned_data["until"])
    return redirect("notices")


def choose(request: HttpRequest) -> HttpResponse:
    off = settings_of(request.user).off
    wanted = [kind for kind in Kind.values if kind not in off]
    form = ChoiceForm(typed(request), initial={"kinds": wanted})
    if request.method == "POST" and form.is_valid():
        actions.choose(form.cleaned_data["kinds"], by=request.user)
        messages.success(request, "บันทึกการแจ้งเตือนที่ต้องการแล้ว")
        return redirect("notices")
    return render(request, "notices/choose.html", {"form": form})
