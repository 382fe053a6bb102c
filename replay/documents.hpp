// The documents that a log names, gathered from what its entries did: for whoever has the log and
// no server.
#pragma once

#include <optional>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/effects.hpp"
#include "replay/answers_documents.hpp"

namespace replay {

class Documents {
 public:
  // Takes every entry once, in order.
  void take(const ledger::Effects& effects);

  // The files that may be read at the end, each once, in the order in which they were named.
  [[nodiscard]] std::vector<PublicFile> public_files() const;

 private:
  struct Named {
    PublicFile whole;
    ledger::Access access = ledger::Access::open;
    std::optional<PublicFile> redacted_copy;
  };
  std::vector<Named> named_;
};

}  // namespace replay
