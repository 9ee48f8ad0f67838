from django.db import models


class SetState(models.TextChoices):
    DRAFT = "draft", "ร่าง"
    IN_REVIEW = "in_review", "เสนอ ก.ต.ป.น. พิจารณา"
    APPROVED = "approved", "เห็นชอบแล้ว"
    RETIRED = "retired", "เลิกใช้"
