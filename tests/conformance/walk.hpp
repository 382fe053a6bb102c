// A ledger and its books, walked event by event the way that everything goes: canonical bytes,
// decode, authenticate, step, fold.
#pragma once

#include <string>
#include <string_view>

#include "ledger/machine.hpp"
#include "replay/aef.hpp"
#include "replay/books.hpp"
#include "tests/support/ledger_builder.hpp"

namespace conformance {

namespace scene = test_support::scene;
namespace story = scene::story;

// A value; copying it forks the ledger.
class Walk {
 public:
  // An empty ledger.
  Walk() = default;
  // That of a setup (scene.hpp).
  [[nodiscard]] static Walk after(std::string_view setup);

  // Takes what is admitted; a refusal changes nothing.
  test_support::Answer submit(const std::string& submission);
  // An hour after the last entry.
  test_support::Answer send(ledger::Body body, scene::Signers signers);
  test_support::Answer send(std::string_view time, ledger::Body body, scene::Signers signers);
  // What a test takes for granted; a refusal fails the test.
  Walk& given(ledger::Body body, scene::Signers signers);
  Walk& given(std::string_view time, ledger::Body body, scene::Signers signers);

  [[nodiscard]] const ledger::Machine& machine() const { return machine_; }
  [[nodiscard]] const ledger::State& state() const { return machine_.state(); }
  [[nodiscard]] const replay::Books& books() const { return books_; }
  [[nodiscard]] ledger::PartyYear year(const ledger::Id& party, ledger::Year year) const;
  [[nodiscard]] replay::Aef aef(const ledger::Id& party, ledger::Year year) const;

 private:
  void walk(std::string_view setup);

  ledger::Machine machine_;
  replay::Books books_;
  int sent_ = 0;
};

}  // namespace conformance
