"""The bank's answer file: read by its profile, refused when anything of it cannot be trusted."""

from dataclasses import replace
from pathlib import Path

import pytest
from bank_round import Reply, reply_file

from rongji.law.bank_profiles import Field, Outcome, bank_profile, bank_profile_ids
from rongji.payments.bank.reading import Answer, read_answer
from rongji.payments.bank.refusals import (
    AnswerGarbled,
    AnswerNotOfProfile,
    AnswerRowsRefused,
    AnswerTotalsDiffer,
    AnswerTruncated,
)

NUMBER = "000120241001"
REPLIES = (
    Reply("6217000000000000011", "周一山", 96_892),
    Reply("6217000000000000022", "吴二水", 123_400, Outcome.PARTIAL, 100_000),
    Reply("6217000000000000033", "郑三川", 50_000, Outcome.RETURNED, reason="账户已销户"),
    Reply("6217000000000000044", "王四海", 5, Outcome.UNKNOWN),
)
PROFILES = bank_profile_ids()


def read(path: Path, profile: str = "delimited-gbk") -> Answer:
    """The answer in a file."""
    return read_answer(bank_profile(profile), path.read_bytes(), path.name)


def with_rows(tmp_path: Path, *replies: Reply, profile: str = "delimited-gbk", **totals: int) -> Answer:
    """The answer in a file of these replies."""
    return read(reply_file(tmp_path / "r", NUMBER, replies, profile=profile, **totals), profile)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_reads_what_its_bank_writes(tmp_path, profile):
    """Account, amount, outcome, what arrived, why: the same four answers in three layouts, one of them
    of a bank that pays in full or not at all."""
    second = REPLIES[1] if profile != "fixed-width" else Reply("6217000000000000022", "吴二水", 123_400)
    answer = with_rows(tmp_path, REPLIES[0], second, *REPLIES[2:], profile=profile)
    assert (answer.rows[1].outcome, answer.rows[1].paid_fen) == (second.outcome, second.arrived)
    assert answer.batch == NUMBER
    assert [row.account for row in answer.rows] == [reply.account for reply in REPLIES]
    assert [row.amount_fen for row in answer.rows] == [96_892, 123_400, 50_000, 5]
    assert [row.outcome for row in answer.rows][::2] == [Outcome.PAID, Outcome.RETURNED]
    assert answer.rows[2].reason == "账户已销户"


def test_a_reason_code_is_put_into_words(tmp_path):
    """E103 is what the bank writes; the clerk reads what it means."""
    answer = with_rows(tmp_path, Reply("6217000000000000011", "周一山", 1, Outcome.RETURNED, reason="E103"))
    assert answer.rows[0].reason == "账户已销户"


def test_a_word_that_nobody_explained_leaves_the_payment_in_doubt(tmp_path):
    """Neither paid nor returned is guessed."""
    answer = with_rows(tmp_path, Reply("6217000000000000011", "周一山", 1, Outcome.UNKNOWN, word="X7"))
    assert answer.rows[0].outcome is Outcome.UNKNOWN and "X7" in answer.rows[0].finding


@pytest.mark.parametrize(
    ("outcome", "arrived"),
    [(Outcome.PAID, 50), (Outcome.RETURNED, 100), (Outcome.PARTIAL, 0), (Outcome.PARTIAL, 100), (Outcome.PAID, 101)],
)
def test_words_and_amounts_that_disagree_leave_the_payment_in_doubt(tmp_path, outcome, arrived):
    """Success with half the money, failure with all of it: the bank has to be asked."""
    answer = with_rows(tmp_path, Reply("6217000000000000011", "周一山", 100, outcome, arrived))
    assert answer.rows[0].outcome is Outcome.UNKNOWN and "不符" in answer.rows[0].finding


@pytest.mark.parametrize(
    ("profile", "total"),
    [
        (profile, column.field)
        for profile in PROFILES
        for column in bank_profile(profile).answer.trailer
        if column.field not in (Field.CONSTANT, Field.BATCH)
    ],
)
def test_totals_that_are_not_those_of_the_rows_refuse_the_file(tmp_path, profile, total):
    """A line was lost, or one was added."""
    with pytest.raises(AnswerTotalsDiffer):
        with_rows(tmp_path, *REPLIES[::2], profile=profile, **{total: 7})


