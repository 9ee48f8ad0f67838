from django.urls import path

from supervision.profiles.external import pages

of_school = "schools/<int:pk>/profile/external/"
of_one = f"{of_school}<int:assessment_pk>/"
urlpatterns = [
    path("profiles/external/", pages.external_assessment_list, name="external_assessment_list"),
    path(of_school, pages.school_external_assessments, name="school_external_assessments"),
    path(f"{of_school}new/", pages.external_assessment_add, name="external_assessment_add"),
    path(of_one, pages.external_assessment, name="external_assessment"),
    path(f"{of_one}edit/", pages.external_assessment_edit, name="external_assessment_edit"),
    path(
        f"{of_one}withdraw/",
        pages.external_assessment_withdraw,
        name="external_assessment_withdraw",
    ),
    path(f"{of_one}file/", pages.external_assessment_file, name="external_assessment_file"),
]
