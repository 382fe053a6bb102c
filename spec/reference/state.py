"""What the rules read: rows by id, and a list of runs of units for each originating registry."""

import bisect
import collections
import datetime

import notes
from texts import Record, need

Standing = collections.namedtuple("Standing", (
    "lot account acquirer status purpose first_transferred cleared reserved frozen "
    "host_version acquirer_version touched"))
MOMENTS = ("issuance", "transfer", "acquisition")
ORGANS = ("authority", "secretariat", "inventory")
DAY = 86400000
NEVER = "9999-99"  # behind every moment
ROWS = ("participants keys grants accounts approaches authorizations listed activities monitoring reports "
        "findings locks documents moved ids").split()


def every(clause, rows, holds):
    """Of every row, in order; the first that breaks it is named."""
    for row in rows:
        named = row if isinstance(row, Record) else Record(id=row)
        need(clause, holds(row), f"unit {named.first}" if named.first else named.id or named.name)


def milliseconds(moment):
    parsed = datetime.datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%fZ")
    return round((parsed - datetime.datetime(1970, 1, 1)) / datetime.timedelta(milliseconds=1))


def after_days(ms, days):
    """So many days later, and never behind the last moment that there is."""
    return min(ms + days * DAY, milliseconds("9999-12-31T23:59:59.999Z"))


def overlaps(a, b):
    return a[0] <= b[1] and b[0] <= a[1]


def within(year, pair):
    return pair[0] <= year <= pair[1]


def years(pair):
    return int(pair[0][:4]), int(pair[1][:4])


def count(ranges):
    return sum(last - first + 1 for first, last in ranges)


def piece(scope, first, last, now):
    """A run of units with one standing."""
    return Record(scope=scope, first=first, last=last, size=last - first + 1, now=now)


def quantities(rows):
    return {row.vintage: row.quantity for row in rows}


def public(clause, *documents):
    for document in documents:
        need(clause, document.access != "confidential")


def is_metric(text):
    """GHG, or another metric by its own name (decisions/0036)."""
    return text == "GHG" or text.lower() not in ("ghg", "non-ghg", "na", "tco2e", "tco2eq", "t co2 eq")


def oimp(terms):
    return bool({"IMP", "OP"} & set(terms.purposes))


