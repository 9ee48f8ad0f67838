"""The administrator's pages of tokens: the list, a new one, the end of one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from reports.api.models import ApiToken
from reports.api.tokens import (
    MAX_RATE_LIMIT,
    USUAL_VALIDITY,
    create_api_token,
    revoke_api_token,
)
from reports.enums import ApiScope, TokenState
from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm, ReasonForm, clear_draft_tag, form_field, post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.status import StatusKind
from schools.models import User
from schools.people.queries import external_systems

TOKENS_PER_PAGE = 50
TOKEN_PILLS = {
    TokenState.ACTIVE: StatusKind.DONE,
    TokenState.EXPIRED: StatusKind.WAITING,
    TokenState.REVOKED: StatusKind.IDLE,
}


@dataclass(frozen=True)
class TokenRow:
    """A token in the list, with the sign and word of what it opens today."""

    token: ApiToken
    kind: StatusKind
    word: str


class OpenTokenForm(PortalForm):
    """Who receives which data, what for, and until when."""

    account = forms.ModelChoiceField(
        label="บัญชีของระบบ",
        queryset=User.objects.none(),
        empty_label="โปรดเลือก",
        help_text="บัญชีที่มีตำแหน่งระบบของหน่วยงานอื่นวันนี้ โทเคนเห็นเฉพาะโรงเรียนที่ตำแหน่งนั้นเห็น",
    )
    receiver = forms.CharField(
        label="หน่วยงานผู้รับข้อมูล", max_length=200, help_text="ชื่อหน่วยงานและระบบที่จะอ่านข้อมูล"
    )
    purpose = forms.CharField(
        label="วัตถุประสงค์",
        max_length=500,
        widget=forms.Textarea,
        help_text="นำข้อมูลไปใช้ทำอะไร อ้างเลขที่หนังสือขอข้อมูลได้",
    )
    scopes = forms.MultipleChoiceField(
        label="ข้อมูลที่อ่านได้",
        choices=ApiScope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="เลือกเท่าที่จำเป็นตามวัตถุประสงค์",
    )
    expires_on = BuddhistDateField(label="ใช้ได้ถึงวันที่", help_text="ไม่เกิน 2 ปี เช่น 30/9/2570")
    rate_limit = forms.IntegerField(
        label="เรียกได้ไม่เกินกี่ครั้งต่อนาที", min_value=1, max_value=MAX_RATE_LIMIT, initial=60
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = external_systems(timezone.localdate())
        form_field(self, "account", forms.ModelChoiceField).queryset = accounts


def token_list(request: SignedInRequest) -> HttpResponse:
    """Every token that was ever opened, newest first."""
    require(request.user, Permission.ADMINISTER)
    rows = ApiToken.objects.select_related("account", "created_by", "revoked_by")
    page = Paginator(rows, TOKENS_PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    accounts = set(external_systems(today).values_list("pk", flat=True))
    context = {
        "page": page,
        "rows": [_token_row(token, accounts, today) for token in page],
        "has_accounts": bool(accounts),
    }
    return render(request, "reports/api/token_list.html", context)


def _token_row(token: ApiToken, accounts: Collection[int], today: date) -> TokenRow:
    """`accounts` are those that may read today."""
    state = token.state_on(today)
    if state == TokenState.ACTIVE and token.account_id not in accounts:
        return TokenRow(token, StatusKind.LATE, "บัญชีปิดอยู่หรือไม่มีตำแหน่งวันนี้")
    return TokenRow(token, TOKEN_PILLS[state], state.label)


def token_open(request: SignedInRequest) -> HttpResponse:
    """Asks for whom and what; the answer to the POST is the only page that shows the token."""
    require(request.user, Permission.ADMINISTER)
    usual = {
        "account": request.GET.get("account"),
        "expires_on": timezone.localdate() + USUAL_VALIDITY,
    }
    form = OpenTokenForm(post_data(request), initial=usual)
    if form.is_valid():
        with refusal_as_form_error(form):
            issued = create_api_token(by=request.user, **form.cleaned_data)
            messages.success(request, "เปิดโทเคนแล้ว", extra_tags=clear_draft_tag(request))
            return _unkept(render(request, "reports/api/issued_token.html", {"issued": issued}))
    return _unkept(render(request, "reports/api/token_open.html", {"form": form}))


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def token_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks for the reason, then ends the token."""
    require(request.user, Permission.ADMINISTER)
    token = get_object_or_404(ApiToken.objects.select_related("account"), pk=pk)
    return confirm_action(
        request,
        partial(revoke_api_token, token, by=request.user),
        form=ReasonForm(
            post_data(request), required="โปรดระบุเหตุผล เพื่อให้ตรวจสอบภายหลังได้ว่าเพิกถอนเพราะอะไร"
        ),
        success_message=f"เพิกถอนโทเคนของ{token.receiver}แล้ว",
        cancel_url=reverse("api_tokens"),
        heading=f"เพิกถอนโทเคนของ{token.receiver}",
        submit_label="เพิกถอนโทเคน",
        effects=[
            f"ระบบที่ใช้โทเคนซึ่งขึ้นต้นด้วย {token.prefix} อ่านข้อมูลไม่ได้ทันที",
            "รายการนี้ยังอยู่ในหน้าโทเคน พร้อมผู้เพิกถอนและเหตุผล",
        ],
        irreversible="โทเคนที่เพิกถอนแล้วใช้อีกไม่ได้ ต้องเปิดโทเคนใหม่",
        danger=True,
    )
