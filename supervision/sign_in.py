"""Sign-in by user name, dressed for the office: Thai words, sign-up closed."""

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from django.forms import Field
from django.http import HttpRequest

from schools.enums import AccessKind
from schools.models import User
from schools.people.access_log import record

WRONG_PASSWORD = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง โปรดตรวจตัวพิมพ์เล็ก-ใหญ่และภาษาของแป้นพิมพ์"


class OfficeAccounts(DefaultAccountAdapter):
    """Accounts are opened by the office; nobody registers."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_PASSWORD,
        "email_password_mismatch": WRONG_PASSWORD,  # a user name typed with an @
        "too_many_login_attempts": (
            "บัญชีนี้ใส่รหัสผ่านผิดหลายครั้ง จึงพักการเข้าสู่ระบบชั่วคราว "
            "โปรดรอประมาณ 5 นาทีแล้วลองใหม่ หรือติดต่อเจ้าหน้าที่งานธุรการเพื่อขอรหัสผ่านใหม่"
        ),
        "enter_current_password": "รหัสผ่านปัจจุบันไม่ถูกต้อง โปรดพิมพ์รหัสผ่านที่ใช้เข้าสู่ระบบครั้งนี้",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def set_password(self, user: User, password: str) -> None:
        """The owner's own choice: the office's temporary password is forgotten."""
        user.must_change_password = False
        user._change_reason = "เจ้าของบัญชีตั้งรหัสผ่านใหม่"
        super().set_password(user, password)
        record(AccessKind.PASSWORD_SET, account=user, by=user)


class SignInForm(forms.LoginForm):
    """User name and password, with labels instead of placeholders."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["login"], "ชื่อผู้ใช้")
        plain(self.fields["password"], "รหัสผ่าน")
        # Phones would capitalise or correct a user name.
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class ChangePasswordForm(forms.ChangePasswordForm):
    """The present password once, the new one twice."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["oldpassword"], "รหัสผ่านปัจจุบัน")
        plain(self.fields["password1"], "รหัสผ่านใหม่")
        plain(self.fields["password2"], "รหัสผ่านใหม่อีกครั้ง")

    def clean(self) -> dict:
        """A slip of paper may be read by others, so its password is not kept by typing it again."""
        cleaned = super().clean()
        if "password1" in cleaned and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", "รหัสผ่านใหม่ซ้ำกับรหัสผ่านปัจจุบัน โปรดตั้งรหัสอื่นที่คุณรู้คนเดียว")
        return cleaned


def plain(field: Field, label: str) -> None:
    """Give the field a visible label instead of a placeholder that vanishes on typing."""
    field.label = label
    field.error_messages["required"] = f"โปรดกรอก{label}"
    field.widget.attrs.pop("placeholder", None)
