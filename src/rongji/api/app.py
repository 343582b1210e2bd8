"""The API object: session sign-in, one error shape, offline documentation."""

from typing import Any

from django.http import HttpRequest, HttpResponse, RawPostDataException
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.utils import check_csrf

from rongji.accounts.policies import public
from rongji.accounts.refusals import SignInNeeded
from rongji.api.cases import router as cases_router
from rongji.api.placement import router as placement_router
from rongji.api.placement_session import router as choosing_router
from rongji.api.records import router as records_router
from rongji.api.years import router
from rongji.kernel.refusal import Refusal

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class TokenNeeded(Refusal):
    """A write without the token of the session: sent by another site, or by a program that does not send it yet."""

    code = "api-token-needed"
    sentence = "写入请求缺少防伪令牌。请先读取任意页面，再把 csrftoken 的值放进请求头 X-CSRFToken 重试。"
    status = 403


class JsonNeeded(Refusal):
    """A body of another sort than the operation takes."""

    code = "api-json-needed"
    sentence = "这个接口的内容要用 JSON 发送。请把 Content-Type 设为 application/json，内容按接口说明填写。"


def signed_in(request: Any) -> Any:
    """The actor of the session, as the pages know it. Raises: SignInNeeded, TokenNeeded (a write without its token)."""
    if request.actor is None:
        raise SignInNeeded
    if request.method not in _READING and check_csrf(request):
        raise TokenNeeded
    return request.actor


api = NinjaAPI(
    title="荣绩 API",
    version="0.1",
    description="年度数据、来龙去脉、自评得分、体检（只读），办件，业务登记，移交安置。与网页使用同一登录会话、同一权限和同一批服务。",
    auth=signed_in,
    docs_decorator=public(reason="接口说明不含业务数据"),
    urls_namespace="api",
)
api.add_router("", router)
api.add_router("", cases_router)
api.add_router("", records_router)
api.add_router("", placement_router)
api.add_router("", choosing_router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal in its one JSON shape."""
    return api.create_response(request, refusal.as_json(), status=refusal.status)


@api.exception_handler(RawPostDataException)
def not_json(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    """A form sent where JSON is asked for: it has been read as a form already."""
    return refused(request, JsonNeeded())


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that cannot be read, in the same shape."""
    names = "、".join(str(item["loc"][-1]) for item in error.errors)
    content = {"code": "parameters-unreadable", "message": f"参数 {names} 无法识别，请核对后重试。", "facts": {}}
    return api.create_response(request, content, status=422)
