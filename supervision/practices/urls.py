from django.urls import path

from supervision.practices import (
    decisions,
    good_practices,
    result_corrections,
    selection_criteria,
    unit_practices,
)

urlpatterns = [
    path("rounds/<int:pk>/decision/", decisions.decision_page, name="decision"),
    path("rounds/<int:pk>/decision/meeting/", decisions.decision_meeting, name="decision_meeting"),
    path(
        "rounds/<int:pk>/decision/result/",
        result_corrections.decision_result,
        name="decision_result",
    ),
    path(
        "rounds/<int:pk>/decision/reason/",
        result_corrections.decision_reason,
        name="decision_reason",
    ),
    path(
        "rounds/<int:pk>/practices/new/",
        good_practices.practice_nominate,
        name="practice_nominate",
    ),
    path("practices/", good_practices.practice_list, name="practices"),
    path("practices/criteria/", selection_criteria.practice_criteria, name="practice_criteria"),
    path("practices/new/", unit_practices.unit_practice_nominate, name="unit_practice_nominate"),
    path("practices/<int:pk>/", good_practices.practice_page, name="practice"),
    path("practices/<int:pk>/edit/", good_practices.practice_edit, name="practice_edit"),
    path("practices/<int:pk>/review/", good_practices.practice_review, name="practice_review"),
    path("practices/<int:pk>/select/", good_practices.practice_select, name="practice_select"),
    path("practices/<int:pk>/decline/", good_practices.practice_decline, name="practice_decline"),
]
