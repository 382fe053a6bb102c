"""The conformance suite, spec/vectors: every file is played and each disagreement is told."""

import base64
import collections
import hashlib
import pathlib
import pickle
import re

import commitments
import ed25519
import figures
import notes
import shapes
import state_tree
from ledger import Ledger
from texts import Reader, Record, Refusal, Text, canonical, load, need, page


def text_of(vector):
    """`pieces` are [text, times], or ranges of one unit from `first` on."""
    parts = [vector.text or ""] + [piece[0] * piece[1] if isinstance(piece, list) else ",".join(
        f"[{n},{n}]" for n in range(piece.first, piece.first + 2 * piece.ranges, 2))
        for piece in vector.pieces or ()]
    return base64.b64decode(vector.base64) if vector.base64 else "".join(parts).encode()


def check_server(book, text):
    """What a server asks of a submission before its ledger does: LOG-3, LOG-5 and LOG-6."""
    body, opens = text.event.body, text.event.type == "ledger.opened"
    need("LOG-5", not text.time or (body if opens else book.opening.body).mode == "demonstration")
    need("LOG-3", not text.time or text.time >= book.last_time)
    seeds = (hashlib.sha256(f"itmo-ledger test key: {name}".encode()).digest()
             for name in ("log", "operator", "service"))
    log, operator, service = (ed25519.secret(seed)[2] for seed in seeds)
    vkey = notes.parse_vkey(body.log_key) if opens else None
    need("LOG-6", not opens or text.event.ledger == "ledger.example/test" and vkey and vkey[2] == log
         and body.service_key == service.hex() and operator.hex() in body.operator["keys"])


def judge(book, vector):
    """The leaf and number of the entry that a vector makes; None of a text or line that is good."""
    if vector.of in ("text", "event"):
        data = text_of(vector)
        value = Reader(data).read()
        return shapes.check("event", value, len(data)) if vector.of == "event" else None
    kind = vector.of or ("line" if vector.line else "submission")
    text = Text(text_of(vector) if vector.of else canonical(vector[kind]), getattr(shapes, kind))
    text.verify()
    if vector.of:
        return None
    if kind == "line":
        book.check_place(text.value)
        return book.take(text, text.time, vector.knows or 1)
    if vector.server:
        check_server(book, text)
    time, seq = max(text.time or "", book.last_time), len(book.entries)
    entry = dict(event=text.event, prev=book.last_leaf, seq=seq, signatures=text.signatures, time=time)
    book.take(text, time, vector.knows or 1)
    book.append(canonical(entry))
    return {"leaf": book.last_leaf, "seq": seq}


def said(book, vector):
    """As a vector states it: the clause that refuses it and where, or the entry that it makes."""
    try:
        return judge(book, vector)
    except Refusal as refusal:
        return refusal.clause, refusal.place if {"byte", "path", "key"} & set(vector) else None


def stated(vector):
    place = vector.get("byte", vector.path or vector.key)
    return (vector.clause, place) if vector.clause else vector.admitted


def stands(book):
    """The figures of spec/vectors/README.md."""
    parties, balances = {}, {}
    for (_, party, year), row in commitments.parties(book).items():
        for name, figure in row.items():
            if figure:
                parties.setdefault(party, {}).setdefault(name, {})[str(year)] = figure
    for (party, year), versions in book.inventories.items():
        due = book.adjustment(party, year)
        balance = versions[-1].value + (due if versions[-1].metric == "GHG" else -due)
        balances.setdefault(party, {})[str(year)] = str(balance)
    return dict(
        accounts=figures.accounts(book), activities=figures.activities(book), parties=parties,
        balances=balances, differing_reports=book.differing,
        authorizations={name: dict(
            version=len(row.versions), acquired=book.sums["acquired under", name],
            first_transferred=book.sums["transferred under", name],
            **(dict(revoked=True, released=row.released) if row.revoked else {}))
            for name, row in book.authorizations.items()},
        findings={name: dict(open=row.open, **(dict(
            excess=row.excess.quantity - book.sums["excess", name]) if row.excess else {}))
            for name, row in book.findings.items()},
        reversals={key[1]: dict(recorded=number, open=book.open_reversal(key[1]))
                   for key, number in book.sums.items() if key[0] == "reversed" and number})


