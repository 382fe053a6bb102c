#include "api/itmo_print.hpp"

#include <ostream>

#include "api/itmo_sentences.hpp"
#include "crypto/hash.hpp"

namespace api::itmo {

void print_event(std::ostream& out, const Draft& draft) {
  if (draft.demonstration) out << demonstration_mark << "\n\n";
  for (const std::string& line : sentences_of(draft.event)) out << line << '\n';
  out << "Event hash (SHA-256 of its " << number(static_cast<std::int64_t>(draft.bytes.size()))
      << " bytes): " << hex_of(crypto::sha256(draft.bytes)) << '\n';
  if (draft.seq) {
    out << "The log has it as entry " << *draft.seq << ", recorded " << moment(*draft.time)
        << ".\n";
  } else if (draft.time) {
    out << "Sent with the time " << moment(*draft.time)
        << ", which nobody signed and only a demonstration takes.\n";
  }
}

bool print_signatures(std::ostream& out, const Draft& draft) {
  if (draft.signatures.empty()) {
    out << "Nobody has signed it yet.\n";
    return true;
  }
  bool all_good = true;
  out << "Signed with " << counted(draft.signatures.size(), "key")
      << "; whose they are, the bytes do not say:\n";
  for (const crypto::KeySignature& signature : draft.signatures) {
    const bool good = verifies(draft, signature);
    all_good = all_good && good;
    out << "  " << hex_of(signature.key)
        << (good ? "  the signature verifies" : "  THE SIGNATURE DOES NOT VERIFY") << '\n';
  }
  return all_good;
}

}  // namespace api::itmo
