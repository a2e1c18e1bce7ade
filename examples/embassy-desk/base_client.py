"""What the generated methods are sent by: gql, with a new token, and with the patience that the gateway asks for.

ariadne-codegen copies this file into desk/api, beside what it makes; the desk uses it there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gql import Client, GraphQLRequest
from gql.transport.exceptions import TransportError, TransportQueryError
from gql.transport.requests import RequestsHTTPTransport
from pydantic import BaseModel
from requests import PreparedRequest
from requests.auth import AuthBase

# The gateway gives up after 30 seconds, if nothing else is set.
PATIENCE = 40
# urllib3 waits as long as Retry-After says, and longer each time where nothing is said. A command may be sent again: it
# has its idempotencyKey. A line that breaks before the answer is among what is tried again.
TRIES = 5
AGAIN = (429, 502, 503, 504)


class Refusal(Exception):
    """The gateway answered that it will not do it, and has done nothing."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class NoAnswer(Exception):
    """Nobody knows whether it was done."""


@dataclass(frozen=True)
class Redaction:
    """A field of the last answer that was withheld, or told in part (MASKED)."""

    path: tuple[str | int, ...]
    field: str
    access: str


# Codes that do not say whether the command was carried out, or say only that this time nobody looked at it.
OPEN = {"INTERNAL", "TIMEOUT", "RATE_LIMITED", "OVERLOADED"}


class Signed(AuthBase):
    """Says with each request who asks, and for which purpose where that has to be said."""

    def __init__(self, token: Callable[[], str], purpose: str | None) -> None:
        self._token = token
        self._purpose = purpose

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token()}"
        if self._purpose:
            request.headers["X-Purpose"] = self._purpose
        return request


class BaseClient:
    """One desk at one gateway."""

    def __init__(self, server: str, token: Callable[[], str], purpose: str | None = None) -> None:
        self.redactions: list[Redaction] = []
        transport = RequestsHTTPTransport(
            f"{server.rstrip('/')}/graphql",
            auth=Signed(token, purpose),
            timeout=PATIENCE,
            retries=TRIES,
            retry_backoff_factor=0.3,
            retry_status_forcelist=AGAIN,
            allow_redirects=False,
        )
        self._client = Client(transport=transport)

    def execute(self, query: str, operation_name: str, variables: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Sends one operation; the answer's data, or a Refusal, or NoAnswer."""
        self.redactions = []
        request = GraphQLRequest(query, variable_values=_plain(variables), operation_name=operation_name)
        try:
            result = self._client.execute(request, get_execution_result=True)
        except TransportQueryError as fault:
            error = (fault.errors or [{}])[0]
            code = error.get("extensions", {}).get("code", "INTERNAL")
            if code in OPEN:
                raise NoAnswer(f"{code}: {error.get('message')}") from fault
            raise Refusal(code, error.get("message", "")) from fault
        except TransportError as fault:
            raise NoAnswer(str(fault)) from fault
        self.redactions = [
            Redaction(tuple(one["path"]), one["field"], one["access"])
            for one in (result.extensions or {}).get("redactions", [])
        ]
        return result.data or {}

    def get_data(self, response: dict[str, Any]) -> dict[str, Any]:
        """What the generated models are made of."""
        return response


def _plain(value: Any) -> Any:
    """Variables as JSON has them; what was not said is left out."""
    if isinstance(value, BaseModel):
        return json.loads(value.model_dump_json(by_alias=True, exclude_unset=True))
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if not type(one).__name__ == "UnsetType"}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
