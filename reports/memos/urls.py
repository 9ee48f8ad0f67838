from django.urls import path

from reports.memos import pages

urlpatterns = [
    path("reports/<int:pk>/memo/", pages.memo_page, name="memo"),
    path("reports/<int:pk>/memo.pdf", pages.memo_paper, name="memo_paper"),
]
