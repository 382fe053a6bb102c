"""A ledger: judges one event at its place and takes it in, clauses in the order of the spec."""

import collections

import causes
import notes
import signers
from authorizations import Authorizations
from commitments import Commitments
from cycle import Cycle
from movements import Movements
from registry import Registry
from state import State, milliseconds
from statements import Statements
from texts import Record, need
from units import Units


class Ledger(Registry, Cycle, Authorizations, Units, Movements, Statements, Commitments, State):
    def take(self, text, time, knows=1):
        """Judges an event at the end of the log and takes it in; a refusal changes nothing."""
        b, kind = text.event.body, text.event.type
        x = Record(event=text.event, hash=text.hash, date=text.event.date, seq=len(self.entries), time=time,
                   day=time[:10], ms=milliseconds(time), knows=knows, before=[], sums=collections.Counter(),
                   signing=[signature.key for signature in text.signatures])
        self.concerned = set()
        need("LED-1", x.seq > 0 or kind == "ledger.opened")
        signers.check(self, x)
        x.owners = {self.keys[key].owner for key in x.signing if key in self.keys}
        x.newest_cause = causes.newest(self, b, kind)
        need("ID-12", x.date >= x.newest_cause, x.newest_cause)
        getattr(self, kind.replace(".", "_"))(b, x)
        self.name_documents(x)
        self.entries.append(Record(event=x.event, time=time, before=x.before, sums=x.sums, voided=False))
        self.ids[x.event.id] = x.seq
        self.last_time = time

    def check_place(self, value):
        need("LOG-1", value.seq == len(self.entries), f"entry {value.seq}")
        need("LOG-2", value.prev == self.last_leaf)
        need("LOG-3", value.time >= self.last_time, value.time)

    def append(self, line):
        leaf = notes.leaf_hash(line)
        self.tree.append(leaf)
        self.last_leaf = leaf.hex()
        for key in self.concerned:
            self.lines[key].append(leaf)
