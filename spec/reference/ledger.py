"""A ledger: judges one event at its place and takes it in, clauses in the order of the spec."""

import collections

import causes
import notes
import signers
from authorizations import Authorizations
from cycle import Cycle
from movements import Movements
from registry import Registry
from state import State, milliseconds, need
from statements import Statements
from texts import Record
from units import Units


class Context:
    """One event at its place in the log."""

    def __init__(self, text, time, seq, knows):
        self.event, self.hash, self.date, self.seq = text.event, text.hash, text.event.date, seq
        self.time, self.day, self.ms, self.knows = time, time[:10], milliseconds(time), knows
        self.signing = [signature.key for signature in text.signatures]
        self.before, self.sums = [], collections.Counter()


class Ledger(Registry, Cycle, Authorizations, Units, Movements, Statements, State):
    def __init__(self):
        super().__init__()
        self.tree = notes.Tree()

    def take(self, text, time, knows=1):
        """Judges an event at the end of the log and takes it in; a refusal changes nothing."""
        x = Context(text, time, len(self.entries), knows)
        b, kind = x.event.body, x.event.type
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
