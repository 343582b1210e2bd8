"""Somebody at home before the public window: opens pages, fills in forms, and keeps cookies like a browser."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

JPEG = b"\xff\xd8\xff\xe0" + b"picture " * 40
PETITION = {
    "applicant": "李示例", "contact": "13900001234", "title": "反映优待金发放问题", "f-topic": "抚恤优待",
    "f-request": "今年的义务兵家庭优待金还没有收到，请核查。", "consent": "yes",
}  # fmt: skip
File = tuple[str, str, bytes]
"""Name of the field, name of the file, content."""


@dataclass
class Page:
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]

    def hidden(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else ""

    @property
    def codes(self) -> list[str]:
        """Number and query code of a receipt."""
        return re.findall(r'class="code">([^<]+)<', self.text)

    @property
    def main(self) -> str:
        """The words of the main part."""
        inner = re.search(r"<main.*?</main>", self.text, re.S)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inner[0] if inner else self.text)).strip()


@dataclass
class Visitor:
    """One visitor at one address."""

    base: str
    address: str = field(default_factory=lambda: f"203.0.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}")
    opener: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))

    def get(self, path: str) -> Page:
        """A page."""
        return self._ask(Request(self.base + path))

    def post(self, path: str, given: Mapping[str, str], **headers: str) -> Page:
        """A plain form."""
        return self._ask(Request(self.base + path, data=urlencode(given).encode(), headers=headers))

    def send(
        self, kind: str = "petition", given: Mapping[str, str] = PETITION, files: Iterable[File] = (), **over: str
    ) -> Page:
        """The form of a matter, opened, filled in and sent. over: fields written over what the page had."""
        page = self.get(f"/apply/{kind}/")
        own = {name: page.hidden(name) for name in ("csrfmiddlewaretoken", "token")}
        return self.send_again(kind, {**own, **given, **over}, files)

    def send_again(self, kind: str, given: Mapping[str, str], files: Iterable[File] = ()) -> Page:
        """A form as it stands."""
        boundary = uuid.uuid4().hex
        kind_of = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask(Request(f"{self.base}/apply/{kind}/", data=multipart(boundary, given, files), headers=kind_of))

    def state(self, number: str, code: str) -> Page:
        """How far a form is."""
        page = self.get("/state/")
        token = page.hidden("csrfmiddlewaretoken")
        return self.post("/state/", {"csrfmiddlewaretoken": token, "number": number, "code": code})

    def _ask(self, request: Request) -> Page:
        request.add_header("X-Forwarded-For", self.address)
        try:
            answer: Any = self.opener.open(request, timeout=20)
        except HTTPError as error:
            answer = error
        with answer:
            return Page(answer.status, answer.read().decode(), dict(answer.headers))


def multipart(boundary: str, given: Mapping[str, str], files: Iterable[File]) -> bytes:
    """A form with files as browsers send it."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode(
            "utf-8", "surrogatepass"
        )
        for name, text in given.items()
    ]
    for name, file, data in files:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode()
