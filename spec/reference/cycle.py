"""Activities, monitoring, reviews and authorizations (ACT, MON, REV, AUT), and reversals (RVS)."""

from rules import approach_is_open, in_order, known_documents, years
from state import DAY, need, overlaps

TERMS = ("crediting", "mitigation", "sector", "type")


def effective(state, name, x):
    """AUT-5 as registration and issuance ask it: of the newest version."""
    authorization = state.authorizations[name]
    need(not authorization["revoked"], "AUT-5", f"{name} is revoked.")
    need(state.in_effect(name, state.newest(name), x), "AUT-5", f"{name} is not in effect.")


def named_pair(state, named, approach, to=None, needed=True):
    """AUT-8; `to` is the receiving section of a transfer."""
    host = state.authorizations.get(named["host"])
    need(host and host["party"] == state.approaches[host["approach"]]["parties"][0]
         and approach in (None, host["approach"]), "AUT-8", "That is no host's authorization.")
    if "buyer" in named:
        buyer = state.authorizations.get(named["buyer"])
        other = state.approaches[host["approach"]]["parties"][1]
        need(buyer and buyer["party"] == other and buyer["approach"] == host["approach"]
             and to in (None, other), "AUT-8", "That is not the other Party's authorization.")
    else:
        need(not needed or not state.rules(host["approach"])["both_authorize"], "AUT-8",
             "The rules ask for the buyer's authorization too.")


def developer(state, activity, name, x):
    host = state.approaches[activity["approach"]]["parties"][0]
    need(state.appointed("developer", name, [host], x.time, activity["approach"]), "ACT-2",
         f"{name} is no developer of {host}.")


def verifier(state, activity, name, subject, x):
    approach, parties = activity["approach"], state.approaches[activity["approach"]]["parties"]
    need(state.appointed("verifier", name, parties, x.time, approach), "ACT-12",
         f"{name} is no verifier of both Parties.")
    organs = {grant["participant"] for grant in state.grants.values()
              if grant["role"] in ("authority", "secretariat", "inventory") and not grant["over"]
              and grant["from"] <= x.time < (grant["until"] or "9999-99")
              and set(grant["parties"]) & set(parties)}
    received = {lot["holder"] for lot in state.lots if lot["activity"] == subject}
    need(state.participants[name]["kind"] == "entity" and name != activity["developer"]
         and name not in organs | received, "ACT-13", f"{name} has a part in it.")


def activity_proposed(state, b, x):
    approach_is_open(state, b["approach"], x)
    need(b["approach"] in state.approaches and state.rules(b["approach"]), "ACT-1",
         "No approach with rules.")
    developer(state, b, b["developer"], x)
    activity = state.activities.get(b["id"])
    need(b["version"] == (activity["idea"] if activity else 0) + 1 <= 1023, "ACT-3",
         "Not the next version.")
    if activity:
        version, approach = activity["idea"], activity["approach"]
        need((b["approach"], b["developer"]) == (approach, activity["developer"])
             and not rejected(state, b["id"])
             and (not state.all_positive(approach, "idea", b["id"], version)
                  or state.sent_back("idea", b["id"], version, approach)), "ACT-4",
             "It is not proposed again.")
    listed = state.listed.get(b["id"], b)
    need((listed["approach"], listed["sector"]) == (b["approach"], b["sector"]), "ACT-5",
         "It is authorized under another approach, or in another sector.")
    state.activities.setdefault(b["id"], dict(
        approach=b["approach"], developer=b["developer"], designs=[], registered=0, closed=False))
    state.activities[b["id"]].update(idea=b["version"], sector=b["sector"], date=x.date, ms=x.ms)


def rejected(state, name):
    activity = state.activities[name]
    return any(state.sent_back("idea", name, version, activity["approach"], ("rejected",))
               for version in range(1, activity["idea"] + 1))


def idea_approved(state, name, approach):
    activity = state.activities.get(name)
    need(not state.asks(approach, "idea") or activity
         and state.all_positive(approach, "idea", name, activity["idea"])
         and not state.sent_back("idea", name, activity["idea"], activity["approach"]), "ACT-8",
         f"The idea of {name} is not approved.")


def known_activity(state, name):
    need(name in state.activities, "ACT-6", f"{name} was not proposed.")
    need(not state.activities[name]["closed"], "ACT-7", f"{name} is closed.")


