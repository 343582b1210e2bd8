"""A clerk's and a section head's morning with `rongji people`: find, register, write down, merge, reveal, confirm."""

import json

import pytest

NUMBER, OTHER = "990101195206150019", "990101194803020012"


@pytest.fixture
def run(tmp_path, capsys, settings, organisation, roles, monkeypatch):
    """Run a command in this process; returns what it printed, or its refusal's code."""
    from rongji.cli.main import app

    organisation("yl", area_code="430112")

    def call(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            app(list(arguments))
        printed = capsys.readouterr()
        return left.value.code or 0, printed.out + printed.err

    return call


def id_number(body: str) -> str:
    """With its check character."""
    from rongji.kernel.identity_number import check_character

    return body[:17] + check_character(body[:17])


def test_from_registering_to_reading_back(run):
    """Every number is masked until somebody says why."""
    number = id_number(NUMBER)
    code, said = run("people", "add", "yl", "--name", "单国强", "--id", number, "--number", "A-1", "--village",
                     "石桥镇红星村", "--category", "81", "--since", "2020-01", "--phone", "13812345678")  # fmt: skip
    assert (code, said) == (0, "已建档：档案 A-1 单国强。\n")
    for word in ("sgq", "红星", number[-4:], "5678", "A-1"):
        code, said = run("people", "search", word)
        assert code == 0
        assert "单国强" in said
        assert number not in said
    code, said = run("people", "show", "A-1")
    assert code == 0
    assert "990101********" in said
    assert "还缺：居民身份证复印件" in said
    file = json.loads(run("people", "show", "A-1", "--json")[1])
    assert (file["name"], file["born_on"], file["identities"][0]["first_month"]) == ("单国强", "1952-06-15", "2020-01")
    assert not [name for name in file if "cipher" in name]
    assert run("people", "reveal", "A-1", "id_number", "--reason", "核对银行退票") == (0, f"{number}\n")
    code, said = run("people", "reveal", "A-1", "id_number", "--reason", "看")
    assert (code, "至少 4 个字" in said) == (3, True)


def test_what_becomes_known_is_written_down(run):
    """Identity, grade, move, death; a second death is refused in a sentence."""
    run("people", "add", "yl", "--name", "张建国", "--id", id_number(NUMBER), "--number", "A-1")
    steps = [
        (("identity", "A-1", "11", "2020-02"), "“11”自 2020-02 起"),
        (("grade", "A-1", "因公", "8", "2020-01-10", "--decision", "湘退役〔2020〕1号"), "因公 8 级"),
        (("moved", "A-1", "in", "2020-01-05", "--evidence", "转移函"), "2020-01-05 迁入"),
        (("identity", "A-1", "11", "2023-05", "--end", "--reason", "去世"), "终止于 2023-05"),
        (("died", "A-1", "2023-05-20", "--evidence", "火化证明"), "2023-05-20 去世"),
    ]
    for arguments, says in steps:
        code, said = run("people", *arguments)
        assert (code, says in said) == (0, True), said
    code, said = run("people", "died", "A-1", "2023-05-21", "--evidence", "火化证明")
    assert (code, said) == (3, "A-1 已登记于 2023-05-20 去世；日期有误请用更正，不要重复登记。\n")
    code, said = run("people", "changes", "--from", "2020-01-01")
    assert [word for word in ("建档", "身份认定", "残疾等级", "迁入", "身份终止", "死亡") if word not in said] == []
    assert run("people", "undied", "A-1", "--reason", "同名登记错")[0] == 0


def test_two_files_become_one_and_two_again(run):
    """The answer says how to undo it."""
    run("people", "add", "yl", "--name", "张建国", "--id", id_number(NUMBER), "--number", "A-1", "--village", "红星村")
    run("people", "add", "yl", "--name", "章建国", "--born", "1952-06-15", "--sex", "male", "--number", "B-2",
        "--village", "红星村")  # fmt: skip
    assert "姓名和住址相近" in run("people", "duplicates")[1]
    code, said = run("people", "merge", "A-1", "B-2", "--reason", "重复建档")
    number = said.partition("rongji people unmerge ")[2].split()[0].strip("。")
    assert (code, number.isdigit()) == (0, True), said
    assert "没有发现疑似重复" in run("people", "duplicates")[1]
    assert run("people", "unmerge", number, "--reason", "不是同一人") == (0, f"第 {number} 次合并已拆分。\n")
    listed = json.loads(run("people", "list", "yl", "--json")[1])
    assert [item["number"] for item in listed] == ["A-1", "B-2"]


def test_a_round_of_confirmation(run):
    """Opened, answered, read."""
    run("people", "add", "yl", "--name", "张建国", "--id", id_number(NUMBER), "--number", "A-1", "--category", "81")
    assert "共 1 人" in run("people", "open-round", "yl", "2024")[1]
    assert "张建国" in run("people", "round", "yl", "2024")[1]
    assert run("people", "confirm", "A-1", "2024", "unchanged", "--method", "电话")[0] == 0
    assert "已确认 1 人（无变化 1 人）" in run("people", "round", "yl", "2024")[1]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("show", "Z-9"), 3, "没有找到编号为 Z-9 的人员"),
        (("search", " "), 2, "是空的"),
        (("search", "430621195206150011"), 3, "校验码不符"),
        (("moved", "A-1", "up", "2024-01-01", "--evidence", "函"), 2, "in（迁入）"),
        (("add", "yl", "--name", "张三", "--id", "4.30621E+17"), 3, "科学记数"),
        (("add", "zz", "--name", "张三", "--id", id_number(OTHER)), 3, "没有编码为“zz”的机构"),
    ],
)
def test_wrong_commands_are_answered_in_words(run, arguments, code, says):
    """With the exit code of their kind."""
    left, said = run("people", *arguments)
    assert (left, says in said) == (code, True), said
