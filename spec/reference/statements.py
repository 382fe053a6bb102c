"""What Parties state: NDCs, inventories, adjustments, reports, findings; and taking back (WDR)."""

from rules import in_order, known_documents
from state import need, overlaps

def ndc_declared(state, b, x):
    span = (b["from"], b["to"])
    need(state.is_party(b["party"]), "NDC-1", f"{b['party']} is no Party of this ledger.")
    need(not any(overlaps(span, (n["from"], n["to"])) for n in state.ndcs[b["party"]]), "NDC-2",
         "A year is declared already.")
    need(in_order(span), "NDC-3", "It ends before it begins.")
    need((b["method"], b["type"]) != ("averaging", "multi_year"), "NDC-4", "No averaging.")
    need(b["scope"]["metric"] == "GHG", "NDC-6", "Another metric.")
    state.ndcs[b["party"]].append(dict(b, date=x.date))


def inventory_reported(state, b, x):
    ndc = state.period(b["party"], b["year"])
    key = b["party"], b["year"]
    need(ndc, "INV-1", "No NDC period has the year.")
    need(b["version"] == len(state.inventories[key]) + 1, "INV-2", "Not the next version.")
    need(b["metric"] == ndc["scope"]["metric"], "INV-3", "Another metric than the NDC's.")
    need(b["year"] < int(x.date[:4]), "INV-4", "The year is not over.")
    state.inventories[key].append((b["value"], x.date))


def adjustment_applied(state, b, x):
    key = b["party"], b["year"]
    ndc = state.period(*key)
    need(ndc, "ADJ-1", "No NDC period has the year.")
    need(b["version"] == len(state.adjustments[key]) + 1, "ADJ-2", "Not the next version.")
    need(b["method"] == ndc["method"], "ADJ-3", f"{ndc['method']} is declared.")
    elapsed = state.elapsed(ndc, b["year"])
    moved = max((state.moved.get((b["party"], year), 0) for year in elapsed), default=0)
    need(moved <= b["as_of"] < x.seq, "ADJ-4", f"The figures moved in entry {moved}.")
    first, used = state.due(*key)
    need((b["first_transferred"], b["used"]) == (first, used), "ADJ-5", f"{first} and {used}.")
    total = sum(due[0] - due[1] for due in (state.due(b["party"], year) for year in elapsed))
    need(fraction(total, len(elapsed)) == (b["amount"]["num"], b["amount"]["den"]), "ADJ-6",
         f"{total}/{len(elapsed)}.")
    state.adjustments[key].append(b)


def fraction(numerator, denominator):
    low, high = denominator, abs(numerator)
    while high:
        low, high = high, low % high
    return numerator // low, denominator // low


def report_filed(state, b, x):
    dotted = tuple(map(int, b["version"].split(".")))
    span = (b["year"], b["year"]) if "year" in b else b.get("period")
    need(b["id"] not in state.reports, "RPT-1", f"Report {b['id']} was filed.")
    need(state.is_party(b["party"]), "RPT-2", f"{b['party']} is no Party of this ledger.")
    need(not span or in_order(span) and span[1] < int(x.day[:4]), "RPT-3", "Years not over.")
    own = [r for r in state.reports.values() if r["party"] == b["party"]]
    same = [r for r in own if (r["kind"], r["span"]) == (b["kind"], span)]
    need(dotted > same[-1]["dotted"] if same else dotted == (1, 0), "RPT-4", "Not a next version.")
    need((same[-1]["as_of"] if same else 0) <= b["as_of"] < x.seq, "RPT-5", "as_of is not then.")
    mine = {name for name, a in state.approaches.items() if b["party"] in a["parties"]}
    need(b["approaches"] and set(b["approaches"]) <= mine, "RPT-6", "Not the Party's approaches.")
    if span:
        for granted in state.authorizations.values():
            due = granted["party"] == b["party"] and granted["seq"] <= b["as_of"]
            need(not due or granted["approach"] in b["approaches"], "RPT-7",
                 f"{granted['approach']} is left out.")
    initial = [r for r in own if r["kind"] in ("initial", "updated_initial")]
    need(b["kind"] != "updated_initial" or any(r["kind"] == "initial" for r in initial), "RPT-8",
         "There is no initial report.")
    if b["kind"] == "aef":
        for approach in b["approaches"]:
            need(any(approach in r["approaches"] for r in initial), "RPT-9",
                 f"No initial report on {approach}.")
    known_documents([b["document"]], "RPT-10")
    state.reports[b["id"]] = dict(b, dotted=dotted, span=span, date=x.date, seq=x.seq)


def finding_recorded(state, b, x):
    judged = b["kind"] in ("consistency", "review")
    opens = b.get("how") == "opens"
    if judged:
        good = "report" in b and not {"balance", "excess", "finding", "how", "units"} & set(b)
    else:
        good = "finding" in b and "how" in b and (
            "balance" in b if opens else not {"balance", "excess", "units"} & set(b))
    need(good, "FND-1", "It says too little or too much.")
    need(b["parties"] and all(map(state.is_party, b["parties"])), "FND-2", "No Party concerned.")
    if "report" in b:
        report = state.reports.get(b["report"])
        need(report and report["party"] in b["parties"]
             and (not judged or (report["kind"] == "aef") == (b["kind"] == "consistency")),
             "FND-3", "No such report.")
    need(not opens or b["finding"] not in state.findings, "FND-4", "The finding exists.")
    if b.get("how") == "resolves":
        found = state.findings.get(b["finding"])
        need(found and found["open"] and (found["kind"], found["parties"])
             == (b["kind"], b["parties"]), "FND-5", "No such open finding.")
    runs = list(state.runs(b["units"])) if "units" in b else []
    need(all(standing for _, _, standing in runs), "FND-6", "Units were never issued.")
    number = sum(last - first + 1 for first, last, _ in runs)
    need(("quantity" in b) == ("units" in b) and b.get("quantity", 0) == number, "FND-6",
         f"{number} units.")
    if "excess" in b:
        excess = b["excess"]
        known = excess["activity"] in state.listed or excess["activity"] in state.activities
        need(known and excess["quantity"] <= state.issued(
            excess["activity"], excess["vintage"]), "FND-7", "More than was issued.")
    if opens:
        state.findings[b["finding"]] = dict(b, open=True, date=x.date)
    elif b.get("how") == "resolves":
        state.findings[b["finding"]]["open"] = False


def signature_withdrawn(state, b, x):
    need(b["id"] not in state.ids, "WDR-1", f"{b['id']} is the id of an entry.")
    owners = {state.keys[signature["key"]]["owner"] for signature in x.signatures}
    need(len(owners) == 1, "WDR-2", "One participant takes back.")
    need(not owners & state.withdrawn[b["event"]], "WDR-3", "It was taken back before.")
    state.withdrawn[b["event"]] |= owners
