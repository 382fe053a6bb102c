// What a Party keeps of a document's title: the salt of its commitment, in a file of its own.
#pragma once

#include <filesystem>
#include <string>

#include "api/told.hpp"
#include "crypto/bytes.hpp"
#include "ledger/event_documents.hpp"

namespace api::itmo {

struct TitleSecret {
  crypto::Hash sha256;  // of the document
  ledger::DocumentDisclosed::Opening title;
};

// A new salt from the system's randomness.
[[nodiscard]] crypto::Hash new_salt();

// Writes a new file that its owner alone may read; an older one is never overwritten.
[[nodiscard]] Told<> write_secret(const std::filesystem::path& file, const TitleSecret& secret);
[[nodiscard]] Told<TitleSecret> read_secret(const std::filesystem::path& file);

}  // namespace api::itmo
