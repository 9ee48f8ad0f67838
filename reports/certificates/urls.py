from django.urls import path

from reports.certificates import exports, pages, paper

urlpatterns = [
    path("certificates/", pages.certificate_list, name="certificates"),
    path("certificates/issue/", pages.certificate_issue, name="certificate_issue"),
    path(
        "certificates/issue/honours/",
        pages.honour_certificates_issue,
        name="honour_certificates_issue",
    ),
    path("certificates/export/", exports.certificates_export, name="certificates_export"),
    path("certificates/papers.pdf", paper.certificate_papers, name="certificate_papers"),
    path("certificates/<int:pk>/", pages.certificate_page, name="certificate"),
    path("certificates/<int:pk>/paper.pdf", paper.certificate_paper, name="certificate_paper"),
    path("certificates/<int:pk>/cancel/", pages.certificate_cancel, name="certificate_cancel"),
]
