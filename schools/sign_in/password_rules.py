"""Django's password rules, said in Thai (its own Thai translation lacks these sentences)."""

import unicodedata

from django.contrib.auth import password_validation as rules
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError


class PasswordLengthValidator(rules.MinimumLengthValidator):
    """The one rule that helps most."""

    def get_error_message(self) -> str:
        return f"รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย {self.min_length} ตัวอักษร"

    def get_help_text(self) -> str:
        return f"อย่างน้อย {self.min_length} ตัวอักษร ใช้ประโยคสั้น ๆ ที่จำง่ายได้"


class PasswordSimilarityValidator(rules.UserAttributeSimilarityValidator):
    """A name is printed on every order and is guessed first."""

    def get_error_message(self) -> str:
        return "รหัสผ่านคล้ายกับ%(verbose_name)sมากเกินไป โปรดตั้งใหม่ให้ต่างออกไป"

    def get_help_text(self) -> str:
        return "ไม่คล้ายชื่อผู้ใช้หรือชื่อของคุณ"


class PasswordCommonnessValidator(rules.CommonPasswordValidator):
    """Lists of common passwords are tried by machines."""

    def get_error_message(self) -> str:
        return "รหัสผ่านนี้มีผู้ใช้กันมากจึงเดาได้ง่าย โปรดตั้งใหม่"

    def get_help_text(self) -> str:
        return "ไม่ใช่รหัสผ่านที่ใช้กันทั่วไป"


class PasswordDigitsValidator(rules.NumericPasswordValidator):
    """Telephone numbers and birthdays."""

    def get_error_message(self) -> str:
        return "รหัสผ่านเป็นตัวเลขล้วนจึงเดาได้ง่าย โปรดเพิ่มตัวอักษร"

    def get_help_text(self) -> str:
        return "ไม่เป็นตัวเลขล้วน"


class UsernameVariantValidator:
    """teacher2teacher2: the user name doubled, turned round or with a year behind it.

    The similarity rule above compares whole words and lets these pass.
    """

    shortest_name = 4
    fewest_other_letters = 6

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        letters = letters_only(password)
        if any(self._is_little_else(letters, name) for name in self._names(user)):
            raise ValidationError(self.get_error_message(), code="password_is_the_user_name")

    def _names(self, user: AbstractBaseUser | None) -> set[str]:
        """The letters of the user name and of the name before the @."""
        given = (getattr(user, "username", ""), getattr(user, "email", "").partition("@")[0])
        return {name for name in map(letters_only, given) if len(name) >= self.shortest_name}

    def _is_little_else(self, letters: str, name: str) -> bool:
        rest = letters.replace(name, "").replace(name[::-1], "")
        return rest != letters and len(rest) < self.fewest_other_letters

    def get_error_message(self) -> str:
        return "รหัสผ่านนี้คือชื่อผู้ใช้ที่เขียนซ้ำ กลับหลัง หรือเติมตัวเลข จึงเดาได้ง่าย โปรดตั้งใหม่ให้ต่างออกไป"

    def get_help_text(self) -> str:
        return "ไม่ใช่ชื่อผู้ใช้ที่เขียนซ้ำ กลับหลัง หรือเติมตัวเลข"


def letters_only(text: str) -> str:
    """Lower-case letters alone: digits and signs disguise a name, but do not change it."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LM")
