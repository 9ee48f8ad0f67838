"""Signers that wait for this person's confirmation, as the home page and the notices tell it."""

from django.urls import reverse

from schools.access import has_signers_to_confirm
from schools.models import User
from supervision.cycle.todos import TodoItem


def signers_waiting(user: User) -> list[TodoItem]:
    """One line for all that this person may confirm; whether a term is in force is no matter."""
    if not has_signers_to_confirm(user):
        return []
    return [
        TodoItem(
            title="ยืนยันผู้ลงนามที่รอบุคคลที่สอง",
            url=reverse("signers"),
            detail="ถามเจ้าตัวก่อน แล้วจึงยืนยัน ระหว่างนี้ตำแหน่งนั้นลงนามไม่ได้",
        )
    ]
