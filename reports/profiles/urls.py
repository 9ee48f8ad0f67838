from django.urls import path

from reports.profiles import annual_report_comparison, page

urlpatterns = [
    path("schools/<int:pk>/profile/", page.school_profile_page, name="school_profile"),
    path(
        "schools/<int:pk>/profile/findings/",
        page.school_profile_findings,
        name="school_profile_findings",
    ),
    path(
        "schools/<int:pk>/profile/background/",
        page.school_profile_background,
        name="school_profile_background",
    ),
    path("schools/<int:pk>/profile.pdf", page.school_profile_pdf, name="school_profile_paper"),
    path(
        "schools/<int:pk>/profile/sar/<int:year>/compare/",
        annual_report_comparison.annual_report_compare,
        name="annual_report_compare",
    ),
]
