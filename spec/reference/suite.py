"""The conformance suite, spec/vectors: every file is played and each disagreement is told."""

import base64
import collections
import hashlib
import json
import os
import pickle
import re

import ed25519
import figures
import notes
import shapes
import state_tree
from ledger import Ledger
from state import need
from texts import Reader, Record, Refusal, Text, page


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def load(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return json.load(file)


def text_of(vector):
    if "base64" in vector:
        return base64.b64decode(vector["base64"])
    parts = [vector.get("text", "")]
    for piece in vector.get("pieces", ()):
        if isinstance(piece, list):
            parts.append(piece[0] * piece[1])
        else:
            last = piece["first"] + 2 * piece["ranges"]
            parts.append(",".join(f"[{n},{n}]" for n in range(piece["first"], last, 2)))
    return "".join(parts).encode()


def judge_text(vector):
    data, of = text_of(vector), vector["of"]
    if of in ("submission", "line"):
        Text(data, getattr(shapes, of)).verify()
        return
    value = Reader(data).read()
    if of == "event":
        shapes.check("event", value, len(data))


def check_server(book, text):
    """What a server asks of a submission before its ledger does: LOG-3, LOG-5 and LOG-6."""
    body, opens = text.event.body, text.event.type == "ledger.opened"
    need("LOG-5", not text.time or (body if opens else book.opening.body).mode == "demonstration")
    need("LOG-3", not text.time or text.time >= book.last_time)
    if opens:
        own = {name: ed25519.secret(hashlib.sha256(f"itmo-ledger test key: {name}".encode()).digest())[2]
               for name in ("log", "service", "operator")}
        log = notes.parse_vkey(body.log_key)
        need("LOG-6", text.event.ledger == "ledger.example/test" and log and log[2] == own["log"]
             and body.service_key == own["service"].hex() and own["operator"].hex() in body.operator["keys"])


def judge(book, vector):
    """The leaf and number of the entry that a vector makes; None of a text or line that is good."""
    if "of" in vector:
        return judge_text(vector)
    kind = "line" if "line" in vector else "submission"
    text = Text(canonical(vector[kind]), getattr(shapes, kind))
    text.verify()
    if kind == "line":
        book.check_place(text.value)
        return book.take(text, text.time, vector.get("knows", 1))
    if vector.get("server"):
        check_server(book, text)
    time, seq = max(text.time or "", book.last_time), len(book.entries)
    entry = dict(event=text.event, prev=book.last_leaf, seq=seq, signatures=text.signatures, time=time)
    book.take(text, time, vector.get("knows", 1))
    book.append(canonical(entry))
    return {"leaf": book.last_leaf, "seq": seq}


def said(book, vector):
    """As a vector states it: the clause that refuses it and where, or the entry that it makes."""
    try:
        return judge(book, vector)
    except Refusal as refusal:
        return refusal.clause, refusal.place if {"byte", "path", "key"} & set(vector) else None


def wanted(vector):
    if "clause" not in vector:
        return vector.get("admitted")
    return vector["clause"], vector.get("byte", vector.get("path", vector.get("key")))


def without_nothing(value):
    """Zeros and empty members are left out."""
    inner = {name: without_nothing(member) for name, member in value.items()} if isinstance(value, dict) else value
    return {name: member for name, member in inner.items() if member not in (0, {})} if inner is not value else value


def stands(book):
    """The figures of spec/vectors/README.md."""
    parties = {}
    for (kind, *key), number in book.sums.items():
        if kind in ("first transferred", "used"):
            parties.setdefault(key[0], {}).setdefault(kind.replace(" ", "_"), {})[str(key[1])] = number
    parties, balances = without_nothing(parties), {}
    for (party, year), versions in book.adjustments.items():
        newest = {name: versions[-1][name] for name in ("first_transferred", "used", "version")}
        parties.setdefault(party, {}).setdefault("recorded", {})[str(year)] = newest
    for (party, year), versions in book.inventories.items():
        balance = versions[-1].value + book.adjustment(party, year)
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


def proves(row, included):
    root, proof = bytes.fromhex(row["root"]), list(map(bytes.fromhex, row["proof"]))
    if included:
        return notes.includes(bytes.fromhex(row["leaf"]), row["index"], row["size"], root, proof)
    return notes.extends(row["old_size"], bytes.fromhex(row["old_root"]), row["size"], root, proof)


class Suite:
    def __init__(self, directory):
        self.directory, self.setups = directory, {"": pickle.dumps(Ledger())}
        self.agree, self.all = collections.Counter(), collections.Counter()

    def same(self, family, where, expected, got):
        self.all[family] += 1
        self.agree[family] += expected == got
        if expected != got:
            print(f"{family}, {where}: expected {expected}, got {got}")

    def run(self):
        self.clauses()
        self.ed25519(load(self.directory, "ed25519.json"))
        self.merkle(load(self.directory, "merkle.json"))
        self.notes(load(self.directory, "notes.json"))
        self.state_trees(load(self.directory, "state.json"))
        for setup in load(self.directory, "setups.json")["setups"]:
            book = pickle.loads(self.setups[setup["after"]])
            for index, submission in enumerate(setup["submissions"]):
                entry = said(book, {"submission": submission})
                self.same("setups", f"{setup['name']}, {index}", dict, type(entry))
            self.setups[setup["name"]] = pickle.dumps(book)
        for folder in ("admitted", "rules"):
            for name in sorted(os.listdir(os.path.join(self.directory, folder))):
                for vector in load(self.directory, folder, name)["vectors"]:
                    book = pickle.loads(self.setups[vector.get("given", "")])
                    for submission in vector.get("before", ()):
                        said(book, {"submission": submission, "knows": vector.get("knows", 1)})
                    family = name.split("-")[0] if folder == "rules" else "admitted"
                    self.same(family, f"{name}: {vector['why']}", wanted(vector), said(book, vector))
        for name in sorted(os.listdir(os.path.join(self.directory, "streams"))):
            self.stream(name, load(self.directory, "streams", name))
        for family, number in self.all.items():
            print(f"{family}: {self.agree[family]} of {number}")
        print(f"{sum(self.agree.values())} of {sum(self.all.values())} agree")
        return 0 if self.agree == self.all else 1

    def stream(self, name, stream):
        book = Ledger()
        for step in stream["steps"]:
            if "submission" in step:
                before = pickle.dumps(book)
                got = said(book, step)
                self.same("streams", f"{name}: {step['about']}", wanted(step), got)
                book = book if isinstance(got, dict) else pickle.loads(before)
            for member, figure in step.get("stands", {}).items():
                self.same("stands", f"{name}: {step['about']}", figure, stands(book)[member])
        self.same("roots", name, (stream["root"], stream["size"]), (book.tree.root().hex(), len(book.entries)))

    def clauses(self):
        """Every clause that the table of spec/rules.md asks is asked somewhere in this program."""
        table = page("rules.md").partition("## Order of precedence")[2].partition("\n## ")[0]
        folder, source = os.path.dirname(os.path.abspath(__file__)), ""
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    source += file.read()
        for kind, asked in re.findall(r"^\| `([a-z._]+)` \| (.*) \|$", table, re.M):
            for clause in asked.split():
                self.same("table", f"{kind}, {clause}", True, f'"{clause}"' in source)

    def ed25519(self, data):
        for row in data["signatures"]:
            parts = (bytes.fromhex(row[name]) for name in ("key", "message", "signature"))
            self.same("ed25519", row["why"], row["valid"], ed25519.verifies(*parts))
        for row in data["keys"]:
            self.same("ed25519", row["why"], row["valid"], ed25519.may_be_enrolled(bytes.fromhex(row["key"])))
        for row in data["signing"]:
            pae = ed25519.pae(row["type"], row["body"].encode())
            signed = base64.b64encode(ed25519.sign(bytes.fromhex(row["seed"]), pae)).decode()
            self.same("ed25519", row["name"], (row["pae"], row["signature"]), (pae.decode(), signed))
        for row in data["pae"]:
            pae = ed25519.pae(row["type"], bytes.fromhex(row["body"])).hex()
            self.same("ed25519", row["type"], row["pae"], pae)

    def merkle(self, data):
        trees = {"eight": [bytes.fromhex(entry) for entry in data["eight"]["entries"]],
                 "big": [b"leaf-%d" % number for number in range(70000)]}
        for name, entries in trees.items():
            tree, rows = notes.Tree(), data[name]
            for entry in entries:
                tree.append(notes.leaf_hash(entry))
            for size, root in [(row["size"], row["root"]) for row in rows["roots"]] if name == "big" else (
                    enumerate(rows["roots"])):
                self.same("merkle", f"root of {size}", root, tree.root(size).hex())
            for row in rows["inclusion"] + rows["consistency"]:
                self.same("merkle", f"{row}", True, proves(row, "leaf" in row))
            for path, digest in rows.get("tiles", {}).items():
                level, index, width = notes.parse_tile_path(path)
                nodes = tree.levels[8 * int(level)][256 * index:256 * index + width]
                self.same("merkle", path, digest, hashlib.sha256(b"".join(nodes)).hexdigest())
        for row in data["refused_inclusion"] + data["refused_consistency"]:
            self.same("merkle", row["why"], False, proves(row, "leaf" in row))
        self.same("merkle", "bound together", True, proves(data["bound_together"], True))

    def notes(self, data):
        vkey = notes.parse_vkey(data["vkey"])
        for row in data["notes"]:
            note = bytes.fromhex(row["note_hex"]) if "note_hex" in row else row["note"].encode()
            text = notes.open_note(note, vkey)
            origin, size, root = notes.parse_checkpoint(text) or (None, 0, b"")
            stated = dict(origin=origin, size=size, root=root.hex()) if origin == vkey[0] else None
            self.same("notes", row["why"], (row.get("text"), row.get("checkpoint")), (text, stated))
        parsers = dict(vkeys=lambda row: notes.parse_vkey(row["vkey"]),
                       tile_paths=lambda row: notes.parse_tile_path(row["path"]),
                       tlog_proofs=lambda row: notes.parse_proof(row["text"], vkey))
        for kind, parse in parsers.items():
            for row in data[kind]["refused"]:
                self.same("notes", row["why"], None, parse(row))
        for row in data["vkeys"]["accepted"]:
            key = row["name"], bytes.fromhex(row["id"]), bytes.fromhex(row["key"])
            self.same("notes", row["vkey"], key, notes.parse_vkey(row["vkey"]))
        for row in data["tile_paths"]["accepted"]:
            place = row["kind"], row["index"], row["width"]
            self.same("notes", row["path"], place, notes.parse_tile_path(row["path"]))
        for row in data["tlog_proofs"]["accepted"]:
            index, proof, (_, size, root) = notes.parse_proof(row["text"], vkey)
            leaf = notes.leaf_hash(row["entry"].encode())
            good = index == row["index"] and notes.includes(leaf, index, size, root, proof)
            self.same("notes", row["text"], True, good)

    def state_trees(self, data):
        def shown(root, row):
            value = None if row["value"] is None else bytes.fromhex(row["value"])
            return state_tree.shows(bytes.fromhex(root), bytes.fromhex(row["key"]), value,
                                    bytes.fromhex(row["proof"]))

        def hashed(text):
            return state_tree.sha256(bytes.fromhex(text))
        for tree in data["trees"]:
            root = state_tree.root({hashed(key): hashed(value) for key, value in tree["items"]})
            self.same("state", tree["why"], tree["root"], root.hex())
            for row in tree["proofs"]:
                self.same("state", f"{tree['why']}: {row['key']}", True, shown(tree["root"], row))
        values = {}
        for row in data["changes"]:
            values[hashed(row["key"])] = row["value"] and hashed(row["value"])
            root = state_tree.root({path: value for path, value in values.items() if value})
            self.same("state", row["why"], row["root"], root.hex())
        for row in data["malformed"]:
            self.same("state", row["why"], None, state_tree.parse_proof(bytes.fromhex(row["proof"])))
        for row in data["refused"]:
            self.same("state", row["why"], False, shown(row["root"], row))