def activity_design_submitted(state, b, x):
    name, activity = b["activity"], state.activities.get(b["activity"])
    if activity:
        developer(state, activity, activity["developer"], x)
        need(b["version"] == len(activity["designs"]) + 1 <= 1023, "ACT-3",
             "Not the next version.")
    known_activity(state, name)
    idea_approved(state, name, activity["approach"])
    first, last = years(b["crediting"])
    need(all(first <= e["vintage"] <= last for e in b["expected"]), "ACT-9", "Another year.")
    known_documents(b["documents"], "ACT-10")
    need(not activity["designs"] or activity["designs"][-1]["opinion"], "ACT-18",
         "The version before waits for its opinion.")
    need(in_order(b["crediting"]), "AUT-22", "It ends before it begins.")
    activity["designs"].append(dict(b, opinion=None))
    activity["designed"] = x.date


def activity_validated(state, b, x):
    name, activity = b["activity"], state.activities.get(b["activity"])
    known_activity(state, name)
    known_documents(b["documents"], "ACT-10")
    designs = activity["designs"]
    need(b["version"] == len(designs) and designs and not designs[-1]["opinion"], "ACT-11",
         "That is not the newest design, or it has its opinion.")
    verifier(state, activity, b["verifier"], name, x)
    separate(state, activity["approach"], b["verifier"], state.opinions["verified", name])
    designs[-1].update(opinion=b["opinion"], ms=x.ms)
    activity["designed"] = x.date
    state.opinions["validated", name].add(b["verifier"])


def separate(state, approach, name, others):
    asked = state.rules(approach).get("cycle", {}).get("separate_verifier", False)
    need(not asked or name not in others, "MON-8", f"{name} did the other.")


def activity_registered(state, b, x):
    name, activity = b["activity"], state.activities.get(b["activity"])
    if activity:
        approach_is_open(state, activity["approach"], x)
    known_activity(state, name)
    designs, version = activity["designs"], b["version"]
    need(version == len(designs) > activity["registered"]
         and b["crediting"] == designs[-1]["crediting"], "ACT-14", "Not the newest design.")
    need(designs[-1]["opinion"] == "positive"
         and state.all_positive(activity["approach"], "validation", name, version)
         and not state.sent_back("validation", name, version, activity["approach"]), "ACT-15",
         "It is not validated and approved.")
    for side in ("host", "buyer"):
        known = state.authorizations.get(b["authorization"].get(side))
        lists = known["versions"][-1]["activities"] if known else []
        if known and (side == "host" or lists):
            terms = {a["id"]: a for a in lists}.get(name)
            design = designs[-1]
            need(terms and all(terms[m] == design[m] for m in ("type", "mitigation"))
                 and terms["crediting"][0] <= design["crediting"][0]
                 and design["crediting"][1] <= terms["crediting"][1], "ACT-16",
                 "The authorization lists another activity.")
    for side in b["authorization"].values():
        if side in state.authorizations:
            effective(state, side, x)
    named_pair(state, b["authorization"], activity["approach"])
    activity["registered"], activity["designed"] = version, x.date


def activity_closed(state, b, x):
    known_activity(state, b["activity"])
    activity = state.activities[b["activity"]]
    need(activity["registered"], "ACT-17", "It is not registered.")
    activity["closed"] = True


def holds_days(state, report):
    back = report["version"] and state.sent_back(
        "verification", report["id"], report["version"], report["approach"])
    nothing = report["version"] and not report["verified"]
    return bool(report["issued"]) or not (back or nothing)


def days_are_free(state, report, activity):
    components = activity["designs"][activity["registered"] - 1]["components"]
    for other in state.monitoring.values():
        if (other["activity"] == report["activity"] and other["id"] != report["id"]
                and holds_days(state, other) and overlaps(report["period"], other["period"])):
            pair = {report.get("component"), other.get("component")}
            need(len(pair) == 2 and pair <= set(components), "MON-4",
                 f"{other['id']} monitors the same days.")


