// Whether a cosigned checkpoint is one that a policy believes, and by whose cosignatures
// (spec/policy.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "crypto/cosignature.hpp"
#include "replay/policy.hpp"

namespace replay {

// What a checkpoint says for one witness of the policy.
struct WitnessWord {
  std::string witness;     // its name in the policy
  crypto::WitnessKey key;  // and in notes
  crypto::Cosignature::Verdict verdict = crypto::Cosignature::Verdict::absent;
  std::uint64_t time = 0;  // of a valid cosignature: seconds since 1970
};

struct Quorum {
  bool met = false;
  std::vector<WitnessWord> witnesses;  // in the order of the policy
  std::string sentence;                // who cosigned and what follows, or why not
};

// Judges the note of a checkpoint by the keys of its log. Met where the policy lists no log, or one
// of those keys that signed, no cosignature of a listed witness is wrong, and those that are valid
// are enough. A note that is malformed, or that the log did not sign, meets nothing.
[[nodiscard]] Quorum judge_quorum(const Policy& policy, std::string_view note,
                                  const crypto::LogKeys& log_keys);

}  // namespace replay
