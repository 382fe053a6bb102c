"""What an evidence file proves to whoever has the log's key (spec/audit.md, 8; EVD-1, EVD-2)."""

import re

import notes
import shapes
from audit import Audit, Found
from texts import CouldNotRun, Refusal, Text, need, statement

MOST = 4000000
FORMS = dict(fork=r"(checkpoint \n){2}(begins \n(hash \n){0,64})?", entry="clause \nentry \nproof \n",
             receipt="(entry \nproof \n){2}")


def value_of(word, value):
    if word == "clause":
        need("EVD-1", re.fullmatch("[A-Z0-9-]{1,16}", value), "that is not the id of a clause")
        return value
    data = notes.strict_base64(value)
    need("EVD-1", data or not value, f"the value of {word!r} is not base64")
    need("EVD-1", word not in ("begins", "hash") or len(data) == 32, f"{word!r} is not a hash of 32 bytes")
    if word != "proof":
        return data
    proof = notes.split_proof(data.decode(errors="surrogateescape"))
    need("EVD-1", proof and proof[2] is None, "that is not a tlog-proof without extra bytes")
    return proof


def parse(data):
    """The kind, and the values of the lines behind it."""
    need("EVD-1", len(data) <= MOST, "no evidence has so many bytes")
    first, *lines = data.decode("latin-1").split("\n")
    need("EVD-1", first == "itmo-ledger/evidence@v1" and len(lines) > 1 and not lines[-1],
         "another first or last line belongs there")
    rows = [line.partition(" ") for line in lines[:-1]]
    form = FORMS.get(rows[0][2]) if rows[0][:2] == ("kind", " ") else None
    need("EVD-1", form, "the kind is fork, entry or receipt")
    words = "".join(f"{word}{gap}\n" for word, gap, _ in rows[1:])
    need("EVD-1", re.fullmatch(form, words), "the lines are not those of this kind")
    return rows[0][2], [value_of(word, value) for word, _, value in rows[1:]]


class Check:
    """Each kind gives the clause that the log breaks, and what was found; else EVD-2, or CouldNotRun."""

    def __init__(self, keys, log):
        self.keys, self.log = keys, log

    def signed(self, note):
        checkpoint = notes.open_checkpoint(note, self.keys)
        need("EVD-2", checkpoint, "no key given signed a checkpoint in it; a log may have announced others")
        return checkpoint[1:]

    def contained(self, line, proof):
        """Index, root of the entries before, and the size and root of the log that has the entry."""
        index, hashes, _, note = proof
        size, root = self.signed(note)
        leaf = notes.leaf_hash(line)
        need("EVD-2", notes.includes(leaf, index, size, root, hashes), f"the hashes do not lead from entry {index}")
        return index, notes.climb(index, size - 1, hashes, b"", leaf)[0] or notes.EMPTY, size, root

    def fork(self, older, newer, begins=None, *proof):
        (old_size, old_root), (size, root) = self.signed(older), self.signed(newer)
        need("EVD-2", old_size <= size, "the larger checkpoint stands first")
        found = f"Keys of the log signed {old_size} entries with root {old_root.hex()}, and {size} with {root.hex()}"
        if old_size == size:
            need("EVD-2", begins is None and old_root != root, "two roots of one size need to differ, and no proof")
            return "LOG-19", found
        need("EVD-2", begins not in (None, old_root), "nothing says how else the newer log begins")
        leads = notes.extends(old_size, begins, size, root, list(proof))
        need("EVD-2", leads, "the hashes do not lead from that beginning to the root that was signed")
        return "LOG-19", f"{found}, whose first {old_size} entries have root {begins.hex()}"

    def entry(self, named, line, proof):
        index, before, size, root = self.contained(line, proof)
        try:
            text = Text(line, shapes.line)
            text.verify()
            need("LOG-1", text.value.seq == index, f"entry {text.value.seq}")
            clause, found = self.behind(index, before, line)
        except Refusal as refusal:
            clause, found = refusal.clause, str(refusal)
        need("EVD-2", clause == named, f"it names {named}; entry {index}: {found}")
        return clause, f"A key of the log signed {size} entries with root {root.hex()}; entry {index} is bad. {found}"

    def behind(self, index, before, line):
        """Judges an entry behind those before it, which are the log's where they make its hashes."""
        audit = Audit(self.log, self.keys)
        checkpoint = notes.read_checkpoint(audit.bundle.read("checkpoint", 1000000)) if self.log else None
        if index > 0 and (not checkpoint or checkpoint[1] < index):
            raise CouldNotRun(f"The entries before entry {index} are needed: a copy of the log, by --log")
        try:
            for number, earlier in zip(range(index), audit.bundle.entries(checkpoint[1] if index else 0)):
                audit.entry(number, earlier)
        except Found as found:
            raise CouldNotRun(f"The copy does not lead up to entry {index}: {found}") from found
        if audit.book.tree.root() != before:
            raise CouldNotRun("The entries of the copy are not those of the log that was signed")
        try:
            audit.entry(index, line)
        except Found as found:
            return found.row["clause"], str(found)
        return None, "it breaks no clause"

    def receipt(self, line, proof, other_line, other_proof):
        (index, _, size, _), (other, _, other_size, _) = (
            self.contained(line, proof), self.contained(other_line, other_proof))
        found = f"Keys of the log signed {size} entries with the receipt's entry {index}, and {other_size} with"
        if index == other:
            need("EVD-2", line != other_line, "the entry of the receipt is in both logs")
            return "LOG-19", f"{found} another in its place"
        try:
            received, later = (Text(each, shapes.line).time for each in (line, other_line))
        except Refusal as refusal:
            raise Refusal("EVD-2", "an entry in it has no time") from refusal
        need("EVD-2", other < index and later > received, "both entries may stand in one log")
        clause = "LOG-22" if other_size <= index else "LOG-19"
        return clause, f"{found} entry {other}, made later, at {later} and not by {received}"


def judge(data, keys, log):
    """What the file proves; CouldNotRun where it is not decided."""
    kind, values = parse(data)
    clause, found = getattr(Check(keys, log), kind)(*values)
    return f"PROVEN: the log breaks {clause}. {statement(clause)}\n{found.removesuffix('.')}."
