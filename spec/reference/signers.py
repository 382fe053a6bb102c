"""Who must sign what (spec/events.md), and what ID-1 to ID-11 ask of every event."""

import collections
import re

from state import every
from texts import need

UNDER_RULES = re.compile(r"approach\.(rules_adopted|ended)|activity\..*|monitoring\..*|review\.decided|"
                         r"authorization\..*|reversal\.recorded|proceeds\.deducted|"
                         r"units\.(issued|assigned|transferred|used|cancelled)")
VOIDABLE = ("units.assigned", "units.transferred", "units.used", "units.cancelled", "proceeds.deducted")
CLASSES = {"keys": ("participant", "role", "spec", "log"),
           "units": ("authorization", "units", "proceeds", "adjustment", "entry")}
Role = collections.namedtuple("Role", "name who number", defaults=(1,))  # participants, how many of them


class Unknown(Exception):
    """A name that decides who must sign is unknown: the event's own rules refuse it."""


def known(row):
    if not row:
        raise Unknown
    return row


class Asked:
    """The roles that an event needs, for the tables below."""

    def __init__(self, state, time):
        self.state, self.time, self.approach = state, time, None

    def organ(self, role, party):
        known(self.state.is_party(party))
        return Role(f"{role} of {party}", self.state.organ(role, party, self.time, self.approach))

    def authorities(self, parties):
        return [self.organ("authority", party) for party in parties]

    def acting(self, *parties):
        """Of the Parties named, one: its secretariat or its authority."""
        both = [self.organ(role, party).who for party in parties for role in ("secretariat", "authority")]
        return Role(" or ".join(parties), known(set().union(*both)))

    def one(self, name):
        known(name in self.state.participants)
        return Role(name, {name})

    def whoever(self, name):
        return self.acting(name) if self.state.is_party(name) else self.one(name)

    def quorum(self, without=None):
        opening = self.state.opening.body
        founders = {party.id for party in opening.parties} - {without}
        return Role("the founding Parties", founders, max(1, min(opening.quorum, len(founders))))

    def account(self, name):
        return known(self.state.accounts.get(name))

    def parties(self):
        return self.state.approaches[self.approach].parties

    def consenting(self, standings):
        """Whose consent a release of units that stand so asks for."""
        found = set()
        for now in standings:
            if now and not self.state.is_released(now):
                found |= set(self.state.counted(now).change_terms.consent)
                found -= {self.state.lots[now.lot].host}
        return [self.organ("authority", party) for party in sorted(found)]

    def under(self, approach, kind):
        """Names the approach of the event; answers whom its rules ask further."""
        self.approach = known(approach in self.state.approaches and approach)
        return [self.organ(extra.role, extra.party)
                for extra in self.state.rules(approach).extra_signers or () if extra.event == kind]

    # --- rows of the table that are more than one line

    def keys_changed(self, b):
        who = known(self.state.participants.get(b.participant))
        if b.route != "sponsor":
            return [self.one(b.participant)]
        helper = self.quorum(b.participant) if who.kind == "party" else self.acting(known(who.sponsor))
        return [helper, self.one("operator")]

    def role_ended(self, b):
        grant = known(self.state.grants.get(b.grant))
        authorities = [role.who for role in self.authorities(grant.parties)]
        return [Role("a grantor or the holder", {grant.participant, *grant.parties}.union(*authorities))]

    def change(self, b, name):
        row = known(self.state.authorizations.get(name))
        consent = self.state.newest(name).change_terms.consent if b.stage == "effect" else []
        return self.authorities(sorted({row.party, *consent}))

    def assigned(self, b):
        runs = self.state.runs(b.units) if b.how == "released" else ()
        return [self.organ("authority", self.parties()[0])] + self.consenting(run.now for run in runs)

    def transferred(self, b):
        source, target = self.account(b["from"].account), self.account(b.to.account)
        between = dict.fromkeys((source.party, target.party))
        return [self.one(source.holder)] + [self.acting(party) for party in between]

    def cancelled(self, b):
        account = self.account(b.account)
        if b.purpose == "administrative":
            return [self.organ("authority", account.party)]
        return [self.one(account.holder), self.acting(account.party)]

    def lock(self, lock, unlocks):
        account = self.account(known(lock).account)
        who, authority = {account.holder}, self.organ("authority", account.party).who
        frozen = unlocks and (account.frozen or all(run.now.frozen for run in self.state.everything()
                                                    if run.now.reserved == lock.id))
        if lock.kind == "freeze" or frozen:
            who = authority if lock.kind == "freeze" else who | authority
        return [Role("its keeper", who | {"operator"} if unlocks and self.time >= lock.until else who)]

    def corrected(self, b):
        state = self.state
        entry = known(b.entry < len(state.entries) and state.entries[b.entry])
        kind, act = entry.event.type, entry.event.body
        known(kind in VOIDABLE and not entry.voided)
        before = [old.now for old in entry.before]
        now = [run.now for old in entry.before for run in state.run(old.scope, old.first, old.last)]
        asked = self.under(state.lots[before[0].lot].approach, kind)
        accounts = [state.accounts[name] for name in sorted({each.account for each in before + now})]
        administrative = kind == "units.cancelled" and act.purpose == "administrative"
        if not (administrative and b.how == "restate"):
            asked += [self.one(account.holder) for account in accounts]
        for party in sorted({account.party for account in accounts}):
            if administrative or kind in ("units.used", "units.assigned"):
                asked.append(self.organ("authority", party))
            elif kind == "proceeds.deducted" and party == act.party:
                asked.append(self.organ("secretariat", party))
            else:
                asked.append(self.acting(party))
        return asked + (self.consenting(before + now) if kind == "units.assigned" else [])


