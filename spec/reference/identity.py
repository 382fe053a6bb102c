"""Who must sign what, and whether they did: ID-1 to ID-12 (spec/events.md, spec/rules.md)."""

import re

from state import need

EXTENSIBLE = re.compile(r"approach\.(rules_adopted|ended)|activity\..*|monitoring\..*|"
                        r"review\.decided|authorization\..*|reversal\.recorded|"
                        r"proceeds\.deducted|units\.(issued|assigned|transferred|used|cancelled)")


CORRECTED = {
    "void": ("units.assigned", "units.transferred", "units.used", "units.cancelled", "proceeds.deducted"),
    "restate": ("units.cancelled",)}


PARTY_SIGNS = ("review.decided", "authorization.granted", "proceeds.deducted")


def class_of(kind):
    family = kind.split(".")[0]
    if family in ("participant", "role", "spec"):
        return "keys"
    units = ("authorization", "units", "proceeds", "adjustment", "entry")
    return "units" if family in units else "ordinary"


def enrolled_by(event):
    """The keys that an event enrols, by the participant that they will belong to."""
    body, kind = event["body"], event["type"]
    if kind == "ledger.opened":
        owners = [("operator", body["operator"])] + [(p["id"], p) for p in body["parties"]]
        return {key: owner for owner, who in owners for key in who["keys"]}
    recovery = body["recovery"]["keys"] if isinstance(body.get("recovery"), dict) else []
    if kind == "participant.admitted":
        return {key: body["id"] for key in body["keys"] + recovery}
    if kind == "participant.keys_changed":
        return {key: body["participant"] for key in body["add"] + recovery}
    return {}


def approach_of(state, event):
    """The approach that an event belongs to, where the names that decide it are known."""
    body, kind = event["body"], event["type"]
    if kind in ("authorization.changed", "authorization.revoked", "units.assigned",
                "units.transferred"):
        name = body.get("authorization", body.get("id"))
        name = name if isinstance(name, str) else name["host"]
        return state.authorizations.get(name, {}).get("approach")
    if "approach" in body:
        return body["approach"] if body["approach"] in state.approaches else None
    if kind == "monitoring.verified":
        return state.monitoring.get(body["monitoring"], {}).get("approach")
    if "activity" in body:
        book = state.listed if kind in ("units.issued", "reversal.recorded") else state.activities
        return book.get(body["activity"], {}).get("approach")
    for _, _, standing in state.runs(body["units"]) if "units" in body else ():
        if standing:
            return state.lots[standing.lot]["approach"]
    return None


