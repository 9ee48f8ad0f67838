"""Who asks something of the schools in a year."""

from django.db import models


class PolicyOrigin(models.TextChoices):
    """Whose policy it is, in the order in which a year's list shows them."""

    OBEC = "obec", "จุดเน้น สพฐ."
    MINISTRY = "ministry", "นโยบายกระทรวงศึกษาธิการ"
    AREA = "area", "นโยบายและจุดเน้นของเขตพื้นที่"
