"""Transfer, use and cancellation of units (TRF, USE, CAN)."""

import collections

from cycle import named_pair, quantities
from moves import (Change, Move, check_held, check_locks, check_moves, check_settled, first_version,
                   issued_runs, size)
from state import need, overlaps

def units_transferred(state, b, x):
    source, target = (state.accounts.get(b[side]["account"]) for side in ("from", "to"))
    named, runs, moves = b["authorization"], issued_runs(state, b["units"]), []
    buyer = state.authorizations.get(named.get("buyer"))
    known = source and target
    for first, last, standing in runs if known else ():
        lot, stands = state.lots[standing.lot], state.accounts[standing.account]
        leaves = stands["party"] != target["party"]
        fund = target["kind"] == "fund"
        ndc = "NDC" in state.counted(standing)["purposes"]
        transfers = not standing.first_transferred and (
            fund or leaves and stands["party"] == lot["host"] and ndc)
        crosses = not standing.first_transferred and leaves and target["party"] != lot["host"]
        comes = (not fund and target["party"] != lot["host"]
                 and (leaves or stands["kind"] == "fund"))
        moves.append((Move(first, last, standing, transfers,
                           named["buyer"] if comes and buyer else None, crosses), comes))
    check_moves(state, x, [move for move, _ in moves])

    def governing(move, comes):
        section = target["party"]
        if comes:
            own = buyer and buyer["party"] == section
            return buyer["versions"][-1] if own else state.counted(move.standing)
        if source["party"] == section:  # inside a section: that in which the units stand
            section = state.accounts[move.standing.account]["party"]
        return state.governing(move.standing, section)

    for move, comes in moves:
        host = state.counted(move.standing)
        before = state.accounts[move.standing.account]["holder"]
        need(not move.transfers or state.covers(host, before, "transfer"), "AUT-6",
             f"{before} may not transfer.")
        if target["kind"] == "fund":
            continue
        need(state.covers(host, target["party"]), "AUT-6", f"{target['party']} is not named.")
        acts = ["acquire"] if source["party"] != target["party"] else ["transfer", "acquire", "use"]
        need(state.covers(governing(move, comes), target["holder"], *acts), "AUT-6",
             f"{target['holder']} is not authorized.")
    for move, comes in moves:
        terms = [state.counted(move.standing), governing(move, comes)]
        for named_or_governing in terms + ([buyer["versions"][-1]] if buyer else []):
            need(b["purpose"] in named_or_governing["purposes"], "AUT-7",
                 f"{b['purpose']} is not authorized.")
    comes_any = any(comes for _, comes in moves)
    named_pair(state, named, None, target["party"] if known else None, comes_any)
    for _, _, standing in runs:
        leaves = known and source["party"] != target["party"]
        moments = ["issuance"] + (["transfer"] if leaves else [])
        if leaves and source["party"] == state.lots[standing.lot]["buyer"]:
            moments.append("acquisition")
        check_settled(state, x, standing, moments, leaves)
    check_locks(state, x, runs)
    need(known and source is not target, "TRF-1", "Not two known accounts.")
    for side, account in ((b["from"], source), (b["to"], target)):
        name = state.participants[account["holder"]]["name"]
        need((side["party"], side["participant"], side["name"])
             == (account["party"], account["holder"], name), "TRF-2", f"{side['account']} differs.")
    check_held(state, b["units"], b["from"]["account"], "TRF-3")
    vintages = collections.Counter()
    for move, _ in moves:
        vintages[state.lots[move.standing.lot]["vintage"]] += size(move)
    need(b["quantity"] == sum(vintages.values()) and quantities(b["vintages"]) == vintages,
         "TRF-4", f"{dict(vintages)}.")
    for move, comes in moves:
        lot = state.lots[move.standing.lot]
        need(lot["authorization"] == named["host"], "TRF-5", "Another host's authorization.")
        if "buyer" in named:
            terms = buyer["versions"][-1]
            lists = [a["id"] for a in terms["activities"]] or [lot["activity"]]
            fits = (terms["vintages"][0] <= lot["vintage"] <= terms["vintages"][1]
                    and lot["activity"] in lists)
            need(fits if comes else move.standing.acquirer == named["buyer"], "TRF-5",
                 "The buyer's authorization is for others.")
    for move, _ in moves:
        lot = state.lots[move.standing.lot]
        ndc = state.period(lot["host"], lot["vintage"])
        need(ndc and ndc["method"] == b["method"], "TRF-6", f"{lot['host']} declared otherwise.")
    if "executed_on" in b:
        window, day = state.opening["body"].get("migration"), b["executed_on"]
        need(window and window["from"] <= day <= window["to"] and x.newest_cause <= day <= x.date,
             "TRF-7", "No such day of execution.")
    change = Change(state, x)
    for move, comes in moves:
        lot = state.lots[move.standing.lot]
        members = dict(account=b["to"]["account"], first_transferred=(
            move.transfers or move.standing.first_transferred),
            host_version=first_version(state, move))
        if comes:
            members.update(acquirer=move.acquirer, acquirer_version=(
                buyer["versions"][-1]["version"] if move.acquirer else None))
            if move.acquirer:
                change.sum(("acquired under", move.acquirer), size(move))
        if move.transfers:
            change.first_transfer(lot, size(move))
        change.units(b["units"]["scope"], move.first, move.last, **members)


