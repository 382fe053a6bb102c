#include "replay/due_reviews.hpp"

#include <string>
#include <string_view>

#include "ledger/rules/cycle.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::Stage;

// One version of something that is reviewed.
struct UnderReview {
  Stage stage = Stage::idea;
  ledger::Id of;  // the activity, or the report
  std::int64_t version = 0;
  ledger::Origin origin;
};

class Collector {
 public:
  Collector(const Books& books, Index party) : books_(books), party_(party) {}

  std::vector<DueItem> run() {
    for (const ledger::ActivityCycle& cycle : books_.cycles()) {
      if (cycle.closed_at) continue;
      add(cycle, {Stage::idea, cycle.id, cycle.idea_version, cycle.origin}, cycle.idea);
      add_design(cycle);
    }
    for (const ledger::Monitoring& report : books_.monitorings()) {
      const ledger::ActivityCycle& cycle = books_.cycles()[report.cycle];
      if (report.version == 0 || cycle.closed_at) continue;
      add(cycle, {Stage::verification, report.id, report.version, report.origin},
          report.verification);
    }
    return std::move(items_);
  }

 private:
  // A design is reviewed once a verifier's opinion on it is positive.
  void add_design(const ledger::ActivityCycle& cycle) {
    using Opinion = ledger::ActivityValidated::Opinion;
    const ledger::Design* design = ledger::newest_design(cycle);
    if (design == nullptr || design->opinion != Opinion::positive) return;
    add(cycle, {Stage::validation, cycle.id, design->version, design->origin}, design->validation);
  }

  void add(const ledger::ActivityCycle& cycle, const UnderReview& what,
           const ledger::Reviewed& reviewed) {
    const ledger::Approach& approach = books_.approaches()[cycle.approach];
    if (approach.rules.empty() || ledger::is_sent_back(reviewed)) return;
    for (const ledger::ReviewAsked& asked : ledger::cycle_rules(approach).reviews) {
      if (asked.stage != what.stage || ledger::reviewer_of(approach, asked.by) != party_) continue;
      const ledger::Review* decided = ledger::review_by(reviewed, party_);
      if (decided != nullptr && ledger::is_positive(decided->decision)) continue;
      if (ledger::open_review(approach, what.stage, reviewed, asked.order) != nullptr) continue;
      add(what, ledger::deemed_from(approach, asked, reviewed));
    }
  }

  void add(const UnderReview& what, std::optional<ledger::Timestamp> deemed) {
    const std::string stage(ledger::name_of(what.stage));
    const std::string version = std::to_string(what.version);
    DueItem item;
    item.id = "review-" + stage + "-" + what.of + "-version-" + version;
    item.what = "Decide on the " + stage + " of " + what.of + ", version " + version;
    item.entries = {what.origin.seq};
    if (!deemed) {
      item.what += "; the rules set no time, or it was spoken against before.";
    } else if (deemed <= books_.time()) {
      item.what += "; since " + ledger::format_timestamp(*deemed) + " it may be deemed approved.";
    } else {
      item.what += "; from " + ledger::format_timestamp(*deemed) + " it may be deemed approved.";
      item.date = ledger::date_of(*deemed);
    }
    items_.push_back(std::move(item));
  }

  const Books& books_;
  Index party_;
  std::vector<DueItem> items_;
};

}  // namespace

std::vector<DueItem> reviews_due(const Books& books, Index party) {
  return Collector(books, party).run();
}

}  // namespace replay
