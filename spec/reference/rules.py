"""Opening, participants, keys, roles, accounts and approaches (LED, PAR, KEY, ROL, ACC, APR, RUL).

Here and in statements.py, cycle.py, issuance.py, movements.py and locks.py the clauses of
spec/rules.md stand type by type, in the order of its table, one function a type of event. Each
function asks its clauses first; what stands behind the last of them changes the state."""

import ed25519
import notes
from state import DAY, MOMENTS, ORGANS, milliseconds, need
from identity import EXTENSIBLE


def known_documents(documents, clause):
    for document in documents:
        need(document["access"] != "confidential", clause, "A document has no public version.")


def in_order(pair):
    return pair[0] <= pair[1]


def years(pair):
    return int(pair[0][:4]), int(pair[1][:4])


# --- opening, participants, keys

def check_identity(state, who, kind, others):
    party = len(who["id"]) == 3 and who["id"].isalpha() and who["id"].isupper()
    need(party == (kind == "party"), "PAR-2", f"{who['id']} is no id of this kind.")
    country = who["identity"]["country"]
    need(kind != "party" or country == who["id"], "PAR-3", f"{who['id']} is not {country}.")
    return (country, who["identity"]["number"]) in others


def check_keys(state, new, signing, thresholds, recovery):
    """KEY-8 to KEY-11 of a participant's keys as they will be."""
    need(1 <= signing <= 16, "KEY-8", f"There would be {signing} signing keys.")
    need(all(1 <= n <= signing for n in thresholds.values()), "KEY-9", "Too high a threshold.")
    if recovery:
        number = len(recovery["keys"])
        need(1 <= number <= 16 and 1 <= recovery["threshold"] <= number, "KEY-10",
             f"{recovery['threshold']} of {number} recovery keys.")
        need(1 <= recovery["wait_days"] <= 365, "KEY-11", "The wait is 1 to 365 days.")


def check_points(keys):
    for key in keys:
        need(ed25519.may_be_enrolled(bytes.fromhex(key)), "KEY-2", f"{key} is no good key.")


def enrol(state, owner, keys, kind, since):
    for key in keys:
        state.keys[key] = dict(owner=owner, kind=kind, retired=None, seq=len(state.entries),
                               **{"from": since})


def add_participant(state, x, who, kind):
    state.participants[who["id"]] = dict(
        kind=kind, name=who["identity"]["name"], sponsor=who.get("sponsor"), date=x.date,
        person=(who["identity"]["country"], who["identity"]["number"]),
        thresholds=who["thresholds"], recovery=who.get("recovery"))
    enrol(state, who["id"], who["keys"], "signing", x.ms)
    enrol(state, who["id"], (who.get("recovery") or {"keys": ()})["keys"], "recovery", x.ms)


def ledger_opened(state, b, x):
    everybody = [dict(b["operator"], id="operator")] + b["parties"]
    need(x.seq == 0, "LED-1", "The ledger is open.")
    need(1 <= b["spec"] <= x.knows, "LED-2", f"Spec number {b['spec']} is not known.")
    vkey = notes.parse_vkey(b["log_key"])
    need(vkey, "LED-3", "The log key is no verifier key.")
    keys = [vkey[2].hex(), b["service_key"]] + [key for who in everybody for key in who["keys"]]
    need(len(set(keys)) == len(keys), "LED-3", "A key has two purposes.")
    need(vkey[0] == x.event["ledger"], "LED-4", f"The log key is of {vkey[0]}.")
    need(len(b["parties"]) < 2 * b["quorum"] and b["quorum"] <= len(b["parties"]), "LED-5",
         f"A quorum of {b['quorum']} of {len(b['parties'])}.")
    need(len({p["id"] for p in b["parties"]}) == len(b["parties"]), "LED-6", "Listed twice.")
    window = b.get("migration")
    need(not window or window["from"] <= window["to"], "LED-7", "The window ends too early.")
    persons = []
    for clause in ("PAR-2", "PAR-3"):
        for party in b["parties"]:
            check_identity(state, party, "party", ())
    for who in everybody:
        person = (who["identity"]["country"], who["identity"]["number"])
        need(person not in persons, "PAR-6", f"{who['id']} is somebody else, too.")
        persons.append(person)
    check_points([vkey[2].hex(), b["service_key"]] + keys[2:])
    for who in everybody:
        need(1 <= len(who["keys"]) <= 16, "KEY-8", "1 to 16 signing keys.")
    for who in everybody:
        check_keys(state, (), len(who["keys"]), who["thresholds"], None)
    state.opening, state.spec = x.event, b["spec"]
    for who in everybody:
        add_participant(state, x, who, "operator" if who["id"] == "operator" else "party")


