// Any bytes: a policy is read or refused with a sentence, its groups name only what stands before
// them, and who cosigns more never meets it less.
#include <string>
#include <vector>

#include "ledger/ensure.hpp"
#include "replay/policy.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

using namespace replay;

std::string good_policy() {
  std::string text = "# a comment\n";
  for (const char* name : {"a", "b", "c"}) {
    const auto secret = crypto::SecretKey::from_seed(std::string(32, *name));
    const crypto::WitnessKey key{std::string("witness.example/") + name, secret.public_key()};
    text += "witness " + std::string(name) + " " + crypto::format_witness_vkey(key) + " http://w\n";
  }
  return text + "group ab any a b\ngroup all all ab c\nquorum all\n";
}

void check_members(const Policy& policy) {
  for (std::size_t i = 0; i < policy.groups.size(); ++i) {
    const PolicyGroup& group = policy.groups[i];
    ENSURE(group.needed >= 1 && group.needed <= group.members.size(), "a group needs its members");
    for (const PolicyMember& member : group.members) {
      const auto* inner = std::get_if<GroupIndex>(&member);
      ENSURE(inner == nullptr || inner->at < i, "a group names what stands behind it");
    }
  }
}

void check(std::string_view text) {
  std::string problem;
  const auto policy = parse_policy(text, problem);
  ENSURE(policy.has_value() == problem.empty(), "a refusal has a sentence, and only a refusal");
  if (!policy) return;
  check_members(*policy);
  std::vector<bool> cosigned(policy->witnesses.size(), false);
  bool met = policy->is_met(cosigned);
  ENSURE(met == !policy->quorum, "nobody is enough for none alone");
  for (std::size_t i = 0; i < cosigned.size(); ++i) {
    cosigned[i] = true;
    ENSURE(!met || policy->is_met(cosigned), "one more cosignature is one too many");
    met = policy->is_met(cosigned);
  }
  ENSURE(met, "everybody is not enough");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const std::string good = good_policy();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  check(fuzz::patched(good, input));
  return 0;
}
