"""The page of a memo: its form, how it reads, and its PDF."""

from copy import copy
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from reports.memos.actions import save_memo
from reports.memos.draft import drafted_memo
from reports.memos.models import Memo
from reports.memos.paper import MemoPaper, memo_context
from reports.models import IssuedDocument
from reports.papers.office_paper import paper_response
from reports.views import get_visible_report
from schools.access import Permission, can, require
from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, redirect_with_message
from schools.core.http import SignedInRequest

PARAGRAPHS = "บรรทัดละย่อหน้า"


class MemoForm(ConflictCheckedForm):
    """The words of the memo; numbers and days that are left empty stay dotted on the paper."""

    dated_on = BuddhistDateField(label="วันที่", required=False, help_text="เว้นว่างไว้เพื่อลงวันที่ด้วยมือ")

    class Meta:
        model = Memo
        fields = (
            *("office_unit", "number", "dated_on", "subject", "addressee", "enclosures"),
            *("background", "facts", "legal_basis", "proposal", "closing"),
            *("signer_name", "signer_post"),
        )
        help_texts = {
            "office_unit": "ชื่อกลุ่มและสำนักงาน ตามด้วยหมายเลขโทรศัพท์ถ้าต้องการ",
            "number": "เลขที่บันทึกข้อความตามทะเบียนของสำนักงาน เว้นว่างไว้เพื่อเขียนด้วยมือ",
            "enclosures": "บรรทัดละรายการ เว้นว่างได้",
            "background": f"{PARAGRAPHS} เว้นว่างแล้วหัวข้อนี้ไม่พิมพ์",
            "facts": PARAGRAPHS,
            "legal_basis": f"{PARAGRAPHS} เว้นว่างแล้วหัวข้อนี้ไม่พิมพ์",
            "proposal": PARAGRAPHS,
            "signer_name": "เว้นว่างไว้เพื่อเขียนชื่อด้วยมือ",
            "signer_post": "บรรทัดละส่วน เว้นว่างไว้เมื่อชื่อเป็นตำแหน่งแล้ว",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facts"].widget.attrs["rows"] = 8

    def words(self) -> dict[str, Any]:
        """The words of the memo as they were typed."""
        return {name: self.cleaned_data[name] for name in self.compared_fields()}


def memo_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """How the memo reads; who prepares reports writes it, beginning with the system's words."""
    document = forwarded_report(request, pk)
    if request.method == "POST":
        return _save_words(request, document)
    memo = memo_of(document)
    return _page(request, memo, MemoForm(instance=memo))


@transaction.atomic
def _save_words(request: SignedInRequest, document: IssuedDocument) -> HttpResponse:
    """The report stays locked from the look at what others saved until the save itself."""
    require(request.user, Permission.PREPARE_REPORT)
    IssuedDocument.objects.select_for_update().defer("snapshot").get(pk=document.pk)
    memo = memo_of(document)
    form = MemoForm(request.POST, instance=copy(memo))  # which takes on what was typed
    if form.is_valid():
        save_memo(document, by=request.user, **form.words())
        return redirect_with_message(request, "บันทึกแล้ว", "memo", document.pk)
    return _page(request, memo, form)


def _page(request: SignedInRequest, memo: Memo, form: MemoForm) -> HttpResponse:
    context = {
        "document": memo.document,
        "saved": memo if memo.pk else None,
        "memo": memo_context(memo),
        "form": form if can(request.user, Permission.PREPARE_REPORT) else None,
    }
    return render(request, "reports/memo.html", context)


def memo_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The memo as it was saved, or as the system drafts it."""
    return paper_response(MemoPaper(memo_of(forwarded_report(request, pk))))


def memo_of(document: IssuedDocument) -> Memo:
    """The memo of a report; one that is not saved yet where nobody has written any."""
    saved = Memo.objects.filter(document=document).select_related("updated_by").first()
    if saved is None:
        return drafted_memo(document)
    saved.document = document
    return saved


def forwarded_report(request: SignedInRequest, pk: int) -> IssuedDocument:
    """The report; its memo is the office's own."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.VIEW_REPORTS)
    return document
