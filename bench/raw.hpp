// The primitives that figures are compared with, used bare.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "crypto/envelope.hpp"
#include "replay/workers.hpp"

namespace bench {

// What libsodium is asked to verify.
struct Signed {
  std::string message;
  crypto::KeySignature signature;
};

// Every signature of the submissions.
[[nodiscard]] std::vector<Signed> signatures_of(const std::vector<std::string>& submissions);

// Verifies each with libsodium alone, on all workers.
void verify_bare(const std::vector<Signed>& all, replay::Workers& workers);

}  // namespace bench
