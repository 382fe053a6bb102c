// Which characters a signed note may hold (C2SP signed-note).
#pragma once

#include <string_view>

namespace crypto {

// Whether the bytes are UTF-8 without control characters below U+0020 other than the newline.
[[nodiscard]] bool is_note_text(std::string_view text);

// Whether a signature line may carry the name: not empty, no plus sign, no white space of Unicode.
// Precondition: is_note_text(name).
[[nodiscard]] bool is_signer_name(std::string_view name);

// Whether the name is one of ours: [a-z0-9./_-]{1,255}, so that it reads the same everywhere.
[[nodiscard]] bool is_key_name(std::string_view name);

}  // namespace crypto
