// The demonstration's story as arrivals for a Ledger, and a second, slower opinion on a stored log.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "ledger/ledger.hpp"
#include "ledger/store.hpp"

namespace test_support {

inline constexpr std::string_view story_origin = "ledger.example/story";

// The keys that the story's opening names.
[[nodiscard]] ledger::LogIdentity story_identity();
[[nodiscard]] crypto::VerifierKey story_log_key();

// The first `count` events of one long valid history: everything the story admits, then account
// after account. Authenticated, in order, each with its time. One thread.
[[nodiscard]] std::vector<ledger::Arrival> story_arrivals(std::size_t count);
// All that the story itself admits.
[[nodiscard]] std::size_t story_length();

// Keeps the lines that it was fed.
class LineSink final : public ledger::Sink {
 public:
  [[nodiscard]] ledger::Result<> take(const ledger::Entry& entry,
                                      const ledger::Effects& effects) override;
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

// The root of the first `size` lines by the recursion of RFC 6962, section 2.1.
[[nodiscard]] crypto::Hash naive_root(const std::vector<std::string>& lines, std::size_t size);

// Reads everything again and believes nothing: every signature, every rule, every checkpoint, tile
// and proof. One sentence on the first thing that is wrong; empty where all is right.
[[nodiscard]] std::string problem_of(const ledger::Store& store,
                                     const ledger::Published& published);

}  // namespace test_support
