"""Units: issuance, proceeds, transfer, use, cancellation, locks and corrections."""

import collections

from cycle import effective, named_pair, quantities
from identity import CORRECTED
from rules import approach_is_open, known_documents, unit_lines, years
from state import DAY, MOMENTS, Standing, count, milliseconds, need, overlaps

# What an event does to a run of units: whether it is their first transfer, under which
# authorization they come to a Party, and whether they leave the host's section without being ITMOs.
Move = collections.namedtuple("Move", "first last standing transfers acquirer crosses")


def size(move):
    return move.last - move.first + 1


def issued_runs(state, units):
    return [run for run in state.runs(units) if run[2]]


def check_moves(state, x, moves):
    """APR-8, RVS-6, AUT-4 and AUT-5 of what becomes an ITMO, or comes to a Party."""
    lots = state.lots
    first = [move for move in moves if move.transfers]
    for move in moves:
        approach = lots[move.standing.lot]["approach"]
        need(not ((move.transfers or move.crosses) and state.ended(approach, x.time)), "APR-8",
             f"Approach {approach} ended.")
    for move in first:
        activity = lots[move.standing.lot]["activity"]
        need(state.open_reversal(activity) <= 0, "RVS-6", f"A reversal of {activity} is open.")
    counts = collections.Counter()
    for move in moves:
        if move.transfers:
            counts["transferred under", lots[move.standing.lot]["authorization"]] += size(move)
        if move.acquirer:
            counts["acquired under", move.acquirer] += size(move)
    for key, number in counts.items():
        cap = state.newest(key[1]).get("cap")
        need(cap is None or state.sums[key] + number <= cap, "AUT-4",
             f"The cap of {key[1]} is {cap}.")
    for move in moves:
        if move.transfers or move.crosses:
            host = lots[move.standing.lot]["authorization"]
            need(not state.is_released(move.standing), "AUT-5", f"{host} is revoked.")
            need(state.in_effect(host, state.counted(move.standing), x), "AUT-5",
                 f"{host} is not in effect.")
        if move.acquirer:
            effective(state, move.acquirer, x)


def check_settled(state, x, standing, moments, leaves):
    asked = standing.first_transferred or leaves or state.may_become_itmo(standing, x)
    need(not asked or set(moments) <= set(standing.cleared), "PRO-8",
         f"Proceeds at {', '.join(moments)} are not settled.")


def check_locks(state, x, runs, administrative=False):
    for first, _, standing in runs:
        held = standing.status == "held"
        need(not standing.frozen and not (held and state.accounts[standing.account]["frozen"]),
             "LCK-1", f"Unit {first} is frozen.")
        need(not standing.reserved or administrative
             or state.locks[standing.reserved].get("event") == x.hash, "LCK-1",
             f"Unit {first} is kept for another event.")


def check_held(state, units, account, clause):
    for first, _, standing in state.runs(units):
        need(standing and (standing.status, standing.account) == ("held", account), clause,
             f"Unit {first} is not held in {account}.")


class Change:
    """What an event does to units and sums, kept so that a void can undo it."""

    def __init__(self, state, x):
        self.state, self.x, self.moved = state, x, set()

    def units(self, scope, first, last, **members):
        """Gives the runs of a range new members; they leave the reservation that kept them."""
        state, seq = self.state, self.x.seq
        for low, high, old in list(state.runs({"scope": scope, "ranges": [[first, last]]})):
            self.x.before.append((scope, low, high, old))
            state.put(scope, low, high, old._replace(reserved=None, touched=seq, **members))
            if old.reserved:
                unlock_some(state, old.reserved, high - low + 1)

    def sum(self, key, number):
        self.state.sums[key] += number
        self.x.sums[key] += number
        if key[0] in ("first transferred", "used"):
            self.state.moved[key[1], key[2]] = self.x.seq

    def first_transfer(self, lot, number):
        self.sum(("first transferred", lot["host"], lot["vintage"]), number)
        self.sum(("transferred under", lot["authorization"]), number)
        self.sum(("itmos", lot["activity"], lot["vintage"]), number)


def unlock_some(state, lock, number):
    state.locks[lock]["left"] -= number
    state.locks[lock]["over"] |= state.locks[lock]["left"] == 0


def first_version(state, move):
    return state.counted(move.standing)["version"] if move.transfers else (
        move.standing.host_version)


# --- issuance

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
                   period=b["period"], monitoring=b.get("monitoring"))
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


