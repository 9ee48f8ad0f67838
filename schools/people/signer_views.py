"""The pages of who signs for the office: what waits for a second person, and their confirming."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from schools.access import Permission, require
from schools.fields import ListedRowsField
from schools.forms import PortalForm, refusal_shown_in
from schools.models import PasswordLink, Post
from schools.people.signers import confirm_signing, reasons_against, withheld_posts
from schools.people.telling import mark_events_read


class ConfirmForm(PortalForm):
    """Which of the waiting posts the person has asked about."""

    post = ListedRowsField(
        label="ผู้ลงนาม",
        queryset=Post.objects.all(),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "โปรดทำเครื่องหมายหน้าผู้ที่คุณตรวจสอบกับเจ้าตัวแล้ว"},
    )


def signers(request: HttpRequest) -> HttpResponse:
    """The signing posts that wait, for whoever may be the second person."""
    require(request.user, Permission.CONFIRM_SIGNER)
    return _page(request, ConfirmForm())


@require_POST
def confirm_signers(request: HttpRequest) -> HttpResponse:
    """Asked of the holders outside the portal, said here."""
    require(request.user, Permission.CONFIRM_SIGNER)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        posts = list(form.cleaned_data["post"])
        with refusal_shown_in(form):
            confirm_signing(posts, by=request.user)
            messages.success(request, f"ยืนยันผู้ลงนาม {len(posts)} รายการแล้ว ผู้ลงนามได้รับแจ้ง")
            return redirect("signers")
    return _page(request, form)


def _page(request: HttpRequest, form: ConfirmForm) -> HttpResponse:
    posts = list(withheld_posts())
    opened = PasswordLink.objects.filter(account__in=[post.user_id for post in posts])
    last = {link.account_id: link for link in opened.order_by("issued_at")}
    reasons = reasons_against(posts, by=request.user)
    rows = [(post, last.get(post.user_id), reasons[post.pk]) for post in posts]
    context = {
        "form": form,
        "rows": rows,
        "may_confirm_any": any(not why_not for _, _, why_not in rows),
    }
    return render(request, "schools/people/signers.html", context)


@require_POST
def access_read(request: HttpRequest) -> HttpResponse:
    """The person has read what others did to the access of accounts."""
    mark_events_read(by=request.user)
    return redirect("home")
