import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from schools.core.url_cache import cached_url

if TYPE_CHECKING:
    from schools.models.people import User

UNSAVED_POST_LIFETIME = timedelta(hours=24)

# Names of what a page sends along by itself, also behind a prefix or before a number.
TECHNICAL_FIELD_NAME = re.compile(r"(^|-)(token|version|base|asked|mark|confirmed)(-|$)")


class UnsavedPostQuerySet(models.QuerySet):
    """What was sent too late, by whoever typed it and nobody else."""

    def visible_to(self, user: "User") -> Self:
        return self.filter(user=user.pk, sent_at__gt=timezone.now() - UNSAVED_POST_LIFETIME)

    def expired(self) -> Self:
        return self.filter(sent_at__lte=timezone.now() - UNSAVED_POST_LIFETIME)


class UnsavedPost(models.Model):
    """A form that a person sent after their session had ended; given back at the next sign-in.

    `fields` is a list of name and value as they were sent, without tokens and passwords;
    `files` names the files that came along, which are not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    action = models.CharField(max_length=500)
    page = models.CharField(max_length=500)
    fields = models.JSONField()
    files = models.JSONField(default=list)
    sent_at = models.DateTimeField(default=timezone.now)

    objects = UnsavedPostQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at",)
        indexes = (models.Index(fields=("user", "sent_at"), name="unsaved_posts_of_a_user"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.action}"

    def get_absolute_url(self) -> str:
        return cached_url("unsaved_post", self.pk)

    @property
    def typed_texts(self) -> list[str]:
        """What a person would recognise: values with a letter in them, not those of the page."""
        typed = [value for name, value in self.fields if not TECHNICAL_FIELD_NAME.search(name)]
        return [value for value in typed if any(sign.isalpha() for sign in value)]
