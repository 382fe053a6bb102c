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
import ledger
import notes
import state_tree
import statements
import texts
from state import need

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rules.md")


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def text_of(vector):
    if "text" in vector:
        return vector["text"].encode()
    if "base64" in vector:
        return base64.b64decode(vector["base64"])
    parts = []
    for piece in vector["pieces"]:
        if isinstance(piece, list):
            parts.append(piece[0] * piece[1])
        else:
            first, count = piece["first"], piece["ranges"]
            parts.append(",".join(f"[{n},{n}]" for n in range(first, first + 2 * count, 2)))
    return "".join(parts).encode()


def play_text(vector):
    """A vector of bytes alone: the clause and the place have to agree."""
    try:
        if vector["of"] == "text":
            texts.Reader(text_of(vector)).read()
        elif vector["of"] == "event":
            texts.check_event_text(text_of(vector))
        else:
            text = texts.Text(text_of(vector), vector["of"])
            text.authenticate()
            text.verify()
    except texts.Refusal as refusal:
        place = vector.get("byte", vector.get("path", vector.get("key", refusal.place)))
        if refusal.clause == vector.get("clause") and refusal.place == place:
            return None
        return str(refusal)
    return "accepted" if "clause" in vector else None


def server_key(name):
    return ed25519.secret(hashlib.sha256(f"itmo-ledger test key: {name}".encode()).digest())[2]


def send(book, submission, server=False, knows=1):
    """Judges a submission; where it is admitted, its line is appended."""
    data = canonical(submission)
    text = texts.Text(data, "submission")
    text.authenticate()
    text.verify()
    body, state = text.event["body"], book.state
    opens = text.event["type"] == "ledger.opened"
    if server:
        mode = (body if opens else state.opening["body"])["mode"]
        need(text.time is None or mode == "demonstration", "LOG-5", "The time is the ledger's.")
        need(text.time is None or text.time >= state.last_time, "LOG-3", "Too early.")
        if opens:
            log = notes.parse_vkey(body["log_key"])
            need(text.event["ledger"] == "ledger.example/test" and log
                 and log[2] == server_key("log")
                 and body["service_key"] == server_key("service").hex()
                 and server_key("operator").hex() in body["operator"]["keys"], "LOG-6",
                 "The opening is another server's.")
    time = max(text.time or "", state.last_time)
    seq = len(state.entries)
    book.take(text, time, knows)
    book.append(canonical(dict(event=submission["event"], prev=state.last_leaf, seq=seq,
                               signatures=submission["signatures"], time=time)))
    return {"leaf": state.last_leaf, "seq": seq}


def answer(book, vector):
    """What is said of a vector: a clause, or where the new entry stands."""
    try:
        if "line" in vector:
            text = texts.Text(canonical(vector["line"]), "line")
            text.authenticate()
            text.verify()
            book.check_place(text)
            book.take(text, text.time)
            return None
        return send(book, vector["submission"], vector.get("server", False), vector.get("knows", 1))
    except texts.Refusal as refusal:
        return refusal


def differs(vector, said):
    if isinstance(said, texts.Refusal):
        return str(said) if said.clause != vector.get("clause") else None
    wanted = vector.get("admitted")
    return None if said == wanted and "clause" not in vector else f"admitted, {said}"


def without_nothing(value):
    """Zeros and empty members are left out."""
    if not isinstance(value, dict):
        return value
    inner = {name: without_nothing(member) for name, member in value.items()}
    return {name: member for name, member in inner.items() if member not in (0, {})}


def stands(state, members):
    """The figures of spec/vectors/README.md, of the members asked for."""
    held = figures.accounts(state)
    activities = figures.activities(state)
    parties = {}
    for (kind, *key), number in state.sums.items():
        if kind in ("first transferred", "used"):
            row = parties.setdefault(key[0], {}).setdefault(kind.replace(" ", "_"), {})
            row[str(key[1])] = number
    parties = without_nothing(parties)
    for (party, year), versions in state.adjustments.items():
        newest = {m: versions[-1][m] for m in ("first_transferred", "used", "version")}
        parties.setdefault(party, {}).setdefault("recorded", {})[str(year)] = newest
    authorizations = {}
    for name, a in state.authorizations.items():
        authorizations[name] = row = dict(
            version=len(a["versions"]), acquired=state.sums["acquired under", name],
            first_transferred=state.sums["transferred under", name])
        if a["revoked"]:
            row.update(revoked=True, released=a["released"])
    findings = {name: dict(open=f["open"]) | (
        dict(excess=f["excess"]["quantity"] - state.sums["excess", name]) if "excess" in f else {})
        for name, f in state.findings.items()}
    everything = dict(
        accounts=held, activities=activities, parties=parties, authorizations=authorizations,
        findings=findings, balances=balances(state), differing_reports=state.differing,
        reversals={name: dict(recorded=number, open=state.open_reversal(name))
                   for name, number in state.reversals.items()})
    return {member: everything[member] for member in members}


