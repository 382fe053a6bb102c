#include "tests/support/ledger_builder.hpp"

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"

namespace test_support {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

Answer refused(const Violation& violation) {
  return {std::string(violation.clause->id), violation.detail, std::nullopt};
}

constexpr std::int64_t hour = 3'600'000;  // ms

// A ledger after a setup, and its lines.
struct Walked {
  Machine machine;
  std::vector<std::string> lines;
};

// Each is walked once a process.
const Walked& walked(const std::string& name, std::int64_t knows) {
  static std::map<std::pair<std::string, std::int64_t>, Walked> known;
  const std::pair key{name, knows};
  if (const auto it = known.find(key); it != known.end()) return it->second;
  if (name.empty()) return known.emplace(key, Walked{Machine(knows), {}}).first->second;
  const scene::Setup& setup = scene::setup(name);
  Walked after = walked(setup.after, knows);
  for (const scene::story::Act& act : setup.acts) {
    Answer answer = submit(after.machine, scene::story::submission_of(act, scene::cast(), true));
    EXPECT_TRUE(answer.admitted()) << "setup " << name << ", " << act.event.id << ": " << answer;
    after.lines.push_back(std::move(answer.line));
  }
  return known.emplace(key, std::move(after)).first->second;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Answer& answer) {
  if (answer.admitted()) return out << "admitted";
  return out << answer.clause << ". " << answer.detail;
}

Answer submit(Machine& machine, std::string_view submission) {
  Result<Submission> sent = decode_submission(submission);
  if (!sent) return refused(sent.error());
  const Timestamp time = sent->time.value_or(machine.time());
  Result<AuthenticEvent> event = authenticate(std::move(sent->signed_event));
  if (!event) return refused(event.error());
  Entry entry = machine.make_entry(std::move(*event), time);
  Result<Effects> effects = machine.step(entry);
  if (!effects) return refused(effects.error());
  return {{}, {}, std::move(*effects), std::move(entry.line)};
}

LedgerBuilder LedgerBuilder::after(std::string_view setup, std::int64_t knows) {
  LedgerBuilder ledger;
  const Walked& after = walked(std::string(setup), knows);
  ledger.machine_ = after.machine;
  ledger.lines_ = after.lines;
  return ledger;
}

scene::story::Act LedgerBuilder::next_act(Timestamp time, Body body, scene::Signers signers) {
  return scene::act("test-" + std::to_string(++sent_), time, std::move(body), std::move(signers));
}

Answer LedgerBuilder::send(const scene::story::Act& act) {
  Answer answer = submit(machine_, scene::story::submission_of(act, scene::cast(), true));
  if (answer.admitted()) lines_.push_back(answer.line);
  return answer;
}

Answer LedgerBuilder::send(Body body, scene::Signers signers) {
  return send(next_act({machine_.time().ms + hour}, std::move(body), std::move(signers)));
}

Answer LedgerBuilder::send(std::string_view time, Body body, scene::Signers signers) {
  return send(next_act(scene::story::at(time), std::move(body), std::move(signers)));
}

LedgerBuilder& LedgerBuilder::given(Body body, scene::Signers signers) {
  const Answer answer = send(std::move(body), std::move(signers));
  EXPECT_TRUE(answer.admitted()) << "what the test takes for granted is refused: " << answer;
  return *this;
}

LedgerBuilder& LedgerBuilder::given(std::string_view time, Body body, scene::Signers signers) {
  const Answer answer = send(time, std::move(body), std::move(signers));
  EXPECT_TRUE(answer.admitted()) << "what the test takes for granted is refused: " << answer;
  return *this;
}

std::int64_t LedgerBuilder::held_in(const Id& account) const {
  const auto index = state().accounts.find(account);
  ENSURE(index.has_value(), "a test names an account that exists");
  std::int64_t sum = 0;
  for (const Scope& scope : state().scopes.rows()) {
    scope.units.for_each([&](const Run& run) {
      const bool here = run.standing.status == UnitStatus::held && run.standing.account == *index;
      if (here) sum += run.range.quantity();
    });
  }
  return sum;
}

std::int64_t LedgerBuilder::units_that_are(UnitStatus status) const {
  std::int64_t sum = 0;
  for (const Scope& scope : state().scopes.rows()) {
    scope.units.for_each([&](const Run& run) {
      if (run.standing.status == status) sum += run.range.quantity();
    });
  }
  return sum;
}

PartyYear LedgerBuilder::year(const Id& party, Year year) const {
  const auto index = state().participants.find(party);
  ENSURE(index.has_value(), "a test names a Party that exists");
  const auto it = state().party_years.find({*index, year});
  return it == state().party_years.end() ? PartyYear{} : it->second;
}

}  // namespace test_support
