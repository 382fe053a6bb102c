#include "replay/policy.hpp"

#include <algorithm>
#include <map>

#include "crypto/text.hpp"
#include "ledger/ensure.hpp"
#include "replay/audit_words.hpp"

namespace replay {
namespace {

using Words = std::vector<std::string_view>;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// Tab, newline, space, and what is no control character; bytes above ASCII are opaque.
bool is_allowed(char c) {
  return c == '\t' || c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

Words words_of(std::string_view line) {
  Words words;
  while (true) {
    while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
    if (line.empty()) return words;
    const auto end = std::find_if(line.begin(), line.end(), is_blank);
    words.push_back(line.substr(0, static_cast<std::size_t>(end - line.begin())));
    line.remove_prefix(words.back().size());
  }
}

std::string in_ticks(std::string_view word) {
  return "`" + printable(word) + "`";
}

// Reads a policy line by line. Each `take_…` returns what is wrong; nothing where it was taken.
class Reader {
 public:
  using Wrong = std::optional<std::string>;

  Wrong take(const Words& words);
  [[nodiscard]] bool has_quorum() const { return has_quorum_; }
  [[nodiscard]] Policy release() && { return std::move(policy_); }

 private:
  // What a name stands for, and whether a group has it already.
  struct Named {
    PolicyMember member;
    bool taken = false;
  };

  Wrong take_log(const Words& words);
  Wrong take_witness(const Words& words);
  Wrong take_group(const Words& words);
  Wrong take_quorum(const Words& words);
  Wrong take_member(std::string_view name, PolicyGroup& group);
  Wrong check_new_key(const crypto::PublicKey& key) const;
  Wrong check_new_name(std::string_view name) const;

  Policy policy_;
  std::map<std::string, Named, std::less<>> names_;
  bool has_quorum_ = false;
};

Reader::Wrong Reader::take(const Words& words) {
  const std::string_view kind = words.front();
  if (kind == "log") return take_log(words);
  if (kind == "witness") return take_witness(words);
  if (kind == "group") return take_group(words);
  if (kind == "quorum") return take_quorum(words);
  return "a line begins with `log`, `witness`, `group`, `quorum` or `#`, and this one with " +
         in_ticks(kind);
}

// Two keys of one person count as two, so one key under two names would be a vote too many.
Reader::Wrong Reader::check_new_key(const crypto::PublicKey& key) const {
  const bool of_log = std::any_of(policy_.logs.begin(), policy_.logs.end(),
                                  [&](const PolicyLog& log) { return log.key.key == key; });
  if (of_log) return "this key stands on a line before it, as a log's";
  for (const PolicyWitness& witness : policy_.witnesses) {
    if (witness.key.key == key)
      return "this key stands before it, as that of " + in_ticks(witness.name);
  }
  return std::nullopt;
}

Reader::Wrong Reader::check_new_name(std::string_view name) const {
  if (name == "none") return "`none` is the quorum of nobody and names nothing else";
  if (names_.contains(name)) return in_ticks(name) + " is the name of a line before it";
  return std::nullopt;
}

Reader::Wrong Reader::take_log(const Words& words) {
  if (words.size() < 2 || words.size() > 3)
    return "`log` is followed by a verifier key and, if wanted, a URL";
  const auto key = crypto::parse_typed_key(words[1]);
  if (!key || key->type != crypto::NoteKeyType::note) {
    return in_ticks(words[1]) +
           " is not the verifier key of a log: name+id+base64, type 1, Ed25519";
  }
  if (policy_.logs.size() == most_policy_lines) return "there are more than 256 logs";
  if (auto wrong = check_new_key(key->key)) return wrong;
  policy_.logs.push_back({*key, std::string(words.size() == 3 ? words[2] : "")});
  return std::nullopt;
}

Reader::Wrong Reader::take_witness(const Words& words) {
  if (words.size() < 3 || words.size() > 4) {
    return "`witness` is followed by a name, a verifier key and, if wanted, a URL";
  }
  if (auto wrong = check_new_name(words[1])) return wrong;
  const auto key = crypto::parse_witness_vkey(words[2]);
  if (!key) {
    return in_ticks(words[2]) +
           " is not the verifier key of a witness: name+id+base64, type 4, Ed25519";
  }
  if (policy_.witnesses.size() == most_policy_lines) return "there are more than 256 witnesses";
  if (auto wrong = check_new_key(key->key)) return wrong;
  names_.emplace(words[1], Named{WitnessIndex{policy_.witnesses.size()}});
  policy_.witnesses.push_back(
      {std::string(words[1]), *key, std::string(words.size() == 4 ? words[3] : "")});
  return std::nullopt;
}

Reader::Wrong Reader::take_member(std::string_view name, PolicyGroup& group) {
  const auto found = names_.find(name);
  if (found == names_.end()) {
    return "no witness or group before it is named " + in_ticks(name);
  }
  if (found->second.taken) return in_ticks(name) + " is a member of a group already";
  found->second.taken = true;
  group.members.push_back(found->second.member);
  return std::nullopt;
}

Reader::Wrong Reader::take_group(const Words& words) {
  if (words.size() < 4) {
    return "`group` is followed by a name, `any`, `all` or a number, and at least one member";
  }
  if (auto wrong = check_new_name(words[1])) return wrong;
  if (policy_.groups.size() == most_policy_lines) return "there are more than 256 groups";
  PolicyGroup group{std::string(words[1]), 1, {}};
  for (std::size_t i = 3; i < words.size(); ++i) {
    if (auto wrong = take_member(words[i], group)) return wrong;
  }
  const std::size_t size = group.members.size();
  const auto number = crypto::from_decimal(words[2]);
  if (words[2] == "all") {
    group.needed = size;
  } else if (number && *number >= 1 && *number <= size) {
    group.needed = static_cast<std::size_t>(*number);
  } else if (words[2] != "any") {
    return in_ticks(words[2]) +
           " is neither `any` nor `all` nor a number from 1 to that of the members, " +
           std::to_string(size);
  }
  names_.emplace(words[1], Named{GroupIndex{policy_.groups.size()}});
  policy_.groups.push_back(std::move(group));
  return std::nullopt;
}

Reader::Wrong Reader::take_quorum(const Words& words) {
  if (words.size() != 2) return "`quorum` is followed by the name of a witness or group, or `none`";
  if (has_quorum_) return "there is a quorum on a line before it";
  has_quorum_ = true;
  if (words[1] == "none") return std::nullopt;
  const auto found = names_.find(words[1]);
  if (found == names_.end()) {
    return "no witness or group before it is named " + in_ticks(words[1]);
  }
  policy_.quorum = found->second.member;
  return std::nullopt;
}

}  // namespace

bool Policy::is_about(const crypto::LogKeys& log_keys) const {
  return logs.empty() || std::any_of(logs.begin(), logs.end(), [&](const PolicyLog& log) {
           return log_keys.contains({log.key.name, log.key.key});
         });
}

// Groups name only what stands before them, so one pass in order decides each from decided ones.
bool Policy::is_met(const std::vector<bool>& cosigned) const {
  ENSURE(cosigned.size() == witnesses.size(), "each witness cosigned or did not");
  std::vector<bool> decided;
  const auto holds = [&](const PolicyMember& member) -> bool {
    if (const auto* witness = std::get_if<WitnessIndex>(&member)) return cosigned[witness->at];
    return decided[std::get<GroupIndex>(member).at];
  };
  for (const PolicyGroup& group : groups) {
    const auto count = std::count_if(group.members.begin(), group.members.end(), holds);
    decided.push_back(static_cast<std::size_t>(count) >= group.needed);
  }
  return !quorum || holds(*quorum);
}

std::optional<Policy> parse_policy(std::string_view text, std::string& problem) {
  const auto fail = [&](std::string sentence) {
    problem = std::move(sentence) + ".";
    return std::nullopt;
  };
  if (text.size() > longest_policy) return fail("The policy is longer than 65,536 bytes");
  Reader reader;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string where = "Line " + std::to_string(number) + " of the policy: ";
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      return fail(where + "it has no line end; perhaps the file was cut");
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (!std::all_of(line.begin(), line.end(), is_allowed)) {
      return fail(where + "it holds a control character that is no tab");
    }
    const Words words = words_of(line);
    if (words.empty() || words.front().starts_with('#')) continue;
    if (auto wrong = reader.take(words)) return fail(where + *wrong);
  }
  if (!reader.has_quorum()) {
    return fail(
        "The policy has no quorum: it needs a line `quorum` with the name of a witness or group, "
        "or "
        "`none`");
  }
  return std::move(reader).release();
}

}  // namespace replay
