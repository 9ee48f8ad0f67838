"""Signers that wait for this person's confirmation, as the home page and the notices tell it."""

from django.urls import reverse

from schools.access import may_be_second_person
from schools.models import User
from supervision.cycle.waiting import Waiting


def signers_waiting(user: User) -> list[Waiting]:
    """One line for all that this person may confirm; whether a term is in force is no matter."""
    if not may_be_second_person(user):
        return []
    return [
        Waiting(
            title="ยืนยันผู้ลงนามที่รอบุคคลที่สอง",
            url=reverse("signers"),
            detail="ถามเจ้าตัวก่อน แล้วจึงยืนยัน ระหว่างนี้ตำแหน่งนั้นลงนามไม่ได้",
        )
    ]
