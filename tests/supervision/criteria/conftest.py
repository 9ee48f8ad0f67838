import pytest

from tests.factories import IndicatorSetFactory


@pytest.fixture
def draft():
    return IndicatorSetFactory(name="ชุดร่าง", draft=True)


@pytest.fixture
def approved():
    return IndicatorSetFactory(name="ชุดที่เห็นชอบ", provenance="ประกาศ ก")


@pytest.fixture
def preparer(login, group_director):
    return login(group_director)