def spec_adopted(state, b, x):
    need(b["number"] > state.spec, "LED-8", f"Number {state.spec} is in force.")
    need(b["number"] <= x.knows, "LED-9", f"{x.knows} is the newest number that is known.")
    state.spec = b["number"]


def participant_admitted(state, b, x):
    need(b["id"] not in state.participants, "PAR-1", f"{b['id']} takes part already.")
    persons = {who["person"] for who in state.participants.values()}
    twice = check_identity(state, b, b["kind"], persons)
    need(("sponsor" in b) == (b["kind"] == "entity"), "PAR-4", "A sponsor exactly of an entity.")
    need("sponsor" not in b or state.is_party(b["sponsor"]), "PAR-5", "The sponsor is no Party.")
    need(not twice, "PAR-6", "This legal person takes part already.")
    recovery = b.get("recovery")
    keys = b["keys"] + (recovery["keys"] if recovery else [])
    check_points(keys)
    check_new(state, keys)
    check_keys(state, keys, len(b["keys"]), b["thresholds"], recovery)
    add_participant(state, x, b, b["kind"])


def check_new(state, keys):
    opening = state.opening["body"]
    log_key = notes.parse_vkey(opening["log_key"])[2].hex()
    taken = set(state.keys) | {opening["service_key"], log_key}
    for key in keys:
        need(key not in taken, "KEY-3", f"{key} is enrolled or has another purpose.")
        taken.add(key)


def participant_keys_changed(state, b, x):
    who = state.participants.get(b["participant"])
    need(who, "KEY-1", f"{b['participant']} is unknown.")
    recovery = b.get("recovery")
    new = b["add"] + (recovery["keys"] if recovery else [])
    check_points(new)
    check_new(state, new)
    need(b["route"] == "threshold" or bool(who["recovery"]) == (b["route"] == "recovery"),
         "KEY-4", "The other route is for this participant.")
    need(b["route"] == "threshold" or not recovery and "thresholds" not in b, "KEY-5",
         "This route changes signing keys alone.")
    signing = {key for key, row in state.keys.items() if row["owner"] == b["participant"]
               and row["kind"] == "signing" and row["retired"] is None}
    for key in b["remove"]:
        need(key in signing, "KEY-6", f"{key} is no signing key of {b['participant']}.")
    thresholds = b.get("thresholds", who["thresholds"])
    need(b["add"] or b["remove"] or recovery or thresholds != who["thresholds"], "KEY-7",
         "Nothing would change.")
    check_keys(state, new, len(signing - set(b["remove"])) + len(b["add"]), thresholds, recovery)
    for key in b["remove"]:
        state.keys[key]["retired"] = x.seq
    wait = {"threshold": 0, "sponsor": 30}.get(b["route"])
    wait = who["recovery"]["wait_days"] if wait is None else wait
    enrol(state, b["participant"], b["add"], "signing", x.ms + wait * DAY)
    who["thresholds"], who["date"] = thresholds, who["date"]
    if recovery:
        for key, row in state.keys.items():
            if row["owner"] == b["participant"] and row["kind"] == "recovery":
                row["retired"] = row["retired"] if row["retired"] is not None else x.seq
        who["recovery"] = recovery
        enrol(state, b["participant"], recovery["keys"], "recovery", x.ms)


# --- roles, accounts, approaches

def is_participant(state, name):
    return name in state.participants and name != "operator"