def proves(row):
    root, proof = bytes.fromhex(row.root), list(map(bytes.fromhex, row.proof))
    if row.leaf:
        return notes.includes(bytes.fromhex(row.leaf), row.index, row.size, root, proof)
    return notes.extends(row.old_size, bytes.fromhex(row.old_root), row.size, root, proof)


class Suite:
    def __init__(self, directory):
        self.setups = {None: pickle.dumps(Ledger()), "": pickle.dumps(Ledger())}
        self.directory = pathlib.Path(directory).resolve()
        self.agree, self.all = collections.Counter(), collections.Counter()

    def load(self, path):
        return load((self.directory / path).read_bytes(), 16)

    def same(self, family, where, expected, got):
        self.all[family] += 1
        self.agree[family] += expected == got
        if expected != got:
            print(f"{family}, {where}: expected {expected}, got {got}")

    def rows(self, family, rows, expected, got):
        for row in rows:
            self.same(family, row.why or row, expected(row), got(row))

    def run(self):
        self.clauses()
        self.ed25519(self.load("ed25519.json"))
        self.merkle(self.load("merkle.json"))
        self.notes(self.load("notes.json"))
        self.state_trees(self.load("state.json"))
        for setup in self.load("setups.json").setups:
            book = pickle.loads(self.setups[setup.after])
            for index, submission in enumerate(setup.submissions):
                entry = said(book, Record(submission=submission))
                self.same("setups", f"{setup.name}, {index}", dict, type(entry))
            self.setups[setup.name] = pickle.dumps(book)
        for path in sorted(self.directory.glob("admitted/*")) + sorted(self.directory.glob("rules/*")):
            for vector in self.load(path).vectors:
                book = pickle.loads(self.setups[vector.given])
                for submission in vector.before or ():
                    said(book, Record(submission=submission, knows=vector.knows))
                family = path.stem.split("-")[0] if path.parent.name == "rules" else "admitted"
                self.same(family, f"{path.stem}: {vector.why}", stated(vector), said(book, vector))
        for path in sorted(self.directory.glob("streams/*")):
            self.stream(path.stem, self.load(path))
        for family, number in self.all.items():
            print(f"{family}: {self.agree[family]} of {number}")
        print(f"{sum(self.agree.values())} of {sum(self.all.values())} agree")
        return 0 if self.agree == self.all else 1

    def stream(self, name, stream):
        book = Ledger()
        for step in stream.steps:
            if step.submission:
                before, got = pickle.dumps(book), said(book, step)
                self.same("streams", f"{name}: {step.about}", stated(step), got)
                book = book if isinstance(got, dict) else pickle.loads(before)
            for member, figure in (step.stands or {}).items():
                self.same("stands", f"{name}: {step.about}", figure, stands(book)[member])
        self.same("roots", name, (stream.root, stream.size), (book.tree.root().hex(), len(book.entries)))

    def clauses(self):
        """Every clause that the table of spec/rules.md asks is asked somewhere in this program."""
        table = page("rules.md").partition("## Order of precedence")[2].partition("\n## ")[0]
        pages = pathlib.Path(__file__).parent.glob("*.py")
        source = "".join(path.read_text(encoding="utf-8") for path in pages)
        for kind, asked in re.findall(r"^\| `([a-z._]+)` \| (.*) \|$", table, re.M):
            for clause in asked.split():
                self.same("table", f"{kind}, {clause}", True, f'"{clause}"' in source)

    def ed25519(self, data):
        def signed(row):
            pae = ed25519.pae(row.type, row.body.encode())
            return pae.decode(), base64.b64encode(ed25519.sign(bytes.fromhex(row.seed), pae)).decode()
        self.rows("ed25519", data.signatures, lambda row: row.valid, lambda row: ed25519.verifies(
            bytes.fromhex(row.key), bytes.fromhex(row.message), bytes.fromhex(row.signature)))
        self.rows("ed25519", data["keys"], lambda row: row.valid,
                  lambda row: ed25519.may_be_enrolled(bytes.fromhex(row.key)))
        self.rows("ed25519", data.signing, lambda row: (row.pae, row.signature), signed)
        self.rows("ed25519", data.pae, lambda row: row.pae,
                  lambda row: ed25519.pae(row.type, bytes.fromhex(row.body)).hex())

    def merkle(self, data):
        def tile(path):
            level, index, width = notes.parse_tile_path(path)
            nodes = trees["big"].levels[8 * int(level)][256 * index:256 * index + width]
            return hashlib.sha256(b"".join(nodes)).hexdigest()
        trees = dict(eight=notes.Tree(), big=notes.Tree())
        for entry in map(bytes.fromhex, data.eight.entries):
            trees["eight"].append(notes.leaf_hash(entry))
        for number in range(70000):
            trees["big"].append(notes.leaf_hash(b"leaf-%d" % number))
        roots = [Record(size=size, root=root) for size, root in enumerate(data.eight.roots)]
        for name, rows in (("eight", roots), ("big", data.big.roots)):
            self.rows("merkle", rows, lambda row: row.root,
                      lambda row, tree=trees[name]: tree.root(row.size).hex())
            self.rows("merkle", data[name].inclusion + data[name].consistency, lambda row: True, proves)
        for path, digest in data.big.tiles.items():
            self.same("merkle", path, digest, tile(path))
        self.rows("merkle", data.refused_inclusion + data.refused_consistency, lambda row: False, proves)
        self.same("merkle", "bound together", True, proves(data.bound_together))

    def notes(self, data):
        vkey = notes.parse_vkey(data.vkey)

        def opened(row):
            text = notes.open_note(bytes.fromhex(row.note_hex) if row.note_hex else row.note.encode(), [vkey])
            origin, size, root = notes.parse_checkpoint(text) or (None, 0, b"")
            return text, dict(origin=origin, size=size, root=root.hex()) if origin == vkey[0] else None

        def proven(row):
            index, proof, (_, size, root) = notes.parse_proof(row.text, [vkey])
            leaf = notes.leaf_hash(row.entry.encode())
            return index == row.index and notes.includes(leaf, index, size, root, proof)

        def key(row):
            return row.name, bytes.fromhex(row.id), bytes.fromhex(row.key)
        self.rows("notes", data.notes, lambda row: (row.text, row.checkpoint), opened)
        overlap = data.key_overlap
        both = [notes.parse_vkey(vkey) for vkey in overlap.vkeys]
        for note in [overlap.note] + overlap.alone:
            self.same("notes", "by both", overlap.text, notes.open_note(note.encode(), both))
        for keys in (both, both[1:]):
            self.same("notes", "one is wrong", None, notes.open_note(overlap.second_is_wrong.encode(), keys))
        self.same("notes", "one is wrong", overlap.text, notes.open_note(overlap.second_is_wrong.encode(), both[:1]))
        for vkey_of_one, alone in zip(overlap.vkeys, overlap.alone):
            one = notes.parse_vkey(vkey_of_one)
            self.same("notes", overlap.why, overlap.text, notes.open_note(overlap.note.encode(), [one]))
            for note in overlap.alone:
                self.same("notes", vkey_of_one, overlap.text if note == alone else None,
                          notes.open_note(note.encode(), [one]))
        parsers = dict(vkeys=lambda row: notes.parse_vkey(row.vkey),
                       tile_paths=lambda row: notes.parse_tile_path(row.path),
                       tlog_proofs=lambda row: notes.parse_proof(row.text, [vkey]))
        for kind, parse in parsers.items():
            self.rows("notes", data[kind].refused, lambda row: None, parse)
        self.rows("notes", data.vkeys.accepted, key, parsers["vkeys"])
        self.rows("notes", data.tile_paths.accepted, lambda row: (row.kind, row.index, row.width),
                  parsers["tile_paths"])
        self.rows("notes", data.tlog_proofs.accepted, lambda row: True, proven)

    def state_trees(self, data):
        def hashed(text):
            return state_tree.sha256(bytes.fromhex(text))

        def shown(row):
            value = None if row.value is None else bytes.fromhex(row.value)
            return state_tree.shows(bytes.fromhex(row.root or tree.root), bytes.fromhex(row.key), value,
                                    bytes.fromhex(row.proof))
        for tree in data.trees:
            root = state_tree.root({hashed(key): hashed(value) for key, value in tree["items"]})
            self.same("state", tree.why, tree.root, root.hex())
            self.rows("state", tree.proofs, lambda row: True, shown)
        values = {}
        for row in data.changes:
            values.update({hashed(row.key): hashed(row.value or "")})
            if row.value is None:
                del values[hashed(row.key)]
            self.same("state", row.why, row.root, state_tree.root(values).hex())
        self.rows("state", data.malformed, lambda row: None,
                  lambda row: state_tree.parse_proof(bytes.fromhex(row.proof)))
        self.rows("state", data.refused, lambda row: False, shown)
