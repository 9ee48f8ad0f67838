from supervision.needs.models.surveys import (
    MAX_AREA_NAME_LENGTH,
    NeedsArea,
    NeedsCampaign,
    NeedsItem,
    NeedsSurvey,
    SurveyTemplate,
)
from supervision.needs.models.taken_up import TakenUpNeed
from supervision.needs.models.topics import NeedsFactsRule, NeedsTopic

__all__ = (
    "MAX_AREA_NAME_LENGTH",
    "NeedsArea",
    "NeedsCampaign",
    "NeedsFactsRule",
    "NeedsItem",
    "NeedsSurvey",
    "NeedsTopic",
    "SurveyTemplate",
    "TakenUpNeed",
)