def roles(state, event, x):
    """[(who is asked, who may fill it, how many of them)], or None where a name is unknown."""
    body, kind = event["body"], event["type"]
    approach = approach_of(state, event)
    parties = state.approaches[approach]["parties"] if approach else None
    host = parties[0] if parties else None

    def organ(role, party, under=approach):
        return f"{role} of {party}", state.organ(role, party, x.time, under), 1

    def acting(party, under=approach):
        return f"{party}", state.acting(party, x.time, under), 1

    def one(participant):
        return f"{participant} itself", {participant}, 1

    def known(*participants):
        return all(name in state.participants for name in participants)

    def holder(account):
        return one(state.accounts[account]["holder"])

    def section(account):
        return state.accounts[account]["party"]

    def consenting(standings):
        """The authorities whose consent a release of units that stand so asks for."""
        found = set()
        for standing in standings:
            if standing and not state.is_released(standing):
                found |= set(state.counted(standing)["change_terms"]["consent"])
                found.discard(state.lots[standing.lot]["host"])
        return [organ("authority", party) for party in sorted(found)]

    def whoever(participant):
        return acting(participant, None) if state.is_party(participant) else one(participant)

    def founders(without=None):
        found = {p["id"] for p in state.opening["body"]["parties"]} - {without}
        return "founding Parties", found, max(1, min(state.opening["body"]["quorum"], len(found)))

    def under_approach():
        if kind == "approach.ended" and not (
                body["parties"] and all(map(state.is_party, body["parties"]))) or (
                kind in PARTY_SIGNS and not state.is_party(body["party"])) or not known(
                *(body[m] for m in ("developer", "verifier") if m in body)):
            return None
        if kind == "approach.rules_adopted":
            return [organ("authority", party) for party in parties]
        if kind == "approach.ended":
            return [organ("authority", party) for party in body["parties"]]
        if kind == "activity.proposed":
            return [one(body["developer"])]
        if kind in ("activity.design_submitted", "monitoring.submitted"):
            activity = state.activities.get(body["activity"])
            return [one(activity["developer"])] if activity else None
        if kind in ("activity.validated", "monitoring.verified"):
            return [one(body["verifier"])]
        if kind == "activity.registered":
            return [organ("secretariat", host)]
        if kind == "activity.closed":
            return [acting(host)]
        if kind == "review.decided":
            if body["decision"] == "deemed":
                both = state.acting(host, x.time, approach) | state.acting(
                    parties[1], x.time, approach)
                return [("either Party", both, 1)]
            return [acting(body["party"])]
        if kind == "authorization.granted":
            return [organ("authority", body["party"])]
        if kind.startswith("authorization."):
            row = state.authorizations.get(body.get("id", body.get("authorization")))
            if not row:
                return None
            asked = {row["party"]}
            if body["stage"] == "effect":
                asked |= set(row["versions"][-1]["change_terms"]["consent"])
            return [organ("authority", party) for party in sorted(asked)]
        if kind == "units.issued":
            return [organ("secretariat", host)]
        if kind == "units.assigned":
            runs = state.runs(body["units"]) if body["how"] == "released" else ()
            return [organ("authority", host)] + consenting(run[2] for run in runs)
        if kind == "proceeds.deducted":
            return [organ("secretariat", body["party"])]
        if kind == "reversal.recorded":
            return [organ("secretariat", host), one(body["verifier"])]
        if kind == "units.transferred":
            sides = [body["from"]["account"], body["to"]["account"]]
            if not all(side in state.accounts for side in sides):
                return None
            between = dict.fromkeys(section(side) for side in sides)
            return [holder(sides[0])] + [acting(party) for party in between]
        if body["account"] not in state.accounts:
            return None
        party = section(body["account"])
        if kind == "units.used":
            return [holder(body["account"]), organ("authority", party)]
        if body["purpose"] == "administrative":
            return [organ("authority", party)]
        return [holder(body["account"]), acting(party)]

    if kind == "ledger.opened":
        return []  # the keys that it enrols, and nobody else
    if kind == "spec.adopted":
        return [founders()]
    if kind == "document.disclosed":
        document = state.documents.get((body["entry"], body["sha256"]))
        return document and [whoever(name) for name in document["owners"]]
    if kind == "audit.attested":
        return [whoever(name) for name in body["by"]] if body["by"] and known(*body["by"]) else None
    if kind == "participant.admitted":
        if body["kind"] == "party":
            return [founders()]
        sponsor = body.get("sponsor")
        return [organ("secretariat", sponsor)] if state.is_party(sponsor) else None
    if kind == "participant.keys_changed":
        who = state.participants.get(body["participant"])
        if not who:
            return None
        if body["route"] != "sponsor":
            return [one(body["participant"])]
        if who["kind"] == "party":
            return [founders(body["participant"]), one("operator")]
        return [acting(who["sponsor"]), one("operator")] if who["sponsor"] else None
    if kind == "role.granted":
        if not all(map(state.is_party, body["parties"])):
            return None
        return [organ("authority", party) for party in body["parties"]]
    if kind == "role.ended":
        grant = state.grants.get(body["grant"])
        if not grant:
            return None
        who = {grant["participant"]} | set(grant["parties"])
        for party in grant["parties"]:
            who |= state.organ("authority", party, x.time)
        return [("a grantor or the holder", who, 1)]
    if kind == "account.opened":
        if not state.is_party(body["party"]) or not known(body["holder"]):
            return None
        return [organ("secretariat", body["party"]), one(body["holder"])]
    if kind == "approach.established":
        if not all(map(state.is_party, body["parties"])):
            return None
        return [organ("authority", party) for party in dict.fromkeys(body["parties"])]
    if kind in ("ndc.declared", "adjustment.applied", "inventory.reported", "report.filed"):
        if not state.is_party(body["party"]):
            return None
        asked = {"inventory.reported": ["inventory"], "report.filed": ["authority"]}
        return [organ(role, body["party"]) for role in asked.get(kind, ["authority", "inventory"])]
    if kind == "finding.recorded":
        if not body["parties"] or not all(map(state.is_party, body["parties"])):
            return None
        who = [state.acting(party, x.time) for party in body["parties"]]
        return [("a Party concerned", set().union(*who), 1)]
    if kind == "signature.withdrawn":
        return [("who takes back", set(state.participants), 1)]
    if kind in ("units.locked", "units.unlocked"):
        lock = body if kind == "units.locked" else state.locks.get(body["lock"])
        if not lock or lock["account"] not in state.accounts:
            return None
        name, who, number = organ("authority", section(lock["account"]))
        freezes = lock["kind"] == "freeze"
        if not freezes:
            frozen = kind == "units.unlocked" and state.accounts[lock["account"]]["frozen"] or all(
                standing.frozen for _, _, _, standing in state.everything()
                if standing.reserved == lock["id"])
            keeps = {state.accounts[lock["account"]]["holder"]}
            who = keeps | who if kind == "units.unlocked" and frozen else keeps
        if kind == "units.unlocked" and x.time >= lock["until"]:
            who = who | {"operator"}
        return [(name if freezes else "the holder", who, number)]
    if kind == "entry.corrected":
        if not body["entry"] < len(state.entries):
            return None
        entry = state.entries[body["entry"]]
        if entry["voided"] or entry["event"]["type"] not in CORRECTED["void"]:
            return None
        asked = roles(state, entry["event"], x)
        restates = entry["event"]["type"] in CORRECTED[body["how"]] and body["how"] == "restate"
        if asked is None or restates:
            return asked
        accounts = {run[3].account for run in entry["before"]}
        for scope, first, last, _ in entry["before"]:  # and where they stand, or came to rest
            accounts |= {standing.account for _, _, standing in
                         state.runs({"scope": scope, "ranges": [[first, last]]})}
        under = approach_of(state, entry["event"])
        for account in sorted(accounts):
            asked = asked + [holder(account)]
            if not any(label.endswith(section(account)) for label, _, _ in asked):
                assigns = entry["event"]["type"] == "units.assigned"
                asked = asked + [organ("authority", section(account), under) if assigns
                                 else acting(section(account), under)]
        if entry["event"]["type"] == "units.assigned":
            asked = asked + consenting([run[3] for run in entry["before"]] + [
                standing for scope, first, last, _ in entry["before"] for _, _, standing in
                state.runs({"scope": scope, "ranges": [[first, last]]})])
        return asked
    if approach is None:
        return None
    asked = under_approach()
    if asked is not None and EXTENSIBLE.fullmatch(kind):
        rules = state.rules(approach)
        for extra in rules["extra_signers"] if rules else ():
            if extra["event"] == kind:
                asked = asked + [organ(extra["role"], extra["party"])]
    return asked


