"""ID-12: the dates of the events that made what a body names."""

BOOKS = dict(
    account="accounts", grant="grants", approach="approaches", activity="activities", lock="locks",
    authorization="authorizations", host="authorizations", buyer="authorizations", monitoring="monitoring",
    report="reports", finding="findings", holder="participants", participant="participants",
    developer="participants", verifier="participants", sponsor="participants", party="participants",
    parties="participants", consent="participants")
IDS = {"activities": "activity", "entities": "participant", "authorization.changed": "authorization",
       "activity.proposed": "activity"}  # what `id` names in such a member, or in such a body


def dates(rows):
    return [row.date for row in rows if row]


def named(state, kind, value, name=""):
    """Of everything that a body names by a member of that name."""
    if isinstance(value, dict):
        if "ranges" in value and "scope" in value:
            yield from dates(state.lots[run.now.lot] for run in state.runs(value) if run.now)
        for member, inner in value.items():
            member = IDS.get(name or kind) if member == "id" else member
            yield from named(state, kind, inner, member or " ")
    elif isinstance(value, list):
        for inner in value:
            yield from named(state, kind, inner, name)
    elif name == "approaches" and value in state.approaches:
        yield state.approaches[value].established
    elif isinstance(value, str) and name in BOOKS:
        cycle = kind.split(".")[0] in ("activity", "monitoring", "review") or kind == "units.issued"
        found = getattr(state, BOOKS[name]).get(value)
        if name in ("party", "parties") and kind in ("finding.recorded", "audit.attested"):
            found = None
        if name == "approach" and kind in ("approach.rules_adopted", "proceeds.deducted"):
            found = None
        if found:
            yield max(found.date, cycle and found.designed or "")
        if name == "activity" and not cycle:
            yield from dates([state.listed.get(value)])


def further(state, b, kind):
    """What certain types rest on without naming it, or of which another day counts."""
    approach = state.approaches.get(b.approach)
    ndc = state.period(b.party, b.year) if b.party and b.year else None
    if kind == "adjustment.applied" and ndc:
        moved = [state.moved.get((b.party, year), 0) for year in state.elapsed(ndc, b.year)]
        return [ndc.date] + ([state.entries[max(moved)].time[:10]] if max(moved) else [])
    if kind == "inventory.reported":
        return dates([ndc] + state.inventories[b.party, b.year][-1:])
    if kind == "report.filed":
        return dates(row for row in state.reports.values() if all(
            row.get(name) == b.get(name) for name in ("party", "kind", "year", "period")))
    if kind == "reversal.recorded" or b.excess:
        much = b.excess or b
        return dates(state.lots_of(much.activity, much.vintage))
    if kind in ("authorization.changed", "authorization.revoked") and b.stage == "effect":
        row = state.authorizations.get(b.id or b.authorization)
        return dates([row and row.notice])
    if kind in ("approach.rules_adopted", "proceeds.deducted") and approach:
        return [approach.established] + dates(approach.rules[b.rules - 1:b.rules] if b.rules else [])
    if kind == "document.disclosed":
        return dates([state.documents.get((b.entry, b.sha256))])
    if kind == "audit.attested":
        return dates(state.participants.get(name) for name in b.by)
    return []


def newest(state, b, kind):
    """The newest date, or "" where there is none."""
    if kind == "entry.corrected":
        return state.entries[b.entry].time[:10] if b.entry < len(state.entries) else ""
    if kind == "ledger.opened":
        return ""
    return max([*named(state, kind, b), *further(state, b, kind)], default="")