def balances(state):
    """Reported emissions plus the adjustment that is due."""
    found = {}
    for (party, year), values in state.inventories.items():
        elapsed = state.elapsed(state.period(party, year), year)
        total = sum(first - used for first, used in (state.due(party, y) for y in elapsed))
        num, den = statements.fraction(values[-1][0] * len(elapsed) + total, len(elapsed))
        found.setdefault(party, {})[str(year)] = f"{num}/{den}" if den > 1 else str(num)
    return found


class Suite:
    def __init__(self, directory):
        self.directory, self.setups = directory, {"": pickle.dumps(ledger.Ledger())}
        self.agree, self.all = collections.Counter(), collections.Counter()

    def load(self, *path):
        with open(os.path.join(self.directory, *path), encoding="utf-8") as file:
            return json.load(file)

    def tell(self, family, where, wanted, problem):
        self.all[family] += 1
        self.agree[family] += problem is None
        if problem is not None:
            print(f"{where}: expected {wanted}, got {problem}")

    def play(self):
        for setup in self.load("setups.json")["setups"]:
            book = pickle.loads(self.setups[setup["after"]])
            for index, submission in enumerate(setup["submissions"]):
                said = answer(book, {"submission": submission})
                self.tell("setups", f"setup {setup['name']}, {index}", "admission",
                          str(said) if isinstance(said, texts.Refusal) else None)
            self.setups[setup["name"]] = pickle.dumps(book)
        for folder in ("admitted", "rules"):
            for name in sorted(os.listdir(os.path.join(self.directory, folder))):
                for vector in self.load(folder, name)["vectors"]:
                    self.play_vector(folder, name, vector)

    def play_vector(self, folder, name, vector):
        family = name.split("-")[0] if folder == "rules" else "admitted"
        where = f"{folder}/{name}: {vector['why']}"
        wanted = vector.get("clause", "admission")
        if "of" in vector:
            self.tell(family, where, wanted, play_text(vector))
            return
        book = pickle.loads(self.setups[vector["given"]])
        for submission in vector.get("before", ()):
            said = answer(book, dict(submission=submission, knows=vector.get("knows", 1)))
            if isinstance(said, texts.Refusal):
                self.tell(family, where, wanted, f"before it {said}")
                return
        self.tell(family, where, wanted, differs(vector, answer(book, vector)))

    def play_stream(self, name):
        stream, book = self.load("streams", name), ledger.Ledger()
        for step in stream["steps"]:
            where = f"streams/{name}: {step['about']}"
            if "submission" in step:
                before = pickle.dumps(book)
                said = answer(book, step)
                if isinstance(said, texts.Refusal):
                    book = pickle.loads(before)
                self.tell("streams", where, step.get("clause", "admission"), differs(step, said))
            if "stands" in step:
                found = stands(book.state, step["stands"])
                self.tell("stands", where, step["stands"],
                          None if found == step["stands"] else found)
        root = book.tree.root().hex()
        self.tell("roots", f"streams/{name}", stream["root"],
                  None if (root, len(book.state.entries)) == (stream["root"], stream["size"])
                  else root)

    def clauses(self):
        """Every clause that the table of spec/rules.md asks is asked somewhere in this program."""
        with open(PAGE, encoding="utf-8") as file:
            table = file.read().partition("## Order of precedence")[2].partition("\n## ")[0]
        folder, source = os.path.dirname(os.path.abspath(__file__)), ""
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    source += file.read()
        for kind, asked in re.findall(r"^\| `([a-z._]+)` \| (.*) \|$", table, re.M):
            self.same("table", kind, True, kind in ledger.JUDGES)
            for clause in asked.split():
                self.same("table", f"{kind}, {clause}", True, f'"{clause}"' in source)

    def run(self):
        self.clauses()
        self.mathematics()
        self.play()
        for name in sorted(os.listdir(os.path.join(self.directory, "streams"))):
            self.play_stream(name)
        for family, number in self.all.items():
            print(f"{family}: {self.agree[family]} of {number}")
        good, number = sum(self.agree.values()), sum(self.all.values())
        print(f"{good} of {number} agree")
        return 0 if good == number else 1

    def mathematics(self):
        data = self.load("ed25519.json")
        for row in data["signatures"]:
            good = ed25519.verifies(*(bytes.fromhex(row[m]) for m in (
                "key", "message", "signature")))
            self.same("ed25519", row["why"], row["valid"], good)
        for row in data["keys"]:
            self.same("ed25519", row["why"], row["valid"],
                      ed25519.may_be_enrolled(bytes.fromhex(row["key"])))
        for row in data["signing"]:
            pae = ed25519.pae(row["type"], row["body"].encode())
            signed = ed25519.sign(bytes.fromhex(row["seed"]), pae)
            self.same("ed25519", row["name"], (row["pae"], row["signature"]),
                      (pae.decode(), base64.b64encode(signed).decode()))
        for row in data["pae"]:
            self.same("ed25519", row["type"], row["pae"],
                      ed25519.pae(row["type"], bytes.fromhex(row["body"])).hex())
        data = self.load("merkle.json")
        eight, big = data["eight"], data["big"]
        self.trees(eight, [bytes.fromhex(entry) for entry in eight["entries"]],
                   list(enumerate(eight["roots"])))
        self.trees(big, [b"leaf-%d" % i for i in range(70000)],
                   [(row["size"], row["root"]) for row in big["roots"]])
        for row in data["refused_inclusion"]:
            self.same("merkle", row["why"], False, included(row))
        for row in data["refused_consistency"]:
            self.same("merkle", row["why"], False, consistent(row))
        self.same("merkle", "bound together", True, included(data["bound_together"]))
        self.notes(self.load("notes.json"))
        self.state_trees(self.load("state.json"))

    def same(self, family, where, wanted, got):
        self.tell(family, f"{family}: {where}", wanted, None if wanted == got else got)

    def trees(self, data, entries, roots):
        tree = notes.Tree()
        for entry in entries:
            tree.append(notes.leaf_hash(entry))
        for size, root in roots:
            self.same("merkle", f"root of {size}", root, tree.root(size).hex())
        for row in data["inclusion"]:
            self.same("merkle", f"inclusion {row['index']}, {row['size']}", True, included(row))
        for row in data["consistency"]:
            self.same("merkle", f"consistency {row['old_size']}, {row['size']}", True,
                      consistent(row))
        for path, digest in data.get("tiles", {}).items():
            level, index, width = notes.parse_tile_path(path)
            nodes = tree.levels[8 * int(level)][256 * index:256 * index + width]
            self.same("merkle", path, digest, hashlib.sha256(b"".join(nodes)).hexdigest())

    def notes(self, data):
        vkey = notes.parse_vkey(data["vkey"])
        for row in data["notes"]:
            note = bytes.fromhex(row["note_hex"]) if "note_hex" in row else row["note"].encode()
            text = notes.open_note(note, vkey)
            parts = notes.parse_checkpoint(text) if text is not None else None
            got = dict(origin=parts[0], size=parts[1], root=parts[2].hex()
                       ) if parts and parts[0] == vkey[0] else None
            self.same("notes", row["why"], (row.get("text"), row.get("checkpoint")), (text, got))
        for kind, parse in (("vkeys", lambda row: notes.parse_vkey(row["vkey"])),
                            ("tile_paths", lambda row: notes.parse_tile_path(row["path"])),
                            ("tlog_proofs", lambda row: notes.parse_proof(row["text"], vkey))):
            for row in data[kind]["refused"]:
                self.same("notes", row["why"], None, parse(row))
            for row in data[kind]["accepted"]:
                got = parse(row)
                if kind == "vkeys":
                    wanted = row["name"], bytes.fromhex(row["id"]), bytes.fromhex(row["key"])
                elif kind == "tile_paths":
                    wanted = row["kind"], row["index"], row["width"]
                else:
                    wanted, (index, proof, _, (_, size, root)) = True, got
                    leaf = notes.leaf_hash(row["entry"].encode())
                    got = index == row["index"] and notes.includes(leaf, index, size, root, proof)
                self.same("notes", row.get("why", row), wanted, got)


    def state_trees(self, data):
        for tree in data["trees"]:
            values = {state_tree.sha256(bytes.fromhex(key)): state_tree.sha256(bytes.fromhex(value))
                      for key, value in tree["items"]}
            self.same("state", tree["why"], tree["root"], state_tree.root(values).hex())
            for row in tree["proofs"]:
                self.same("state", f"{tree['why']}: {row['key']}", True, shown(tree["root"], row))
        values = {}
        for row in data["changes"]:
            path = state_tree.sha256(bytes.fromhex(row["key"]))
            if row["value"] is None:
                values.pop(path, None)
            else:
                values[path] = state_tree.sha256(bytes.fromhex(row["value"]))
            self.same("state", row["why"], row["root"], state_tree.root(values).hex())
        for row in data["malformed"]:
            self.same("state", row["why"], None, state_tree.parse_proof(bytes.fromhex(row["proof"])))
        for row in data["refused"]:
            self.same("state", row["why"], False, shown(row["root"], row))


def shown(root, row):
    value = None if row["value"] is None else bytes.fromhex(row["value"])
    return state_tree.shows(bytes.fromhex(root), bytes.fromhex(row["key"]), value,
                            bytes.fromhex(row["proof"]))


def included(row):
    return notes.includes(bytes.fromhex(row["leaf"]), row["index"], row["size"],
                          bytes.fromhex(row["root"]), list(map(bytes.fromhex, row["proof"])))


def consistent(row):
    return notes.extends(row["old_size"], bytes.fromhex(row["old_root"]), row["size"],
                         bytes.fromhex(row["root"]), list(map(bytes.fromhex, row["proof"])))


def statement(clause):
    """The clause's own sentence, from spec/rules.md beside this folder."""
    with open(PAGE, encoding="utf-8") as file:
        after = file.read().partition(f"\n### {clause}\n")[2]
    return after.strip().split("\n\n")[0]
