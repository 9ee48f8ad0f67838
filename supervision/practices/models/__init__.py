from supervision.practices.models.decisions import Decision, ResultCorrection
from supervision.practices.models.good_practices import (
    MAX_REVIEW_SCORE,
    CriterionMark,
    GoodPractice,
    PracticeCriterion,
    PracticeReview,
)

__all__ = (
    "MAX_REVIEW_SCORE",
    "CriterionMark",
    "Decision",
    "GoodPractice",
    "PracticeCriterion",
    "PracticeReview",
    "ResultCorrection",
)
