"""Another office's system and what it reads with."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reports.api.tokens import create_api_token
from reports.enums import ApiScope
from schools.enums import Role
from tests.personas import user_with_role


def client_with(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def open_token(administrator):
    """A new token for the account, with everything allowed unless said otherwise."""

    def opened(account, **facts):
        usual = {
            "receiver": "สำนักงานศึกษาธิการจังหวัดตัวอย่าง",
            "purpose": "ระบบสารสนเทศระดับจังหวัด",
            "scopes": ApiScope.values,
            "expires_on": timezone.localdate() + timedelta(days=30),
            "rate_limit": 60,
        }
        return create_api_token(by=administrator, account=account, **usual | facts)

    return opened


@pytest.fixture
def api(open_token, external_system):
    """A client of a system that may read everything of the whole area."""
    return client_with(open_token(external_system).secret)


@pytest.fixture
def cluster_api(open_token, cluster):
    """A client of a system that may read of our cluster only."""
    account = user_with_role(Role.EXTERNAL_SYSTEM, "cluster_system", cluster=cluster)
    return client_with(open_token(account).secret)
