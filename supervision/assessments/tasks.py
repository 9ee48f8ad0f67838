from smtplib import SMTPException

from django.core.mail import EmailMessage
from django_tasks import task

from supervision.assessments.models import Reminder, ReminderDelivery


@task()
def send_reminder(reminder_id: int, subject: str, text: str, reply_to: str) -> None:
    """Mail one reminder; one that could not be sent may be tried again by a person.

    No lock is held while the mail server is waited for: the queue gives each task to one
    worker, and SQLite would keep everybody from saving meanwhile.
    """
    reminder = Reminder.objects.get(pk=reminder_id)
    if reminder.delivery != ReminderDelivery.SENDING:
        return
    answers_to = [reply_to] if reply_to else []
    message = EmailMessage(subject, text, to=[reminder.address], reply_to=answers_to)
    try:
        message.send()
        reminder.delivery = ReminderDelivery.SENT
    except (SMTPException, OSError):
        reminder.delivery = ReminderDelivery.FAILED
    reminder.save(update_fields=["delivery"])