def outcome(state, b, standing, kind):
    """Whether a use or cancellation is the first transfer of a unit."""
    if standing.first_transferred:
        return False
    if kind == "units.cancelled" and b["purpose"] == "OMGE":
        return True
    oimp = {"IMP", "OP"} & set(state.counted(standing)["purposes"])
    named = ("IMP", "OP") if kind == "units.used" else ("OP",)
    definition = state.definition(state.lots[standing.lot]["approach"])
    return bool(b["purpose"] in named and oimp and definition == "use_or_cancellation")


def check_end(state, b, x, user):
    """What use and cancellation are asked alike; returns what they do."""
    uses = x.event["type"] == "units.used"
    runs, account = issued_runs(state, b["units"]), state.accounts.get(b["account"])
    moves = [Move(first, last, standing, outcome(state, b, standing, x.event["type"]), None, False)
             for first, last, standing in runs]
    check_moves(state, x, moves)
    asked = [move.standing for move in moves] if uses or b["purpose"] == "OP" else []

    def section_of(standing):
        return state.accounts[standing.account]["party"]

    def governing(standing):
        return state.governing(standing, section_of(standing))

    for standing in asked:
        terms = governing(standing)
        need(user not in state.participants or state.covers(terms, user, "use"), "AUT-6",
             f"{user} may not use.")
        section, fund = section_of(standing), state.accounts[standing.account]["kind"] == "fund"
        need(not uses or b["purpose"] != "NDC" or fund or state.covers(terms, section), "AUT-6",
             f"{section} may not use.")
    for standing in asked:
        for terms in (state.counted(standing), governing(standing)):
            need(b["purpose"] in terms["purposes"], "AUT-7", f"{b['purpose']} is not authorized.")
    for standing in asked:
        for terms in (state.counted(standing), governing(standing)):
            need(x.day <= terms.get("use_until", x.day), "AUT-9", "Use ended.")
    for standing in (move.standing for move in moves):
        outside = section_of(standing) != state.lots[standing.lot]["host"]
        moments = ("issuance", "transfer") + (("acquisition",) if outside else ())
        check_settled(state, x, standing, moments, False)
    check_locks(state, x, runs, not uses and b["purpose"] == "administrative")
    return moves, account


def check_sum(state, b, moves, clause):
    approaches = {state.lots[move.standing.lot]["approach"] for move in moves}
    need(b["quantity"] == sum(map(size, moves)) and len(approaches) == 1, clause,
         f"{sum(map(size, moves))} units of {len(approaches)} approaches.")


