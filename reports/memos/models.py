from django.conf import settings
from django.db import models

from reports.papers.models import filled_lines, numbered_lines

MAX_SECTION_LENGTH = 6000


class Memo(models.Model):
    """The memo (บันทึกข้อความ) by which a report is forwarded within the office.

    It is signed by hand, so the portal freezes nothing: it keeps the words as last typed. Lines of
    `enclosures` and `signer_post` are one thing each, lines of the sections paragraphs.
    """

    document = models.OneToOneField("IssuedDocument", models.PROTECT, related_name="memo")
    office_unit = models.CharField("ส่วนราชการ", max_length=300)
    number = models.CharField("ที่", max_length=80, blank=True)
    dated_on = models.DateField("วันที่", null=True, blank=True)
    subject = models.CharField("เรื่อง", max_length=300)
    addressee = models.CharField("เรียน", max_length=200)
    enclosures = models.TextField("สิ่งที่ส่งมาด้วย", max_length=1000, blank=True)
    background = models.TextField("เรื่องเดิม", max_length=MAX_SECTION_LENGTH, blank=True)
    facts = models.TextField("ข้อเท็จจริง", max_length=MAX_SECTION_LENGTH)
    legal_basis = models.TextField("ข้อกฎหมาย", max_length=MAX_SECTION_LENGTH, blank=True)
    proposal = models.TextField("ข้อเสนอ", max_length=MAX_SECTION_LENGTH)
    closing = models.CharField("คำลงท้าย", max_length=300)
    signer_name = models.CharField("ชื่อผู้เสนอ", max_length=150, blank=True)
    signer_post = models.TextField("ตำแหน่งผู้เสนอ", max_length=400, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField("แก้ไขเมื่อ")

    class Meta:
        verbose_name = "บันทึกข้อความนำส่งรายงาน"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"บันทึกข้อความ {self.subject}"

    @property
    def enclosure_list(self) -> list[str]:
        return numbered_lines(self.enclosures)

    @property
    def post_lines(self) -> list[str]:
        return filled_lines(self.signer_post)
