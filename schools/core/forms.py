"""What every form of the portal builds on: its look, its wording, and what happens to files."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db.models import Manager, Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from schools.core.http import SignedInRequest
from schools.core.thai import short_date, strip_invisible
from schools.core.version_token import version_token

FieldT = TypeVar("FieldT", bound=forms.Field)
ModelT = TypeVar("ModelT", bound=Model)

LONGEST_TEXT = 10_000
NULL_CHARACTER_VALIDATOR = ProhibitNullCharactersValidator(
    "มีอักขระที่มองไม่เห็นซึ่งระบบเก็บไม่ได้ มักติดมาจากการคัดลอก โปรดพิมพ์ข้อความช่วงนั้นใหม่"
)


class FileReselectionMixin(forms.BaseForm):
    """A form that asks for its files again when it is shown again: no browser gives them back.

    A file with an error of its own is asked for again by that, and one whose page stays
    (file-form.js) is not asked for.
    """

    helper: FormHelper
    is_checked = False

    def full_clean(self) -> None:
        self.is_checked = False
        super().full_clean()
        self.is_checked = True
        self._require_files_again()

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if self.is_checked:
            self._require_files_again()

    def _require_files_again(self) -> None:
        if not self.errors or "files_stay" in self.data:
            return
        for name, field in self.fields.items():
            is_fine = isinstance(field, forms.FileField) and name not in self.errors
            if is_fine and (file := self.files.get(self.add_prefix(name))):
                self.add_error(name, f"ไฟล์ “{file.name}” ยังไม่ได้รับ โปรดเลือกไฟล์อีกครั้ง")


class PortalForm(FileReselectionMixin, forms.Form):
    """A form of the portal: the page owns the <form> tag, the CSRF token and the buttons."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        apply_portal_style(self)


class PortalModelForm(FileReselectionMixin, forms.ModelForm):
    """A form of the portal on a model's row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _limit_long_texts(self)
        apply_portal_style(self)


class ConflictCheckedForm(PortalModelForm):
    """A form on a row that several people may change: nobody overwrites what they have not seen.

    The page carries the version token of the values it was made with. Where somebody saved
    meanwhile, the form keeps what was typed, shows the other's values, and saves at the next
    try.
    """

    version = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-draft-with": True}), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = {name: self.initial.get(name) for name in self.compared_fields()}
        self.stored_version = version_token(self.stored)
        self.initial["version"] = self.stored_version

    def compared_fields(self) -> Iterable[str]:
        """The fields whose values are compared; more than the model's where a form adds its own."""
        return self._meta.fields or ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        differing = [name for name in self.stored if name in self.changed_data]
        overtaken = cleaned.pop("version", "") != self.stored_version
        if self.instance.pk and overtaken and differing:
            self._show_conflicting_values(differing)
        return cleaned

    def _show_conflicting_values(self, differing: list[str]) -> None:
        for name in differing:
            self.add_error(name, f"ผู้อื่นบันทึกช่องนี้ไว้ว่า “{self._display_value(name)}”")
        posted = QueryDict(mutable=True)
        posted.update(self.data)
        posted[self.add_prefix("version")] = self.stored_version
        self.data = posted
        raise ValidationError(
            "มีผู้บันทึกหน้านี้ระหว่างที่คุณพิมพ์ จึงยังไม่บันทึก โปรดเทียบข้อความแล้วกดบันทึกอีกครั้ง",
            code="overtaken",
        )

    def _display_value(self, name: str) -> str:
        """The stored value as people read it: a choice by its word, a date in the Buddhist Era."""
        value = self.fields[name].prepare_value(self.stored[name])
        if value is None or value == "":
            return "ว่าง"
        if isinstance(value, date):
            return short_date(value)
        return dict(getattr(self.fields[name], "choices", ())).get(value, value)


def post_data(request: HttpRequest) -> QueryDict | None:
    """The data of a form that is shown first and then posted; None while it is only shown."""
    return request.POST if request.method == "POST" else None