# --- proceeds

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


# --- transfer, use, cancellation

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


# --- locks and corrections

def units_locked(state, b, x):
    reserves, account = b["kind"] == "reservation", state.accounts.get(b["account"])
    mark = "reserved" if reserves else "frozen"
    need(b["id"] not in state.locks, "LCK-2", f"Lock {b['id']} exists.")
    need("units" in b and "event" in b if reserves else "event" not in b, "LCK-3",
         "Units and an event of a reservation, no event of a freeze.")
    need(account, "LCK-4", f"Account {b['account']} is unknown.")
    runs = list(state.runs(b["units"])) if "units" in b else []
    if runs:
        check_held(state, b["units"], b["account"], "LCK-5")
    number = count(b["units"]["ranges"]) if runs else None
    need(b.get("quantity") == number, "LCK-6", f"{number} units.")
    for first, _, standing in runs:
        need(not getattr(standing, mark), "LCK-7", f"Unit {first} is locked so already.")
    need(runs or not account["frozen"], "LCK-7", "The account is frozen already.")
    ahead = milliseconds(b["until"]) - x.ms
    need(0 < ahead and (not reserves or ahead <= 366 * DAY), "LCK-8", "No such end.")
    waiting = [lock for lock in state.locks.values()
               if lock.get("event") == b.get("event") and not lock["over"]]
    need(not reserves or len(waiting) < 16, "LCK-10", "Sixteen reservations wait for it.")
    for first, _, standing in runs if reserves else ():
        need(not standing.frozen and not account["frozen"], "LCK-11", f"Unit {first} is frozen.")
    state.locks[b["id"]] = dict(b, over=False, left=number, date=x.date)
    if not runs:
        account["frozen"] = b["id"]
    for first, last, standing in runs:
        state.put(b["units"]["scope"], first, last, standing._replace(**{mark: b["id"]}))


def units_unlocked(state, b, x):
    lock = state.locks.get(b["lock"])
    need(lock and not lock["over"], "LCK-9", f"Lock {b['lock']} does not hold.")
    lock["over"] = True
    for scope, first, last, standing in list(state.everything()):
        if b["lock"] in (standing.reserved, standing.frozen):
            mark = "reserved" if standing.reserved == b["lock"] else "frozen"
            state.put(scope, first, last, standing._replace(**{mark: None}))
    account = state.accounts[lock["account"]]
    account["frozen"] = None if account["frozen"] == b["lock"] else account["frozen"]


def entry_corrected(state, b, x):
    voids = b["how"] == "void"
    entry = state.entries[b["entry"]] if b["entry"] < len(state.entries) else None
    need(entry and entry["event"]["type"] in CORRECTED[b["how"]], "COR-1", "That is not corrected so.")
    need(not entry["voided"], "COR-2", "It was voided.")
    need(b["type"] == entry["event"]["type"], "COR-3", "It is of another type.")
    if not voids:
        need(b["restated"], "COR-3", "It states nothing.")
        return
    touched = entry["event"]["body"].get("units") or entry["event"]["body"].get("gross")
    need(b["units"] == touched and b["quantity"] == count(touched["ranges"]), "COR-3",
         "Other units, or another quantity.")
    runs = list(state.runs(touched))
    for first, _, standing in runs:
        need(standing.touched == b["entry"], "COR-4",
             f"Unit {first} was touched by entry {standing.touched}.")
    check_locks(state, x, runs)
    entry["voided"] = True
    for _, first, last, standing in state.everything():
        if standing.reserved and standing.touched == b["entry"]:
            unlock_some(state, standing.reserved, last - first + 1)
    for scope, first, last, standing in entry["before"]:
        state.put(scope, first, last, standing._replace(reserved=None, frozen=None))
    for key, number in entry["sums"].items():
        state.sums[key] -= number
        if key[0] in ("first transferred", "used"):
            state.moved[key[1], key[2]] = x.seq
        if key[0] == "excess":
            state.findings[key[1]]["open"] = True
    approaches = {state.lots[standing.lot]["approach"] for _, _, _, standing in entry["before"]}
    parties = {party for name in approaches for party in state.approaches[name]["parties"]}
    year = int(entry["time"][:4])
    for name, report in state.reports.items():
        if (report["span"] and report["as_of"] >= b["entry"] and name not in state.differing
                and report["span"][0] <= year <= report["span"][1]
                and report["party"] in parties):
            state.differing.append(name)
