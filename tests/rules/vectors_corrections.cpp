// The vectors of corrections.
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

const scene::Signers three_and_holder{"XBA-FUND", "XHA-CMO", "XBA"};

void after_locks(Family& f, const EntryCorrected& undone) {
  UnitsLocked lock = scene::reservation("LOCK-9", {{1, 10}}, crypto::Hash{});
  lock.account = "XBA-FUND-XBA";
  f.before(lock, {"XBA-FUND"});
  f.refuses("LCK-1", "Ten of its units are reserved.", undone, three_and_holder);
  f.before(UnitsUnlocked{"LOCK-9", "over"}, {"XBA-FUND"});
  f.admits("They are not any more; a lock that is over leaves nothing to undo.", undone,
           three_and_holder);
}

void after_a_transfer(Family& f) {
  f.given("transferred");
  const Seq sale = f.machine().size() - 1;
  const EntryCorrected undone = scene::voided(sale, "units.transferred", {{1, 3'726}});
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(undone, edit), three_and_holder);
  };
  f.admits("The transfer is undone: 3,726 units are mitigation outcomes of XHA again.", undone,
           three_and_holder);
  f.refuses("ID-7", "XBA's balance changes, and it has not signed.", undone,
            {"XBA-FUND", "XHA-CMO"});
  refuses("COR-3", "It was a transfer.", [](auto& b) { b.type = "units.used"; });
  refuses("COR-3", "It touched one unit more.", [](auto& b) {
    b.units = scene::units({{1, 3'725}});
    b.quantity = 3'725;
  });
  refuses("COR-3", "The quantity is another one.", [](auto& b) { b.quantity = 3'725; });
  f.refuses("COR-1", "That entry does not exist yet.",
            with(undone, [](auto& b) { b.entry = 1'000; }), {"XBA"});
  f.refuses("COR-1", "Units are issued once and for all.",
            scene::voided(sale - 2, "units.issued", {{1, 15'000}}), {"XBA"});
  f.refuses("COR-1", "A transfer is voided, not restated.",
            scene::restated(sale, "units.transferred"), three_and_holder);
  after_locks(f, undone);
  f.given("transferred");
  f.before(scene::use({{1, 1}}), scene::user());
  f.refuses("COR-4", "One of its units was used since.", undone, three_and_holder);
  f.before(scene::voided(sale + 1, "units.used", {{1, 1}}), scene::user());
  f.admits("The use is voided, so the transfer can be.", undone, three_and_holder);
  f.before(undone, three_and_holder);
  f.refuses("COR-2", "It is as if it never happened.", undone, three_and_holder);
  f.admits("The settlement is undone, too.",
           scene::voided(sale - 1, "proceeds.deducted", {{1, 4'007}}),
           {"XHA-CMO", "XBA-FUND", "XHA"});
}

void after_an_assignment(Family& f) {
  f.given("issued_defined")
      .before(scene::release({{1, 15'000}}), scene::both(), at("2028-11-20T10:00:00.000Z"));
  const Seq release = f.machine().size() - 1;
  const scene::Signers all{"XBA-FUND", "XHA", "XBA"};
  const EntryCorrected undone = scene::voided(release, "units.assigned", {{1, 15'000}});
  f.admits("The release is undone, with the consent that it needed.", undone, all);
  f.refuses("ID-7", "XBA consented to the release and not to this.", undone, {"XBA-FUND", "XHA"});
  f.before(scene::change(scene::for_every_purpose(scene::host_grant())), scene::both());
  f.refuses("COR-5", "The units of XHA-AUT-1 are ITMOs from issuance on since it changed.", undone,
            all);
}

}  // namespace

Family correction_vectors() {
  Family f("COR");
  after_a_transfer(f);
  after_an_assignment(f);
  f.given("transferred").before(scene::cancellation({{1, 100}}), scene::user());
  const Seq cancelled = f.machine().size() - 1;
  const EntryCorrected restated = scene::restated(cancelled, "units.cancelled");
  f.admits("The beneficiary is stated anew.", restated, scene::user());
  f.refuses("COR-3", "Nothing is stated anew.",
            with(restated, [](auto& b) { b.restated = EntryCorrected::Restated{}; }),
            scene::user());
  f.before(scene::voided(cancelled, "units.cancelled", {{1, 100}}), scene::user());
  f.refuses("COR-2", "The cancellation was voided.", restated, scene::user());
  const auto administrative = with(scene::cancellation({{1, 100}}), [](auto& b) {
    b.purpose = UnitsCancelled::Reason::administrative;
  });
  f.given("transferred").before(administrative, {"XBA"});
  f.admits("An authority cancelled alone, and states alone why.",
           scene::restated(cancelled, "units.cancelled"), {"XBA"});
  return f;
}

}  // namespace rules
