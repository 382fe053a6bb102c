// Between canonical bytes and values: events, submissions, entry lines. Decoding refuses what is
// not canonical or not of the closed schema (FMT clauses); nothing is repaired.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/entry.hpp"
#include "ledger/event.hpp"

namespace ledger {

inline constexpr std::size_t max_event_bytes = 60'000;
inline constexpr std::size_t max_entry_bytes = 65'535;  // C2SP tlog-tiles entry
inline constexpr std::size_t max_ranges = 3'000;        // of all unit lists of one event together
inline constexpr std::size_t max_signatures = 16;

// A submission: {"event":{…},"signatures":[…]}, and "time" in demonstration mode.
struct Submission {
  SignedEvent signed_event;
  std::optional<Timestamp> time;  // unsigned; an ordinary ledger refuses it (LOG clause, not here)
};

// One line of the log as it stands there, not yet linked to its neighbours.
struct LineParts {
  SignedEvent signed_event;
  crypto::Hash prev;
  Seq seq = 0;
  Timestamp time;
};

[[nodiscard]] Result<Submission> decode_submission(std::string_view text);
[[nodiscard]] Result<LineParts> decode_line(std::string_view line);
[[nodiscard]] Result<Event> decode_event(std::string_view bytes);

// Canonical bytes of what is given. Precondition: values within the schema's limits, so that
// decoding the result gives an equal value.
[[nodiscard]] std::string encode_event(const Event& event);
[[nodiscard]] std::string encode_submission(std::string_view event_bytes,
                                            const std::vector<crypto::KeySignature>& signatures,
                                            std::optional<Timestamp> time = std::nullopt);
[[nodiscard]] std::string encode_line(std::string_view event_bytes,
                                      const std::vector<crypto::KeySignature>& signatures,
                                      const crypto::Hash& prev, Seq seq, Timestamp time);

}  // namespace ledger
