// ASN: units that come under another authorization, or under none.
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

const char* const asked_on = "2029-03-01T10:00:00.000Z";

AuthorizationGranted another(const Id& id) {
  return with(scene::second_grant(), [&](auto& body) { body.id = id; });
}

void of_what_fits_the_units(Family& f) {
  f.given("assigned")
      .before(with(another("XHA-AUT-3"), [](auto& b) { b.activities.front().id = "XHA-SOLAR"; }),
              {"XHA"})
      .before(with(another("XHA-AUT-4"), [](auto& b) { b.vintage_from = 2027; }), {"XHA"})
      .before(with(another("XHA-AUT-5"), [](auto& b) { b.underlying_registries = {"VCS"}; }),
              {"XHA"});
  const auto refuses = [&](std::string_view clause, std::string_view why, const Id& host) {
    f.refuses(
        clause, why,
        with(scene::attachment({{501, 1'000}}), [&](auto& b) { b.authorization.host = host; }),
        {"XHA"}, at(asked_on));
  };
  refuses("ASN-6", "That authorization lists another activity.", "XHA-AUT-3");
  refuses("ASN-7", "The units are of 2026, before its vintages.", "XHA-AUT-4");
  refuses("ASN-8", "The units are backed by others of registry GS.", "XHA-AUT-5");
  refuses("AUT-8", "It is one of the buyer.", "XBA-AUT-1");
}

void of_first_transfers(Family& f) {
  f.given("issued_defined").before(scene::release({{1, 10'000}}), scene::both(), at(asked_on));
  const auto attached = [](scene::Closed closed, bool first) {
    return with(scene::attachment(std::move(closed)), [&](auto& b) { b.first_transfer = first; });
  };
  f.admits("By the host's definition this is the first transfer.", attached({{1, 100}}, true),
           {"XHA"});
  f.refuses("ASN-9", "It is the first transfer and does not say so.", attached({{1, 100}}, false),
            {"XHA"});
  f.refuses("AUT-4", "5,001 would be first transferred, one more than the cap.",
            attached({{1, 5'001}}, true), {"XHA"});
  f.before(attached({{1, 100}}, true), {"XHA"});
  f.refuses("ASN-4", "The units are ITMOs.",
            with(scene::release({{1, 100}}), [](auto& b) { b.authorization.host = "XHA-AUT-2"; }),
            scene::both());
}

void of_terms_that_reach_no_units(Family& f) {
  const auto issued_under = [&](auto edit) {
    f.given("agreed")
        .before(with(scene::host_grant(), edit), {"XHA"})
        .before(scene::buyer_grant(), {"XBA"})
        .before(scene::issuance(), scene::seller(), at("2028-06-01T09:30:00.000Z"));
  };
  issued_under(
      [](auto& b) { b.change_terms.until = AuthorizationGranted::ChangeTerms::Until::issuance; });
  f.refuses("ASN-10", "No change reaches units that are issued.", scene::release({{1, 100}}),
            scene::both());
  issued_under([](auto& b) { b.change_terms.notice_days = 30; });
  f.refuses("ASN-10", "The terms ask for notice.", scene::release({{1, 100}}), scene::both());
}

void of_what_a_revocation_freed(Family& f) {
  f.given("assigned").before(scene::revocation("XHA-AUT-1"), scene::both());
  f.admits("What the revocation freed is attached to another authorization.",
           scene::attachment({{1'001, 2'000}}), {"XHA"});
  f.refuses("ASN-5", "There is nothing to release.", scene::release({{1'001, 2'000}}), {"XHA"});
  f.refuses(
      "AUT-5", "The authorization is revoked.",
      with(scene::attachment({{501, 1'000}}), [](auto& b) { b.authorization.host = "XHA-AUT-1"; }),
      {"XHA"});
  f.before(scene::freeze("LOCK-9", {{1'001, 1'001}}), {"XHA"});
  f.refuses("LCK-1", "One of the units is frozen.", scene::attachment({{1'001, 2'000}}), {"XHA"});
}

}  // namespace

Family assignment_vectors() {
  Family f("ASN");
  f.given("assigned");
  const auto asked = at(asked_on);
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(scene::attachment({{501, 1'000}}), edit), {"XHA"}, asked);
  };
  f.admits("XHA attaches released units to its second authorization.",
           scene::attachment({{501, 1'000}}), {"XHA"}, asked);
  f.admits(
      "They go back to the first one.",
      with(scene::attachment({{501, 1'000}}), [](auto& b) { b.authorization.host = "XHA-AUT-1"; }),
      {"XHA"}, asked);
  f.admits("Units are released, as XHA and XBA said that changes are made.",
           scene::release({{1'001, 2'000}}), scene::both(), asked);
  f.refuses("ID-7", "XBA has not consented.", scene::release({{1'001, 2'000}}), {"XHA"}, asked);
  refuses("ASN-1", "Units are attached by the host.", [](auto& b) { b.party = "XBA"; });
  refuses("ASN-1", "The account is in the buyer's section.",
          [](auto& b) { b.account = "XBA-FUND-XBA"; });
  refuses("ASN-2", "Units 3,808 to 4,007 are retained by the host.", [](auto& b) {
    b.units = scene::units({{3'808, 4'007}});
    b.quantity = 200;
  });
  refuses("ASN-2", "Serial 15,001 was never issued.", [](auto& b) {
    b.units = scene::units({{15'001, 15'001}});
    b.quantity = 1;
  });
  refuses("ASN-3", "The ranges hold one unit more.", [](auto& b) { b.quantity = 499; });
  refuses("ASN-5", "Units 1,001 and 1,002 stand under the first authorization.", [](auto& b) {
    b.units = scene::units({{1'001, 1'002}});
    b.quantity = 2;
  });
  f.refuses("ASN-5", "Units 1 to 500 stand under the second authorization.",
            scene::release({{1, 500}}), scene::both(), asked);
  f.refuses("ASN-5", "Units 501 to 1,000 stand under none.", scene::release({{501, 1'000}}),
            {"XHA"}, asked);
  f.refuses(
      "ASN-5", "A release names no authorization of the buyer.",
      with(scene::release({{1'001, 2'000}}), [](auto& b) { b.authorization.buyer = "XBA-AUT-1"; }),
      scene::both(), asked);
  refuses("ASN-9", "An international transfer will be the first.",
          [](auto& b) { b.first_transfer = true; });
  of_what_fits_the_units(f);
  of_first_transfers(f);
  of_terms_that_reach_no_units(f);
  of_what_a_revocation_freed(f);
  return f;
}

}  // namespace rules
