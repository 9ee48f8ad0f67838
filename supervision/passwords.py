"""Django's password rules, said in Thai (its own Thai translation lacks these sentences)."""

from django.contrib.auth import password_validation as rules


class LongEnough(rules.MinimumLengthValidator):
    """The one rule that helps most."""

    def get_error_message(self) -> str:
        return f"รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย {self.min_length} ตัวอักษร"

    def get_help_text(self) -> str:
        return f"อย่างน้อย {self.min_length} ตัวอักษร ใช้ประโยคสั้น ๆ ที่จำง่ายได้"


class UnlikeTheName(rules.UserAttributeSimilarityValidator):
    """A name stands on every order and is guessed first."""

    def get_error_message(self) -> str:
        return "รหัสผ่านคล้ายกับ%(verbose_name)sมากเกินไป โปรดตั้งใหม่ให้ต่างออกไป"

    def get_help_text(self) -> str:
        return "ไม่คล้ายชื่อผู้ใช้หรือชื่อของคุณ"


class NotCommon(rules.CommonPasswordValidator):
    """Lists of common passwords are tried by machines."""

    def get_error_message(self) -> str:
        return "รหัสผ่านนี้มีผู้ใช้กันมากจึงเดาได้ง่าย โปรดตั้งใหม่"

    def get_help_text(self) -> str:
        return "ไม่ใช่รหัสผ่านที่ใช้กันทั่วไป"


class NotOnlyDigits(rules.NumericPasswordValidator):
    """Telephone numbers and birthdays."""

    def get_error_message(self) -> str:
        return "รหัสผ่านเป็นตัวเลขล้วนจึงเดาได้ง่าย โปรดเพิ่มตัวอักษร"

    def get_help_text(self) -> str:
        return "ไม่เป็นตัวเลขล้วน"