class State:
    def __init__(self):
        for name in ROWS:
            setattr(self, name, {})
        self.entries, self.lots, self.underlying, self.differing = [], [], [], []
        self.opening, self.spec, self.log_keys, self.tree = None, 0, [], notes.Tree()
        self.last_leaf, self.last_time = "0" * 64, "0000"
        self.ndcs, self.inventories, self.adjustments, self.units, self.decisions = (
            collections.defaultdict(list) for _ in range(5))
        self.opinions, self.withdrawn = collections.defaultdict(set), collections.defaultdict(set)
        self.sums = collections.Counter()
        self.concerned, self.lines, self.committed = set(), collections.defaultdict(notes.Tree), None

    # --- units

    def runs(self, units):
        """Pieces of the ranges that an event names; their standing is None where nothing was issued."""
        return [run for first, last in units.ranges for run in self.run(units.scope, first, last)]

    def run(self, scope, first, last):
        rows, found = self.units[scope], []
        index = max(bisect.bisect_right(rows, first, key=lambda row: row[0]) - 1, 0)
        while index < len(rows) and rows[index][0] <= last and first <= last:
            _, high, now = rows[index]
            if first <= high:
                found.append(piece(scope, first, min(last, high), now))
                first = high + 1
            index += 1
        return found + ([piece(scope, first, last, None)] if first <= last else [])

    def restand(self, units, **changes):
        """Gives each piece of a run, which may have parted since, a changed standing."""
        rows = self.units[units.scope]
        for run in self.run(units.scope, units.first, units.last):
            index = bisect.bisect_right(rows, run.first, key=lambda row: row[0]) - 1
            start, end, old = rows[index]
            now = old._replace(**changes)
            rows[index:index + 1] = [row for row in (
                (start, run.first - 1, old), (run.first, run.last, now), (run.last + 1, end, old))
                if row[0] <= row[1]]
            self.concern(old, now)

    def concern(self, *standings):
        """Notes that an entry changes units that stand so, for the lists of spec/commitments.md, 4."""
        for now in standings:
            lot = self.lots[now.lot]
            self.concerned |= {("account", now.account), ("issuance", lot.scope, lot.first)}

    def everything(self):
        return [piece(scope, *row) for scope, rows in self.units.items() for row in rows]

    def moves(self, units):
        """The issued runs of some units, with what an event may yet do to them."""
        return [Record(run, lot=self.lots[run.now.lot], stands=self.accounts[run.now.account],
                       host=self.counted(run.now), transfers=False)
                for run in self.runs(units) if run.now]

    # --- Parties and their organs

    def is_party(self, name):
        return name in self.participants and self.participants[name].kind == "party"

    def grants_in_effect(self, time, role=None):
        return [grant for grant in self.grants.values() if not grant.over and role in (None, grant.role)
                and grant["from"] <= time < (grant.until or NEVER)]

    def organ(self, role, party, time, approach=None):
        found = {grant.participant for grant in self.grants_in_effect(time, role) if party in grant.parties
                 and (not grant.approaches or approach in grant.approaches)}
        return found or {party}

    def acting(self, party, time, approach=None):
        """The Party under a movement: its secretariat or its authority."""
        return (self.organ("secretariat", party, time, approach)
                | self.organ("authority", party, time, approach))

    def appointed(self, role, participant, parties, time, approach):
        granted = [grant.parties for grant in self.grants_in_effect(time, role) if grant.participant
                   == participant and (not grant.approaches or approach in grant.approaches)]
        return set(parties) <= set().union(*granted)

    # --- approaches and authorizations

    def rules(self, approach):
        """The newest, or empty ones."""
        versions = self.approaches[approach].rules
        return versions[-1] if versions else Record()

    def definition(self, approach, rules=None):
        """The host's definition of a first transfer for IMP and OP, by the newest rules or others."""
        lines = (rules or self.rules(approach)).first_transfer or ()
        return {line.party: line.definition for line in lines}.get(self.approaches[approach].parties[0])

    def ended(self, approach, time):
        return time >= (self.approaches[approach].end or NEVER)

    def first_by_issuance(self, approach, terms):
        return oimp(terms) and self.definition(approach) in ("authorization", "issuance")

    def newest(self, authorization):
        return self.authorizations[authorization].versions[-1]

    def lists(self, terms, activity, may_be_any):
        """Whether terms are of an activity: they list it or, where they may, none."""
        return activity in [listed.id for listed in terms.activities] or may_be_any and not terms.activities

    def metric(self, lot):
        return self.newest(lot.authorization).metric

    def counted(self, standing):
        """The version of the host's authorization that counts for a unit (decisions/0031)."""
        lot = self.lots[standing.lot]
        versions = self.authorizations[lot.authorization].versions
        if standing.first_transferred:
            return versions[standing.host_version - 1]
        for terms in versions[lot.version - 1:]:
            if terms.change_terms.until != "first_transfer":
                return terms
        return versions[-1]

    def is_released(self, standing):
        """Released, or reached by a revocation: it is authorized for nothing more."""
        lot = self.lots[standing.lot]
        revoked = (self.authorizations[lot.authorization].revoked
                   and self.counted(standing).change_terms.until != "issuance")
        return not standing.first_transferred and bool(lot.released or revoked)

    def acquired_terms(self, standing):
        return standing.acquirer and self.authorizations[standing.acquirer].versions[
            standing.acquirer_version - 1]

    def governing(self, standing, section):
        """The terms of the Party in whose section units stand (decisions/0005)."""
        terms = self.acquired_terms(standing)
        return terms if terms and terms.party == section else self.counted(standing)

    def in_effect(self, authorization, terms, x):
        """Begun and not over, a revocation apart."""
        return x.ms >= self.authorizations[authorization].effect and x.day <= (terms.use_until or NEVER)

    def may_become_itmo(self, standing, x):
        lot = self.lots[standing.lot]
        return (not self.ended(lot.approach, x.time) and not self.is_released(standing)
                and self.in_effect(lot.authorization, self.counted(standing), x))

    def covers(self, terms, name, *acts):
        who = self.participants.get(name)
        if who is None or who.kind == "operator":
            return False
        if who.kind == "party":
            return name == terms.party or not terms.parties or name in terms.parties
        listed = {entity.id: entity.may for entity in terms.entities}
        return not listed or any(act in listed.get(name, ()) for act in acts)

    # --- cycle

    def cycle(self, approach):
        return self.rules(approach).cycle or Record(steps=(), reviews=())

    def reviews(self, approach, stage):
        """(order, Party, days) of each review of a stage that the rules in force ask for."""
        host, buyer = self.approaches[approach].parties
        return [(review.order, host if review.by == "host" else buyer, review.days)
                for review in self.cycle(approach).reviews if review.stage == stage]

    def is_positive(self, stage, subject, version, party):
        made = self.decisions[stage, subject, version, party]
        return bool(made) and made[-1].decision in ("approved", "deemed")

    def sent_back(self, stage, subject, version, approach, how=("returned", "rejected")):
        return any(made.decision in how for party in self.approaches[approach].parties
                   for made in self.decisions[stage, subject, version, party])

    def approved(self, approach, stage, subject, version):
        return not self.sent_back(stage, subject, version, approach) and all(
            self.is_positive(stage, subject, version, party)
            for _, party, _ in self.reviews(approach, stage))

    # --- sums

    def open_reversal(self, activity):
        return self.sums["reversed", activity] - self.sums["made good", activity]

    def period(self, party, year):
        return next((ndc for ndc in self.ndcs[party] if within(year, ndc.span)), None)

    def due(self, party, year):
        """First transferred of that vintage, used towards that year."""
        return self.sums["first transferred", party, year], self.sums["used", party, year]

    def elapsed(self, ndc, year):
        return range(ndc["from"], year + 1) if ndc.method == "averaging" else (year,)

    def lots_of(self, activity, vintage=None):
        """Those of issuances; an assignment makes lots of the same units."""
        return [lot for lot in self.lots if lot.of is None and lot.activity == activity
                and vintage in (None, lot.vintage)]

    def issued(self, activity, vintage=None):
        return count((lot.first, lot.last) for lot in self.lots_of(activity, vintage))
