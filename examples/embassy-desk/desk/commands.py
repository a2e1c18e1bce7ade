"""The commands of a consular post, as the generated client has them: what each takes, and by which method it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from .api.client import Api
from .api.fragments import Refused, Row
from .api.input_types import (
    AcknowledgeTravelDocumentRequestInput,
    ConfirmNationalityInput,
    IssueTravelDocumentInput,
    RefuseTravelDocumentInput,
    RequestMoreInformationInput,
    ScheduleConsularInterviewInput,
)
from .memory import Command


class Answer(Protocol):
    """What the payload of every command has."""

    @property
    def errors(self) -> list[Any]: ...

    @property
    def travel_document_request(self) -> Any: ...


Body = dict[str, Any]
SENT_BY: dict[str, Callable[[Api, Body], Answer]] = {
    "acknowledge": lambda api, body: api.acknowledge(AcknowledgeTravelDocumentRequestInput(**body)).answer,
    "ask": lambda api, body: api.ask_for_more(RequestMoreInformationInput(**body)).answer,
    "interview": lambda api, body: api.interview(ScheduleConsularInterviewInput(**body)).answer,
    "confirm": lambda api, body: api.confirm(ConfirmNationalityInput(**body)).answer,
    "issue": lambda api, body: api.issue(IssueTravelDocumentInput(**body)).answer,
    "refuse": lambda api, body: api.refuse(RefuseTravelDocumentInput(**body)).answer,
}


def send(api: Api, command: Command) -> tuple[list[Refused], Row | None]:
    """Sends a command as it was written down: the rules that refused, or the row as it is now."""
    body = {
        "idempotency_key": command.key,
        "travel_document_request_id": command.request,
        "expected_version": command.version,
        **command.rest,
    }
    answer = SENT_BY[command.name](api, body)
    return answer.errors, answer.travel_document_request
