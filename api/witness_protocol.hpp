// What is said to a witness and what it answers (C2SP tlog-witness, `add-checkpoint`): bytes and
// values, no socket.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "api/http.hpp"
#include "crypto/bytes.hpp"
#include "crypto/cosignature.hpp"
#include "ledger/seq.hpp"
#include "ledger/time.hpp"

namespace api {

inline constexpr std::size_t longest_witness_answer = 65'536;  // bytes of the body

// The body of `add-checkpoint`: the size that the witness saw last, the proof that the checkpoint
// goes on from there, and the checkpoint as the log signed it.
[[nodiscard]] std::string add_checkpoint_body(ledger::Seq old, std::span<const crypto::Hash> proof,
                                              std::string_view note);

// What a witness answered. A value.
struct WitnessAnswer {
  enum class Kind : std::uint8_t {
    cosigned,   // `line`
    other_old,  // 409: it saw `size` entries last; ask again from there
    later,      // it pushes back: 429 or 5xx
    refused,    // it says that something is wrong with the log, the request or its configuration
    garbage,    // no answer of a witness, or a cosignature that is none
  };
  Kind kind = Kind::garbage;
  std::string line;               // cosigned: as it stands below a checkpoint
  ledger::Seq size = 0;           // other_old
  std::chrono::seconds pause{0};  // that it asks for with `Retry-After`; at most a day
  std::string sentence;           // unless cosigned or other_old: what it answered, for a person
};
// Of a kind that has a sentence and nothing else.
[[nodiscard]] WitnessAnswer complaint(WitnessAnswer::Kind kind, std::string sentence);

// `text` is that of the checkpoint that was sent. A cosignature of more than five minutes ahead of
// `now` is garbage.
[[nodiscard]] WitnessAnswer read_witness_answer(const Response& response, std::string_view text,
                                                const crypto::WitnessKey& key,
                                                ledger::Timestamp now);

// Where a witness shows the newest checkpoint of a log that it cosigned, below its address.
[[nodiscard]] std::string witness_checkpoint_path(std::string_view origin);

}  // namespace api
