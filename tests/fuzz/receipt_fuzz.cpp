// Any bytes as a receipt, by itself and laid over a good one: what holds is the line that the log
// key signed, whatever stands beside it.
#include <nlohmann/json.hpp>
#include <string>

#include "api/receipt_text.hpp"
#include "api/story.hpp"
#include "crypto/hash.hpp"
#include "crypto/proof.hpp"
#include "ledger/ensure.hpp"
#include "ledger/entry.hpp"
#include "ledger/machine.hpp"
#include "replay/receipt.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

constexpr const char* origin = "ledger.example/fuzz";

struct Good {
  crypto::VerifierKey log_key;
  std::string line, proof, json;
};

Good make() {
  namespace story = api::story;
  story::Cast cast = story::Cast::derived();
  story::Writer writer(origin);
  writer.write("2020-11-23T08:00:00.000Z", story::opening(cast, origin, {"XBA", "XHA"}),
               {"operator", "XBA", "XHA"});
  auto event = ledger::authenticate(story::signed_event_of(writer.acts()[0], cast));
  ENSURE(event.has_value(), "the story's own signatures verify");
  const std::string line =
      ledger::Machine().make_entry(std::move(*event), writer.acts()[0].time).line;
  const std::string note = crypto::sign_note(
      crypto::checkpoint_text({origin, 1, crypto::leaf_hash(line)}), origin, cast.key("log"));
  const std::string proof = crypto::format_tlog_proof({std::nullopt, 0, {}, note});
  return {crypto::make_verifier_key(origin, cast.public_key("log")), line, proof,
          nlohmann::json{{"entry", line}, {"proof", proof}, {"seq", 0}}.dump()};
}

void check(std::string_view line, std::string_view proof, const Good& good) {
  std::string problem;
  const auto proven = replay::prove_receipt(line, proof, good.log_key, problem);
  ENSURE(proven.has_value() == problem.empty(), "a verdict without its sentence");
  ENSURE(!proven || (proven->entry.line == good.line && proven->checkpoint.size == 1),
         "a receipt holds of what the log key did not sign");
}

void check_text(std::string_view text, const Good& good) {
  const auto receipt = api::parse_receipt(text);
  if (receipt) check(receipt->entry, receipt->proof, good);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Good good = make();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check_text(input, good);
  check_text(fuzz::patched(good.json, input), good);
  check(good.line, fuzz::patched(good.proof, input), good);
  check(fuzz::patched(good.line, input), good.proof, good);
  return 0;
}
