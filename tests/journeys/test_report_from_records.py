"""`rongji report BUREAU YEAR` on a year kept in the records: with the account's rights, last year beside it."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from rongji.cli.invocation import note
from rongji.cli.main import app
from rongji.documents.fonts import web_font_files

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def run(capsys):
    """Run the command line; returns exit code, standard output, standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            app(list(arguments))
        shown = capsys.readouterr()
        return int(left.value.code or 0), shown.out, shown.err

    yield call
    note(as_user="", command="")  # a command line ends with its process; here others follow


@pytest.fixture
def kept(organisation, actor):
    """青山 2023 and 2024, imported by its finance officer; officers here and elsewhere."""
    from rongji.performance.services import import_year

    home = organisation("qingshan", area_code="430999", name="青山县退役军人事务局（示例）")
    elsewhere = organisation("elsewhere", area_code="440100")
    finance = actor("finance", organisation=home, username="qs-finance")
    actor("finance", organisation=elsewhere, username="other-finance")
    for year in ("2023", "2024"):
        import_year(actor=finance, source=EXAMPLES / f"qingshan-{year}" / "year.yaml")


def text_of(path: Path) -> str:
    """The words of a Word file."""
    return zipfile.ZipFile(path).read("word/document.xml").decode("utf-8")


@pytest.mark.usefixtures("kept")
def test_the_records_give_the_same_report_as_the_file(run, tmp_path):
    """Own form, final, last year attached from the records without naming it."""
    from_file, from_records = tmp_path / "file", tmp_path / "records"
    named = ("--final", "--formats", "docx")
    prior = str(EXAMPLES / "qingshan-2023" / "year.yaml")
    year = str(EXAMPLES / "qingshan-2024" / "year.yaml")
    assert run("report", "--file", year, "--prior", prior, *named, "--out", str(from_file))[0] == 0
    code, out, err = run("report", "qingshan", "2024", *named, "--out", str(from_records))
    assert (code, err) == (0, "")
    assert "校验全部通过" in out
    name = "qingshan-2024-yuelu-2021.docx"
    assert "主要数据与上年对比表" in text_of(from_records / name)
    assert text_of(from_records / name) == text_of(from_file / name)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("report", "qingshan"), 2, "写明单位编码和年度"),
        (("report", "qingshan", "2019"), 3, "请先导入年度数据工作簿"),
        (("report", "nowhere", "2024"), 3, "没有编码为“nowhere”的机构"),
        (("--as", "other-finance", "report", "qingshan", "2024"), 4, "权限"),
        (("report", "qingshan", "2024", "--form", "tianxin-2018"), 3, "tianxin-2019"),
    ],
)
def test_what_is_not_there_or_not_yours_is_refused(run, tmp_path, arguments, code, said):
    """Half a name, a year or bureau without records, another bureau's account, an unknown form: nothing is written."""
    found, _, err = run(*arguments, "--out", str(tmp_path))
    assert found == code and said in err, err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("kept")
def test_the_account_named_sees_its_own_bureau(run, tmp_path):
    """`--as`: the report is read under the rights of that account."""
    code, out, _ = run("--as", "qs-finance", "report", "qingshan", "2024", "--out", str(tmp_path), "--formats", "docx")
    assert code == 0 and "qingshan-2024-yuelu-2021.docx" in out


@pytest.fixture
def house_font(tmp_path, monkeypatch):
    """A directory with one font called 仿宋 set as the site's font directory (字体目录)."""
    from rongji.config.options import load_options

    folder = tmp_path / "fonts"
    folder.mkdir()
    copy = Path(shutil.copy(next(iter(web_font_files().values())), folder))
    with TTFont(copy) as font:
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6, 16):
                record.string = "FangSong"
        font.save(copy)
    monkeypatch.setenv("RONGJI_FONT_DIR", str(folder))
    load_options.cache_clear()
    yield folder
    monkeypatch.undo()
    load_options.cache_clear()


@pytest.mark.usefixtures("house_font")
def test_the_font_directory_of_the_site_is_used(run, tmp_path):
    """The body of the PDF is set in the 仿宋 that the site put into its font directory."""
    year = str(EXAMPLES / "wangcheng-2021" / "year.yaml")
    assert run("report", "--file", year, "--out", str(tmp_path), "--formats", "pdf")[0] == 0
    made = PdfReader(io.BytesIO((tmp_path / "wangcheng-2021-wangcheng-2021.pdf").read_bytes()))
    fonts = {font.get_object()["/BaseFont"] for page in made.pages for font in page["/Resources"]["/Font"].values()}
    assert any("FangSong" in name for name in fonts)
