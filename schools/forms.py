from crispy_forms.helper import FormHelper
from django import forms


class PortalForm(forms.Form):
    """Every form of the portal: the page owns the <form> tag, the CSRF token and the buttons."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class PortalModelForm(forms.ModelForm):
    """The same for a form on a model's row."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class ReasonForm(PortalForm):
    """Asks why: a return for correction always tells its reason."""

    reason = forms.CharField(
        label="เหตุผล",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "โปรดระบุเหตุผล เพื่อให้ผู้รับทราบว่าต้องแก้ไขอะไร"},
    )


def dress(form: forms.BaseForm) -> None:
    """One look, and one wording of "this is needed", for all forms."""
    form.helper = FormHelper()
    form.helper.form_tag = False
    form.helper.disable_csrf = True
    for field in form.fields.values():
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            verb = "เลือก" if isinstance(field, forms.ChoiceField) else "กรอก"
            field.error_messages["required"] = f"โปรด{verb}{field.label}"
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 4
