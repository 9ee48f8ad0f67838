"""Every address of the portal. Apps add theirs with include()."""

from allauth.account import views as account
from django.urls import include, path

from schools.admin_site import office_admin

# allauth knows these views by name. Sign-up and password reset by mail have no address:
# the office opens accounts and gives new passwords itself.
sign_in = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/password/", account.password_change, name="account_change_password"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/security/", include("allauth.mfa.urls")),
]

urlpatterns = [
    *sign_in,
    path("", include("schools.registry.urls")),
    path("", include("schools.people.urls")),
    path("", include("schools.imports.urls")),
    path("", include("schools.unsaved_posts.urls")),
    path("", include("supervision.cycle.urls")),
    path("", include("supervision.special_days.urls")),
    path("", include("supervision.standards.urls")),
    path("", include("supervision.assignments.urls")),
    path("", include("supervision.committees.urls")),
    path("", include("supervision.criteria.urls")),
    path("", include("supervision.profiles.confirmation.urls")),
    path("", include("supervision.profiles.sar.urls")),
    path("", include("supervision.profiles.circumstances.urls")),
    path("", include("supervision.profiles.focus.urls")),
    path("", include("supervision.profiles.external.urls")),
    path("", include("supervision.profiles.learning.urls")),
    path("", include("supervision.rounds.urls")),
    path("", include("supervision.needs.urls")),
    path("", include("supervision.assessments.urls")),
    path("", include("supervision.visits.urls")),
    path("", include("supervision.practices.urls")),
    path("", include("supervision.resolutions.urls")),
    path("", include("supervision.improvement.urls")),
    path("", include("supervision.programmes.urls")),
    path("", include("supervision.programmes.networks.urls")),
    path("", include("supervision.programmes.dissemination.urls")),
    path("drives/", include("supervision.quality_drive.drives.urls")),
    path("drives/", include("supervision.quality_drive.crosswalk.urls")),
    path("drives/", include("supervision.quality_drive.baselines.urls")),
    path("drives/", include("supervision.quality_drive.agreements.urls")),
    path("drives/", include("supervision.quality_drive.progress.urls")),
    path("drives/", include("supervision.quality_drive.cooperation.urls")),
    path("drives/", include("supervision.quality_drive.exchange.urls")),
    path("drives/", include("supervision.quality_drive.mentoring.urls")),
    path("drives/", include("supervision.quality_drive.ranking.urls")),
    path("drives/", include("supervision.quality_drive.honours.urls")),
    path("", include("supervision.calendar.urls")),
    path("", include("supervision.notices.urls")),
    path("", include("supervision.operations.urls")),
    path("", include("reports.urls")),
    path("admin/", office_admin.urls),
]

handler400 = "supervision.config.errors.bad_request"
handler403 = "supervision.config.errors.permission_denied"
handler404 = "supervision.config.errors.page_not_found"
handler429 = "supervision.config.errors.too_many_requests"
handler500 = "supervision.config.errors.server_error"
