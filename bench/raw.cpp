#include "bench/raw.hpp"

#include <sodium.h>

#include "bench/workload.hpp"
#include "ledger/ensure.hpp"

namespace bench {

std::vector<Signed> signatures_of(const std::vector<std::string>& submissions) {
  std::vector<Signed> all;
  for (const std::string& submission : submissions) {
    const ledger::SignedEvent event = decoded(submission);
    const std::string message = crypto::pae(crypto::event_type, event.bytes);
    for (const crypto::KeySignature& signature : event.signatures) {
      all.push_back({message, signature});
    }
  }
  return all;
}

void verify_bare(const std::vector<Signed>& all, replay::Workers& workers) {
  constexpr std::size_t a_time = 16;  // so that handing out jobs costs nothing
  workers.run((all.size() + a_time - 1) / a_time, [&](std::size_t job) {
    for (std::size_t i = job * a_time; i < all.size() && i < (job + 1) * a_time; ++i) {
      const auto& [message, signature] = all[i];
      const int verdict = crypto_sign_verify_detached(
          signature.signature.bytes.data(), reinterpret_cast<const unsigned char*>(message.data()),
          message.size(), signature.key.bytes.data());
      ENSURE(verdict == 0, "a measured signature is good");
    }
  });
}

}  // namespace bench