def role_granted(state, b, x):
    approaches = b["scope"].get("approaches", [])
    until = b.get("until")
    need(b["id"] not in state.grants, "ROL-1", f"Grant {b['id']} exists.")
    need(is_participant(state, b["participant"]), "ROL-2", f"{b['participant']} takes no role.")
    need(b["parties"] and all(map(state.is_party, b["parties"])), "ROL-3", "No Party grants.")
    need(all(a in state.approaches for a in approaches), "ROL-4", "No such approach.")
    verifies = b["role"] == "verifier"
    need(len(b["parties"]) == (2 if verifies else 1) and (approaches or not verifies), "ROL-5",
         "Two Parties appoint a verifier, one every other role.")
    need(all(party in state.approaches[a]["parties"] for party in b["parties"]
             for a in approaches), "ROL-6", "A grantor is no Party of an approach.")
    if b["role"] in ORGANS:
        span = (b["from"], until or "9999-99")
        need(not state.is_party(b["participant"]) or b["participant"] in b["parties"], "ROL-7",
             "A Party is no other's organ.")
        for other in state.grants.values():
            shared = span[0] < (other["until"] or "9999-99") and other["from"] < span[1]
            if (other["role"] in ORGANS and other["participant"] == b["participant"]
                    and not other["over"] and shared):
                need(other["parties"] == b["parties"], "ROL-7", "It is another Party's organ.")
    need(not until or until > b["from"] and until > x.time, "ROL-8", "It ends too early.")
    state.grants[b["id"]] = dict(b, until=until, approaches=approaches, over=None, date=x.date)


def role_ended(state, b, x):
    grant = state.grants.get(b["grant"])
    need(grant, "ROL-9", f"Grant {b['grant']} is unknown.")
    need(grant["over"] is None or (grant["over"], b["how"]) == ("suspended", "ended"), "ROL-10",
         "It is over already.")
    grant["over"] = b["how"]


def account_opened(state, b, x):
    need(b["id"] not in state.accounts, "ACC-1", f"Account {b['id']} exists.")
    need(b["registry"][:3] == b["party"], "ACC-2", "The registry is another Party's.")
    need(state.is_party(b["party"]), "ACC-3", f"{b['party']} is no Party of this ledger.")
    need(is_participant(state, b["holder"]), "ACC-4", f"{b['holder']} holds nothing.")
    need(b["kind"] != "national_share" or b["holder"] == b["party"], "ACC-5",
         "A national share account is the Party's own.")
    state.accounts[b["id"]] = dict(b, frozen=None, date=x.date)


def approach_established(state, b, x):
    need(b["id"] not in state.approaches, "APR-1", f"Approach {b['id']} exists.")
    need(all(map(state.is_party, b["parties"])), "APR-2", "Host and buyer are Parties.")
    need(b["parties"][0] != b["parties"][1], "APR-3", "Host and buyer differ.")
    state.approaches[b["id"]] = dict(parties=b["parties"], rules=[], carp=None, end=None,
                                     date=x.date, oimp=False, adopted=[], dates=[x.date])


def approach_is_open(state, approach, x):
    need(approach not in state.approaches or not state.ended(approach, x.time), "APR-8",
         f"Approach {approach} ended.")


