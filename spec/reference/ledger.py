"""A ledger: judges one event at its place and takes it in, clauses in the order of the spec."""

import collections

import assignment
import cycle
import documents
import issuance
import locks
import movements
import notes
import rules
import statements
from identity import check
from shapes import EVENTS
from state import State, milliseconds, need

# Types whose clauses this program asks: one function each, named as the type.
PAGES = (rules, statements, cycle, issuance, assignment, movements, locks, documents)
JUDGES = {name: getattr(page, name.replace(".", "_")) for name in EVENTS for page in PAGES
          if hasattr(page, name.replace(".", "_"))}
rules.TYPES.update(EVENTS)


class Context:
    """One event at its place in the log."""

    def __init__(self, text, time, seq, tree, knows):
        self.event, self.signatures, self.hash = text.event, text.signatures, text.hash
        self.date, self.seq = self.event["date"], seq
        self.time, self.day, self.ms = time, time[:10], milliseconds(time)
        self.tree, self.knows = tree, knows
        self.before, self.sums, self.newest_cause = [], collections.Counter(), ""


class Ledger:
    def __init__(self):
        self.state, self.tree = State(), notes.Tree()

    def take(self, text, time, knows=1):
        """Judges an event at the end of the log and takes it in; a refusal changes nothing."""
        state, seq = self.state, len(self.state.entries)
        x = Context(text, time, seq, self.tree, knows)
        kind = x.event["type"]
        need(seq > 0 or kind == "ledger.opened", "LED-1", "The first entry opens the ledger.")
        check(state, x)
        JUDGES[kind](state, x.event["body"], x)
        documents.name_documents(state, x)
        touched = collections.defaultdict(list)
        for scope, first, last, _ in x.before:
            touched[scope].append([first, last])
        state.entries.append(dict(event=x.event, time=time, before=x.before, sums=x.sums,
                                  touched=touched, voided=False))
        state.ids[x.event["id"]] = seq
        state.last_time = time

    def check_place(self, text):
        state, value = self.state, text.value
        need(value["seq"] == len(state.entries), "LOG-1", f"Entry {value['seq']} stands here.")
        need(value["prev"] == state.last_leaf, "LOG-2", "It follows another entry.")
        need(value["time"] >= state.last_time, "LOG-3", "Time runs backwards.")

    def append(self, line):
        leaf = notes.leaf_hash(line)
        self.tree.append(leaf)
        self.state.last_leaf = leaf.hex()