def monitoring_submitted(state, b, x):
    activity = state.activities.get(b["activity"])
    if activity:
        developer(state, activity, activity["developer"], x)
    known_activity(state, b["activity"])
    known_documents(b["documents"], "ACT-10")
    need(b["id"] not in state.monitoring, "MON-1", f"Report {b['id']} exists.")
    need(activity["registered"], "MON-2", "The activity is not registered.")
    design = activity["designs"][activity["registered"] - 1]
    need(b.get("component") in design["components"] if design["components"]
         else "component" not in b, "MON-2", "The component is not one of the design.")
    period, crediting = b["period"], design["crediting"]
    need(crediting[0] <= period[0] <= period[1] <= crediting[1] and period[1] < x.date, "MON-3",
         "The period is not in the crediting period, or not over.")
    days_are_free(state, b, activity)
    first, last = years(period)
    need(b["claims"] and all(first <= c["vintage"] <= last for c in b["claims"]), "MON-5",
         "It claims nothing, or of other years.")
    state.monitoring[b["id"]] = dict(b, approach=activity["approach"], version=0, verified={},
                                     date=x.date, issued={}, verifier=None)


def quantities(rows):
    return {row["vintage"]: row["quantity"] for row in rows}


def monitoring_verified(state, b, x):
    report = state.monitoring.get(b["monitoring"])
    known_documents(b["documents"], "ACT-10")
    if report:
        activity = state.activities[report["activity"]]
        verifier(state, activity, b["verifier"], report["activity"], x)
        if not holds_days(state, report) and b["verified"]:
            days_are_free(state, report, activity)
    need(report, "MON-6", f"Report {b['monitoring']} is unknown.")
    need(b["version"] == report["version"] + 1, "MON-7", "Not the next version.")
    separate(state, report["approach"], b["verifier"],
             state.opinions["validated", report["activity"]])
    claims = quantities(report["claims"])
    need(all(n <= claims.get(year, 0) for year, n in quantities(b["verified"]).items()), "MON-9",
         "More than is claimed.")
    need(b["version"] == 1 or b["verifier"] == report["verifier"], "MON-14",
         "Another verifier than the first.")
    report.update(version=b["version"], verified=quantities(b["verified"]), ms=x.ms,
                  verifier=b["verifier"], date=x.date)
    state.opinions["verified", report["activity"]].add(b["verifier"])


def review_decided(state, b, x):
    stage, party, activity = b["stage"], b["party"], state.activities.get(b["activity"])
    report = state.monitoring.get(b.get("monitoring"))
    need(activity and ("monitoring" in b) == (stage == "verification")
         and (stage != "verification" or report and report["activity"] == b["activity"]), "REV-1",
         "No such activity or report.")
    approach, subject = activity["approach"], b.get("monitoring", b["activity"])
    asked = list(state.reviews(approach, stage))
    own = next((review for review in asked if review[1] == party), None)
    need(own, "REV-2", f"The rules let {party} not review it.")
    if stage == "idea":
        newest, since = activity["idea"], activity["ms"]
    elif stage == "validation":
        design = activity["designs"][-1] if activity["designs"] else {}
        newest = len(activity["designs"]) if design.get("opinion") == "positive" else 0
        since = design.get("ms")
    else:
        newest, since = report["version"] if report["verified"] else 0, report.get("ms")
    need(b["version"] == newest, "REV-3", "Not the newest version, or nothing to review.")
    lower = [review for review in asked if review[0] < own[0]]
    need(all(state.is_positive(stage, subject, newest, other) for _, other, _ in lower), "REV-4",
         "A review comes before.")
    made = state.decisions[stage, subject, newest, party]
    need(not made or made[-1]["decision"] == "objection", "REV-5", "It decided.")
    if b["decision"] == "deemed":
        spoke = made or any(state.decisions[stage, subject, version, party]
                            and any(d["decision"] in ("returned", "rejected", "objection") for d
                                    in state.decisions[stage, subject, version, party])
                            for version in range(1, newest))
        start = max([since, state.approaches[approach]["adopted"][-1]] + [
            state.decisions[stage, subject, newest, other][-1]["ms"] for _, other, _ in lower])
        need(own[2] is not None and not spoke and x.ms >= start + own[2] * DAY, "REV-6",
             "Its approval is not deemed.")
    certifies = stage == "verification" and b["decision"] == "approved"
    certified = quantities(b["quantities"])
    need(bool(certified) == certifies and all(
        n <= report["verified"].get(year, 0) for year, n in certified.items()), "REV-7",
        "It certifies something else than what is verified.")
    made.append(dict(decision=b["decision"], ms=x.ms, certified=certified))