def approach_rules_adopted(state, b, x):
    approach_is_open(state, b["approach"], x)
    approach = state.approaches.get(b["approach"])
    need(approach, "RUL-1", f"Approach {b['approach']} is unknown.")
    host, buyer = approach["parties"]
    need(b["version"] == len(approach["rules"]) + 1 <= 1023, "RUL-2", "Not the next version.")
    if "carp" in b:
        need(approach["carp"] in (None, b["carp"]), "RUL-3", "The identifier stays.")
        for other in state.approaches.values():
            need(other is approach or other["carp"] != b["carp"], "RUL-3", "It is another's.")
    need(all(d["party"] in (host, buyer) for d in b["first_transfer"]), "RUL-4", "Not its Party.")
    defined = {line["party"]: line["definition"] for line in b["first_transfer"]}.get(host)
    need(not approach["oimp"] or defined == state.definition(b["approach"]), "RUL-5",
         "IMP or OP is authorized, so the host's definition stays.")
    need(b["objection_days"] <= 3650, "RUL-6", "More than 3,650 days.")
    for extra in b["extra_signers"]:
        good = (extra["party"] in (host, buyer) and extra["role"] in ORGANS
                and EXTENSIBLE.fullmatch(extra["event"]) and extra["event"] in TYPES)
        need(good, "RUL-7", f"{extra['role']} of {extra['party']} on {extra['event']}.")
    lines, names = b["deductions"], [line["name"] for line in b["deductions"]]
    need(len(set(names)) == len(names), "RUL-8", "A name is used twice.")
    before = {old["name"]: old for rules in approach["rules"] for old in rules["deductions"]}
    for line in lines:
        old = before.get(line["name"], line)
        need(all(line[m] == old[m] for m in ("moment", "by", "kind", "rate_bp", "rounding")),
             "RUL-9", f"Line {line['name']} stays what it was.")
    for line in lines:
        need((line["by"] == "acquirer") == (line["moment"] == "acquisition"), "RUL-10",
             "The acquirer takes at acquisition, the host everything else.")
    need(all(line["rate_bp"] <= 10000 for line in lines), "RUL-11", "More than the whole.")
    for moment in MOMENTS:
        need(sum(line["rate_bp"] for line in unit_lines(b, moment)) <= 10000, "RUL-11",
             "More than the whole.")
    for line in lines:
        need(("account" in line) == (line["kind"] in ("retained", "fund")), "RUL-12",
             "An account exactly of what is retained or goes to a fund.")
    for line in lines:
        account = state.accounts.get(line.get("account"), {})
        taker = host if line["by"] == "host" else buyer
        if line["kind"] == "retained":
            need(account.get("kind") == "national_share" and account["party"] == taker, "RUL-13",
                 "What is retained goes to a national share account of its taker.")
        if line["kind"] == "fund":
            need(account.get("kind") == "fund", "RUL-13", "No fund account.")
    need(b.get("clocks", {}).get("notice_days", 0) <= 3650, "RUL-14", "More than 3,650 days.")
    cycle = b.get("cycle", dict(reviews=[], steps=[]))
    step = dict(idea="idea", validation="registration", verification="verification")
    seen = set()
    for review in cycle["reviews"]:
        good = ((review["stage"], review["by"]) not in seen and review["order"] <= 64
                and review.get("days", 0) <= 3650 and step[review["stage"]] in cycle["steps"])
        need(good, "RUL-15", f"Review of {review['stage']} by the {review['by']}.")
        seen.add((review["stage"], review["by"]))
    need("verification" not in cycle["steps"] or "registration" in cycle["steps"], "RUL-16",
         "Verification asks for registration.")
    approach["rules"].append(b)
    approach["adopted"].append(x.ms)
    approach["dates"].append(x.date)
    approach["carp"], approach["date"] = b.get("carp", approach["carp"]), x.date


def unit_lines(rules, moment):
    """OMGE first, then the other lines of a moment that take units, in the order of the rules."""
    lines = [d for d in rules["deductions"] if d["moment"] == moment and d["kind"] != "money"]
    return sorted(lines, key=lambda line: line["kind"] != "omge")


def approach_ended(state, b, x):
    approach = state.approaches.get(b["approach"])
    need(approach, "APR-4", f"Approach {b['approach']} is unknown.")
    need(b["parties"] and set(b["parties"]) <= set(approach["parties"]), "APR-5", "Not its Party.")
    need(approach["end"] is None or b["from"] < approach["end"], "APR-6", "It ends then already.")
    ahead = milliseconds(b["from"]) - x.ms
    need(0 <= ahead <= 7300 * DAY, "APR-7", "It ends now or within 7,300 days.")
    if len(b["parties"]) == 1:
        rules = state.rules(b["approach"])
        notice = rules.get("clocks", {}).get("notice_days") if rules else None
        need(notice is not None and ahead >= notice * DAY, "APR-7", "No such notice.")
    approach["end"] = b["from"]


TYPES = {}  # the types of event, filled by ledger.py
