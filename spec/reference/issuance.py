"""Issuance of units (ISS, and what MON and AUT ask of it) and proceeds (PRO)."""

import collections

from cycle import effective, named_pair
from moves import Change, Move, check_held, check_locks, check_moves, issued_runs
from rules import approach_is_open, known_documents, unit_lines, years
from state import MOMENTS, Standing, count, need, overlaps

def units_issued(state, b, x):
    named, lots = b["authorization"], b["lots"]
    host = state.authorizations.get(named["host"])
    buyer = state.authorizations.get(named.get("buyer"))
    both = [a for a in (host, buyer) if a]
    approach = state.listed.get(b["activity"], {}).get("approach")
    oimp = bool(host) and bool({"IMP", "OP"} & set(host["versions"][-1]["purposes"]))
    transfers = oimp and approach and state.definition(approach) in ("authorization", "issuance")
    number = sum(lot["last"] - lot["first"] + 1 for lot in lots)
    activity = state.activities.get(b["activity"])
    report = state.monitoring.get(b.get("monitoring"))
    account = state.accounts.get(b["account"], {})
    approach_is_open(state, approach, x)
    need(not transfers or state.open_reversal(b["activity"]) <= 0, "RVS-6", "A reversal is open.")
    need(not activity or not activity["closed"], "ACT-7", "The activity is closed.")
    if approach:
        need(not state.asks(approach, "registration") or activity and activity["registered"],
             "MON-10", "The activity is not registered.")
        need("monitoring" in b or not state.asks(approach, "verification"), "MON-11",
             "It names no report.")
    need("monitoring" not in b or report and (report["activity"], report["period"])
         == (b["activity"], b["period"]), "MON-11", "The report is of something else.")
    if report:
        version, by = report["version"], report["approach"]
        need(report["verified"] and state.all_positive(by, "verification", report["id"], version)
             and not state.sent_back("verification", report["id"], version, by), "MON-12",
             "It is not verified and approved.")
        for vintage in sorted({lot["vintage"] for lot in lots}):
            of_it = sum(lot["last"] - lot["first"] + 1 for lot in lots
                        if lot["vintage"] == vintage) + report["issued"].get(vintage, 0)
            limits = [report["verified"].get(vintage, 0)] + [
                made["certified"].get(vintage, 0)
                for party in state.approaches[by]["parties"]
                for made in state.decisions["verification", report["id"], version, party][-1:]
                if made["decision"] == "approved"]
            need(of_it <= min(limits), "MON-13", f"{min(limits)} of {vintage} may be issued.")
    for lot in state.lots:
        if lot["activity"] == b["activity"] and overlaps(lot["period"], b["period"]):
            need(bool(lot["monitoring"]) == ("monitoring" in b), "MON-15", "Issued otherwise.")
    judges = (state.opinions["validated", b["activity"]]
              | state.opinions["verified", b["activity"]])
    need(account.get("holder") not in judges, "MON-16", "The holder judged the activity.")
    terms = [a["versions"][-1] for a in both]
    if transfers:
        cap = host["versions"][-1].get("cap")
        need(cap is None or state.sums["transferred under", named["host"]] + number <= cap,
             "AUT-4", f"The cap is {cap}.")
    for name in named.values():
        if name in state.authorizations:
            effective(state, name, x)
    if host and account:
        need(state.covers(terms[0], account["holder"], "transfer", "acquire", "use"), "AUT-6",
             f"{account['holder']} is not authorized.")
    need(approach, "AUT-8", f"No authorization lists {b['activity']}.")
    named_pair(state, named, approach)
    need(all(x.day <= t.get("issue_until", x.day) for t in terms), "AUT-9", "Issuance ended.")
    lists = [terms[0]] + [t for t in terms[1:] if t["activities"]]
    need(all(b["activity"] in [a["id"] for a in t["activities"]] for t in lists), "ISS-1",
         "The activity is not listed.")
    need(state.approaches[approach]["carp"], "ISS-2", "The approach has no identifier.")
    party, other = state.approaches[approach]["parties"]
    need(account and (account["kind"], account["party"], account["registry"])
         == ("holding", party, b["scope"]), "ISS-3", "No such holding account of the host's.")
    need(b["holder"] == account["holder"], "ISS-4", "The account is another's.")
    rows = state.units[b["scope"]]
    following = rows[-1][1] + 1 if rows else 1
    for lot in lots:
        need(lot["first"] == following, "ISS-5", f"The next serial is {following}.")
        following = lot["last"] + 1
    need(b["quantity"] == number, "ISS-6", f"The lots have {number}.")
    first, last = years(b["period"])
    for lot in lots:
        need(max(2021, first) <= lot["vintage"] <= last and all(
            t["vintages"][0] <= lot["vintage"] <= t["vintages"][1] for t in terms), "ISS-7",
            f"{lot['vintage']} is no vintage of it.")
    listed = next(a for a in terms[0]["activities"] if a["id"] == b["activity"])
    need(listed["crediting"][0] <= b["period"][0] <= b["period"][1] <= listed["crediting"][1]
         and b["period"][1] < x.date, "ISS-8", "The period is outside, or not over.")
    need((b["mitigation"], b["metric"], b["gwp"]) == (
        listed["mitigation"], terms[0]["metric"], terms[0]["gwp"]), "ISS-9", "Not the activity's.")
    backing = collections.defaultdict(list)
    for lot in lots:
        block = lot.get("underlying")
        if block:
            need(block["last"] - block["first"] == lot["last"] - lot["first"]
                 and block["registry"] in terms[0]["registries"]["underlying"], "ISS-10",
                 "Not one for one, or of another registry.")
    for lot in lots:
        if "underlying" in lot:
            block, name = lot["underlying"], lot["underlying"]["registry"]
            span = block["first"], block["last"]
            need(not any(overlaps(span, taken) for taken in state.underlying[name]
                         + backing[name]), "ISS-11", "They back other units.")
            backing[name].append(span)
    known_documents(b["documents"], "ISS-12")
    for name, blocks in backing.items():
        state.underlying[name] += blocks
    rules, change = state.rules(approach), Change(state, x)
    cleared = tuple(m for m in MOMENTS if not unit_lines(rules, m))
    for lot in lots:
        row = dict(first=lot["first"], last=lot["last"], vintage=lot["vintage"], date=x.date,
                   activity=b["activity"], approach=approach, host=party, buyer=other,
                   authorization=named["host"], version=terms[0]["version"], seq=x.seq,
                   rules=rules["version"], holder=account["holder"], scope=b["scope"],
                   period=b["period"], monitoring=b.get("monitoring"), of=None, released=False,
                   buyers=named.get("buyer"), backing=lot.get("underlying", {}).get("registry"))
        state.lots.append(row)
        rows.append((lot["first"], lot["last"], Standing(
            len(state.lots) - 1, b["account"], None, "held", None, transfers, cleared, None, None,
            terms[0]["version"] if transfers else None, None, x.seq)))
        quantity = lot["last"] - lot["first"] + 1
        if report:
            issued = report["issued"]
            issued[lot["vintage"]] = issued.get(lot["vintage"], 0) + quantity
        if transfers:
            change.first_transfer(row, quantity)


