// What several events share: ids, legal persons, keys, documents, units, and the codes of closed
// lists. Values only, with the member names of spec/events.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace ledger {

using Id = std::string;  // [A-Za-z0-9._-]{1,64}; a Party's is its ISO 3166 alpha-3 code
using Year = std::int32_t;

// ---- parts that several events share ------------------------------------------------------------

// A legal person as its country registers it.
struct Identity {
  std::string name;     // legal name
  std::string country;  // alpha-3
  std::string number;   // identification number there
  bool operator==(const Identity&) const = default;
};

// How many keys of one participant must sign, by class of event (events.md, decision 2).
struct Thresholds {
  std::uint32_t ordinary = 1;
  std::uint32_t units = 1;
  std::uint32_t keys = 1;
  bool operator==(const Thresholds&) const = default;
};

// Keys that act only when signing keys are lost (decision 13).
struct Recovery {
  std::vector<crypto::PublicKey> keys;
  std::uint32_t threshold = 1;
  std::uint32_t wait_days = 7;
  bool operator==(const Recovery&) const = default;
};

struct Keyset {
  std::vector<crypto::PublicKey> keys;
  std::optional<Recovery> recovery;
  Thresholds thresholds;
};

enum class Access : std::uint8_t { open, redacted, confidential };  // "public", …

// A document by its hash; title is a salted commitment (decision 14).
struct Document {
  crypto::Hash sha256;
  std::int64_t size = 0;  // bytes
  std::string media;
  std::string kind;
  std::string language;
  Access access = Access::open;
  crypto::Hash title;
  struct Copy {
    crypto::Hash sha256;
    std::int64_t size = 0;
  };
  std::optional<Copy> redacted_copy;  // "public": present exactly when access is redacted
  std::optional<std::string> basis;   // why it is not public; present unless access is public
  std::optional<std::string> by;
  std::optional<Date> since;
};

// Units of one originating registry, as the JSON's {"ranges":[[first,last],…],"scope":"XHA99"}.
struct Units {
  std::string scope;
  RangeSet ranges;
};

struct VintageQuantity {
  Year vintage = 0;
  std::int64_t quantity = 0;
  auto operator<=>(const VintageQuantity&) const = default;
};

// The authorizations that a movement rests on (decision 5).
struct AuthorizationPair {
  Id host;
  std::optional<Id> buyer;
};

enum class Purpose : std::uint8_t { ndc, imp, op };          // "NDC" "IMP" "OP"
enum class Method : std::uint8_t { trajectory, averaging };  // 2/CMA.3 annex 7
enum class NdcType : std::uint8_t { single_year, multi_year };
enum class Organ : std::uint8_t { authority, secretariat, inventory, verifier, developer };
enum class Definition : std::uint8_t { authorization, issuance, use_or_cancellation };
enum class Moment : std::uint8_t { issuance, transfer, acquisition };
enum class Mitigation : std::uint8_t { reductions, removals };  // "Emission reductions" "Removals"
enum class Act : std::uint8_t { transfer, acquire, use };

}  // namespace ledger
