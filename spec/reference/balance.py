"""What a server answers to ?proof=1 (spec/api.md, Proofs), checked as spec/commitments.md, 5, says."""

import json

import notes
import shapes
import state_tree
from commitments import key_bytes
from texts import FORBIDDEN, Reader, Text

NAMES = dict(account=1, authorization=1, issuance=2, key=1, metric=1, party=2, registry=1, run=2, vintage=2)
MOST = 8000000


class NotProven(Exception):
    """Says why."""


def must(holds, why):
    if not holds:
        raise NotProven(why)


def commitment(entry, proof, vkey):
    """The commitment that an answer rests on, the last entry of a checkpoint that the log key signed."""
    line, found = entry.encode(), notes.parse_proof(proof, vkey)
    must(found, "the proof of the entry is none, or of another log")
    index, hashes, (_, size, root) = found
    must(notes.includes(notes.leaf_hash(line), index, size, root, hashes), "the entry is not in the log")
    value = Text(line, shapes.line).value
    must(value.event.type == "state.committed", f"entry {index} commits to no state")
    must(value.event.body.entries == value.seq == index == size - 1, "it is not the last of its checkpoint")
    return value


def claims(answer, vkey):
    """What an answer proves, in lines."""
    entry = commitment(answer["commitment"]["entry"], answer["commitment"]["proof"], vkey)
    roots, found = {None: entry.event.body.root}, [f"entry {entry.seq} of {entry.time}"]
    must(answer["claims"], "it claims nothing")
    for claim in answer["claims"]:
        key, account, text = claim["key"], claim.get("account"), claim.get("text")
        name, value = " ".join(key), None if text is None else text.encode()
        must(NAMES.get(key[0]) == len(key) - 1 and not FORBIDDEN.search(name)
             and (key[0] == "run") == (account is not None), f"{name!r} names no key of a state")
        must(account in roots, f"account {account!r} is not proven before its run")
        must(state_tree.shows(bytes.fromhex(roots[account]), key_bytes(key), value,
                              notes.strict_base64(claim["proof"])), f"its proof does not show that of {name}")
        members = value and Reader(value).read()
        if key[0] == "account" and members:
            roots[key[1]] = members.runs.root
        found.append(f"{name}: {text or 'none'}")
    return found + (listed(answer) if "entries" in answer else [])


def listed(answer):
    """All entries of the account or lot that the first claim is about, by the hashes of their lines."""
    tree, leaves = notes.Tree(), [bytes.fromhex(entry["leaf"]) for entry in answer["entries"]]
    for leaf in leaves:
        tree.append(leaf)
    stated = Reader((answer["claims"][0].get("text") or "{}").encode()).read().entries
    these = dict(count=len(leaves), root=tree.root().hex())
    must(stated == these and all(len(leaf) == 32 for leaf in leaves),
         "it lists other entries than the state")
    return ["all its entries: " + " ".join(leaf.hex() for leaf in leaves)]


def judge(data, vkey):
    """What an answer proves, in lines."""
    must(len(data) <= MOST, "no answer has so many bytes")
    try:
        return "PROVEN by " + "\n".join(claims(json.loads(data), vkey))
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as problem:
        raise NotProven(f"this is no answer with proofs: {problem}") from problem
