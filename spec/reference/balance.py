"""What a server answers to ?proof=1 (spec/api.md, Proofs), checked as spec/commitments.md, 5, says."""

import re

import notes
import shapes
import state_tree
from commitments import key_bytes
from texts import FORBIDDEN, CouldNotRun, Reader, Text, load

MOST = 8000000
KINDS = dict(account=1, authorization=1, issuance=2, key=1, metric=1, party=2, registry=1, run=2, vintage=2)
COUNTS = ("acquired cancelled cap count first first_transferred held held_first_transferred issued last lot "
          "retired_at used version vintage").split()
shapes.SHAPES.update((name, shapes.members(text)) for name, text in {
    "answer": "`claims` (list of claim, at most 1,000), `commitment` receipt, "
              "`entries` (list of listed entry, at most 10,000, optional)",
    "claim": "`account` (unicode, optional), `key` (list of unicode), `proof` unicode, "
             "`text` (unicode, optional)",
    "listed entry": "`leaf` hash, `seq` count", "account text": "`runs`", "runs": "`count`, `root` hash",
    "receipt": "`entry` unicode, `proof` unicode, `seq` (count, optional)"}.items())


class NotProven(Exception):
    """Says why."""


def must(holds, why):
    if not holds:
        raise NotProven(why)


def commitment(receipt, vkey):
    """The commitment that an answer rests on, the last entry of a checkpoint that the log key signed."""
    line, found = receipt.entry.encode(), notes.parse_proof(receipt.proof, vkey)
    must(found, "the proof of the entry is none, or of another log")
    index, hashes, (_, size, root) = found
    must(notes.includes(notes.leaf_hash(line), index, size, root, hashes), "the entry is not in the log")
    text = Text(line, shapes.line)
    text.verify()
    must(receipt.get("seq", index) == text.value.seq == index, f"its number is not that of the proof, {index}")
    must(text.event.ledger == vkey[0], f"it is an entry of {text.event.ledger}")
    must(text.event.type == "state.committed", f"entry {index} commits to no state")
    must(text.event.body.entries == index == size - 1, "it is not the last of its checkpoint")
    return text


def check_numbers(members, where, counts):
    """Of the texts of spec/commitments.md, 3: to Python a flag is a number, and 1 is True."""
    for name, value in members.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                check_numbers(each, where, counts)
            else:
                must((name in counts) == (type(each) is int and each >= 0), f"{name} of {where} is {each!r}")


def said(claim, roots):
    """What a claim says, where its proof shows it: members of the text, None of a key that has none."""
    kind, *names = claim.key or ("",)
    where, value = " ".join(claim.key), None if claim.text is None else claim.text.encode()
    must(KINDS.get(kind) == len(names) and (kind == "run") == (claim.account is not None)
         and all(0 < len(name.encode()) <= 4096 and not FORBIDDEN.search(name) for name in names)
         and (len(names) < 2 or re.fullmatch("[1-9][0-9]{0,15}", names[1])),  # a serial or a year
         f"{where!r} names no key of a state")
    must(claim.account in roots, f"account {claim.account!r} is not proven before its run")
    must(state_tree.shows(bytes.fromhex(roots[claim.account]), key_bytes(claim.key), value,
                          notes.strict_base64(claim.proof)), f"its proof does not show that of {where}")
    members = None if value is None else Reader(value).read()
    check_numbers(members or {}, where, COUNTS if kind != "run" else set(COUNTS) - {"first_transferred"})
    if kind == "account" and members is not None:
        shapes.check("account text", members, closed=False)
        roots[names[0]] = members.runs.root
    return members


def listed(entries, members):
    """All entries of the account or lot that the first claim is about, by the hashes of their lines."""
    tree = notes.Tree()
    for entry in entries:
        tree.append(bytes.fromhex(entry.leaf))
    these = dict(count=len(entries), root=tree.root().hex())
    must(members and members.entries == these, "it lists other entries than the state")
    return "all its entries: " + " ".join(entry.leaf for entry in entries)


def judge(data, vkey):
    """What an answer proves, in lines."""
    must(len(data) <= MOST, "no answer has so many bytes")
    try:
        answer = load(data)
    except CouldNotRun as why:
        raise NotProven(why) from why
    shapes.check("answer", answer, closed=False)
    must(answer.claims, "it claims nothing")
    entry = commitment(answer.commitment, vkey)
    roots, lines = {None: entry.event.body.root}, [f"PROVEN by entry {entry.value.seq} of {entry.time}"]
    members = [said(claim, roots) for claim in answer.claims]
    lines += [" ".join(claim.key) + ": " + (claim.text or "none") for claim in answer.claims]
    return "\n".join(lines + ([listed(answer.entries, members[0])] if answer.entries else []))
