"""Serving: an address that is taken is told before anything claims to be started; Ctrl+C ends it in peace."""

import gc
import signal
import socket
import subprocess
import sys
import warnings

import pytest

from rongji.cli.serve import AddressNotFree, listen


@pytest.fixture
def _sockets_of_waitress():
    """A server that could not listen leaves its sockets to the collector, which complains; let it do so here."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()


pytestmark = [
    pytest.mark.usefixtures("_sockets_of_waitress"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]


def application(environ, start_response):
    """Never asked."""
    raise AssertionError


def test_a_taken_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AddressNotFree, match=f"127.0.0.1:{port} 上启动网页服务：端口已被别的程序占用"):
            listen(application, host="127.0.0.1", port=port)


@pytest.mark.parametrize(
    ("host", "reason"), [("nowhere.invalid", "主机名或地址不能识别"), ("192.0.2.1", "本机没有这个地址")]
)
def test_an_address_that_is_not_ours_is_named(host, reason):
    with pytest.raises(AddressNotFree, match=reason):
        listen(application, host=host, port=18080)


@pytest.fixture
def _ctrl_c_is_heard():
    """Whatever a shell starts in its background ignores Ctrl-C, and so would the server."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_ctrl_c_is_heard")
def test_ctrl_c_stops_the_server_without_a_traceback(tmp_path, monkeypatch):
    monkeypatch.setenv("RONGJI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("RONGJI_MODE", "demo")
    monkeypatch.delenv("RONGJI_DATABASE_URL", raising=False)
    rongji = [sys.executable, "-m", "rongji"]
    subprocess.run([*rongji, "setup"], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    server = subprocess.Popen(
        [*rongji, "serve", "--port", port], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert server.stdout.readline().startswith("网页服务已启动")
    server.send_signal(signal.SIGINT)
    _, said = server.communicate(timeout=20)
    assert server.returncode == 0
    assert said.splitlines()[-1] == "网页服务已停止。"
