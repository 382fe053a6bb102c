"""What the rules read: plain dicts, and a list of runs of units for each originating registry."""

import bisect
import collections
import datetime

from texts import Refusal

Standing = collections.namedtuple("Standing", (
    "lot account acquirer status purpose first_transferred cleared reserved frozen "
    "host_version acquirer_version touched"))
MOMENTS = ("issuance", "transfer", "acquisition")
ORGANS = ("authority", "secretariat", "inventory")
DAY = 86400000


def refuse(clause, sentence):
    raise Refusal(clause, sentence)


def need(holds, clause, sentence):
    if not holds:
        raise Refusal(clause, sentence)


def milliseconds(moment):
    parsed = datetime.datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%fZ")
    return round((parsed - datetime.datetime(1970, 1, 1)) / datetime.timedelta(milliseconds=1))


def overlaps(a, b):
    return a[0] <= b[1] and b[0] <= a[1]


def count(ranges):
    return sum(last - first + 1 for first, last in ranges)


class State:
    def __init__(self):
        self.opening, self.spec = None, 1
        self.entries = []  # one dict an entry
        self.ids = {}  # event id -> seq
        self.last_leaf, self.last_time = "0" * 64, "0000"
        self.participants, self.keys, self.grants, self.accounts = {}, {}, {}, {}
        self.approaches, self.authorizations, self.listed, self.activities = {}, {}, {}, {}
        self.monitoring, self.opinions = {}, collections.defaultdict(set)
        self.decisions = collections.defaultdict(list)  # by stage, subject, version and Party
        self.ndcs = collections.defaultdict(list)
        self.inventories, self.adjustments = (collections.defaultdict(list) for _ in range(2))
        self.reports, self.findings, self.locks, self.reversals = {}, {}, {}, {}
        self.withdrawn = collections.defaultdict(set)
        self.lots, self.units = [], collections.defaultdict(list)
        self.underlying = collections.defaultdict(list)
        self.sums = collections.Counter()
        self.moved = {}  # (Party, year) -> last entry that moved its adjustment
        self.differing = []
        self.documents = {}  # (entry, hash of the whole) -> what is known of the document

    # --- units

    def runs(self, units):
        """Pieces of the ranges with one standing each; None where nothing was issued."""
        rows = self.units[units["scope"]]
        for first, last in units["ranges"]:
            index = bisect.bisect_right(rows, first, key=lambda row: row[0]) - 1
            while first <= last:
                if index < 0 or index >= len(rows) or rows[index][1] < first:
                    yield first, last, None
                    break
                end = min(last, rows[index][1])
                yield first, end, rows[index][2]
                first, index = end + 1, index + 1

    def put(self, scope, first, last, standing):
        """Gives units that were issued a new standing, and joins equal neighbours."""
        rows = self.units[scope]
        low = bisect.bisect_right(rows, first, key=lambda row: row[0]) - 1
        high = bisect.bisect_right(rows, last, key=lambda row: row[0])
        new = [row for row in ((rows[low][0], first - 1, rows[low][2]), (first, last, standing),
                               (last + 1, rows[high - 1][1], rows[high - 1][2]))
               if row[0] <= row[1]]
        rows[low:high] = new
        for index in range(low + len(new), max(low - 1, 0), -1):
            if 0 < index < len(rows) and rows[index][2] == rows[index - 1][2]:
                rows[index - 1:index + 1] = [
                    (rows[index - 1][0], rows[index][1], rows[index][2])]

    def everything(self):
        for scope, rows in self.units.items():
            for first, last, standing in rows:
                yield scope, first, last, standing

    # --- Parties and their organs

    def is_party(self, name):
        return self.participants.get(name, {}).get("kind") == "party"

    def grants_in_effect(self, role, time, approach=None):
        for grant in self.grants.values():
            in_time = grant["from"] <= time and (not grant["until"] or time < grant["until"])
            in_scope = not grant["approaches"] or approach in grant["approaches"]
            if grant["role"] == role and in_time and in_scope and not grant["over"]:
                yield grant

    def organ(self, role, party, time, approach=None):
        found = {grant["participant"] for grant in self.grants_in_effect(role, time, approach)
                 if party in grant["parties"]}
        return found or {party}

    def acting(self, party, time, approach=None):
        """The Party under a movement: its secretariat or its authority."""
        return (self.organ("secretariat", party, time, approach)
                | self.organ("authority", party, time, approach))

    def appointed(self, role, participant, parties, time, approach):
        granted = set()
        for grant in self.grants_in_effect(role, time, approach):
            if grant["participant"] == participant:
                granted |= set(grant["parties"])
        return set(parties) <= granted

    # --- approaches and authorizations

    def rules(self, approach):
        versions = self.approaches[approach]["rules"]
        return versions[-1] if versions else None

    def definition(self, approach):
        """The host's newest definition of a first transfer for IMP and OP."""
        host, rules = self.approaches[approach]["parties"][0], self.rules(approach)
        for line in rules["first_transfer"] if rules else ():
            if line["party"] == host:
                return line["definition"]
        return None

    def ended(self, approach, time):
        end = self.approaches[approach]["end"]
        return end is not None and time >= end

    def newest(self, authorization):
        return self.authorizations[authorization]["versions"][-1]

    def counted(self, standing):
        """The version of the host's authorization that counts for a unit (decisions/0031)."""
        lot = self.lots[standing.lot]
        versions = self.authorizations[lot["authorization"]]["versions"]
        if standing.first_transferred:
            return versions[standing.host_version - 1]
        version = lot["version"]
        while version < len(versions) and (
                versions[version - 1]["change_terms"]["until"] == "first_transfer"):
            version += 1
        return versions[version - 1]

    def is_released(self, standing):
        """Released, or reached by a revocation: it is authorized for nothing more."""
        authorization = self.authorizations[self.lots[standing.lot]["authorization"]]
        reached = self.counted(standing)["change_terms"]["until"] != "issuance"
        return not standing.first_transferred and (
            self.lots[standing.lot]["released"] or authorization["revoked"] and reached)

    def acquired_terms(self, standing):
        if standing.acquirer is None:
            return None
        versions = self.authorizations[standing.acquirer]["versions"]
        return versions[standing.acquirer_version - 1]

    def governing(self, standing, section):
        terms = self.acquired_terms(standing)
        return terms if terms and terms["party"] == section else self.counted(standing)

    def in_effect(self, authorization, terms, x):
        """Begun and not over, a revocation apart."""
        until = terms.get("use_until")
        return (x.ms >= self.authorizations[authorization]["effect"]
                and not (until and x.day > until))

    def may_become_itmo(self, standing, x):
        lot = self.lots[standing.lot]
        return (not self.ended(lot["approach"], x.time) and not self.is_released(standing)
                and self.in_effect(lot["authorization"], self.counted(standing), x))

    def covers(self, terms, participant, *acts):
        who = self.participants.get(participant)
        if who is None or who["kind"] == "operator":
            return False
        if who["kind"] == "party":
            return (participant == terms["party"] or not terms["parties"]
                    or participant in terms["parties"])
        listed = {entity["id"]: entity["may"] for entity in terms["entities"]}
        return not listed or any(act in listed.get(participant, ()) for act in acts)

    # --- cycle

    def asks(self, approach, step):
        return step in (self.rules(approach) or {}).get("cycle", {}).get("steps", ())

    def reviews(self, approach, stage):
        """(order, Party, days) of each review of a stage that the rules in force ask for."""
        parties = self.approaches[approach]["parties"]
        for review in (self.rules(approach) or {}).get("cycle", {}).get("reviews", ()):
            if review["stage"] == stage:
                yield (review["order"], parties[0 if review["by"] == "host" else 1],
                       review.get("days"))

    def is_positive(self, stage, subject, version, party):
        made = self.decisions[stage, subject, version, party]
        return bool(made) and made[-1]["decision"] in ("approved", "deemed")

    def all_positive(self, approach, stage, subject, version):
        return all(self.is_positive(stage, subject, version, party)
                   for _, party, _ in self.reviews(approach, stage))

    def sent_back(self, stage, subject, version, approach, how=("returned", "rejected")):
        return any(made["decision"] in how for party in self.approaches[approach]["parties"]
                   for made in self.decisions[stage, subject, version, party])

    def open_reversal(self, activity):
        return self.reversals.get(activity, 0) - self.sums["made good", activity]

    def period(self, party, year):
        for ndc in self.ndcs[party]:
            if ndc["from"] <= year <= ndc["to"]:
                return ndc
        return None

    def due(self, party, year):
        """First transferred of that vintage, used towards that year."""
        return self.sums["first transferred", party, year], self.sums["used", party, year]

    def elapsed(self, ndc, year):
        return range(ndc["from"], year + 1) if ndc["method"] == "averaging" else (year,)

    def issued(self, activity, vintage=None):
        return sum(lot["last"] - lot["first"] + 1 for lot in self.lots
                   if lot["of"] is None and lot["activity"] == activity and vintage in (None, lot["vintage"]))
