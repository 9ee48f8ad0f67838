from django.urls import path

from supervision.quality_drive.agreements import (
    agreement_pages,
    bulk,
    register_pages,
    signing_pages,
)

urlpatterns = [
    path("<int:year>/agreements/", register_pages.agreements, name="agreements"),
    path("<int:year>/agreements/bulk/", bulk.agreements_bulk, name="agreements_bulk"),
    path(
        "<int:year>/schools/<int:pk>/agreement/",
        agreement_pages.school_agreement,
        name="school_agreement",
    ),
    path(
        "<int:year>/schools/<int:pk>/agreement/draft/",
        agreement_pages.agreement_draft,
        name="agreement_draft",
    ),
    path("agreements/<int:pk>/", agreement_pages.agreement_page, name="agreement"),
    path("agreements/<int:pk>/edit/", agreement_pages.agreement_edit, name="agreement_edit"),
    path(
        "agreements/<int:pk>/baseline/",
        agreement_pages.agreement_baseline,
        name="agreement_baseline",
    ),
    path(
        "agreements/<int:pk>/supports/add/",
        agreement_pages.agreement_support_add,
        name="agreement_support_add",
    ),
    path(
        "agreements/supports/<int:pk>/edit/",
        agreement_pages.agreement_support_edit,
        name="agreement_support_edit",
    ),
    path(
        "agreements/supports/<int:pk>/remove/",
        agreement_pages.agreement_support_remove,
        name="agreement_support_remove",
    ),
    path(
        "agreements/<int:pk>/comment/", agreement_pages.agreement_comment, name="agreement_comment"
    ),
    path("agreements/<int:pk>/cancel/", agreement_pages.agreement_cancel, name="agreement_cancel"),
    path("agreements/<int:pk>/revise/", agreement_pages.agreement_revise, name="agreement_revise"),
    path("agreements/<int:pk>/propose/", signing_pages.agreement_propose, name="agreement_propose"),
    path(
        "agreements/<int:pk>/ask-changes/",
        signing_pages.agreement_ask_changes,
        name="agreement_ask_changes",
    ),
    path("agreements/<int:pk>/return/", signing_pages.agreement_return, name="agreement_return"),
    path(
        "agreements/<int:pk>/sign-for-school/",
        signing_pages.agreement_sign_for_school,
        name="agreement_sign_for_school",
    ),
    path("agreements/<int:pk>/sign/", signing_pages.agreement_sign, name="agreement_sign"),
]