# Whom each type of event asks; where it belongs to an approach, its rules may ask further.
ROWS = (
    ("ledger.opened", lambda asked, b: []),  # the keys that it enrols, and nobody else
    ("spec.adopted log.key_announced", lambda asked, b: [asked.quorum()]),
    ("participant.admitted", lambda asked, b: [
        asked.quorum() if b.kind == "party" else asked.organ("secretariat", b.sponsor)]),
    ("participant.keys_changed", Asked.keys_changed),
    ("role.granted approach.established", lambda asked, b: asked.authorities(b.parties)),
    ("approach.ended", lambda asked, b: asked.authorities(known(b.parties))),
    ("role.ended", Asked.role_ended),
    ("account.opened", lambda asked, b: [asked.organ("secretariat", b.party), asked.one(b.holder)]),
    ("approach.rules_adopted", lambda asked, b: asked.authorities(asked.parties())),
    ("ndc.declared adjustment.applied", lambda asked, b: [
        asked.organ("authority", b.party), asked.organ("inventory", b.party)]),
    ("inventory.reported", lambda asked, b: [asked.organ("inventory", b.party)]),
    ("activity.proposed", lambda asked, b: [asked.one(b.developer)]),
    ("activity.design_submitted monitoring.submitted", lambda asked, b: [
        asked.one(asked.state.activities[b.activity].developer)]),
    ("activity.validated monitoring.verified", lambda asked, b: [asked.one(b.verifier)]),
    ("activity.registered units.issued", lambda asked, b: [asked.organ("secretariat", asked.parties()[0])]),
    ("activity.closed", lambda asked, b: [asked.acting(asked.parties()[0])]),
    ("review.decided", lambda asked, b: [asked.acting(*(
        asked.parties() if b.decision == "deemed" else [b.party]))]),
    ("authorization.granted report.filed", lambda asked, b: [asked.organ("authority", b.party)]),
    ("authorization.changed", lambda asked, b: asked.change(b, b.id)),
    ("authorization.revoked", lambda asked, b: asked.change(b, b.authorization)),
    ("units.assigned", Asked.assigned),
    ("proceeds.deducted", lambda asked, b: [asked.organ("secretariat", b.party)]),
    ("units.transferred", Asked.transferred),
    ("units.locked", lambda asked, b: asked.lock(b, False)),
    ("units.unlocked", lambda asked, b: asked.lock(asked.state.locks.get(b.lock), True)),
    ("units.used", lambda asked, b: [asked.one(asked.account(b.account).holder),
                                     asked.organ("authority", asked.account(b.account).party)]),
    ("units.cancelled", Asked.cancelled),
    ("reversal.recorded", lambda asked, b: [
        asked.organ("secretariat", asked.parties()[0]), asked.one(b.verifier)]),
    ("entry.corrected", Asked.corrected),
    ("finding.recorded", lambda asked, b: [asked.acting(*b.parties)]),
    ("signature.withdrawn", lambda asked, b: [Role("who takes back", set(asked.state.participants))]),
    ("document.disclosed", lambda asked, b: list(map(
        asked.whoever, known(asked.state.documents.get((b.entry, b.sha256))).owners))),
    ("audit.attested", lambda asked, b: list(map(asked.whoever, known(b.by)))),
    ("state.committed", lambda asked, b: [asked.one("operator")]),
)
SIGNERS = {kind: rule for kinds, rule in ROWS for kind in kinds.split()}


