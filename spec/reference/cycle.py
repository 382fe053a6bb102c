"""Activities, monitoring and reviews (ACT, MON, REV)."""

import collections

from state import DAY, overlaps, public, quantities, within, years
from texts import Record, need


class Cycle:
    def check_developer(self, activity, name, x):
        parties = self.approaches[activity.approach].parties[:1]
        need("ACT-2", self.appointed("developer", name, parties, x.time, activity.approach), name)

    def check_verifier(self, activity, name, subject, x):
        parties = self.approaches[activity.approach].parties
        need("ACT-12", self.appointed("verifier", name, parties, x.time, activity.approach), name)
        organs = {grant.participant for role in ("authority", "secretariat", "inventory")
                  for grant in self.grants_in_effect(x.time, role) if set(grant.parties) & set(parties)}
        received = {lot.holder for lot in self.lots if lot.activity == subject}
        need("ACT-13", self.participants[name].kind == "entity"
             and name not in {activity.developer, *organs, *received}, name)

    def check_separate(self, approach, name, others):
        need("MON-8", not self.cycle(approach).separate_verifier or name not in others, name)

    def check_approved_idea(self, name, approach):
        activity = self.activities.get(name)
        need("ACT-8", "idea" not in self.cycle(approach).steps or activity
             and self.approved(approach, "idea", name, activity.idea), name)

    def known_activity(self, name):
        need("ACT-6", name in self.activities, name)
        need("ACT-7", not self.activities[name].closed, name)
        return self.activities[name]

    def activity_proposed(self, b, x):
        self.approach_is_open(b.approach, x)
        need("ACT-1", b.approach in self.approaches and self.rules(b.approach), b.approach)
        self.check_developer(b, b.developer, x)
        activity = self.activities.get(b.id, Record(idea=0, approach=b.approach, developer=b.developer,
                                                    designs=[], registered=0, closed=False))
        version, approach = activity.idea, activity.approach
        need("ACT-3", b.version == version + 1 <= 1023, f"{version} stand")
        rejected = any(self.sent_back("idea", b.id, each, approach, ("rejected",))
                       for each in range(1, version + 1))
        need("ACT-4", not version or (b.approach, b.developer) == (approach, activity.developer)
             and not rejected and not self.approved(approach, "idea", b.id, version))
        listed = self.listed.get(b.id, b)
        need("ACT-5", (listed.approach, listed.sector) == (b.approach, b.sector), b.id)
        activity.update(idea=b.version, sector=b.sector, date=x.date, ms=x.ms)
        self.activities[b.id] = activity

    def activity_design_submitted(self, b, x):
        activity = self.activities.get(b.activity)
        if activity:
            self.check_developer(activity, activity.developer, x)
            need("ACT-3", b.version == len(activity.designs) + 1 <= 1023, f"{len(activity.designs)} stand")
        self.known_activity(b.activity)
        self.check_approved_idea(b.activity, activity.approach)
        need("ACT-9", all(within(row.vintage, years(b.crediting)) for row in b.expected))
        public("ACT-10", *b.documents)
        need("ACT-18", not activity.designs or activity.designs[-1].opinion)
        need("AUT-22", b.crediting[0] <= b.crediting[1])
        activity.designs.append(Record(b, opinion=None))
        activity.designed = x.date

    def activity_validated(self, b, x):
        activity = self.known_activity(b.activity)
        public("ACT-10", *b.documents)
        design = activity.designs[-1] if activity.designs else Record()
        need("ACT-11", b.version == design.version and not design.opinion, f"{design.version} is the newest")
        self.check_verifier(activity, b.verifier, b.activity, x)
        self.check_separate(activity.approach, b.verifier, self.opinions["verified", b.activity])
        design.update(opinion=b.opinion, ms=x.ms)
        activity.designed = x.date
        self.opinions["validated", b.activity].add(b.verifier)

    def activity_registered(self, b, x):
        if b.activity in self.activities:
            self.approach_is_open(self.activities[b.activity].approach, x)
        activity = self.known_activity(b.activity)
        design = activity.designs[-1] if activity.designs else Record()
        need("ACT-14", b.version == design.version != activity.registered
             and b.crediting == design.crediting, f"{design.version} is the newest")
        need("ACT-15", design.opinion == "positive"
             and self.approved(activity.approach, "validation", b.activity, b.version))
        for side in ("host", "buyer"):
            row = self.authorizations.get(b.authorization.get(side))
            listed = {each.id: each for each in row.versions[-1].activities} if row else {}
            terms = listed.get(b.activity, Record())
            need("ACT-16", not row or side == "buyer" and not listed or (terms.type, terms.mitigation) == (
                design.type, design.mitigation) and terms.crediting[0] <= design.crediting[0]
                and design.crediting[1] <= terms.crediting[1], b.activity)
        self.check_effective(b.authorization.values(), x)
        self.check_pair(b.authorization, activity.approach)
        activity.update(registered=b.version, designed=x.date)

    def activity_closed(self, b, x):
        activity = self.known_activity(b.activity)
        need("ACT-17", activity.registered)
        activity.closed = True

    def holds_days(self, report):
        back = report.version and self.sent_back("verification", report.id, report.version, report.approach)
        return bool(report.issued) or not back and not (report.version and not report.verified)

    def check_days(self, report, activity):
        components = activity.designs[activity.registered - 1].components
        for other in self.monitoring.values():
            if (other.activity == report.activity and other.id != report.id
                    and self.holds_days(other) and overlaps(report.period, other.period)):
                pair = {report.component, other.component}
                need("MON-4", len(pair) == 2 and pair <= set(components), other.id)

    def monitoring_submitted(self, b, x):
        if b.activity in self.activities:
            self.check_developer(self.activities[b.activity], self.activities[b.activity].developer, x)
        activity = self.known_activity(b.activity)
        public("ACT-10", *b.documents)
        need("MON-1", b.id not in self.monitoring, b.id)
        design = activity.designs[activity.registered - 1] if activity.registered else None
        need("MON-2", design and (b.component in design.components if design.components else not b.component))
        need("MON-3", design.crediting[0] <= b.period[0] <= b.period[1] <= design.crediting[1]
             and b.period[1] < x.date)
        self.check_days(b, activity)
        need("MON-5", b.claims and all(within(row.vintage, years(b.period)) for row in b.claims))
        self.monitoring[b.id] = Record(b, approach=activity.approach, version=0, verified={}, date=x.date,
                                       issued=collections.Counter(), verifier=None)

    def monitoring_verified(self, b, x):
        report = self.monitoring.get(b.monitoring)
        public("ACT-10", *b.documents)
        if report:
            activity = self.activities[report.activity]
            self.check_verifier(activity, b.verifier, report.activity, x)
            if b.verified and not self.holds_days(report):
                self.check_days(report, activity)
        need("MON-6", report, b.monitoring)
        need("MON-7", b.version == report.version + 1, f"{report.version} stand")
        self.check_separate(report.approach, b.verifier, self.opinions["validated", report.activity])
        claims, verified = quantities(report.claims), quantities(b.verified)
        need("MON-9", all(number <= claims.get(year, 0) for year, number in verified.items()))
        need("MON-14", report.verifier in (None, b.verifier), report.verifier)
        report.update(version=b.version, verified=verified, ms=x.ms, verifier=b.verifier, date=x.date)
        self.opinions["verified", report.activity].add(b.verifier)

    def reviewed(self, b, activity, report):
        """(newest version to review, since when) of what a review names."""
        if b.stage == "idea":
            return activity.idea, activity.ms
        if b.stage == "verification":
            return report.version if report.verified else 0, report.ms
        design = activity.designs[-1] if activity.designs else Record()
        return design.version if design.opinion == "positive" else 0, design.ms

    def review_decided(self, b, x):
        stage, party, activity = b.stage, b.party, self.activities.get(b.activity)
        report, subject = self.monitoring.get(b.monitoring, Record()), b.monitoring or b.activity
        need("REV-1", activity and bool(b.monitoring) == (stage == "verification")
             and report.activity == (b.activity if b.monitoring else None), subject)
        asked = self.reviews(activity.approach, stage)
        order, _, days = next((review for review in asked if review[1] == party), (None, None, None))
        need("REV-2", order, party)
        newest, since = self.reviewed(b, activity, report)
        need("REV-3", b.version == newest, f"{newest} is the newest")
        before = [other for rank, other, _ in asked if rank < order]
        need("REV-4", all(self.is_positive(stage, subject, newest, other) for other in before))
        made = self.decisions[stage, subject, newest, party]
        need("REV-5", not made or made[-1].decision == "objection")
        if b.decision == "deemed":
            spoke = made or any(old.decision in ("returned", "rejected", "objection")
                                for version in range(1, newest)
                                for old in self.decisions[stage, subject, version, party])
            start = max([since, self.rules(activity.approach).ms] + [
                self.decisions[stage, subject, newest, other][-1].ms for other in before])
            need("REV-6", days is not None and not spoke and x.ms >= start + days * DAY)
        certified = quantities(b.quantities)
        need("REV-7", bool(certified) == (stage == "verification" and b.decision == "approved") and all(
            number <= report.verified.get(year, 0) for year, number in certified.items()))
        made.append(Record(decision=b.decision, ms=x.ms, certified=certified))
