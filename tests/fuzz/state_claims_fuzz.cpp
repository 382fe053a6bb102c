// Any bytes as proofs of a state: what is read is written as the same text again, and nothing is
// proven of a state that it does not hold. Bytes are taken as a file, and as edits of a good one.
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/state_claims_text.hpp"
#include "api/story.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/proof.hpp"
#include "ledger/committed_values.hpp"
#include "ledger/ensure.hpp"
#include "ledger/machine.hpp"
#include "replay/state_claims.hpp"
#include "replay/state_forms.hpp"
#include "replay/state_texts.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

namespace story = api::story;

constexpr const char* origin = "ledger.example/fuzz";

// Good ones, to be edited.
constexpr const char* texts[] = {
    R"({"entries":{"count":2,"root":")"
    "0000000000000000000000000000000000000000000000000000000000000000"
    R"("},"holder":"P","kind":"holding","metric":"GHG","party":"XHA",)"
    R"("registry":"XHA99","runs":{"count":1,"root":")"
    "0000000000000000000000000000000000000000000000000000000000000000"
    R"("},"vintages":[{"cancelled":1,"held":2,"held_first_transferred":1,"used":3,"vintage":2026}]})",
    R"({"activity":"P","cleared":[],"first":1,"first_transferred":true,"last":2,"lot":0,)"
    R"("registry":"XHA99","status":"held","version":1,"vintage":2026})",
    R"({"cancelled":1,"first_transferred":1,"held":2,"issued":6,"used":3})"};

// A log of an opening and a commitment, and what it proves.
struct Good {
  crypto::VerifierKey log_key;
  std::string file;
  std::set<std::string> sentences;  // all that may ever be proven
};

ledger::Entry step(ledger::Machine& machine, story::Writer& writer, story::Cast& cast,
                   ledger::Body body, std::vector<std::string> signers) {
  const story::Act& act =
      writer.write("2020-11-23T08:00:00.000Z", std::move(body), std::move(signers));
  auto event = ledger::authenticate(story::signed_event_of(act, cast));
  ENSURE(event.has_value(), "a story's signatures are good");
  ledger::Entry entry = machine.make_entry(std::move(*event), act.time);
  ENSURE(machine.step(entry).has_value(), "the story is admitted");
  return entry;
}

Good make() {
  story::Cast cast = story::Cast::derived();
  story::Writer writer(origin);
  ledger::Machine machine;
  const ledger::Entry opening =
      step(machine, writer, cast, story::opening(cast, origin, {"XBA", "XHA"}),
           {"operator", "XBA", "XHA"});
  const ledger::StateRoot is = machine.state_root();
  const ledger::Entry commitment =
      step(machine, writer, cast, ledger::StateCommitted{1, is.leaves, is.root}, {"operator"});
  const ledger::TreeHead head = machine.tree();
  Good good;
  good.log_key = crypto::make_verifier_key(origin, cast.public_key("log"));
  replay::StateClaims claims;
  claims.entry = commitment.line;
  claims.proof = crypto::format_tlog_proof(
      {std::nullopt,
       1,
       {opening.leaf},
       crypto::sign_note(crypto::checkpoint_text({origin, head.size, head.root}), origin,
                         cast.key("log"))});
  for (std::string& key : machine.committed().keys_of("key")) {
    claims.claims.push_back(replay::claim_of(machine.committed().prove(std::move(key))));
  }
  claims.claims.push_back(
      replay::claim_of(machine.committed().prove(ledger::account_key("NOBODY"))));
  std::string problem;
  const auto proven = replay::prove_claims(claims, good.log_key, problem);
  ENSURE(proven.has_value(), "what is there is proven");
  good.sentences.insert(proven->claims.begin(), proven->claims.end());
  good.file = api::describe(claims);
  return good;
}

void check(std::string_view text, const Good& good) {
  const auto claims = api::parse_state_claims(text);
  if (!claims) {
    ENSURE(!claims.error().empty(), "a refusal says why");
    return;
  }
  const std::string again = api::describe(*claims);
  const auto back = api::parse_state_claims(again);
  ENSURE(back && api::describe(*back) == again, "proofs are read back as they were written");
  std::string problem;
  const auto proven = replay::prove_claims(*claims, good.log_key, problem);
  ENSURE(proven || !problem.empty(), "what is not proven has a reason");
  if (!proven) return;
  for (const std::string& sentence : proven->claims) {
    ENSURE(good.sentences.contains(sentence) ||
               sentence.starts_with("In this state there is no ") ||
               sentence.starts_with("In this state no unit of registry "),
           "something is proven that the state does not hold");
  }
}

// An operator may sign any text as that of a key: it is said in sentences, or refused.
void check_texts(const std::string& text) {
  for (const auto& key : std::vector<std::vector<std::string>>{{"account", "A"},
                                                               {"authorization", "A"},
                                                               {"issuance", "XHA99", "1"},
                                                               {"key", std::string(64, '0')},
                                                               {"metric", "GHG"},
                                                               {"party", "XHA", "2026"},
                                                               {"registry", "XHA99"},
                                                               {"run", "XHA99", "1"},
                                                               {"vintage", "P", "2026"}}) {
    if (!replay::fault_of_text(key, text).empty()) continue;
    const bool is_run = key.front() == "run";
    const std::string sentence =
        replay::say({key, is_run ? std::optional<std::string>("A") : std::nullopt, text, {}});
    ENSURE(sentence.ends_with('.'), "what a text says is a sentence");
    if (is_run) ENSURE(replay::units_in(text).valid(), "a run that is said has units");
    if (key.front() == "account") static_cast<void>(replay::runs_root_in(text));
    if (key.front() == "registry") static_cast<void>(replay::issued_in(text));
    static_cast<void>(replay::entries_in(text));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Good good = make();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input, good);
  check(fuzz::patched(good.file, input), good);
  check_texts(std::string(input));
  for (const char* text : texts) check_texts(fuzz::patched(text, input));
  return 0;
}
