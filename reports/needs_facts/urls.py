from django.urls import path

from reports.exports import needs_facts as files
from reports.needs_facts import area_page, school_page, taking_up

urlpatterns = [
    path("needs/facts/", area_page.needs_facts_page, name="needs_facts"),
    path("needs/facts/export/", files.needs_facts_export, name="needs_facts_export"),
    path("needs/taken-up/new/", taking_up.needs_take_up, name="needs_take_up"),
    path("needs/taken-up/export/", files.taken_up_needs_export, name="taken_up_needs_export"),
    path("schools/<int:pk>/needs/", school_page.school_needs_facts, name="school_needs_facts"),
    path(
        "schools/<int:pk>/needs/take-up/",
        taking_up.need_take_up_other,
        name="need_take_up_other",
    ),
]
