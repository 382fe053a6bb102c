"""Opening, participants, keys, roles, accounts and approaches (LED, PAR, KEY, ROL, ACC, APR, RUL).

Here and in the other pages of clauses they stand type by type, in the order of the table of
spec/rules.md, one method a type of event. What stands behind the last clause changes the state."""

import re

import ed25519
import notes
from signers import UNDER_RULES
from shapes import EVENTS
from state import DAY, MOMENTS, NEVER, ORGANS, after_days, every, is_metric, milliseconds
from texts import Record, need


def person(who):
    return who.identity.country, who.identity.number


def check_name(who, kind):
    need("PAR-2", bool(re.fullmatch("[A-Z]{3}", who.id)) == (kind == "party"), who.id)
    need("PAR-3", kind != "party" or who.identity.country == who.id, who.id)


def is_point(key):
    return ed25519.may_be_enrolled(bytes.fromhex(key))


def check_keys(signing, thresholds, recovery=None):
    """KEY-8 to KEY-11 of a participant's keys as they will be."""
    need("KEY-8", 1 <= signing <= 16, f"{signing}")
    need("KEY-9", max(thresholds.values()) <= signing, f"{signing} keys")
    if recovery:
        need("KEY-10", 1 <= len(recovery["keys"]) <= 16 and recovery.threshold <= len(recovery["keys"]))
        need("KEY-11", 1 <= recovery.wait_days <= 365, f"{recovery.wait_days}")


def unit_lines(rules, moment):
    """OMGE first, then the other lines of a moment that take units, in the order of the rules."""
    lines = [line for line in rules.deductions if line.moment == moment and line.kind != "money"]
    return sorted(lines, key=lambda line: line.kind != "omge")