def put_at_rest(state, b, x, moves, status):
    change = Change(state, x)
    for move in moves:
        lot, members = state.lots[move.standing.lot], dict(status=status, purpose=b["purpose"])
        if move.transfers:
            change.first_transfer(lot, size(move))
            members.update(first_transferred=True, host_version=first_version(state, move))
        change.units(b["units"]["scope"], move.first, move.last, **members)
    return change


def units_used(state, b, x):
    user = b["user"]["participant"]
    moves, account = check_end(state, b, x, user)
    need(account and account["party"] == b["party"], "USE-1", "Not an account of its section.")
    who = state.participants.get(user)
    need(who and user != "operator" and who["name"] == b["user"]["name"], "USE-2", "Who uses?")
    check_held(state, b["units"], b["account"], "USE-3")
    check_sum(state, b, moves, "USE-4")
    ndc = b["purpose"] == "NDC"
    need(("year" in b) == ndc, "USE-5", "A year exactly towards an NDC.")
    for move in moves if ndc else ():
        need(move.standing.first_transferred, "USE-6", f"Unit {move.first} is no ITMO.")
    for move in moves if ndc else ():
        period = state.period(b["party"], b["year"])
        vintage = state.lots[move.standing.lot]["vintage"]
        need(period and period["from"] <= vintage <= period["to"], "USE-7", "Another period.")
    for move in moves if ndc else ():
        for terms in (state.counted(move.standing), state.acquired_terms(move.standing)):
            need(not terms or any(low <= b["year"] <= high for low, high in terms["ndc_periods"]),
                 "USE-8", f"{b['year']} is not authorized.")
    for move in moves:
        need(b["first_transfer"] == move.transfers, "USE-9", f"{move.first}: {move.transfers}.")
    for move in moves if ndc else ():
        home = b["party"] == state.lots[move.standing.lot]["host"]
        need(not home or move.standing.acquirer, "USE-10", "It was never bought back.")
    for finding in state.findings.values() if ndc else ():
        if finding["open"] and finding.get("balance") and "units" in finding:
            covers = finding["units"]["scope"] == b["units"]["scope"] and any(
                overlaps(a, c) for a in finding["units"]["ranges"] for c in b["units"]["ranges"])
            need(not covers, "USE-11", f"{finding['finding']} covers them.")
    change = put_at_rest(state, b, x, moves, "used")
    if ndc:
        change.sum(("used", b["party"], b["year"]), b["quantity"])


def units_cancelled(state, b, x):
    holder = state.accounts.get(b["account"], {}).get("holder")
    moves, account = check_end(state, b, x, holder)
    need(account and account["party"] == b["party"], "CAN-1", "Not an account of its section.")
    check_held(state, b["units"], b["account"], "CAN-2")
    check_sum(state, b, moves, "CAN-3")
    for move in moves:
        need(b["first_transfer"] == move.transfers, "CAN-4", f"{move.first}: {move.transfers}.")
    for move in moves if b["purpose"] == "domestic" else ():
        lot = state.lots[move.standing.lot]
        need(b["party"] == lot["host"] and not move.standing.first_transferred, "CAN-5",
             "It is an ITMO, or abroad.")
    groups = collections.Counter()
    for move in moves:
        lot = state.lots[move.standing.lot]
        groups[lot["activity"], lot["vintage"]] += size(move)
    reverses = b["purpose"] == "reversal"
    for activity in {activity for activity, _ in groups} if reverses else ():
        number = sum(n for (name, _), n in groups.items() if name == activity)
        need(number <= state.open_reversal(activity), "RVS-7", f"{number} are not open.")
    change = put_at_rest(state, b, x, moves, "cancelled")
    for (activity, vintage), number in groups.items():
        if reverses:
            change.sum(("made good", activity), number)
        for name, finding in state.findings.items() if b["purpose"] == "administrative" else ():
            excess = finding.get("excess")
            if finding["open"] and excess and (excess["activity"], excess["vintage"]) == (
                    activity, vintage):
                left = excess["quantity"] - state.sums["excess", name]
                change.sum(("excess", name), min(left, number))
                number -= min(left, number)
                finding["open"] = state.sums["excess", name] < excess["quantity"]
