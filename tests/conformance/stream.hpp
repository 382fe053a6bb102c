// Whole histories as other registries read them: submissions with the answer to each, refusals in
// their places, and what stands at points between. Their format is in spec/vectors/README.md.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/conformance/walk.hpp"

namespace conformance {

using Json = nlohmann::json;

// One stream, written from its beginning. Figures are written by hand; places, leaves and rows of
// reports are those of the ledger that takes the stream while it is written.
class Stream {
 public:
  Stream(std::string name, std::string about);

  // What the next events are, as people would say it; stays until it is said anew.
  Stream& say(std::string about);
  // The setup of that name from its beginning (scene.hpp).
  Stream& begin(std::string_view setup);
  Stream& admits(std::string_view time, ledger::Body body, scene::Signers signers);
  Stream& refuses(std::string_view clause, std::string_view time, ledger::Body body,
                  scene::Signers signers);
  // As the act says: refused by the clause that it names, or admitted.
  Stream& sends(story::Act act);

  // What stands here; members as in the format, written by hand.
  Stream& stands(std::string about, Json figures);
  // A Party's annual report in both profiles, as of the last entry, submitted on that day.
  Stream& reports(const ledger::Id& party, ledger::Year year);
  // Everything that was reported so far is the same, made again from here.
  Stream& reports_stay();

  // An act that the next one of this stream would be.
  [[nodiscard]] story::Act act(std::string_view time, ledger::Body body, scene::Signers signers);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const ledger::Machine& machine() const { return walk_.machine(); }
  [[nodiscard]] ledger::Seq last() const { return machine().size() - 1; }
  // The bytes of the profile's report of that Party and year, as `reports` wrote it last.
  [[nodiscard]] const std::string& bytes_of(const ledger::Id& party, ledger::Year year) const;
  // The text of its file, with size and root of the whole at its end.
  [[nodiscard]] std::string text() const;

 private:
  void add(const std::string& about, const std::string& rest);

  std::string name_, about_;
  std::string saying_;
  std::vector<std::string> steps_;
  std::vector<std::string> files_;            // names of reports so far
  std::map<std::string, std::string> known_;  // bytes by Party and year, profile carp-checker
  Walk walk_;
  int sent_ = 0;
};

// ---- the streams ----

[[nodiscard]] Stream scenario_a();
[[nodiscard]] Stream scenario_b();
// Under each definition of the first transfer for other purposes, and the mixed authorization.
[[nodiscard]] std::vector<Stream> scenario_c();
// The four mishaps in a row; a restatement below what was sold; a reversal of removals.
[[nodiscard]] std::vector<Stream> scenario_d();
// Two Parties over five years, with a trajectory and with averages.
[[nodiscard]] std::vector<Stream> worked_examples();
[[nodiscard]] Stream tanzania();
// MWh sold from one NDC in MWh to another.
[[nodiscard]] Stream other_metric();

// All of them.
[[nodiscard]] std::vector<Stream> all_streams();

}  // namespace conformance
