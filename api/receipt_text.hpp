// A receipt as a server answers it, read within limits: what it proves, replay/receipt.hpp says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "api/told.hpp"
#include "crypto/checkpoint.hpp"

namespace api {

inline constexpr std::size_t longest_receipt = 4 * crypto::longest_note;  // bytes of a text

// An entry and the proof that it stands in a log; nothing is proven yet.
struct ReceiptText {
  std::string entry;           // the line, byte for byte
  std::string proof;           // .tlog-proof text
  bool demonstration = false;  // whether the answer says that it is one
};

// Reads {"entry":…,"proof":…}; other members may stand beside them. Any bytes: no more is kept of
// them than these two texts, and what is longer than longest_receipt is not looked into.
[[nodiscard]] Told<ReceiptText> parse_receipt(std::string_view json);

// Whether a text is a .tlog-proof, which has no entry in it.
[[nodiscard]] bool is_bare_proof(std::string_view text);

}  // namespace api
