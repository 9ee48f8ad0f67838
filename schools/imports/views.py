from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from schools.access import Permission, can, require
from schools.core.errors import ActionRefused
from schools.core.file_responses import bytes_response, file_response
from schools.core.forms import PortalForm, redirect_after_form
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.status import StatusKind
from schools.core.tables.kinds import ImportKind, import_kinds, import_kinds_of
from schools.core.uploads import megabytes
from schools.enums import ImportState
from schools.imports import actions
from schools.imports.workbooks import problem_list_workbook
from schools.models import Import

ACCEPTED = ".xlsx,.xls,.csv,.txt"


class ImportFileForm(PortalForm):
    """The file to import. What it holds is found out in the background."""

    file = forms.FileField(
        label="ไฟล์ Excel หรือ CSV",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": "โปรดเลือกไฟล์ที่จะนำเข้า",
            "missing": "โปรดเลือกไฟล์ที่จะนำเข้า",
            "invalid": "โปรดเลือกไฟล์ที่จะนำเข้า",
            "empty": "ไฟล์นี้ไม่มีข้อมูล โปรดตรวจว่าเลือกไฟล์ที่บันทึกแล้ว",
        },
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        most = settings.IMPORT_MAX_BYTES
        if file.size > most:
            raise ValidationError(
                f"ไฟล์นี้ใหญ่ {megabytes(file.size)} ระบบรับได้ไม่เกิน {megabytes(most)} "
                "โปรดคัดลอกเฉพาะตารางไปวางในไฟล์ใหม่ หรือแบ่งเป็นหลายไฟล์"
            )
        return file


class ImportAnswerForm(PortalForm):
    """The questions that a file raised, each with the answers to choose from."""

    def __init__(self, *args: Any, questions: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"question_{at}": one["key"] for at, one in enumerate(questions)}
        for name, question in zip(self.keys, questions, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=question["text"],
                choices=question["choices"],
                widget=forms.RadioSelect,
                error_messages={"required": "โปรดเลือกคำตอบหนึ่งข้อ"},
            )

    @property
    def answers(self) -> dict[str, str]:
        """What was chosen, by the keys of the questions."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}


PER_PAGE = 20
PROBLEMS_PER_PAGE = 50
PILL_BY_IMPORT_STATE = {
    ImportState.READING: StatusKind.WAITING,
    ImportState.ASKED: StatusKind.YOURS,
    ImportState.CHECKED: StatusKind.YOURS,
    ImportState.SAVING: StatusKind.WAITING,
    ImportState.SAVED: StatusKind.DONE,
    ImportState.REFUSED: StatusKind.LATE,
    ImportState.FAILED: StatusKind.LATE,
}


def import_list(request: SignedInRequest) -> HttpResponse:
    """What can be imported, and what was."""
    return _landing(request)


def _landing(
    request: SignedInRequest, sent: ImportKind | None = None, form: ImportFileForm | None = None
) -> HttpResponse:
    """A card for each kind with its own form; the one that was sent shows what is wrong."""
    kinds = import_kinds_of(request.user)
    if not kinds:
        raise PermissionDenied
    cards = [(kind, form if form and kind == sent else _form_of(kind)) for kind in kinds]
    earlier = Import.objects.visible_to(request.user).select_related("by").defer("report")
    page = Paginator(earlier, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "cards": cards,
        "form": form,
        "may_edit_registry": can(request.user, Permission.EDIT_REGISTRY),
        "page": page,
        "rows": [(import_, PILL_BY_IMPORT_STATE[ImportState(import_.state)]) for import_ in page],
    }
    return render(request, "schools/imports/imports.html", context)


def import_upload(request: SignedInRequest, kind: str) -> HttpResponse:
    """Who comes back here after signing in again is led to the cards: the file must be chosen."""
    chosen = _kind(request, kind)
    if request.method != "POST":
        return redirect("imports")
    form = _form_of(chosen, request.POST, request.FILES)
    if form.is_valid():
        with refusal_as_form_error(form):
            file = form.cleaned_data["file"]
            return redirect_after_form(
                request, actions.upload_import_file(file, kind=chosen.name, by=request.user)
            )
    return _landing(request, chosen, form)


def _form_of(kind: ImportKind, *sent: Any) -> ImportFileForm:
    return ImportFileForm(*sent, auto_id=f"id_{kind.name}_%s")


def _kind(request: SignedInRequest, name: str) -> ImportKind:
    """Raises Http404 for a kind there is none of, PermissionDenied for one of others' work."""
    kind = next((kind for kind in import_kinds if kind.name == name), None)
    if kind is None:
        raise Http404
    require(request.user, kind.permission)
    return kind