def causes(state, value, kind, name=""):
    """Dates of the events that made what a body names."""
    cycle = kind.split(".")[0] in ("activity", "monitoring", "review")
    if isinstance(value, dict):
        if "ranges" in value and "scope" in value:
            for _, _, standing in state.runs(value):
                if standing:
                    yield state.lots[standing.lot]["date"]
        inside = {"activities": "activity", "entities": "participant"}.get(name)
        if not name:
            inside = {"authorization.changed": "authorization",
                      "activity.proposed": "activity"}.get(kind)
        for member, inner in value.items():
            yield from causes(state, inner, kind, inside if member == "id" else member)
    elif isinstance(value, list):
        for inner in value:
            yield from causes(state, inner, kind, name)
    elif isinstance(value, str):
        books = {
            "account": state.accounts, "grant": state.grants, "approach": state.approaches,
            "approaches": state.approaches, "activity": state.activities,
            "authorization": state.authorizations, "host": state.authorizations,
            "buyer": state.authorizations, "monitoring": state.monitoring, "lock": state.locks,
            "report": state.reports, "finding": state.findings}
        people = ("holder", "participant", "developer", "verifier", "sponsor", "party", "parties",
                  "consent")
        found = (state.participants if name in people else books.get(name, {})).get(value)
        if name in ("party", "parties") and kind in ("finding.recorded", "audit.attested"):
            found = None  # whom it is about
        if found and name == "approaches":
            yield found["dates"][0]
            found = None
        ruled = ("approach.rules_adopted", "proceeds.deducted")  # no newest rules count there
        if found and not (name == "approach" and kind in ruled):
            yield max(found["date"], found.get("designed", "") if cycle else "")
        if name == "activity" and value in state.listed and not cycle:
            yield state.listed[value]["date"]


def is_active(key, x):
    return key["retired"] is None and x.ms >= key["from"]