# --- authorizations

def check_activities_fit(state, b):
    for listed in b["activities"]:
        proposed = state.activities.get(listed["id"])
        need(not proposed or (proposed["approach"], proposed["sector"])
             == (b["approach"], listed["sector"]), "ACT-5", f"{listed['id']} was proposed else.")
    for listed in b["activities"] if b["approach"] in state.approaches else ():
        idea_approved(state, listed["id"], b["approach"])


def check_terms(state, b, x, before=None):
    """AUT-13 to AUT-29 of a version."""
    parties = state.approaches[b["approach"]]["parties"]
    host, hosts = parties[0], b["party"] == parties[0]
    oimp = bool({"IMP", "OP"} & set(b["purposes"]))
    need(b.get("cap", 1) >= 1, "AUT-13", "A cap of nothing.")
    need(2021 <= b["vintages"][0] <= b["vintages"][1], "AUT-14", "No such vintages.")
    need(b["purposes"], "AUT-15", "It has no purpose.")
    need(("oimp" in b) == oimp, "AUT-16", "oimp exactly with IMP or OP.")
    need(not oimp or state.definition(b["approach"]), "AUT-17", "No first-transfer definition.")
    need(bool(b["ndc_periods"]) == ("NDC" in b["purposes"]) and all(
        map(in_order, b["ndc_periods"])), "AUT-18", "NDC periods exactly for NDC use, in order.")
    need(all(map(state.is_party, b["parties"])), "AUT-19", "Not a Party of this ledger.")
    for entity in b["entities"]:
        need(state.participants.get(entity["id"], {}).get("kind") == "entity" and entity["may"],
             "AUT-20", f"{entity['id']} is no entity that may do something.")
    need(b["activities"] or not hosts, "AUT-21", "It lists no activity.")
    need(all(in_order(a["crediting"]) for a in b["activities"]), "AUT-22", "Not in order.")
    for listed in b["activities"]:
        old = state.listed.get(listed["id"], dict(listed, approach=b["approach"]))
        need(old["approach"] == b["approach"] and all(old[m] == listed[m] for m in TERMS),
             "AUT-23", f"{listed['id']} was listed with other terms.")
    for listed in b["activities"]:
        need(hosts or host in state.listed.get(listed["id"], {}).get("by", ()), "AUT-24",
             f"The host has not authorized {listed['id']}.")
    need(b["standards"], "AUT-25", "It names no standard.")
    need(b["registries"]["tracking"][:3] == b["party"], "AUT-26", "Another Party's registry.")
    for member in ("issue_until", "use_until"):
        moved = member in b and (before is None or before.get(member) != b[member])
        need(not moved or b[member] >= x.date, "AUT-27", f"{member} is past.")
    need(set(b["change_terms"]["consent"]) <= set(parties), "AUT-28", "No Party of the approach.")
    letter = b["change_terms"].get("document")
    known_documents(b["documents"] + ([letter] if letter else []), "AUT-29")


def add_terms(state, b, x):
    for listed in b["activities"]:
        row = state.listed.setdefault(listed["id"], dict(
            {m: listed[m] for m in TERMS}, approach=b["approach"], by=set(), date=x.date))
        row["by"].add(b["party"])
    approach = state.approaches[b["approach"]]
    if b["party"] == approach["parties"][0] and {"IMP", "OP"} & set(b["purposes"]):
        approach["oimp"] = True


def authorization_granted(state, b, x):
    approach_is_open(state, b["approach"], x)
    check_activities_fit(state, b)
    need(b["id"] not in state.authorizations, "AUT-1", f"{b['id']} exists.")
    approach = state.approaches.get(b["approach"])
    need(approach and approach["rules"], "AUT-2", "No approach with rules.")
    host, buyer = approach["parties"]
    need(b["party"] in (host, buyer), "AUT-3", f"{b['party']} is no Party of it.")
    need(b["version"] == 1, "AUT-10", "The first version is 1.")
    need(not state.rules(b["approach"])["host_first"] or b["party"] == host or any(
        (a["approach"], a["party"]) == (b["approach"], host)
        for a in state.authorizations.values()), "AUT-11", "The host authorizes first.")
    need((b["metric"], b["gwp"]) == ("GHG", "AR5"), "AUT-12", "Another metric.")
    check_terms(state, b, x)
    need(b["change_terms"]["notice_days"] <= 3650, "AUT-37", "More than 3,650 days.")
    effect = x.ms + state.rules(b["approach"])["objection_days"] * DAY
    state.authorizations[b["id"]] = dict(
        party=b["party"], approach=b["approach"], versions=[b], effect=effect, revoked=None,
        notice=None, seq=x.seq, date=x.date, released=0)
    add_terms(state, b, x)