def rounded(line, gross):
    product = line["rate_bp"] * gross
    add = dict(floor=0, ceil=9999, half_up=5000)[line["rounding"]]
    return (product + add) // 10000


def due_proceeds(state, rules, b, runs):
    """What PRO-7 says is taken, as the list `taken` has to state it."""
    groups = collections.defaultdict(list)
    for first, last, standing in runs:
        lot = state.lots[standing.lot]
        groups[lot["activity"], lot["vintage"]].append((first, last))
    expected = []
    for (activity, vintage), ranges in sorted(groups.items()):
        left = gross = count(ranges)
        shares = []
        for line in unit_lines(rules, b["moment"]):
            key = (b["approach"], activity, vintage, line["name"])
            due = rounded(line, state.sums["gross", key] + gross) - state.sums["taken", key]
            due = min(max(0, due), left)
            left -= due
            if due:
                shares.append((line, due))
        skip = left
        for line, due in shares:
            row = dict(activity=activity, line=line["name"], quantity=due, vintage=vintage,
                       ranges=cut(ranges, skip, due))
            if "account" in line:
                row["account"] = line["account"]
            expected.append(row)
            skip += due
    return groups, expected


def cut(ranges, skip, number):
    """`number` units behind the first `skip` of ascending ranges, ranges that touch joined."""
    found = []
    for first, last in ranges:
        low = first + skip
        high = min(last, low + number - 1)
        skip = max(0, skip - (last - first + 1))
        if number and low <= high:
            if found and found[-1][1] + 1 == low:
                found[-1][1] = high
            else:
                found.append([low, high])
            number -= high - low + 1
    return found


