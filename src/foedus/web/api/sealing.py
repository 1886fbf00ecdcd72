"""What is under seal, and who may see it: entries and attachments by the classification that the register gives them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from foedus.record.envelope import Classification
from foedus.record.seen import may_see
from foedus.register.envelope import SealedEnvelope, kept, opened
from foedus.register.store import Register
from foedus.web.api.refusals import refused
from foedus.web.api.visitors import Visitor


@dataclass(slots=True, eq=False)
class Sight:
    """Which attachments of a register are under which seal, as far as its entries were looked through."""

    register: Register
    seen: int = 0
    seals: dict[str, Classification] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, register: Register) -> Sight:
        """That of a register, kept as long as it is."""
        return _KEPT.setdefault(register, cls(register))

    def told(self, at: int, entry: dict[str, Any], visitor: Visitor) -> dict[str, Any]:
        """What is said of an entry beside itself: nothing, or what became of its seal, and its act where it is opened."""
        if entry.get("holds") != "sealed":
            return {}
        envelope = kept(json.dumps(entry).encode(), f"entry {at}")
        assert isinstance(envelope, SealedEnvelope)
        content = self.register.attachment(bytes.fromhex(envelope.sha256))
        if content is None:
            return {"seal": "redacted"}
        if not may_see(visitor.clearance, envelope.classification):
            return {"seal": "withheld"}
        return {"seal": "opened", "opened": opened(envelope, content, f"entry {at}").model_dump()}

    def must_see(self, sha256: str, visitor: Visitor) -> None:
        """Refused where an attachment is under a seal that the visitor may not open."""
        self._look()
        seal = self.seals.get(sha256)
        if seal is None or may_see(visitor.clearance, seal):
            return
        what = f"These bytes are under seal ({seal}), and you may see what is {visitor.clearance}."
        if visitor.client is None:
            raise refused(
                401, "Authorization", what, "Send a token.", WWW_Authenticate='Bearer realm="foedus"'
            )
        raise refused(403, "Authorization", what)

    def _look(self) -> None:
        """Look through the entries that came since."""
        with self.lock:
            size = self.register.head().size
            for at, entry in enumerate(self.register.read(self.seen, size), self.seen):
                if b'"sealed"' in entry and isinstance(
                    envelope := kept(entry, f"entry {at}"), SealedEnvelope
                ):
                    self.seals[envelope.sha256] = envelope.classification
            self.seen = size


_KEPT: WeakKeyDictionary[Register, Sight] = WeakKeyDictionary()