def import_template(request: SignedInRequest, kind: str) -> HttpResponse:
    """The empty table of this kind, with the schools of the register already in it."""
    chosen = _kind(request, kind)
    return bytes_response(chosen.blank_workbook(), f"แบบฟอร์มนำเข้า {chosen.label}.xlsx")


def import_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the file is: being read, checked, wrong somewhere, or saved."""
    return _import_page(request, _seen(request, pk))


def _import_page(
    request: SignedInRequest, import_: Import, form: ImportAnswerForm | None = None
) -> HttpResponse:
    mine = import_.by_id == request.user.pk
    if mine and form is None and import_.state == ImportState.ASKED:
        form = ImportAnswerForm(questions=import_.report["questions"])
    stuck = actions.import_is_stuck(import_)
    problems = Paginator(import_.report.get("problems", []), PROBLEMS_PER_PAGE)
    context = {
        "import": import_,
        "heading": f"นำเข้า{import_.kind_label}",
        "may_edit_registry": can(request.user, Permission.EDIT_REGISTRY),
        "report": import_.report,
        "pill": PILL_BY_IMPORT_STATE[ImportState(import_.state)],
        "stuck": stuck,
        "under_way": import_.is_under_way and not stuck,
        "mine": mine,
        "form": form,
        "page": problems.get_page(request.GET.get("page")),
        "has_changes": import_.state == ImportState.CHECKED and actions.import_has_changes(import_),
        "opened": import_.report.get("opened", []),
    }
    is_part = request.htmx and not request.htmx.boosted
    name = "schools/imports/state.html" if is_part else "schools/imports/import.html"
    return render(request, name, context)


def _seen(request: SignedInRequest, pk: int) -> Import:
    return get_object_or_404(Import.objects.visible_to(request.user).select_related("by"), pk=pk)


def import_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The file as it came."""
    import_ = _seen(request, pk)
    if not import_.file:
        raise Http404
    return file_response(import_.file, import_.name)


def import_problems(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every problem as a table, to be worked through beside the file."""
    import_ = _seen(request, pk)
    return bytes_response(problem_list_workbook(import_), f"ข้อที่ต้องแก้ไข {import_.name}.xlsx")


@require_POST
def import_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the file's questions were answered with; it is checked again with that."""
    import_ = _seen(request, pk)
    form = ImportAnswerForm(request.POST, questions=import_.report.get("questions", []))
    if form.is_valid():
        act = partial(actions.answer_import_questions, import_, form.answers, by=request.user)
        return _acted(request, import_, act)
    return _import_page(request, import_, form)


@require_POST
def import_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    import_ = _seen(request, pk)
    return _acted(request, import_, lambda: actions.confirm_import(import_, by=request.user))


@require_POST
def import_resume(request: SignedInRequest, pk: int) -> HttpResponse:
    import_ = _seen(request, pk)
    return _acted(request, import_, lambda: actions.resume_import(import_, by=request.user))


def _acted(request: SignedInRequest, import_: Import, act: Callable[[], object]) -> HttpResponse:
    """Back to the import's page, which shows what happens now."""
    try:
        act()
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return _back_to(import_.pk)


def _back_to(pk: int) -> HttpResponse:
    """The import's page, or the list once somebody has taken it away."""
    return redirect("import", pk) if Import.objects.filter(pk=pk).exists() else redirect("imports")


@require_POST
def import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    import_ = _seen(request, pk)
    try:
        actions.delete_import(import_, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return _back_to(pk)
    messages.success(request, "ลบไฟล์ที่นำเข้าแล้ว ข้อมูลในระบบไม่เปลี่ยนแปลง")
    return redirect("imports")