def known_terms(state, name):
    authorization = state.authorizations.get(name)
    need(authorization and not authorization["revoked"], "AUT-30", f"{name} is not to be changed.")
    return authorization, authorization["versions"][-1]


def check_notice(authorization, terms, b, x):
    need(terms["change_terms"]["until"] != "never", "AUT-33", "It is never changed.")
    days, content = terms["change_terms"]["notice_days"], {**b, "stage": None}
    if not days:
        need(b["stage"] == "effect", "AUT-34", "No notice is asked for.")
    elif b["stage"] == "effect":
        notice = authorization["notice"]
        need(notice and notice[0] == (x.event["type"], content)
             and 0 <= x.ms - notice[1] - days * DAY < 365 * DAY, "AUT-34", "No such notice.")
    return (x.event["type"], content), x.ms, x.date


def authorization_changed(state, b, x):
    approach_is_open(state, b["approach"], x)
    authorization, before = known_terms(state, b["id"])
    need(all(b[m] == before[m] for m in ("approach", "party", "metric", "gwp")), "AUT-31",
         "Approach, Party, metric and GWP stay.")
    need(b["version"] == before["version"] + 1 <= 1023, "AUT-32", "Not the next version.")
    notice = check_notice(authorization, before, b, x)
    check_activities_fit(state, b)
    check_terms(state, b, x, before)
    counted = state.sums["transferred under", b["id"]] + state.sums["acquired under", b["id"]]
    need(b.get("cap", counted) >= counted, "AUT-35", f"{counted} count against the cap.")
    oimp = [bool({"IMP", "OP"} & set(terms["purposes"])) for terms in (before, b)]
    lots = [state.lots[standing.lot] for _, _, _, standing in state.everything()]
    rests = any(lot["authorization"] == b["id"] and not lot["released"] for lot in lots)
    need(not rests or before["change_terms"]["until"] == "issuance" or oimp[0] == oimp[1]
         or state.definition(b["approach"]) in (None, "use_or_cancellation"), "AUT-36",
         "Units rest on it that were issued.")
    need(b["change_terms"]["notice_days"] <= 3650, "AUT-37", "More than 3,650 days.")
    if b["stage"] == "notice":
        authorization["notice"] = notice
        return
    authorization["versions"].append(b)
    authorization["date"], authorization["notice"] = x.date, None
    add_terms(state, b, x)


def authorization_revoked(state, b, x):
    authorization, terms = known_terms(state, b["authorization"])
    notice = check_notice(authorization, terms, b, x)
    known_documents(b["documents"], "AUT-29")
    if b["stage"] == "notice":
        authorization["notice"] = notice
        return
    authorization["revoked"] = x.seq
    for _, first, last, standing in state.everything():
        if (state.lots[standing.lot]["authorization"] == b["authorization"]
                and standing.status == "held" and state.is_released(standing)):
            authorization["released"] += last - first + 1


def reversal_recorded(state, b, x):
    listed = state.listed.get(b["activity"])
    need(listed and listed["mitigation"] == "Removals", "RVS-1", "It removes nothing.")
    parties = state.approaches[listed["approach"]]["parties"]
    need(state.appointed("verifier", b["verifier"], parties, x.time, listed["approach"]), "RVS-2",
         f"{b['verifier']} is no verifier.")
    need(b["period"][0] <= b["period"][1] <= x.date, "RVS-3", "The days are not over.")
    recorded = state.reversals.get(b["activity"], 0) + b["quantity"]
    need(recorded <= state.issued(b["activity"]), "RVS-4", "More than was issued.")
    known_documents([b["document"]], "RVS-5")
    state.reversals[b["activity"]] = recorded