class Registry:
    def enrol(self, owner, keys, kind, since):
        for key in keys:
            self.keys[key] = Record({"from": since}, owner=owner, kind=kind, retired=None)

    def add_participant(self, x, who, kind):
        self.participants[who.id] = Record(
            kind=kind, name=who.identity.name, sponsor=who.sponsor, date=x.date, person=person(who),
            thresholds=who.thresholds, recovery=who.recovery)
        self.enrol(who.id, who["keys"], "signing", x.ms)
        self.enrol(who.id, who.recovery["keys"] if who.recovery else (), "recovery", x.ms)

    def check_new(self, keys):
        every("KEY-2", keys, is_point)
        taken = self.taken()
        for key in keys:
            need("KEY-3", key not in taken, key)
            taken.add(key)

    def taken(self):
        of_log = {notes.parse_vkey(vkey)[2].hex() for vkey in self.log_keys}
        return {self.opening.body.service_key, *of_log, *self.keys}

    def ledger_opened(self, b, x):
        everybody, vkey = [Record(b.operator, id="operator")] + b.parties, notes.parse_vkey(b.log_key)
        enrolled = [key for who in everybody for key in who["keys"]]
        need("LED-1", x.seq == 0)
        need("LED-2", 1 <= b.spec <= x.knows, f"number {b.spec}")
        need("LED-3", vkey and len({vkey[2].hex(), b.service_key, *enrolled}) == 2 + len(enrolled))
        need("LED-4", vkey[0] == x.event.ledger, vkey[0])
        need("LED-5", len(b.parties) < 2 * b.quorum <= 2 * len(b.parties), f"{b.quorum}")
        need("LED-6", len({party.id for party in b.parties}) == len(b.parties))
        need("LED-7", not b.migration or b.migration["from"] <= b.migration.to)
        for party in b.parties:
            check_name(party, "party")
        need("PAR-6", len(set(map(person, everybody))) == len(everybody))
        every("KEY-2", [vkey[2].hex(), b.service_key] + enrolled, is_point)
        every("KEY-8", everybody, lambda who: 1 <= len(who["keys"]) <= 16)
        for who in everybody:
            check_keys(len(who["keys"]), who.thresholds)
        self.opening, self.spec, self.log_keys = x.event, b.spec, [b.log_key]
        for who in everybody:
            self.add_participant(x, who, "operator" if who.id == "operator" else "party")

    def spec_adopted(self, b, x):
        need("LED-8", b.number > self.spec, f"number {self.spec} is in force")
        need("LED-9", b.number <= x.knows, f"{x.knows} is the newest that is known")
        self.spec = b.number

    def log_key_announced(self, b, x):
        vkey = notes.parse_vkey(b.log_key)
        need("LED-3", vkey and vkey[2].hex() not in self.taken(), b.log_key)
        need("LED-4", vkey[0] == x.event.ledger, vkey[0])
        every("KEY-2", [vkey[2].hex()], is_point)
        self.log_keys.append(b.log_key)

    def participant_admitted(self, b, x):
        new = b["keys"] + (b.recovery["keys"] if b.recovery else [])
        need("PAR-1", b.id not in self.participants, b.id)
        check_name(b, b.kind)
        need("PAR-4", ("sponsor" in b) == (b.kind == "entity"))
        need("PAR-5", not b.sponsor or self.is_party(b.sponsor), b.sponsor)
        need("PAR-6", person(b) not in [who.person for who in self.participants.values()])
        self.check_new(new)
        check_keys(len(b["keys"]), b.thresholds, b.recovery)
        self.add_participant(x, b, b.kind)

    def participant_keys_changed(self, b, x):
        who, new = self.participants.get(b.participant), b.add + (b.recovery["keys"] if b.recovery else [])
        need("KEY-1", who, b.participant)
        own = {key: row for key, row in self.keys.items() if row.owner == b.participant}
        signing = {key for key, row in own.items() if row.kind == "signing" and row.retired is None}
        thresholds = b.thresholds or who.thresholds
        self.check_new(new)
        need("KEY-4", b.route == "threshold" or bool(who.recovery) == (b.route == "recovery"), b.route)
        need("KEY-5", b.route == "threshold" or not b.recovery and not b.thresholds)
        every("KEY-6", b.remove, lambda key: key in signing)
        need("KEY-7", new or b.remove or thresholds != who.thresholds or b.recovery)
        check_keys(len(signing - set(b.remove)) + len(b.add), thresholds, b.recovery)
        for key, row in own.items():
            if key in b.remove or b.recovery and row.kind == "recovery" and row.retired is None:
                row.retired = x.seq
        wait = dict(threshold=0, sponsor=30, recovery=who.recovery and who.recovery.wait_days)[b.route]
        self.enrol(b.participant, b.add, "signing", after_days(x.ms, wait))
        who.update(thresholds=thresholds, recovery=b.recovery or who.recovery)
        self.enrol(b.participant, b.recovery["keys"] if b.recovery else (), "recovery", x.ms)

    def takes_part(self, name):
        return name in self.participants and name != "operator"

    def role_granted(self, b, x):
        approaches, until = b.scope.approaches or [], b.until or NEVER
        need("ROL-1", b.id not in self.grants, b.id)
        need("ROL-2", self.takes_part(b.participant), b.participant)
        need("ROL-3", b.parties and all(map(self.is_party, b.parties)))
        need("ROL-4", all(approach in self.approaches for approach in approaches))
        verifies = b.role == "verifier"
        need("ROL-5", len(b.parties) == (2 if verifies else 1) and (approaches or not verifies))
        need("ROL-6", all(set(b.parties) <= set(self.approaches[name].parties) for name in approaches))
        if b.role in ORGANS:
            need("ROL-7", not self.is_party(b.participant) or b.participant in b.parties)
            for other in self.grants.values():
                shared = b["from"] < (other.until or NEVER) and other["from"] < until
                if other.role in ORGANS and other.participant == b.participant and not other.over and shared:
                    need("ROL-7", other.parties == b.parties, f"{other.id} is of another Party")
        need("ROL-8", until > b["from"] and until > x.time)
        self.grants[b.id] = Record(b, approaches=approaches, over=None, date=x.date)

    def role_ended(self, b, x):
        grant = self.grants.get(b.grant)
        need("ROL-9", grant, b.grant)
        need("ROL-10", not grant.over or (grant.over, b.how) == ("suspended", "ended"), grant.over)
        grant.over = b.how

    def account_opened(self, b, x):
        need("ACC-1", b.id not in self.accounts, b.id)
        need("ACC-2", b.registry[:3] == b.party, b.registry)
        need("ACC-3", self.is_party(b.party), b.party)
        need("ACC-4", self.takes_part(b.holder), b.holder)
        need("ACC-5", b.kind != "national_share" or b.holder == b.party, b.holder)
        metric = b.metric or "GHG"
        need("ACC-6", is_metric(metric), metric)
        self.accounts[b.id] = Record(b, metric=metric, frozen=None, date=x.date)
        self.concerned.add(("account", b.id))

    def approach_established(self, b, x):
        need("APR-1", b.id not in self.approaches, b.id)
        need("APR-2", all(map(self.is_party, b.parties)))
        need("APR-3", b.parties[0] != b.parties[1])
        self.approaches[b.id] = Record(parties=b.parties, rules=[], date=x.date, established=x.date)

    def approach_is_open(self, approach, x):
        need("APR-8", approach not in self.approaches or not self.ended(approach, x.time), approach)

    def approach_rules_adopted(self, b, x):
        self.approach_is_open(b.approach, x)
        approach = self.approaches.get(b.approach)
        need("RUL-1", approach, b.approach)
        host, buyer = approach.parties
        need("RUL-2", b.version == len(approach.rules) + 1 <= 1023, f"{len(approach.rules)} stand")
        others = [row.carp for row in self.approaches.values() if row is not approach]
        need("RUL-3", not b.carp or approach.carp in (None, b.carp) and b.carp not in others, b.carp)
        need("RUL-4", all(line.party in (host, buyer) for line in b.first_transfer))
        defined = self.definition(b.approach, b)
        need("RUL-5", not approach.oimp or defined == self.definition(b.approach), defined)
        need("RUL-6", b.objection_days <= 3650, f"{b.objection_days} days")
        every("RUL-7", b.extra_signers, lambda extra: extra.party in (host, buyer) and extra.role in ORGANS
              and extra.event in EVENTS and UNDER_RULES.fullmatch(extra.event))
        need("RUL-8", len({line.name for line in b.deductions}) == len(b.deductions))
        before = {old.name: old for rules in approach.rules for old in rules.deductions}
        every("RUL-9", b.deductions, lambda line: all(
            line[m] == before.get(line.name, line)[m]
            for m in ("moment", "by", "kind", "rate_bp", "rounding")))
        every("RUL-10", b.deductions, lambda line: (line.by == "acquirer") == (line.moment == "acquisition"))
        need("RUL-11", all(line.rate_bp <= 10000 for line in b.deductions) and all(
            sum(line.rate_bp for line in unit_lines(b, moment)) <= 10000 for moment in MOMENTS))
        every("RUL-12", b.deductions, lambda line: ("account" in line) == (line.kind in ("retained", "fund")))
        for line in b.deductions:
            account, taker = self.accounts.get(line.account, Record()), host if line.by == "host" else buyer
            share = (account.kind, account.party) == ("national_share", taker)
            fits = dict(fund=account.kind == "fund", retained=share).get(line.kind, True)
            need("RUL-13", fits, line.name)
        need("RUL-14", not b.clocks or b.clocks.notice_days <= 3650)
        cycle, seen = b.cycle or Record(reviews=[], steps=[]), set()
        step = dict(idea="idea", validation="registration", verification="verification")
        for review in cycle.reviews:
            need("RUL-15", (review.stage, review.by) not in seen and review.order <= 64
                 and (review.days or 0) <= 3650 and step[review.stage] in cycle.steps, review.stage)
            seen.add((review.stage, review.by))
        need("RUL-16", "verification" not in cycle.steps or "registration" in cycle.steps)
        approach.rules.append(Record(b, date=x.date, ms=x.ms))
        approach.update(carp=b.carp or approach.carp, date=x.date)

    def approach_ended(self, b, x):
        approach, ahead = self.approaches.get(b.approach), milliseconds(b["from"]) - x.ms
        need("APR-4", approach, b.approach)
        need("APR-5", b.parties and set(b.parties) <= set(approach.parties))
        need("APR-6", b["from"] < (approach.end or NEVER), approach.end)
        clocks = self.rules(b.approach).clocks
        noticed = len(b.parties) == 2 or clocks and ahead >= clocks.notice_days * DAY
        need("APR-7", 0 <= ahead <= 7300 * DAY and noticed)
        approach.end = b["from"]
