from supervision.profiles.models.confirmations import (
    ConfirmationRequest,
    DataAnswer,
    DataConfirmation,
    DataIssue,
)

__all__ = ["ConfirmationRequest", "DataAnswer", "DataConfirmation", "DataIssue"]
