from django.db import models


class BookJobState(models.TextChoices):
    """How far the making of a book is."""

    WAITING = "waiting", "รอเริ่มจัดทำ"
    DRAWING = "drawing", "กำลังจัดทำ"
    DONE = "done", "จัดทำเสร็จแล้ว"
    CANCELLED = "cancelled", "ยกเลิกแล้ว"
    FAILED = "failed", "จัดทำไม่สำเร็จ"


ACTIVE_STATES = (BookJobState.WAITING, BookJobState.DRAWING)
