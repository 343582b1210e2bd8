"""How often a page asks the database: a bounded number of times, however many rows it shows."""

from pathlib import Path

import pytest
from django.test import Client

from rongji.kernel import clock

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db
# A page asks once per table of the year, of the year before, and of the ledger; rows are never asked for one by one.
MOST = 60
PAGES = ("", "report/", "indicators/", "figures/", "checks/", "monitoring/", "versions/")


@pytest.fixture
def client_in(organisation, actor, user):
    """A director before years of different size: 0, 25 and 30 indicators."""
    from rongji.performance.services import import_year

    for name in ("panyu-2021", "qingshan-2024", "yuelu-2021"):
        import_year(actor=actor("performance_officer"), source=ROOT / "examples" / name / "year.yaml")
    person = user("director")
    person.password_changed_at = clock.now()
    person.save()
    client = Client()
    client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
    return client


@pytest.fixture(autouse=True)
def bureaus(organisation):
    """The bureaus of the years."""
    for code in ("panyu", "qingshan", "yuelu"):
        organisation(code, area_code="990101")


def test_a_page_asks_few_questions_of_a_large_year_too(client_in, django_assert_max_num_queries):
    """The same for no indicators at all, for 25 and for 30."""
    for year in ("panyu/2021", "qingshan/2024", "yuelu/2021"):
        for page in PAGES:
            with django_assert_max_num_queries(MOST):
                assert client_in.get(f"/years/{year}/{page}").status_code == 200


def test_the_list_of_years_stands_before_anything_is_computed(client_in, django_assert_max_num_queries):
    """A handful of questions however many years there are; each row asks for its own figures afterwards."""
    with django_assert_max_num_queries(12):
        page = client_in.get("/years/").content.decode()
    assert "/years/yuelu/2021/line/" in page and "正在计算" in page


def test_a_row_of_the_list_says_how_the_year_stands(client_in):
    """What is scored provisionally is called so, and no total is shown where no indicator carries points."""
    assert "暂评" in client_in.get("/years/yuelu/2021/line/").content.decode()
    row = client_in.get("/years/panyu/2021/line/").content.decode()
    assert "未计分" in row and "8.60" not in row
    page = client_in.get("/years/panyu/2021/").content.decode()
    assert "指标还没有计分" in page and "8.60" not in page
