from django.db import models


class Role(models.TextChoices):
    """The appointment a person holds, as in the office's own list of who sees, does and signs."""

    SUPERVISOR = "supervisor", "ศึกษานิเทศก์"
    WORK_GROUP_HEAD = "work_group_head", "หัวหน้ากลุ่มงาน"
    GROUP_DIRECTOR = "group_director", "ผู้อำนวยการกลุ่มนิเทศฯ"
    DEPUTY_AREA_DIRECTOR = "deputy_area_director", "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"
    AREA_DIRECTOR = "area_director", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"
    COMMITTEE_MEMBER = "committee_member", "กรรมการ ก.ต.ป.น."
    SUBCOMMITTEE_MEMBER = "subcommittee_member", "อนุกรรมการ อ.ก.ต.ป.น."
    CLUSTER_CHAIR = "cluster_chair", "ประธานกลุ่มโรงเรียน"
    SCHOOL_DIRECTOR = "school_director", "ผู้อำนวยการโรงเรียน"
    ACADEMIC_TEACHER = "academic_teacher", "ครูวิชาการ"
    CLERK = "clerk", "เจ้าหน้าที่งานธุรการ"
    SYSTEM_ADMINISTRATOR = "system_administrator", "ผู้ดูแลระบบ"
    EXTERNAL_SYSTEM = "external_system", "ระบบของหน่วยงานอื่น (อ่านอย่างเดียว)"


SCHOOL_ROLES = (Role.SCHOOL_DIRECTOR, Role.ACADEMIC_TEACHER)
CLUSTER_ROLES = (Role.SUBCOMMITTEE_MEMBER, Role.CLUSTER_CHAIR)


class AccessKind(models.TextChoices):
    """What happened to the access of an account, as the access log names it."""

    SIGNED_IN = "signed_in", "เข้าสู่ระบบ"
    SIGN_IN_FAILED = "sign_in_failed", "เข้าสู่ระบบไม่สำเร็จ"
    SIGN_IN_DELAYED = "sign_in_delayed", "ให้รอก่อนเข้าสู่ระบบอีกครั้ง"
    SIGNED_OUT = "signed_out", "ออกจากระบบ"
    ACCOUNT_OPENED = "account_opened", "เปิดบัญชี"
    ACCOUNT_CLOSED = "account_closed", "ปิดบัญชี"
    ACCOUNT_REOPENED = "account_reopened", "เปิดใช้บัญชีอีกครั้ง"
    PASSWORD_ISSUED = "password_issued", "ออกรหัสผ่านชั่วคราว"
    PASSWORD_SET = "password_set", "เจ้าของบัญชีตั้งรหัสผ่าน"
    EMAIL_CHANGED = "email_changed", "เปลี่ยนอีเมลของบัญชี"
    LINK_ISSUED = "link_issued", "ออกลิงก์ตั้งรหัสผ่าน"
    LINK_OPENED = "link_opened", "เปิดลิงก์และตั้งรหัสผ่าน"
    SIGNING_WITHHELD = "signing_withheld", "ให้การลงนามรอการยืนยัน"
    SIGNING_CONFIRMED = "signing_confirmed", "ยืนยันผู้ลงนาม"
    SECOND_HOLDER = "second_holder", "มีผู้ดำรงตำแหน่งเดียวกันเพิ่มอีกคน"
    SECOND_FACTOR_ADDED = "second_factor_added", "เพิ่มการยืนยันตัวตนขั้นที่สอง"
    SECOND_FACTOR_REMOVED = "second_factor_removed", "เอาการยืนยันตัวตนขั้นที่สองออก"
    RECOVERY_CODES_MADE = "recovery_codes_made", "สร้างรหัสกู้คืน"
    RECOVERY_CODE_USED = "recovery_code_used", "ใช้รหัสกู้คืน"
    API_TOKEN_OPENED = "api_token_opened", "เปิดโทเคนให้ระบบของหน่วยงานอื่น"
    API_TOKEN_REVOKED = "api_token_revoked", "เพิกถอนโทเคนของระบบของหน่วยงานอื่น"


class AcademicStanding(models.TextChoices):
    """วิทยฐานะ of a supervisor, director or teacher; empty is none."""

    PROFESSIONAL = "professional", "ชำนาญการ"
    SENIOR = "senior", "ชำนาญการพิเศษ"
    EXPERT = "expert", "เชี่ยวชาญ"
    DISTINGUISHED = "distinguished", "เชี่ยวชาญพิเศษ"


class Capacity(models.TextChoices):
    """How somebody signs who does not hold the position: as the order of appointment says it.

    Empty is the holder. รักษาราชการแทน stands in while there is no holder or he cannot work,
    ปฏิบัติราชการแทน acts by delegation of a holder who is at work.
    """

    ACTING = "acting", "รักษาการในตำแหน่ง"
    IN_PLACE_OF = "in_place_of", "รักษาราชการแทน"
    ON_BEHALF_OF = "on_behalf_of", "ปฏิบัติราชการแทน"


class Grade(models.IntegerChoices):
    """A grade that a school may teach, in the order of age."""

    K1 = 1, "อ.1"
    K2 = 2, "อ.2"
    K3 = 3, "อ.3"
    P1 = 4, "ป.1"
    P2 = 5, "ป.2"
    P3 = 6, "ป.3"
    P4 = 7, "ป.4"
    P5 = 8, "ป.5"
    P6 = 9, "ป.6"
    M1 = 10, "ม.1"
    M2 = 11, "ม.2"
    M3 = 12, "ม.3"


class EducationLevel(models.IntegerChoices):
    """The levels of the education standards of 2561: each has an indicator set of its own."""

    ANY = 0, "ทุกระดับ"
    EARLY_CHILDHOOD = 1, "ปฐมวัย"
    BASIC = 2, "ขั้นพื้นฐาน"


class Internet(models.TextChoices):
    """How a school reaches the internet."""

    FIBRE = "fibre", "สายใยแก้วนำแสง"
    SIM = "sim", "ซิมโทรศัพท์เคลื่อนที่"
    SATELLITE = "satellite", "ดาวเทียม"
    NONE = "none", "ไม่มีอินเทอร์เน็ต"


class ImportState(models.TextChoices):
    """How far a table from Excel or CSV has come on its way into the portal."""

    READING = "reading", "กำลังตรวจ"
    ASKED = "asked", "มีคำถาม รอคำตอบ"
    CHECKED = "checked", "ตรวจแล้ว ยังไม่บันทึก"
    SAVING = "saving", "กำลังบันทึก"
    SAVED = "saved", "บันทึกแล้ว"
    REFUSED = "refused", "มีข้อที่ต้องแก้ไข"
    FAILED = "failed", "นำเข้าไม่ได้"
