"""Uploads: what is taken, what is refused in words, and that only the one who uploaded may confirm."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongji.web import uploads


@pytest.fixture
def request_of(options):
    """A request with a session of its own, and a data directory of its own."""
    options()
    return lambda: SimpleNamespace(session={})


def test_a_workbook_is_kept_until_it_is_confirmed(request_of):
    """Kept under its digest, found again with its version, gone when forgotten."""
    request = request_of()
    kept = uploads.keep(request, SimpleUploadedFile("年度.xlsx", b"PK\x03\x04 content"))
    uploads.note_version(request, kept, 7)
    found = uploads.find(request, kept.id)
    assert (found.name, found.data, found.version) == ("年度.xlsx", b"PK\x03\x04 content", 7)
    uploads.forget(request, found)
    with pytest.raises(uploads.UploadGone):
        uploads.find(request, kept.id)


def test_another_session_cannot_confirm_it(request_of):
    """Knowing the digest is not enough."""
    kept = uploads.keep(request_of(), SimpleUploadedFile("年度.xlsx", b"content"))
    with pytest.raises(uploads.UploadGone):
        uploads.find(request_of(), kept.id)


@pytest.mark.parametrize("identity", ["../../rongji.sqlite3", "", "no-such-upload"])
def test_a_made_up_name_finds_nothing(request_of, identity):
    """Nor does a path."""
    with pytest.raises(uploads.UploadGone):
        uploads.find(request_of(), identity)


@pytest.mark.parametrize(
    ("name", "size", "refusal"),
    [
        ("扫描件.png", 10, uploads.FileKindRefused),
        ("年度.xlsx.exe", 10, uploads.FileKindRefused),
        ("年度.xlsx", uploads.MAX_MEGABYTES * uploads.MEGABYTE + 1, uploads.FileTooLarge),
    ],
)
def test_what_is_no_workbook_is_refused(request_of, name, size, refusal):
    """By its kind and by its size, before anything reads it."""
    file = SimpleUploadedFile(name, b"x")
    file.size = size
    with pytest.raises(refusal) as said:
        uploads.keep(request_of(), file)
    assert name in str(said.value)


def test_no_file_is_said_so(request_of):
    """Sending the form without a file."""
    with pytest.raises(uploads.NoFileChosen):
        uploads.keep(request_of(), None)


def test_the_same_file_brought_twice_is_gone_for_the_second_in_words(request_of):
    """Two people upload the same workbook; the first confirms."""
    first, second = request_of(), request_of()
    mine = uploads.keep(first, SimpleUploadedFile("年度.xlsx", b"content"))
    theirs = uploads.find(second, uploads.keep(second, SimpleUploadedFile("年度.xlsx", b"content")).id)
    uploads.forget(first, mine)
    with pytest.raises(uploads.UploadGone):
        _ = theirs.data
