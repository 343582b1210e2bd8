"""What goes out: only what may, only when somebody decides, never anything about a person."""

import json
from datetime import date

import pytest

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.intake.contents import article_of
from rongji.intake.publishing import choose, publish, standing, switch_off
from rongji.intake.refusals import NothingToPublish, WindowNotOpened, WindowOfWhom
from rongji.public.models import Publication
from rongji.services.services import add_record

pytestmark = pytest.mark.database


@pytest.fixture
def offer(someone, bureau):
    """Put a job on record, open from today: `offer("仓储管理员", reserved="是")`."""

    def make(title, *, until="2099-12-31", reserved="否", how="到县退役军人服务中心报名"):
        clerk = someone("clerk")
        answers = {
            "open_from": clerk.day.isoformat(), "open_until": until, "title": title, "employer": "云湖物流（示例）",
            "kind": "企业招聘", "reserved": reserved, "posts": "3", "how_to_apply": how, "applicants": "7",
        }  # fmt: skip
        return add_record(actor=clerk, bureau="yunhu", register="job_offers", answers=answers)

    return make


def test_jobs_are_listed_with_the_reserved_ones_first(visitor, offer, someone):
    offer("仓储管理员")
    offer("社区工作者", reserved="是")
    publish(actor=someone("section_head"))
    text = visitor.get("/jobs/").main
    assert text.index("面向退役军人和军属的岗位") < text.index("社区工作者") < text.index("其他岗位")
    assert text.index("其他岗位") < text.index("仓储管理员")
    found = visitor.get("/jobs/?words=%E4%BB%93%E5%82%A8").main
    assert "仓储管理员" in found and "社区工作者" not in found


def test_a_job_shows_what_its_register_calls_public_and_nothing_else(visitor, offer, someone):
    key = offer("仓储管理员")
    publish(actor=someone("section_head"))
    text = visitor.get(f"/jobs/{key}/").main
    assert "招聘人数 3" in text and "报名方式" in text
    assert "报名退役军人" not in text


def test_a_number_that_somebody_typed_into_a_job_does_not_go_out(visitor, offer, someone):
    """No personal data in any listing, whatever was typed where."""
    key = offer("仓储管理员", how="找王经理 13911112222，身份证 430104197001011239")
    publish(actor=someone("section_head"))
    everything = visitor.get(f"/jobs/{key}/").text + visitor.get("/jobs/").text
    kept = json.dumps(list(Publication.objects.values_list("title", "content")), ensure_ascii=False)
    for number in ("13911112222", "430104197001011239"):
        assert number not in everything and number not in kept
    assert "139****2222" in everything


def test_a_job_that_is_over_is_shown_no_more_without_anybody_doing_anything(visitor, offer, someone):
    key = offer("短期岗位")
    publish(actor=someone("section_head"))
    assert visitor.get(f"/jobs/{key}/").status == 200
    Publication.objects.filter(kind="offer").update(until=date(2020, 1, 1))
    assert visitor.get(f"/jobs/{key}/").status == 404
    assert "短期岗位" not in visitor.get("/jobs/").main


def test_what_was_withdrawn_stays_out_until_somebody_decides_otherwise(opened, someone):
    head = someone("section_head")
    choose(actor=head, kind="guide", key="petition", show=False)
    done = publish(actor=head)
    assert done.removed == 1
    assert not Publication.objects.filter(key="petition").exists()
    assert publish(actor=head).changed == 0
    choose(actor=head, kind="guide", key="petition", show=True)
    assert publish(actor=head).changed == 1


def test_the_page_tells_what_is_out_and_what_is_not(opened, offer, someone):
    offer("仓储管理员")
    found = {item.item.title: item for item in standing(someone("clerk"))}
    assert (found["信访事项"].is_out, found["信访事项"].is_current) == (True, True)
    assert (found["仓储管理员"].is_shown, found["仓储管理员"].is_out) == (True, False)


def test_every_page_tells_where_to_go_instead(opened, visitor, someone, options, inside):
    options(public_window=True, public_data_dir=inside.public_data_dir, public_contact=("电话：0000-1234567",))
    publish(actor=someone("section_head"))
    assert all("电话：0000-1234567" in visitor.get(path).text for path in ("/", "/state/", "/apply/petition/"))


def test_publishing_the_same_again_changes_nothing(opened, someone):
    assert (opened.changed, opened.removed) == (opened.shown + 1, 0)
    again = publish(actor=someone("section_head"))
    assert (again.changed, again.removed) == (0, 0)


def test_a_clerk_neither_publishes_nor_closes(opened, someone):
    for act in (publish, switch_off):
        with pytest.raises(NotAllowed, match="公开发布和撤下"):
            act(actor=someone("clerk"))
    with pytest.raises(NotAllowed):
        choose(actor=someone("clerk"), kind="guide", key="petition", show=False)


def test_what_cannot_be_published_cannot_be_chosen(opened, someone):
    for kind, key in (("report", "2024-made-up"), ("person", "1"), ("guide", "no-such-kind")):
        with pytest.raises(NothingToPublish):
            choose(actor=someone("director"), kind=kind, key=key, show=True)


def test_everything_that_goes_out_is_on_the_trail_before_it_goes(opened, someone):
    entry = TrailEntry.objects.filter(action="intake.publish").latest("sequence")
    outside = {f"{row.kind}/{row.key}" for row in Publication.objects.all()}
    assert set(entry.detail["items"]) == outside


def test_without_a_window_there_is_nothing_to_publish_into(someone, options):
    options(public_window=False)
    with pytest.raises(WindowNotOpened, match="RONGJI_PUBLIC_WINDOW"):
        publish(actor=someone("director"))


def test_with_several_bureaus_somebody_has_to_say_whose_window_it_is(someone, organisation, options, inside):
    organisation("elsewhere", area_code="990301")
    with pytest.raises(WindowOfWhom):
        publish(actor=someone("director"))
    options(public_window=True, public_data_dir=inside.public_data_dir, public_bureau="yunhu")
    assert publish(actor=someone("director")).shown > 20


def test_a_report_goes_out_as_text_without_anything_that_opens():
    article = '<article class="rj-document"><p>共 <button popovertarget="f1">18 人</button></p></article>'
    page = f"<style>x</style>{article}<div popover></div>"
    assert article_of(page) == '<article class="rj-document"><p>共 <span>18 人</span></p></article>'
    assert article_of("no article") == ""


def test_its_headings_stand_under_those_of_the_page():
    page = '<article class="rj-document"><h1 class="rj-title">题</h1><h2>一</h2><hr></article>'
    assert article_of(page) == '<article class="rj-document"><h3 class="rj-title">题</h3><h4>一</h4><hr></article>'