def check(state, x):
    """ID-1 to ID-12 of one event at its place."""
    event, body, kind = x.event, x.event["body"], x.event["type"]
    opens = kind == "ledger.opened"
    if not opens:
        need(event["ledger"] == state.opening["ledger"], "ID-1",
             f"It is meant for {event['ledger']}, this is {state.opening['ledger']}.")
    need(event["id"] not in state.ids, "ID-2", f"{event['id']} is the id of an entry.")
    need("expires" not in event or x.time <= event["expires"], "ID-3", "It expired.")
    asked = roles(state, event, x)
    needed = set().union(*(who for _, who, _ in asked or ()))
    need(not state.withdrawn[x.hash] & needed, "ID-4", "A signer that it needs took back.")
    enrols = enrolled_by(event)
    new = {key: owner for key, owner in enrols.items() if key not in state.keys}
    signing = [signature["key"] for signature in x.signatures]
    for key in signing:
        need(key in state.keys or key in new, "ID-5", f"Nobody enrolled {key}.")
    recovering = kind == "participant.keys_changed" and body["route"] == "recovery"
    enough = {}
    for key in signing:
        known = state.keys.get(key)
        if not known:
            continue
        own = recovering and known["owner"] == body["participant"]
        acts = known["kind"] == "signing" or own
        need(acts and is_active(known, x), "ID-6", f"{key} of {known['owner']} does not act.")
        if own == (known["kind"] == "recovery"):
            enough[known["owner"]] = enough.get(known["owner"], 0) + 1
    if asked is not None:
        def signed(participant):
            who = state.participants.get(participant)
            if not who:
                return False
            asks = who["thresholds"][class_of(kind)]
            if recovering:
                asks = who["recovery"]["threshold"] if who["recovery"] else 1
            return enough.get(participant, 0) >= asks
        missing = [f"{number} of {name}" for name, who, number in asked
                   if sum(map(signed, who)) < number]
        need(not missing, "ID-7", f"Not signed by {', '.join(missing)}.")
    for key in enrols:
        need(key in signing, "ID-8", f"{key} is enrolled and does not sign.")
    signers = {new.get(key) or state.keys[key]["owner"] for key in signing}
    for key in signing if asked is not None else ():
        need(key in enrols or state.keys[key]["owner"] in needed, "ID-9", f"{key} fills no role.")
    need(len(signers) < 2 or "expires" in event, "ID-10", "Several sign, and it never expires.")
    need(event["date"] <= x.day, "ID-11", f"{event['date']} is after the entry's day, {x.day}.")
    if not opens:
        dates = [] if kind == "entry.corrected" else list(causes(state, body, kind))
        if kind == "adjustment.applied":
            ndc = state.period(body["party"], body["year"])
            moved = [state.moved[body["party"], year] for year in
                     (state.elapsed(ndc, body["year"]) if ndc else ())
                     if (body["party"], year) in state.moved]
            dates += [ndc["date"]] if ndc else []
            dates += [state.entries[max(moved)]["time"][:10]] if moved else []
        elif kind == "inventory.reported":
            ndc = state.period(body["party"], body["year"])
            dates += [ndc["date"]] if ndc else []
            dates += [date for _, date in state.inventories[body["party"], body["year"]][-1:]]
        elif kind in ("reversal.recorded", "finding.recorded"):
            much = body if kind == "reversal.recorded" else body.get("excess", {})
            dates += [lot["date"] for lot in state.lots if lot["activity"] == much.get("activity")
                      and lot["vintage"] == much.get("vintage", lot["vintage"])]
        elif kind in ("authorization.changed", "authorization.revoked"):
            row = state.authorizations.get(body.get("authorization", body.get("id")))
            if row and row["notice"] and body["stage"] == "effect":
                dates.append(row["notice"][2])
        elif kind == "report.filed":
            dates += [row["date"] for row in state.reports.values() if all(
                row.get(m) == body.get(m) for m in ("party", "kind", "year", "period"))]
        elif kind == "document.disclosed":
            document = state.documents.get((body["entry"], body["sha256"]))
            dates += [document["date"]] if document else []
        elif kind == "audit.attested":
            dates += [state.participants[name]["date"] for name in body["by"]
                      if name in state.participants]
        elif kind == "proceeds.deducted" and body["approach"] in state.approaches:
            dates += state.approaches[body["approach"]]["dates"][:body["rules"] + 1][-1:]
        elif kind == "approach.rules_adopted" and body["approach"] in state.approaches:
            dates += state.approaches[body["approach"]]["dates"][:1]
        elif kind == "entry.corrected" and body["entry"] < len(state.entries):
            dates.append(state.entries[body["entry"]]["time"][:10])
        x.newest_cause = max(dates, default="")
        need(event["date"] >= x.newest_cause, "ID-12",
             f"What it names was made on {x.newest_cause}.")
