// Whose signatures make a checkpoint believable: a policy file (C2SP tlog-policy), read strictly,
// and the question whether those who cosigned are enough (spec/policy.md).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "crypto/cosignature.hpp"
#include "crypto/note.hpp"

namespace replay {

inline constexpr std::size_t longest_policy = 65'536;  // bytes
inline constexpr std::size_t most_policy_lines = 256;  // of logs, of witnesses and of groups each

struct PolicyLog {
  crypto::TypedKey key;  // of type note; other logs than ours may have names of other forms
  std::string url;       // empty: none
};
struct PolicyWitness {
  std::string name;  // in this policy alone
  crypto::WitnessKey key;
  std::string url;  // of its submissions; empty: none
};
// A member of a group, or the quorum: by its place among the witnesses or the groups.
struct WitnessIndex {
  std::size_t at = 0;
};
struct GroupIndex {
  std::size_t at = 0;
};
using PolicyMember = std::variant<WitnessIndex, GroupIndex>;
struct PolicyGroup {
  std::string name;
  std::size_t needed = 1;  // 1 to the number of members
  std::vector<PolicyMember> members;
};

// A value. Groups name only what stands before them.
struct Policy {
  std::vector<PolicyLog> logs;
  std::vector<PolicyWitness> witnesses;
  std::vector<PolicyGroup> groups;
  std::optional<PolicyMember> quorum;  // nothing: nobody has to cosign

  // Whether it is about that log: it lists the key, or no log at all.
  [[nodiscard]] bool is_about(const crypto::LogKeys& log_keys) const;
  // Whether the witnesses that cosigned one checkpoint, by place, are enough.
  // Precondition: one element for each witness.
  [[nodiscard]] bool is_met(const std::vector<bool>& cosigned) const;
};

// Reads a policy file. Otherwise nothing, and `problem` says what is wrong with which line.
[[nodiscard]] std::optional<Policy> parse_policy(std::string_view text, std::string& problem);

}  // namespace replay
