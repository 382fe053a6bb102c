"""What a server answers to ?proof=1 (spec/api.md, Proofs), checked as spec/commitments.md, 5, says."""

import notes
import shapes
import state_tree
from commitments import key_bytes
from texts import FORBIDDEN, LARGEST, CouldNotRun, Reader, Text, load

MOST = 8000000
TOTALS = "`cancelled` count, `first_transferred` count, `held` count, `issued` count, `used` count"
shapes.FORMS.update({
    "mark": (bool, lambda value: value), "serial": shapes.pattern("[1-9][0-9]{0,15}"),
    "year in a key": shapes.pattern("199[0-9]|20[0-9]{2}|2100")})
KINDS = dict(account=["id"], authorization=["id"], issuance=["registry", "serial"], key=["key"], metric=["text"],
             party=["party", "year in a key"], registry=["registry"], run=["registry", "serial"],
             vintage=["id", "year in a key"])
# The file, as far as it is read; and the texts of spec/commitments.md, 3.
shapes.SHAPES.update((name, shapes.members(text)) for name, text in {
    "answer": "`claims` (list of claim, at most 1,000), `commitment` receipt, "
              "`entries` (list of listed entry, at most 10,000, optional)",
    "claim": "`account` (unicode, optional), `key` (list of unicode), `proof` unicode, "
             "`text` (unicode, optional)",
    "listed entry": "`leaf` hash, `seq` count", "receipt": "`entry` unicode, `proof` unicode",
    "listing": "`count` count, `root` hash", "acquirer": "`authorization` id, `version` positive",
    "recorded": "`first_transferred` count, `used` count, `version` positive",
    "held row": "`cancelled` count, `held` count, `held_first_transferred` count, `used` count, `vintage` year",
    "account text": "`entries` listing, `frozen` (mark, optional), `holder` id, "
                    "`kind` (code: `holding`, `national_share`, `fund`, `buffer`), `metric` text, `party` party, "
                    "`registry` registry, `runs` listing, `vintages` (set by `vintage` of held row, at most 111)",
    "authorization text": "`acquired` count, `approach` id, `cap` (count, optional), `effective` moment, "
                          "`first_transferred` count, `issued` count, `metric` text, `party` party, "
                          "`revoked` (mark, optional), `version` positive",
    "issuance text": "`entries` listing, `first` positive, `last` positive",
    "key text": "`active_from` moment, `participant` id, `recovery` (mark, optional), "
                "`retired_at` (count, optional)",
    "party text": "`first_transferred` count, `recorded` (recorded, optional), `used` count",
    "run text": "`acquirer` (acquirer, optional), `activity` id, `authorization` (id, optional), "
                "`cleared` (set of code: `acquisition`, `issuance`, `transfer`), `first` positive, "
                "`first_transferred` (mark, optional), `frozen` (mark, optional), `last` positive, `lot` count, "
                "`purpose` (code: `NDC`, `IMP`, `OP`, `OMGE`, `voluntary`, `domestic`, `administrative`, "
                "`reversal`, optional), `registry` registry, `reserved` (mark, optional), "
                "`status` (code: `held`, `used`, `cancelled`), `version` positive, `vintage` year",
    "metric text": TOTALS, "registry text": TOTALS, "vintage text": TOTALS}.items())


class NotProven(Exception):
    """Says why."""


def must(holds, why):
    if not holds:
        raise NotProven(why)


def commitment(receipt, keys):
    """The commitment that an answer rests on, the last entry of a checkpoint that the log key signed."""
    line, found = receipt.entry.encode(), notes.parse_proof(receipt.proof, keys)
    must(found, "the proof of the entry is none, or of another log")
    index, hashes, (_, size, root) = found
    must(notes.includes(notes.leaf_hash(line), index, size, root, hashes), "the entry is not in the log")
    text = Text(line, shapes.line)
    text.verify()
    must(text.value.seq == index, f"its number is not that of the proof, {index}")
    must(text.event.ledger == keys[0][0], f"it is an entry of {text.event.ledger}")
    must(text.event.type == "state.committed", f"entry {index} commits to no state")
    must(text.event.body.entries == index == size - 1, "it is not the last of its checkpoint")
    return text


def is_named(form, name):
    kind, good = shapes.scalar(form)
    return type(name) is kind and good(name) and not FORBIDDEN.search(name)


def is_key(parts):
    forms = KINDS.get(parts[0]) if parts else None
    return (forms is not None and len(forms) == len(parts) - 1 and all(map(is_named, forms, parts[1:]))
            and (forms[-1] != "serial" or int(parts[2]) <= LARGEST))


def check_text(key, members):
    """What the members of a text say together, and with their key."""
    kind, *names = key
    shapes.check(f"{kind} text", members)
    rows = members.vintages if kind == "account" else [members] if kind in ("metric", "registry", "vintage") else []
    columns = [[row[name] for row in rows] for name in ("cancelled", "held", "used")]
    sums = map(sum, columns) if kind == "account" else [sum(map(sum, columns))]
    must(max(sums) <= LARGEST, "a sum is more than a count can be")
    must(kind != "account" or all(row.held_first_transferred <= row.held for row in rows), "more is held than is")
    if kind in ("run", "issuance"):
        must(str(members.first) == names[1], f"its units begin at {members.first}")
    if kind == "run":
        must(members.registry == names[0], f"it is of registry {members.registry}")
        must(("purpose" in members) == (members.status != "held"), "only what is not held has a purpose")


def named(key):
    """A key in words; a metric in quotes, for it may read like a sentence."""
    return " ".join([key[0]] + ([repr(key[1])] if key[0] == "metric" else key[1:]))


def said(claim, roots):
    """What a claim says, where its proof shows it: members of the text, None of a key that has none."""
    where, value = " ".join(claim.key), None if claim.text is None else claim.text.encode()
    must(is_key(claim.key) and (claim.key[0] == "run") == (claim.account is not None),
         f"{where!r} names no key of a state")
    must(claim.account in roots, f"account {claim.account!r} is not proven before its run")
    must(state_tree.shows(bytes.fromhex(roots[claim.account]), key_bytes(claim.key), value,
                          notes.strict_base64(claim.proof)), f"its proof does not show that of {where}")
    members = None if value is None else Reader(value).read()
    if members is not None:
        check_text(claim.key, members)
    if members is not None and claim.key[0] == "account":
        roots[claim.key[1]] = members.runs.root
    return members


def listed(entries, members):
    """All entries of the account or lot that the first claim is about, by the hashes of their lines."""
    tree = notes.Tree()
    for entry in entries:
        tree.append(bytes.fromhex(entry.leaf))
    these = dict(count=len(entries), root=tree.root().hex())
    must(members and members.entries == these, "it lists other entries than the state")
    return "all its entries: " + " ".join(entry.leaf for entry in entries)


def judge(data, keys):
    """What an answer proves, in lines."""
    if len(data) > MOST:
        raise CouldNotRun("No answer has so many bytes.")
    try:
        answer = load(data, 4)
    except CouldNotRun as why:
        raise NotProven(why) from why
    shapes.check("answer", answer, closed=False)
    must(answer.claims, "it claims nothing")
    entry = commitment(answer.commitment, keys)
    roots, lines = {None: entry.event.body.root}, [f"PROVEN by entry {entry.value.seq} of {entry.time}"]
    members = [said(claim, roots) for claim in answer.claims]
    lines += [f"{named(claim.key)}: {claim.text or 'none'}" for claim in answer.claims]
    return "\n".join(lines + ([listed(answer.entries, members[0])] if answer.entries is not None else []))
