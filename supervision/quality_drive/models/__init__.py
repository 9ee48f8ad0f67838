"""What the quality drive keeps: the year's drive, each school in it, and what comes of it."""

from supervision.quality_drive.models.agreements import (
    OPEN_AGREEMENT_STATES,
    SIGNED_AGREEMENT_STATES,
    Agreement,
    AgreementComment,
    AgreementSupport,
    AgreementTarget,
)
from supervision.quality_drive.models.cooperation import (
    ClimateCount,
    ClimateStatement,
    ClimateSurvey,
    ClimateTurn,
    DriveEvent,
    Partner,
)
from supervision.quality_drive.models.crosswalk import (
    CrosswalkLine,
)
from supervision.quality_drive.models.drives import (
    DriveDimension,
    DriveIndicator,
    DriveTeam,
    DriveTeamSector,
    ExpectedResult,
    QualityDrive,
)
from supervision.quality_drive.models.exchange import (
    ExchangeEvent,
    PracticeDimension,
    StudyRequest,
    Takeaway,
)
from supervision.quality_drive.models.honours import (
    Honour,
    HonourCategory,
)
from supervision.quality_drive.models.mentoring import (
    Mentoring,
    MentoringDimension,
    MonitoringReport,
)
from supervision.quality_drive.models.ranking import (
    Ranking,
    RankingObjection,
    RankingPlace,
)
from supervision.quality_drive.models.schools import (
    BaselineLevel,
    DriveProgress,
    SchoolDrive,
    SchoolProject,
)

__all__ = [
    "OPEN_AGREEMENT_STATES",
    "SIGNED_AGREEMENT_STATES",
    "Agreement",
    "AgreementComment",
    "AgreementSupport",
    "AgreementTarget",
    "BaselineLevel",
    "ClimateCount",
    "ClimateStatement",
    "ClimateSurvey",
    "ClimateTurn",
    "CrosswalkLine",
    "DriveDimension",
    "DriveEvent",
    "DriveIndicator",
    "DriveProgress",
    "DriveTeam",
    "DriveTeamSector",
    "ExchangeEvent",
    "ExpectedResult",
    "Honour",
    "HonourCategory",
    "Mentoring",
    "MentoringDimension",
    "MonitoringReport",
    "Partner",
    "PracticeDimension",
    "QualityDrive",
    "Ranking",
    "RankingObjection",
    "RankingPlace",
    "SchoolDrive",
    "SchoolProject",
    "StudyRequest",
    "Takeaway",
]