@pytest.mark.parametrize("profile", ["delimited-gbk", "fixed-width"])
@pytest.mark.parametrize("kept", [0, 0.3, 0.9])
def test_a_file_that_breaks_off_is_refused(tmp_path, profile, kept):
    """The last line is missing, or half of one is there."""
    path = reply_file(tmp_path / "r", NUMBER, REPLIES[::2], profile=profile)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises((AnswerTruncated, AnswerNotOfProfile, AnswerGarbled)):
        read(path, profile)


def test_a_workbook_that_breaks_off_is_refused(tmp_path):
    """Without its total row, or as half an archive."""
    path = reply_file(tmp_path / "r.xlsx", NUMBER, REPLIES, profile="workbook")
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(AnswerGarbled):
        read(path, "workbook")


def test_a_file_saved_anew_in_another_encoding_is_refused(tmp_path):
    """UTF-8 would pass for GBK with other names in it."""
    path = reply_file(tmp_path / "r", NUMBER, REPLIES)
    path.write_bytes(path.read_bytes().decode("gbk").encode())
    with pytest.raises(AnswerGarbled, match="UTF-8"):
        read(path)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    """A picture, a transfer gone wrong."""
    path = reply_file(tmp_path / "r", NUMBER, REPLIES)
    path.write_bytes(path.read_bytes().replace("周一山".encode("gbk"), b"\xff\xfe\xff"))
    with pytest.raises(AnswerGarbled, match="第 2 行"):
        read(path)


def test_every_cell_that_cannot_be_read_is_named_and_nothing_taken(tmp_path):
    """No amount, no account, no result: all of them in one sentence each."""
    bad = (
        Reply("62170000000000000ll", "周一山", 1),
        Reply("6217000000000000022", "吴二水", 0),
        Reply("6217000000000000033", "郑三川", 1, word=" "),
    )
    with pytest.raises(AnswerRowsRefused) as refused:
        with_rows(tmp_path, *bad)
    assert refused.value.facts["count"] == 3
    assert [line[:5] for line in refused.value.facts["listing"].splitlines()] == ["第 2 行", "第 3 行", "第 4 行"]


def test_an_account_that_a_workbook_turned_into_a_number_is_refused(tmp_path):
    """Nineteen digits do not fit into a number: the last ones are gone."""
    import openpyxl

    path = reply_file(tmp_path / "r.xlsx", NUMBER, REPLIES[:1], profile="workbook")
    book = openpyxl.load_workbook(path)
    book.active["B2"] = 6217000000000000011
    book.save(path)
    with pytest.raises(AnswerRowsRefused, match="末几位已丢失"):
        read(path, "workbook")


def test_columns_of_a_workbook_are_found_by_their_headings(tmp_path):
    """In another order, with a column that nobody asked for."""
    import openpyxl

    path = reply_file(tmp_path / "r.xlsx", NUMBER, REPLIES, profile="workbook")
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    order = (4, 1, 3, 2, 0, 5, 6)
    made = openpyxl.Workbook()
    for row in rows[:-1]:
        made.active.append([row[index] for index in order])
    made.active.append(rows[-1])
    made.save(path)
    assert [row.amount_fen for row in read(path, "workbook").rows] == [96_892, 123_400, 50_000, 5]
    made.active["A1"] = "结果"
    made.save(path)
    with pytest.raises(AnswerNotOfProfile, match="处理结果"):
        read(path, "workbook")


def test_another_banks_file_is_not_of_this_profile(tmp_path):
    """The right one is asked for by name."""
    path = reply_file(tmp_path / "r", NUMBER, REPLIES[::2], profile="fixed-width")
    with pytest.raises((AnswerNotOfProfile, AnswerGarbled), match="r"):
        read(path)


def test_accounts_printed_in_groups_are_the_same_accounts(tmp_path):
    """6217 0000 0000 0000 011."""
    spaced = replace(REPLIES[0], account="6217 0000-0000 0000 011")
    assert with_rows(tmp_path, spaced).rows[0].account == REPLIES[0].account
