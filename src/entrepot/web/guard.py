"""Stands before every page: host names, the access token, size of bodies, headers that forbid scripts from elsewhere."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from entrepot.web.problems import problem
from entrepot.web.settings import Settings

ACCESS_COOKIE = "entrepot_access"
FORM_COOKIE = "entrepot_form"

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""No script and no style but the server's own files; maps draw from blobs that the bundle makes."""

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        await _Body(self.app, self.settings.body_bytes)(scope, receive, guarded)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").rpartition("@")[2]
        name = host[: host.index("]") + 1].strip("[]") if host.startswith("[") else host.partition(":")[0]
        if self.settings.hosts and name.lower() not in self.settings.hosts:
            return PlainTextResponse("This server answers only under its own address.\n", 421)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.settings.body_bytes:
            return problem(413, f"the body is longer than {self.settings.body_bytes:,} bytes")
        return None if self.settings.token is None else self._without_token(scope, headers, self.settings.token)

    def _without_token(self, scope: Scope, headers: Headers, token: str) -> Response | None:
        """A refusal, a redirect that keeps the token as a cookie, or None where the token was shown before."""
        proof = hmac.new(self.settings.secret, token.encode(), hashlib.sha256).hexdigest()
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if same(bearer, token) or same(_cookie(headers, ACCESS_COOKIE), proof):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] == "GET" and any(key == "token" and same(value, token) for key, value in query):
            rest = urlencode([(key, value) for key, value in query if key != "token"])
            path = "/" + scope["path"].lstrip("/\\")
            answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(ACCESS_COOKIE, proof, httponly=True, samesite="lax", path="/")
            return answer
        return PlainTextResponse("Open the address with its token, as the server printed it when it started.\n", 401)


class _Body:
    """Stops a body that grows past the limit whatever its header says."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0
        started = False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.most:
                raise BodyTooLong(self.most)
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            # whatever the application made of the error, the answer says what was wrong
            if read <= self.most:
                started = True
                await send(message)

        with suppress(BodyTooLong):
            await self.app(scope, counted, noted)
        if read > self.most and not started:
            await problem(413, f"the body is longer than {self.most:,} bytes")(scope, receive, send)


class BodyTooLong(Exception):
    """A body went on past the limit."""


def form_token(secret: bytes, cookie: str) -> str:
    """What a form must carry beside the cookie of its page."""
    return hmac.new(secret, b"form:" + cookie.encode(), hashlib.sha256).hexdigest()


def fresh_cookie() -> str:
    """A new value of the forms' cookie."""
    return secrets.token_urlsafe(24)


def form_allowed(request: Request, secret: bytes, shown: str) -> bool:
    """Whether a POST comes from a page that this server showed to this browser."""
    cookie = request.cookies.get(FORM_COOKIE, "")
    return bool(cookie) and same(shown, form_token(secret, cookie))


def same(left: str, right: str) -> bool:
    """Equality in constant time; empty texts are equal to nothing."""
    return bool(left) and bool(right) and hmac.compare_digest(left.encode(), right.encode())


def _cookie(headers: Headers, name: str) -> str:
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""
