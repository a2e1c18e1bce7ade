"""What the desk remembers from one command to the next: which version of a request somebody has read, and which commands
were sent and have no answer yet.

A command is written down before it is sent, with its key. If the answer is lost, the same command is sent with the same
key and the same body, and the gateway gives the first result again instead of doing it twice.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4


@dataclass
class Command:
    """One command as it is sent, but for the names of its generated types."""

    key: str
    name: str
    request: str
    version: int
    rest: dict[str, Any]


@dataclass
class Memory:
    """The file. One desk at a time writes to it."""

    path: Path
    read: dict[str, int] = field(default_factory=dict)
    open: list[Command] = field(default_factory=list)

    @classmethod
    def at(cls, path: Path) -> Memory:
        if not path.exists():
            return cls(path)
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(path, kept["read"], [Command(**one) for one in kept["open"]])

    def has_read(self, request: str, version: int | None) -> None:
        """Somebody has seen this version: what they decide next is decided on it."""
        if version is None:
            self.read.pop(request, None)
        else:
            self.read[request] = version
        self.save()

    def unanswered(self, request: str) -> Command | None:
        """The command on this request that has no answer yet."""
        return next((one for one in self.open if one.request == request), None)

    def begin(self, name: str, request: str, rest: dict[str, Any]) -> Command:
        """Writes a new command down, before it is sent."""
        command = Command(f"desk-{uuid4()}", name, request, self.read[request], rest)
        self.open.append(command)
        self.save()
        return command

    def settle(self, command: Command, version: int | None) -> None:
        """The command has its answer; `version` is what the answer says, if it says so."""
        self.open.remove(command)
        self.has_read(command.request, version)

    def save(self) -> None:
        """Replaces the file as a whole, and returns once it is on disk."""
        fresh = self.path.with_name(self.path.name + ".new")
        text = json.dumps({"read": self.read, "open": [asdict(one) for one in self.open]}, indent=1)
        # There may be a question about a person in it: for its owner alone.
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
