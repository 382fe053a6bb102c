// Under which keys the views' rows lie: spec/views.md has the table. Numbers in keys are
// big-endian, so that the order of bytes is the order of numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/ensure.hpp"
#include "ledger/seq.hpp"
#include "ledger/units.hpp"

namespace replay {

// The first byte of a key.
enum class Rows : char {
  meta = 'm',     // format, head
  entry = 'e',    // seq
  ledger = 'a',   // seq: the ledger itself, whenever it changed
  row = 'r',      // register, index, seq: a register's row, a version each time it changed
  version = 'w',  // register, index, version, seq: what a row has in versions; of a cycle designs,
                  // of an authorization its terms
  name = 'n',     // register, id
  key = 'k',      // participant, public key, seq
  granted = 'g',  // participant, grant
  section = 's',  // Party, account
  activity_of = 'v',  // approach, activity
  cycle_of = 'y',     // approach, cycle
  report_of = 'q',    // cycle, monitoring report
  lock_of = 'f',      // account, lock
  ndc = 'd',          // Party, seq
  adjustment = 'j',   // Party, year, seq
  inventory = 'i',    // Party, year, seq
  filed = 'p',        // Party, report
  found = 'u',        // Party, finding
  status = 'z',       // report, seq: what was said of it
  differs = 'b',      // report, seq: an entry undid what it shows
  hash = 'h',         // SHA-256 of a file, document: that has to do with it
  attested = 't',     // seq: an audit was attested
  committed = 'C',    // seq: the operator committed to the state
  concern = 'W',      // account, or registry and first serial of a lot; seq: a page of entries
  sum = 'c',          // which sum, its parts, size: its value after so many entries
  live = 'l',         // account and status, registry, serial: a page of how units stand now
  left = 'o',         // account and status, seq that ended it, registry, first serial
  presence = 'x',     // registry, account and status: where units of it ever were
};

// The registers that have rows and names.
enum class Register : char {
  participant = 'p',
  account = 'a',
  approach = 'c',
  activity = 'v',
  authorization = 't',
  scope = 's',
  lot = 'l',  // without names
  grant = 'g',
  cycle = 'y',       // activities that were proposed
  monitoring = 'q',  // monitoring reports
  lock = 'k',
  report = 'r',
  finding = 'f',
  document = 'd',  // without names; its disclosures lie with versions
};

// The sums that are kept. Each entry's row has what it added; a sum that changed has a row for
// every 256 entries.
enum class Sum : char {
  account = 'a',      // account, vintage: held
  section = 's',      // Party, vintage, standing: in its section; issued: as host
  activity = 'v',     // activity, standing; first transferred whatever became of it
  transferred = 't',  // host, calendar year, vintage: first transferred
  reading = 'y',      // host, year, vintage: the same, by authorization year where that defines it
  due = 'd',          // Party, year, 0 first transferred of that vintage, 1 used for it
  authorization = 'h',  // authorization, 0 first transferred, 1 acquired, 2 resting on it
  reversal = 'x',       // activity, 0 recorded, 1 made good
  resting = 'r',        // host's authorization, standing; outstanding: held, not first transferred
  proceeds = 'p',       // approach, activity, vintage, moment, line, 0 base, 1 taken
};
// In sums: UnitStatus, and three more.
inline constexpr std::uint8_t issued_standing = 3;
inline constexpr std::uint8_t outstanding = 4;
inline constexpr std::uint8_t transferred_standing = 5;

// Account and status in one number: where units are, as keys have it.
[[nodiscard]] inline std::uint32_t holding_code(ledger::Index account, ledger::UnitStatus status) {
  ENSURE(account < 1U << 29, "an account's index fits in 29 bits");
  return account << 2 | static_cast<std::uint8_t>(status);
}

// A key on its way.
class Key {
 public:
  explicit Key(Rows rows) { bytes_.push_back(static_cast<char>(rows)); }
  // Goes on where another key ended.
  explicit Key(std::string begun) : bytes_(std::move(begun)) {}

  Key& byte(std::uint8_t value) { return number(value, 1); }
  Key& tag(char value) {
    bytes_.push_back(value);
    return *this;
  }
  Key& index(ledger::Index value) { return number(value, 4); }
  Key& year(std::int32_t value) { return number(static_cast<std::uint32_t>(value), 4); }
  Key& seq(ledger::Seq value) { return number(value, 8); }
  // An id; it holds no zero byte, so the one behind it keeps ids that begin alike apart.
  Key& text(std::string_view value) {
    bytes_ += value;
    bytes_.push_back('\0');
    return *this;
  }
  Key& raw(std::string_view value) {
    bytes_ += value;
    return *this;
  }
  // A holding_code in four bytes, registry in three, serial in seven: with the kind 15, which most
  // libraries keep without a second allocation. Millions of these are written.
  Key& holding(std::uint32_t code) { return number(code, 4); }
  Key& scope(ledger::Index value) {
    ENSURE(value < 1U << 24, "a registry's index fits in 24 bits");
    return number(value, 3);
  }
  Key& serial(ledger::Serial value) { return number(static_cast<std::uint64_t>(value), 7); }

  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  Key& number(std::uint64_t value, std::size_t width) {
    std::array<char, 8> all;  // appended at once: a byte at a time costs several times as much
    for (std::size_t i = all.size(); i-- > 0; value >>= 8) all[i] = static_cast<char>(value);
    bytes_.append(all.data() + (all.size() - width), width);
    return *this;
  }

  std::string bytes_;
};

// The lists of entries that concern an account, and a lot that was issued from that serial on.
[[nodiscard]] inline Key list_of_account(ledger::Index account) {
  return Key(Key(Rows::concern).tag('a').index(account));
}
[[nodiscard]] inline Key lists_of_registry(ledger::Index scope) {
  return Key(Key(Rows::concern).tag('l').scope(scope));
}
[[nodiscard]] inline Key list_of_lot(ledger::Index scope, ledger::Serial first) {
  return Key(lists_of_registry(scope).serial(first));
}

// The key of a sum before its parts, without the kind of row: entries' rows name sums so too.
[[nodiscard]] inline Key sum_key(Sum sum) {
  return Key(std::string(1, static_cast<char>(sum)));
}
inline constexpr ledger::Seq entries_between_sums = 256;

// The keys of a row's versions before the version.
[[nodiscard]] inline Key version_key(Register name, ledger::Index index) {
  Key key(Rows::version);
  key.tag(static_cast<char>(name)).index(index);
  return key;
}

// Takes the parts of a key in order. Precondition: the key has them.
class KeyParts {
 public:
  explicit KeyParts(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number(std::size_t width) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      value = value << 8 | static_cast<unsigned char>(rest_[i]);
    }
    rest_.remove_prefix(width);
    return value;
  }
  ledger::Index index() { return static_cast<ledger::Index>(number(4)); }
  std::int32_t year() { return static_cast<std::int32_t>(number(4)); }
  std::string_view text() {
    const std::string_view value = rest_.substr(0, rest_.find('\0'));
    rest_.remove_prefix(value.size() + 1);
    return value;
  }
  [[nodiscard]] std::size_t size() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

}  // namespace replay
