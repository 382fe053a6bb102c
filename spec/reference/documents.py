"""Documents that events name, what is told of them later (DOC), and attested audits (AUD)."""

import hashlib

from state import need


def named_in(body):
    """The documents of a body in the order of its members' names."""
    for name, value in sorted(body.items()):
        if name in ("document", "agreement"):
            yield value
        elif name == "documents":
            yield from value
        elif name == "change_terms" and "document" in value:
            yield value["document"]


def withholders(state, x):
    """Who answers for what an event names: the Party or participant of the act."""
    b, kind = x.event["body"], x.event["type"]
    if kind == "approach.established":
        return b["parties"]
    if kind == "audit.attested":
        return b["by"]
    if kind == "finding.recorded":
        owners = {state.keys[signature["key"]]["owner"] for signature in x.signatures}
        return [party for party in b["parties"] if state.acting(party, x.time) & owners][:1]
    if kind == "authorization.revoked":
        return [state.authorizations[b["authorization"]]["party"]]
    if kind == "units.issued":
        return [b["scope"][:3]]
    named = [b[member] for member in ("developer", "verifier", "party") if member in b]
    return named or [state.activities[b["activity"]]["developer"]]


def name_documents(state, x):
    for document in named_in(x.event["body"]):
        state.documents.setdefault((x.seq, document["sha256"]), dict(
            document, date=x.date, told=None, owners=withholders(state, x)))


def document_disclosed(state, b, x):
    document = state.documents.get((b["entry"], b["sha256"]))
    need(document, "DOC-1", f"Entry {b['entry']} names no such document.")
    untold = dict(opened=not document["told"], destroyed=not document["told"],
                  public=document["access"] != "public",
                  redacted=document["access"] == "confidential")
    need(untold[b["how"]], "DOC-2", "That is told already, or is gone.")
    if "title" in b:
        salted = bytes.fromhex(b["title"]["salt"]) + b["title"]["value"].encode()
        need(hashlib.sha256(salted).hexdigest() == document["title"], "DOC-3", "Another title.")
    need("public" not in b or b["public"]["sha256"] != b["sha256"], "DOC-4", "The same file.")
    document["told" if b["how"] in ("opened", "destroyed") else "access"] = b["how"]


def audit_attested(state, b, x):
    by, party = b["by"], b.get("party")
    granted = [grant for grant in state.grants.values() if len(by) == 1 and grant["over"] is None
               and (grant["role"], grant["participant"]) == ("verifier", by[0])
               and grant["from"] <= x.time < (grant["until"] or "9999-99")]
    need(granted or len(by) == 2 and all(map(state.is_party, by)), "AUD-1",
         "Neither one verifier nor two Parties.")
    if "account" in b:
        party = state.accounts.get(b["account"], {}).get("party")
    opened_to = {p for grant in granted for p in grant["parties"]} or set(by)
    need(not {"account", "party"} & set(b) or not {"account", "party"} <= set(b)
         and party in opened_to, "AUD-2", "Not theirs to audit.")
    size = b["checkpoint"]["size"]
    days = [entry["time"][:10] for entry in state.entries] + [None]
    need(size == x.seq or 0 < size < x.seq and days[size - 1] != days[size], "AUD-3",
         f"{size} entries are not the log as it stands, nor as it was at the end of a day.")
    root = x.tree.root(size).hex()
    need(root == b["checkpoint"]["root"], "AUD-4", f"The root is {root}.")
