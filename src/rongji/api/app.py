"""The API object: session sign-in, one error shape, offline documentation."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from rongji.accounts.policies import public
from rongji.accounts.refusals import SignInNeeded
from rongji.api.years import router
from rongji.kernel.refusal import Refusal


def signed_in(request: Any) -> Any:
    """The actor of the session, as the pages know it."""
    if request.actor is None:
        raise SignInNeeded
    return request.actor


api = NinjaAPI(
    title="荣绩 API",
    version="0.1",
    description="只读接口：年度数据、来龙去脉、自评得分、体检。与网页使用同一登录会话和同一权限。",
    auth=signed_in,
    docs_decorator=public(reason="接口说明不含业务数据"),
    urls_namespace="api",
)
api.add_router("", router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal in its one JSON shape."""
    return api.create_response(request, refusal.as_json(), status=refusal.status)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that cannot be read, in the same shape."""
    names = "、".join(str(item["loc"][-1]) for item in error.errors)
    content = {"code": "parameters-unreadable", "message": f"参数 {names} 无法识别，请核对后重试。", "facts": {}}
    return api.create_response(request, content, status=422)
