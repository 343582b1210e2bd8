"""Many files at once: what one file does to its worker costs that file only; results are whole; finished ones stay."""

import json
import sys
from pathlib import Path

import pytest

from rongji.audit import batch
from rongji.audit.batch import audit_apart, audit_batch, in_order
from rongji.audit.job import Job
from rongji.audit.results import Brief, finished, program, result_name, write_whole

ODD = Path(__file__).with_name("odd_worker.py")


@pytest.fixture
def jobs_for(tmp_path, monkeypatch):
    """`jobs_for("a.txt", "hang.txt")`: made-up files and their jobs, for the misbehaving worker."""
    monkeypatch.setattr(batch, "_COMMAND", (sys.executable, str(ODD)))
    results = tmp_path / "results"
    results.mkdir()

    def make(*names):
        for name in names:
            (tmp_path / name).write_text(f"内容 {name}", encoding="utf-8")
        return [Job(str(tmp_path / name), name, str(results), "test") for name in names]

    return make


def told(jobs, seconds=60):
    """The briefs in the order of the jobs."""
    return list(in_order(audit_batch(jobs, 2, seconds)))


def test_a_file_that_kills_its_worker_costs_itself(jobs_for, capfd):
    """The others are done, by a new worker where needed, in the order they were named."""
    found = told(jobs_for("a.txt", "die.txt", "b.txt", "die-too.txt", "c.txt", "chatter.txt"))
    assert [brief.name for brief in found if brief.error] == ["die.txt", "die-too.txt"]
    assert all("意外退出" in brief.error for brief in found if brief.error)
    assert [brief.kind for brief in found] == ["txt", "", "txt", "", "txt", "txt"]


def test_a_file_that_never_ends_is_stopped(jobs_for):
    """After the time it may take, in words."""
    found = told(jobs_for("a.txt", "hang.txt", "b.txt"), seconds=6)
    assert [bool(brief.error) for brief in found] == [False, True, False]
    assert "超过 6 秒" in found[1].error


def test_a_file_that_wants_too_much_memory_is_refused(jobs_for):
    """By the limit of its worker, in words, without a word from the machine."""
    found = told(jobs_for("a.txt", "grow.txt"))
    assert [bool(brief.error) for brief in found] == [False, True]
    assert "内存" in found[1].error


def test_a_bug_over_one_file_shows_its_traceback_and_spares_the_others(jobs_for, capfd):
    """What to report stands in the sentence."""
    found = told(jobs_for("bug.txt", "a.txt"))
    assert "KeyError" in found[0].error and "维护人员" in found[0].error and not found[1].error
    assert "Traceback" in capfd.readouterr().err


def test_one_file_apart_survives_as_well(jobs_for):
    """As the web application asks for it."""
    (job,) = jobs_for("die.txt")
    assert "意外退出" in audit_apart(job, 30).error


def test_every_result_is_written_and_an_unreadable_one_too(jobs_for):
    """One file each, with the program that made it."""
    jobs = jobs_for("a.txt", "die.txt")
    for brief, job in zip(told(jobs), jobs, strict=True):
        whole = json.loads((Path(job.folder) / f"{brief.result}.json").read_text(encoding="utf-8"))
        assert whole["program"] == "test" and whole["files"][0]["file"] == job.name


def test_finished_files_are_not_done_again(jobs_for):
    """The same content by the same program is taken over; changed content, or another program, is not."""
    jobs = jobs_for("a.txt", "b.txt")
    assert [brief.reused for brief in told(jobs)] == [False, False]
    Path(jobs[1].path).write_text("改过", encoding="utf-8")
    assert [brief.reused for brief in told(jobs)] == [True, False]
    newer = [Job(job.path, job.name, job.folder, "newer") for job in jobs]
    assert [brief.reused for brief in told(newer)] == [False, False]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"program": "test", "files": []}', '{"program": "other", "files": [{}]}']
)
def test_a_broken_result_counts_as_none(tmp_path, content):
    """Cut off, of another shape, by another program."""
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    assert finished(path, "test") is None
    assert finished(tmp_path / "missing.json", "test") is None


def test_a_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    """A disk that fills up leaves the old content and no remains."""
    path = tmp_path / "a.json"
    write_whole(path, b"old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_results_in_one_folder_never_share_a_name():
    """Two files of one name, one file twice, a name that is no file name."""
    names = {result_name(name, digest) for name in ("a/x.txt", "b/x.txt", "../..", "") for digest in ("1", "2")}
    assert len(names) == 8
    assert all("/" not in name and name.strip(". ") for name in names)


def test_briefs_come_in_the_order_of_the_files():
    """Whichever finishes first waits for those before it."""
    briefs = [Brief(str(n), "", "", "", "", {}) for n in range(4)]
    assert list(in_order((n, briefs[n]) for n in (2, 0, 3, 1))) == briefs


def test_the_program_is_known_by_its_content():
    """Version and digest of what a result depends on."""
    version, _, digest = program().partition("+")
    assert version and len(digest) == 12