def form_field(form: forms.BaseForm, name: str, kind: type[FieldT]) -> FieldT:
    """The form's field of that name. Raises TypeError unless it is of this kind."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is no {kind.__name__}")
    return field


def redirect_after_form(request: SignedInRequest, to: Model | str, *args: Any) -> HttpResponse:
    """Lead on once a form was taken; file-form.js, which sent it, gets the address to go to."""
    url = resolve_url(to, *args)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def redirect_with_message(
    request: HttpRequest, message: str, to: Any, *args: Any, draft: str = ""
) -> HttpResponse:
    """Lead on with a message of success; the browser forgets its draft of the form that was sent.

    `to` and `args` are as for Django's redirect, `draft` is the name for clear_draft_tag.
    """
    messages.success(request, message, extra_tags=clear_draft_tag(request, draft))
    return redirect(to, *args)


def lock_rows_on_post(
    request: HttpRequest, rows: QuerySet[ModelT] | Manager[ModelT]
) -> QuerySet[ModelT] | Manager[ModelT]:
    """The rows, which a POST locks from the comparison with what others saved until it saves.

    Others may meanwhile write what refers to the rows, or two who wait for each other would fail.
    """
    return rows.select_for_update(of=("self",), no_key=True) if request.method == "POST" else rows


def clear_draft_tag(request: HttpRequest, name: str = "") -> str:
    """Tag of a success message at which the browser forgets what it kept of this page's form.

    A form that is sent to another address than that of its page has a `name` instead.
    """
    return f"draft:{request.user.pk}:{name or request.path}"


class ReasonForm(PortalForm):
    """The reason of an act that others must understand, such as a return for correction."""

    reason = forms.CharField(
        label="เหตุผล",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "โปรดระบุเหตุผล เพื่อให้ผู้รับทราบว่าต้องแก้ไขอะไร"},
    )

    def __init__(self, *args: Any, help_text: str = "", required: str = "", **kwargs: Any) -> None:
        """Take a help text, and a message for when it is left empty, of the act's own."""
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.help_text = help_text
        if required:
            field.error_messages["required"] = required


def apply_portal_style(form: FileReselectionMixin) -> None:
    """Give the form the one look, and the one wording of "this is needed", of all forms."""
    form.helper = FormHelper()
    form.helper.form_tag = False
    form.helper.disable_csrf = True
    for field in form.fields.values():
        _set_error_messages(field)
        if isinstance(field, forms.CharField):
            _strip_invisible_characters(field)
        if isinstance(field, forms.FileField):
            field.widget.attrs["hx-preserve"] = "true"  # htmx leaves what was chosen in its box
        if isinstance(field.widget, forms.RadioSelect):
            _remove_empty_choice(field)
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 4


def _limit_long_texts(form: forms.ModelForm) -> None:
    """A column of text without a limit of its own takes what fills a few pages of a paper."""
    for field in form.fields.values():
        if not isinstance(field, forms.CharField) or field.max_length is not None:
            continue
        if isinstance(field.widget, forms.Textarea):
            field.max_length = LONGEST_TEXT
            field.validators.append(MaxLengthValidator(LONGEST_TEXT))
            field.widget.attrs.setdefault("maxlength", LONGEST_TEXT)


def _strip_invisible_characters(field: forms.CharField) -> None:
    """Words copied from elsewhere bring signs of no width; alone, they fill no field."""
    read = field.to_python

    def read_visible(value: Any) -> Any:
        return read(strip_invisible(value) if isinstance(value, str) else value)

    field.to_python = read_visible  # type: ignore[method-assign]  # any CharField, Django's too


def _remove_empty_choice(field: forms.Field) -> None:
    """The dashes of a list are no button, unless to choose nothing is an answer."""
    if isinstance(field, forms.TypedChoiceField) and field.required:
        choices: Iterable[Any] = field.choices  # type: ignore[assignment]  # iterable once set
        field.choices = [choice for choice in choices if choice[0] not in ("", None)]


def _set_error_messages(field: forms.Field) -> None:
    """Messages that name field, cause and remedy, where the form has none of its own."""
    words, name = field.error_messages, str(field.label).removesuffix(" (ถ้ามี)")
    if words.get("required") == forms.Field.default_error_messages["required"]:
        verb = "เลือก" if isinstance(field, forms.ChoiceField) else "กรอก"
        words["required"] = f"โปรด{verb}{name}"
    if isinstance(field, forms.CharField):
        words.setdefault("null_characters_not_allowed", NULL_CHARACTER_VALIDATOR.message)
        if field.max_length:
            longest = f"{field.max_length:,}"
            words.setdefault("max_length", f"{name}ยาวเกิน {longest} ตัวอักษร โปรดย่อให้สั้นลง")
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        _set_number_error_messages(field, name)
    if isinstance(field, forms.ModelChoiceField):
        field.validate_no_null_characters = NULL_CHARACTER_VALIDATOR  # type: ignore[method-assign]  # no setting for it
    for code in ("invalid_choice", "invalid_pk_value"):
        if code in words and words[code] == type(field).default_error_messages.get(code):
            words[code] = f"โปรดเลือก{name}จากรายการ"


def _set_number_error_messages(field: forms.IntegerField | forms.DecimalField, name: str) -> None:
    words = field.error_messages
    if words["invalid"] == type(field).default_error_messages["invalid"]:
        words["invalid"] = f"โปรดกรอก{name}เป็นตัวเลข เช่น 1"
    words.setdefault("min_value", f"{name}ต้องไม่น้อยกว่า %(limit_value)s โปรดแก้ไข")
    words.setdefault("max_value", f"{name}ต้องไม่เกิน %(limit_value)s โปรดแก้ไข")
    words.setdefault("max_decimal_places", f"{name}มีทศนิยมได้ไม่เกิน %(max)s ตำแหน่ง โปรดแก้ไข")
