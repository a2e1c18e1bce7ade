"""The command line. It ends with 0 where all is well, with 1 where a rule of the programme refused, with 2 where it was
asked wrongly, with 3 where the gateway did not let it in, and with 4 where there was no answer: then say the same again.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .api.base_client import NoAnswer, Refusal
from .api.client import Api
from .api.enums import InformationItem, InterviewMode, RefusalReason, TravelDocumentRequestState, TravelDocumentType
from .api.request import RequestNodeTravelDocumentRequest
from .commands import SENT_BY, send
from .memory import Command, Memory
from .shown import footnotes, line, page, plain

# What the post has to do something about. In MORE_INFO_REQUESTED it is the mission that has to.
WAITING = [
    TravelDocumentRequestState.SUBMITTED,
    TravelDocumentRequestState.ACKNOWLEDGED,
    TravelDocumentRequestState.RESUBMITTED,
    TravelDocumentRequestState.INTERVIEW_SCHEDULED,
    TravelDocumentRequestState.NATIONALITY_CONFIRMED,
]
REFUSED, WRONG, NOT_LET_IN, NO_ANSWER = 1, 2, 3, 4


def arguments() -> argparse.ArgumentParser:
    """What can be asked of the desk."""
    parser = argparse.ArgumentParser(prog="desk", description="Travel document requests of a consular post.")
    env = os.environ.get
    parser.add_argument("--server", default=env("DESK_SERVER"), help="address of the gateway (DESK_SERVER)")
    parser.add_argument("--token-command", default=env("DESK_TOKEN_COMMAND"), help="prints an access token (DESK_TOKEN_COMMAND)")
    parser.add_argument("--purpose", default=env("DESK_PURPOSE"), help="for a client with several purposes (DESK_PURPOSE)")
    parser.add_argument("--memory", default=env("DESK_MEMORY", "desk.json"), type=Path, help="file of the desk (DESK_MEMORY)")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("waiting", help="what waits for the post, the oldest first")
    verbs.add_parser("again", help="send what has no answer yet")

    def verb(name: str, what: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=what)
        made.add_argument("request", help="the id, as `waiting` shows it")
        return made

    verb("show", "one request, with what is withheld; what is decided next is decided on this version")
    verb("acknowledge", "the post has taken note")
    verb("confirm", "the person is a national")
    ask = verb("ask", "the post needs to know more")
    ask.add_argument("--item", dest="items", action="append", required=True, choices=[item.value for item in InformationItem])
    ask.add_argument("--question")
    interview = verb("interview", "the person is to speak with the post")
    interview.add_argument("--at", required=True, type=moment, help="with an offset: 2030-01-31T10:00+01:00")
    interview.add_argument("--mode", required=True, choices=[mode.value for mode in InterviewMode])
    interview.add_argument("--place")
    issue = verb("issue", "the document is issued")
    issue.add_argument("--document-type", required=True, choices=[kind.value for kind in TravelDocumentType])
    issue.add_argument("--number", required=True)
    issue.add_argument("--issued-on", required=True, type=day)
    issue.add_argument("--expires-on", required=True, type=day)
    issue.add_argument("--mrz")
    refuse = verb("refuse", "the post says no")
    refuse.add_argument("--reason", required=True, choices=[reason.value for reason in RefusalReason])
    return parser


def moment(text: str) -> str:
    """A moment with its offset: a time without one is not the same to everybody."""
    if datetime.fromisoformat(text).tzinfo is None:
        raise argparse.ArgumentTypeError("say the offset as well, such as +01:00")
    return text


def day(text: str) -> str:
    """A day."""
    return date.fromisoformat(text).isoformat()


def token_by(command: str) -> str:
    """A token, new for each time that the desk is used."""
    return subprocess.run(shlex.split(command), check=True, capture_output=True, text=True, timeout=30).stdout.strip()


class Desk:
    """One use of the desk."""

    def __init__(self, api: Api, memory: Memory) -> None:
        self.api = api
        self.memory = memory

    def waiting(self) -> int:
        """Lists what waits: pages from the end of the listing, for the newest come first in it."""
        before: str | None = None
        lines: list[str] = []
        notes: set[str] = set()
        while True:
            listing = self.api.waiting(WAITING, before).travel_document_requests
            shown = [line(one, place, self.api.redactions) for place, one in enumerate(listing.nodes)]
            lines += reversed(shown)
            notes.update(footnotes([one.case.host_territory if one.case else None for one in listing.nodes]))
            before = listing.page_info.start_cursor
            if not listing.page_info.has_previous_page or before is None:
                break
        print(f"{len(lines)} requests wait.", *lines, *sorted(notes), sep="\n")
        return 0

    def show(self, request: str) -> int:
        """Shows one request, and remembers which version was seen."""
        node = self.api.request(request).node
        if not isinstance(node, RequestNodeTravelDocumentRequest):
            print("there is no such request for this post", file=sys.stderr)
            return REFUSED
        print(*page(node, self.api.redactions), sep="\n")
        self.memory.has_read(request, node.version)
        return 0

    def give(self, name: str, request: str, rest: dict[str, Any]) -> int:
        """Gives a command; one that was left without an answer is sent as it was."""
        earlier = self.memory.unanswered(request)
        if earlier and (earlier.name, earlier.rest) != (name, rest):
            print(f"`{earlier.name}` on this request has no answer yet: `desk again` first", file=sys.stderr)
            return WRONG
        if not earlier and request not in self.memory.read:
            print(f"nobody has read it as it is now: `desk show {request}` first", file=sys.stderr)
            return WRONG
        return self.settle(earlier or self.memory.begin(name, request, rest))

    def settle(self, command: Command) -> int:
        """Sends a command that is written down, and says what came of it."""
        try:
            errors, row = send(self.api, command)
        except Refusal as refusal:
            # Nobody has looked at the command: what came of it before, if it was sent before, is still open.
            if refusal.code != "UNAUTHENTICATED":
                self.memory.settle(command, None)
            raise
        for error in errors:
            where = f" ({error.field})" if error.field else ""
            print(f"refused: {plain(error.code)}{where}: {error.message}", file=sys.stderr)
        if errors or row is None:
            # After a CONFLICT somebody has to read it again, and decide again. Any other rule left the version as it was.
            changed = any(plain(error.code) == "CONFLICT" for error in errors)
            self.memory.settle(command, None if changed else command.version)
            return REFUSED
        document = f", document {row.document.number}" if row.document else ""
        print(f"{command.name}: {plain(row.state)}, version {row.version}{document}")
        self.memory.settle(command, row.version)
        return 0

    def again(self) -> int:
        """Sends what has no answer yet, in order."""
        return max([self.settle(command) for command in list(self.memory.open)], default=0)


def main(args: list[str]) -> int:
    """Does what the arguments say."""
    parser = arguments()
    said = vars(parser.parse_args(args))
    server, command, purpose, memory = (said.pop(key) for key in ("server", "token_command", "purpose", "memory"))
    verb, request = said.pop("verb"), said.pop("request", None)
    if not server or not command:
        parser.error("--server and --token-command are needed")
    try:
        desk = Desk(Api(server, lambda: token_by(command), purpose), Memory.at(memory))
        if verb in SENT_BY:
            return desk.give(verb, request, {key: value for key, value in said.items() if value is not None})
        return desk.show(request) if verb == "show" else desk.waiting() if verb == "waiting" else desk.again()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return NOT_LET_IN if refusal.code == "UNAUTHENTICATED" else REFUSED
    except (NoAnswer, ValidationError) as fault:
        # A ValidationError: the gateway is newer than the generated client. Generate it anew, and say the same again.
        print(f"no answer that can be read; say the same again, nothing will be done twice\n{fault}", file=sys.stderr)
        return NO_ANSWER
