// Any bytes as an evidence file: what is read is written as the same text again, and nothing proves
// a fault of a log whose key signed one good log only.
#include <string>

#include "api/story.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "ledger/ensure.hpp"
#include "replay/evidence.hpp"
#include "replay/evidence_check.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

constexpr const char* origin = "ledger.example/fuzz";

// Two leaves, and the checkpoints of one and of both of them.
struct Good {
  crypto::VerifierKey log_key;
  std::string of_one, of_both;
  std::string fork, entry, receipt;  // files that are whole and prove nothing
};

Good make() {
  api::story::Cast cast = api::story::Cast::derived();
  const crypto::Hash first = crypto::leaf_hash("first"), second = crypto::leaf_hash("second");
  const crypto::Hash root = crypto::node_hash(first, second);
  const auto sign = [&](std::uint64_t size, const crypto::Hash& of) {
    return crypto::sign_note(crypto::checkpoint_text({origin, size, of}), origin, cast.key("log"));
  };
  Good good{crypto::make_verifier_key(origin, cast.public_key("log")),
            sign(1, first),
            sign(2, root),
            {},
            {},
            {}};
  const replay::ProvenEntry before{"first", {std::nullopt, 0, {}, good.of_one}};
  const replay::ProvenEntry after{"first", {std::nullopt, 0, {second}, good.of_both}};
  good.fork =
      replay::format_evidence(replay::ForkEvidence{good.of_one, good.of_both, first, {second}});
  good.entry = replay::format_evidence(replay::EntryEvidence{"TRF-2", before});
  good.receipt = replay::format_evidence(replay::ReceiptEvidence{before, after});
  return good;
}

void check(std::string_view text, const crypto::VerifierKey& log_key) {
  static replay::Workers workers(1);
  const auto evidence = replay::parse_evidence(text);
  if (!evidence) return;
  ENSURE(replay::format_evidence(*evidence) == text, "evidence has a second text");
  const auto verdict = replay::check_evidence(*evidence, log_key, nullptr, workers);
  ENSURE(!verdict.sentence.empty(), "a verdict has no sentence");
  // The two leaves are no entries: that they break FMT is true and provable, nothing else is.
  ENSURE(verdict.outcome != replay::EvidenceVerdict::Outcome::proven ||
             (std::holds_alternative<replay::EntryEvidence>(*evidence) &&
              verdict.clause->id.starts_with("FMT-")),
         "evidence proves a fault that the log does not have");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Good good = make();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input, good.log_key);
  for (const std::string& file : {good.fork, good.entry, good.receipt}) {
    check(fuzz::patched(file, input), good.log_key);
  }
  return 0;
}
