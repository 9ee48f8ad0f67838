import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Manager, Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from schools.core.thai import short_date, strip_invisible

NULL_CHARACTER_VALIDATOR = ProhibitNullCharactersValidator(
    "มีอักขระที่มองไม่เห็นซึ่งระบบเก็บไม่ได้ มักติดมาจากการคัดลอก โปรดพิมพ์ข้อความช่วงนั้นใหม่"
)


class FileReselectionMixin(forms.BaseForm):
    """No browser lets a page give a chosen file back: a form shown again says so at each of them.

    A file with an error of its own is asked for again by that, and one whose page stays
    (file-form.js) is not asked for.
    """

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
    """Every form of the portal: the page owns the <form> tag, the CSRF token and the buttons."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        apply_portal_style(self)


class PortalModelForm(FileReselectionMixin, forms.ModelForm):
    """The same for a form on a model's row."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        apply_portal_style(self)


class ConflictCheckedForm(PortalModelForm):
    """Words that several people may write: nobody overwrites what they have not seen.

    The page carries a digest of the values it was made with. Where somebody saved meanwhile,
    the form keeps what was typed, shows the other's words, and saves at the next try.
    """

    version = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-draft-with": True}), required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.stored = {name: self.initial.get(name) for name in self.compared_fields()}
        self.digest = hashlib.sha256(repr(self.stored).encode()).hexdigest()
        self.initial["version"] = self.digest

    def compared_fields(self) -> Iterable[str]:
        """The fields whose values are compared; more than the model's where a form adds its own."""
        return self._meta.fields

    def clean(self) -> dict:
        cleaned = super().clean()
        differing = [name for name in self.stored if name in self.changed_data]
        overtaken = cleaned.pop("version", "") != self.digest
        if self.instance.pk and overtaken and differing:
            self._show_conflicting_values(differing)
        return cleaned

    def _show_conflicting_values(self, differing: list[str]) -> None:
        for name in differing:
            self.add_error(name, f"ผู้อื่นบันทึกช่องนี้ไว้ว่า “{self._display_value(name)}”")
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = self.digest
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
    """For a form that is shown first and answered by POST."""
    return request.POST if request.method == "POST" else None


def redirect_after_form(request: HttpRequest, to: Model | str, *args: Any) -> HttpResponse:
    """Where the person goes once a form was taken; one sent by file-form.js is told the address."""
    url = resolve_url(to, *args)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def lock_rows_on_post(request: HttpRequest, rows: QuerySet | Manager) -> QuerySet | Manager:
    """Rows that a POST holds from the look at what others saved until the save itself."""
    return rows.select_for_update() if request.method == "POST" else rows


def clear_draft_tag(request: HttpRequest, name: str = "") -> str:
    """With the success message: the browser may forget what it kept of this address's form.

    A form that is sent to another address than that of its page has a `name` instead.
    """
    return f"draft:{request.user.pk}:{name or request.path}"


class ReasonForm(PortalForm):
    """Asks why: a return for correction always tells its reason."""

    reason = forms.CharField(
        label="เหตุผล",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "โปรดระบุเหตุผล เพื่อให้ผู้รับทราบว่าต้องแก้ไขอะไร"},
    )

    def __init__(self, *args, help_text: str = "", required: str = "", **kwargs) -> None:
        """With words of its own for an act whose reason others read otherwise."""
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.help_text = help_text
        if required:
            field.error_messages["required"] = required


def apply_portal_style(form: forms.BaseForm) -> None:
    """One look, and one wording of "this is needed", for all forms."""
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


def _strip_invisible_characters(field: forms.CharField) -> None:
    """Words copied from elsewhere bring signs of no width; alone, they fill no field."""
    read = field.to_python
    field.to_python = lambda value: read(
        strip_invisible(value) if isinstance(value, str) else value
    )


def _remove_empty_choice(field: forms.Field) -> None:
    """The dashes of a list are no button, unless to choose nothing is an answer."""
    if isinstance(field, forms.TypedChoiceField) and field.required:
        field.choices = [choice for choice in field.choices if choice[0] not in ("", None)]


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
        _set_number_error_messages(words, name, type(field).default_error_messages["invalid"])
    if isinstance(field, forms.ModelChoiceField):
        field.validate_no_null_characters = NULL_CHARACTER_VALIDATOR
    for code in ("invalid_choice", "invalid_pk_value"):
        if code in words and words[code] == type(field).default_error_messages.get(code):
            words[code] = f"โปรดเลือก{name}จากรายการ"


def _set_number_error_messages(words: dict[str, str], name: str, usual: str) -> None:
    if words["invalid"] == usual:
        words["invalid"] = f"โปรดกรอก{name}เป็นตัวเลข เช่น 1"
    words.setdefault("min_value", f"{name}ต้องไม่น้อยกว่า %(limit_value)s โปรดแก้ไข")
    words.setdefault("max_value", f"{name}ต้องไม่เกิน %(limit_value)s โปรดแก้ไข")
    words.setdefault("max_decimal_places", f"{name}มีทศนิยมได้ไม่เกิน %(max)s ตำแหน่ง โปรดแก้ไข")