def proceeds_deducted(state, b, x):
    scope, runs = b["gross"]["scope"], issued_runs(state, b["gross"])
    approach = state.approaches.get(b["approach"])
    versions = approach["rules"] if approach else []
    rules = versions[b["rules"] - 1] if b["rules"] <= len(versions) else None
    lines = {d["name"]: d for d in rules["deductions"]} if rules else {}
    groups, expected = due_proceeds(state, rules, b, runs) if rules else ({}, [])
    moves = []
    for row in expected:
        if lines[row["line"]]["kind"] in ("omge", "fund"):
            for first, last, standing in state.runs(dict(row, scope=scope)):
                moves.append(Move(first, last, standing, not standing.first_transferred, None,
                                  False))
    check_moves(state, x, moves)
    takers = dict(issuance=0, transfer=0, acquisition=1)
    need(rules and b["party"] == approach["parties"][takers[b["moment"]]], "PRO-1",
         "Not that Party's to settle, or no such rules.")
    account = state.accounts.get(b["account"], {})
    need(account.get("party") == b["party"], "PRO-2", "The account is in another section.")
    check_held(state, b["gross"], b["account"], "PRO-3")
    for first, _, standing in runs:
        lot = state.lots[standing.lot]
        need((lot["approach"], lot["rules"]) == (b["approach"], b["rules"]), "PRO-4",
             f"Unit {first} was issued under other rules.")
    earlier = set(MOMENTS[:MOMENTS.index(b["moment"])])
    for first, _, standing in runs:
        need(b["moment"] not in standing.cleared and earlier <= set(standing.cleared), "PRO-5",
             f"Unit {first} is settled, or an earlier moment is not.")
    need(b["quantity"] == count(b["gross"]["ranges"]), "PRO-6", "Another quantity.")
    need(b["taken"] == expected, "PRO-7", f"Due is {expected}.")
    check_locks(state, x, runs)
    change = Change(state, x)
    for first, last, standing in runs:
        change.units(scope, first, last, cleared=tuple(
            m for m in MOMENTS if m in standing.cleared or m == b["moment"]))
    for (activity, vintage), ranges in groups.items():
        for line in unit_lines(rules, b["moment"]):
            change.sum(("gross", (b["approach"], activity, vintage, line["name"])), count(ranges))
    for row in expected:
        line = lines[row["line"]]
        change.sum(("taken", (b["approach"], row["activity"], row["vintage"], line["name"])),
                   row["quantity"])
        for first, last, standing in list(state.runs(dict(row, scope=scope))):
            members, keep = {}, x.before[:]
            if line["kind"] in ("omge", "fund") and not standing.first_transferred:
                change.first_transfer(state.lots[standing.lot], last - first + 1)
                members = dict(first_transferred=True,
                               host_version=state.counted(standing)["version"])
            if line["kind"] == "omge":
                members.update(status="cancelled", purpose="OMGE")
            else:
                members.update(account=line["account"])
            change.units(scope, first, last, **members)
            x.before[:] = keep  # the standing before the event is the one that a void gives back
