"""Learning areas in the office's reference lists; they have no pages of their own."""

from django.contrib import admin

from schools.admin_site import ReferenceListAdmin, ReferenceListInline, office_admin
from supervision.assignments.models import LEARNING_AREAS_SOURCE, LearningArea, LearningStrand


class LearningStrandInline(ReferenceListInline):
    """The strands of a learning area, as far as the office keeps them."""

    model = LearningStrand


@admin.register(LearningArea, site=office_admin)
class LearningAreaAdmin(ReferenceListAdmin):
    """Learning areas of the core curriculum of 2551, as orders give them to officers."""

    list_display = ("position", "name")
    list_display_links = ("name",)
    inlines = (LearningStrandInline,)
    source = LEARNING_AREAS_SOURCE