def approach_of(state, b, kind):
    """The approach that an event belongs to, by the name that it has."""
    if kind in ("authorization.changed", "authorization.revoked", "units.assigned", "units.transferred"):
        name = b.id or (b.authorization if kind == "authorization.revoked" else b.authorization.host)
        return known(state.authorizations.get(name)).approach
    if b.approach or b.monitoring and kind == "monitoring.verified":
        return b.approach or known(state.monitoring.get(b.monitoring)).approach
    if b.activity:
        listed = kind in ("units.issued", "reversal.recorded")
        return known((state.listed if listed else state.activities).get(b.activity)).approach
    return next((state.lots[run.now.lot].approach for run in state.runs(b.units) if run.now), None)


def roles(state, event, time):
    """The roles that an event needs, or None where a name is unknown."""
    asked = Asked(state, time)
    try:
        further = asked.under(approach_of(state, event.body, event.type), event.type) if (
            UNDER_RULES.fullmatch(event.type)) else []
        return SIGNERS[event.type](asked, event.body) + further
    except Unknown:
        return None


def enrolled_by(b, kind):
    """The keys that an event enrols, by the participant that they will belong to."""
    recovery = b.recovery["keys"] if b.recovery else []
    if kind == "ledger.opened":
        everybody = [("operator", b.operator)] + [(party.id, party) for party in b.parties]
        return {key: owner for owner, who in everybody for key in who["keys"]}
    if kind == "participant.admitted":
        return {key: b.id for key in b["keys"] + recovery}
    return {key: b.participant for key in b.add + recovery} if kind == "participant.keys_changed" else {}


def check(state, x):
    """ID-1 to ID-11 of one event at its place."""
    event, b, kind = x.event, x.event.body, x.event.type
    need("ID-1", kind == "ledger.opened" or event.ledger == state.opening.ledger, event.ledger)
    need("ID-2", event.id not in state.ids, event.id)
    need("ID-3", not event.expires or x.time <= event.expires, f"it is {x.time}")
    asked, enrols = roles(state, event, x.time), enrolled_by(b, kind)
    needed = set().union(*(role.who for role in asked or ()))
    need("ID-4", not state.withdrawn[x.hash] & needed)
    every("ID-5", x.signing, lambda key: key in state.keys or key in enrols)
    recovering = kind == "participant.keys_changed" and b.route == "recovery"
    signed = collections.Counter()
    for key, row in ((key, state.keys[key]) for key in x.signing if key in state.keys):
        own = recovering and row.owner == b.participant
        need("ID-6", (row.kind == "signing" or own) and row.retired is None and x.ms >= row["from"],
             f"{key} of {row.owner}")
        signed[row.owner] += own == (row.kind == "recovery")
    if asked is not None:
        family = next((name for name, kinds in CLASSES.items() if kind.split(".")[0] in kinds), "ordinary")

        def enough(name):
            who = state.participants[name]
            recovery = who.recovery.threshold if who.recovery else 1
            return signed[name] >= (recovery if recovering else who.thresholds[family])
        missing = [role.name for role in asked if sum(map(enough, role.who)) < role.number]
        need("ID-7", not missing, "missing is " + ", ".join(missing))
    every("ID-8", enrols, lambda key: key in x.signing)
    every("ID-9", x.signing if asked is not None else (), lambda key: (
        key in enrols or state.keys[key].owner in needed))
    signers = {state.keys[key].owner if key in state.keys else enrols[key] for key in x.signing}
    need("ID-10", len(signers) < 2 or event.expires)
    need("ID-11", event.date <= x.day, f"{event.date} is after {x.day}")
