"""What is shown: a field that is withheld is called so, and never taken for one that nobody knows."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from .api.base_client import Redaction
from .api.fragments import Line, LineCaseHostTerritory
from .api.request import RequestNodeTravelDocumentRequest


def plain(value: object) -> str:
    """A value in words."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M %Z")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def told(value: object, path: tuple[str | int, ...], redactions: list[Redaction]) -> str:
    """A field of an answer, with what the gateway says of it: the path is that of the answer."""
    access = next((one.access for one in redactions if one.path == path[: len(one.path)]), None)
    if access == "WITHHELD":
        return "(withheld)"
    if value is None:
        return "(not known)"
    return f"{plain(value)} (in part)" if access == "MASKED" else plain(value)


def line(request: Line, place: int, redactions: list[Redaction]) -> str:
    """One request that waits, with its place in the listing."""

    def of(value: object, *path: str) -> str:
        return told(value, ("travelDocumentRequests", "nodes", place, *path), redactions)

    person, case = request.applicant, request.case
    name = of(person and person.full_name, "applicant", "fullName")
    born = of(person and person.date_of_birth, "applicant", "dateOfBirth")
    where = of(case and case.host_territory and case.host_territory.name, "case", "hostTerritory")
    hurry = ", URGENT" if request.expedited else ""
    return f"{request.id} {request.age_in_days or 0:4d} days  {plain(request.state):<21}  {name}, born {born}, in {where}{hurry}"


def footnotes(territories: list[LineCaseHostTerritory | None]) -> list[str]:
    """Kosovo* is never shown without its footnote."""
    return sorted({f"* {one.footnote}" for one in territories if one and one.footnote})


def page(request: RequestNodeTravelDocumentRequest, redactions: list[Redaction]) -> list[str]:
    """All that the post may know of one request."""

    def of(value: object, *path: str) -> str:
        return told(value, ("node", *path), redactions)

    person, case = request.applicant, request.case
    territory = case.host_territory if case else None
    rows = [
        ("state", f"{of(request.state, 'state')}, for {request.age_in_days} days, version {request.version}"),
        ("case", of(case and case.reference, "case", "reference")),
        ("in", of(territory and territory.name, "case", "hostTerritory")),
        ("name", of(person and person.full_name, "applicant", "fullName")),
        ("sex", of(person and person.sex, "applicant", "sex")),
        ("born", of(person and person.date_of_birth, "applicant", "dateOfBirth")),
        ("place of birth", of(person and person.place_of_birth, "applicant", "placeOfBirth")),
        ("parents", of(person and person.parents_names, "applicant", "parentsNames")),
        ("telephone", of(person and person.phone, "applicant", "phone")),
        ("address", of(person and person.host_address, "applicant", "hostAddress")),
        ("legal status", of(case and case.legal_status_at_application, "case", "legalStatusAtApplication")),
        ("to leave on", of(request.planned_departure_on, "plannedDepartureOn")),
    ]
    for asked in request.information_requests or []:
        items = ", ".join(plain(item) for item in asked.items or [])
        rows.append(("asked for", f"{items}: {asked.question or ''}"))
        rows.append(("answered", asked.answer or ("yes, without words" if asked.answered_at else "(not yet)")))
    for interview in request.interviews or []:
        rows.append(("interview", f"{plain(interview.at)}, {plain(interview.mode)} {interview.place or ''}".rstrip()))
    if request.refusal_reason:
        rows.append(("refused", plain(request.refusal_reason)))
    if document := request.document:
        rows.append(("document", f"{plain(document.type_)} {document.number}, until {plain(document.expires_on)}"))
    notes = [f"* {territory.footnote}"] if territory and territory.footnote else []
    return [f"{name:<15} {value}" for name, value in rows] + notes
