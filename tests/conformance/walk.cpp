#include "tests/conformance/walk.hpp"

#include <gtest/gtest.h>

#include "ledger/ensure.hpp"

namespace conformance {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Answer;

Walk Walk::after(std::string_view setup) {
  Walk walked;
  walked.walk(setup);
  return walked;
}

void Walk::walk(std::string_view name) {
  const scene::Setup& setup = scene::setup(name);
  if (!setup.after.empty()) walk(setup.after);
  for (const story::Act& act : setup.acts) {
    const Answer answer = submit(story::submission_of(act, scene::cast(), true));
    EXPECT_TRUE(answer.admitted()) << act.event.id << ": " << answer;
  }
}

Answer Walk::submit(const std::string& submission) {
  Answer answer = test_support::submit(machine_, submission);
  if (answer.admitted()) books_.take(*answer.effects);
  return answer;
}

Answer Walk::send(Body body, scene::Signers signers) {
  constexpr std::int64_t hour = 3'600'000;  // ms
  return send(format_timestamp({machine_.time().ms + hour}), std::move(body), std::move(signers));
}

Answer Walk::send(std::string_view time, Body body, scene::Signers signers) {
  const story::Act act = scene::act("walk-" + std::to_string(++sent_), story::at(time),
                                    std::move(body), std::move(signers));
  return submit(story::submission_of(act, scene::cast(), true));
}

Walk& Walk::given(Body body, scene::Signers signers) {
  const Answer answer = send(std::move(body), std::move(signers));
  EXPECT_TRUE(answer.admitted()) << "what the test takes for granted is refused: " << answer;
  return *this;
}

Walk& Walk::given(std::string_view time, Body body, scene::Signers signers) {
  const Answer answer = send(time, std::move(body), std::move(signers));
  EXPECT_TRUE(answer.admitted()) << "what the test takes for granted is refused: " << answer;
  return *this;
}

PartyYear Walk::year(const Id& party, Year year) const {
  const auto index = state().participants.find(party);
  ENSURE(index.has_value(), "a test names a Party that exists");
  const auto it = state().party_years.find({*index, year});
  return it == state().party_years.end() ? PartyYear{} : it->second;
}

replay::Aef Walk::aef(const Id& party, Year year) const {
  const replay::AefRequest request{party, year, "1.0", {}, replay::AefProfile::carp_checker};
  const auto problem = replay::problem_of(books_, request);
  ENSURE(!problem, "a test reports what can be reported");
  return replay::make_aef(books_, request, {scene::origin, true});
}

}  // namespace conformance
