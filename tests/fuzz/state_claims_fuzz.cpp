// Any bytes as proofs of a state: what is read is written as the same text again, and nothing is
// proven of a state that it does not hold. Bytes are taken as a file, and as edits of a good one.
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "api/state_claims_text.hpp"
#include "api/story.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/proof.hpp"
#include "ledger/committed_values.hpp"
#include "ledger/ensure.hpp"
#include "ledger/machine.hpp"
#include "replay/state_claims.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

namespace story = api::story;

constexpr const char* origin = "ledger.example/fuzz";

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
    ENSURE(good.sentences.contains(sentence) || sentence.starts_with("There is no ") ||
               sentence.starts_with("No unit of registry "),
           "something is proven that the state does not hold");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Good good = make();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input, good);
  check(fuzz::patched(good.file, input), good);
  return 0;
}
