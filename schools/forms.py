from crispy_forms.helper import FormHelper
from django import forms


class PortalForm(forms.Form):
    """Every form of the portal: the page owns the <form> tag, the CSRF token and the buttons."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper()


class PortalModelForm(forms.ModelForm):
    """The same for a form on a model's row."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper()


class ReasonForm(PortalForm):
    """Asks why: a return for correction always tells its reason."""

    reason = forms.CharField(
        label="เหตุผล",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "โปรดระบุเหตุผล เพื่อให้ผู้รับทราบว่าต้องแก้ไขอะไร"},
    )


def portal_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
