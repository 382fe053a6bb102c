// Stories: people with keys, and the events that they sign in order. What the demonstration tells
// through the real API, and what tests and benchmarks walk in process.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crypto/ed25519.hpp"
#include "ledger/entry.hpp"
#include "ledger/event.hpp"

namespace api::story {

// One event of a story: when, what, and whose keys sign it (names in the cast).
struct Act {
  ledger::Timestamp time;  // of the entry, in demonstration mode
  ledger::Event event;
  std::vector<std::string> signers;
  std::string caption;     // what happens, for people
  std::string refused_by;  // a clause id where the story shows a refusal; else empty
};

// Secret keys by name. A value of one thread; keys stay in locked memory.
class Cast {
 public:
  // How a key that is not there yet is made; the demonstration keeps key files, tests derive seeds.
  using Maker = std::function<crypto::SecretKey(const std::string& name)>;
  explicit Cast(Maker maker) : maker_(std::move(maker)) {}
  // Keys derived from their names alone: anybody can compute them, so for tests and benchmarks
  // only.
  [[nodiscard]] static Cast derived();

  [[nodiscard]] const crypto::SecretKey& key(const std::string& name);
  [[nodiscard]] crypto::PublicKey public_key(const std::string& name);

 private:
  Maker maker_;
  std::map<std::string, crypto::SecretKey> keys_;
};

// The submission of an act: event bytes and signatures in canonical form. `with_time` adds the
// demonstration's `time`.
[[nodiscard]] std::string submission_of(const Act& act, Cast& cast, bool with_time);
// The act's signed event, as decoding its submission would give it.
[[nodiscard]] ledger::SignedEvent signed_event_of(const Act& act, Cast& cast);

// Fills in what depends on the place that an act gets: an adjustment is as of the entry before it.
void settle(Act& act, ledger::Seq next);

// ---- makers: bodies with the values that most stories share ----

[[nodiscard]] ledger::Timestamp at(std::string_view text);  // "2027-02-20T08:00:00.000Z"; valid
[[nodiscard]] ledger::Date on(std::string_view text);       // "2027-02-20"; valid
[[nodiscard]] ledger::RangeSet ranges(
    const std::vector<std::pair<ledger::Serial, ledger::Serial>>& closed);

// What the file of a synthetic document says: it follows from what an event says of the document.
[[nodiscard]] std::string document_text(const std::string& kind, const crypto::Hash& title);
// That document, public, with a title that is its name; salt and all follow from the name.
[[nodiscard]] ledger::Document document(const std::string& name, const std::string& kind);
[[nodiscard]] ledger::Identity identity(const std::string& name, const std::string& country);

[[nodiscard]] ledger::LedgerOpened opening(Cast& cast, const std::string& origin,
                                           const std::vector<ledger::Id>& parties);
[[nodiscard]] ledger::ParticipantAdmitted entity(Cast& cast, const ledger::Id& id,
                                                 const ledger::Identity& identity,
                                                 const ledger::Id& sponsor);
[[nodiscard]] ledger::AccountOpened account(
    const ledger::Id& id, const ledger::Id& holder, const std::string& registry,
    ledger::AccountKind kind = ledger::AccountKind::holding);
[[nodiscard]] ledger::ApproachEstablished approach(const ledger::Id& id, const ledger::Id& host,
                                                   const ledger::Id& buyer);
[[nodiscard]] ledger::NdcDeclared ndc(const ledger::Id& party, ledger::Year from, ledger::Year to);

// Writes events one after the other: gives each an id, a date, an expiry where several sign.
class Writer {
 public:
  explicit Writer(std::string origin) : origin_(std::move(origin)) {}
  [[nodiscard]] const std::string& origin() const { return origin_; }
  // Appends an act; `time` is the entry's, the event is dated the same day and expires in 30 days.
  Act& write(std::string_view time, ledger::Body body, std::vector<std::string> signers,
             std::string caption = {});
  [[nodiscard]] std::vector<Act>& acts() { return acts_; }

 private:
  std::string origin_;
  std::vector<Act> acts_;
};

// Puts acts of several stories into one order, that of their times; equal times keep theirs.
void order_by_time(std::vector<Act>& acts);

// ---- the stories ----

// The opening of a ledger in demonstration mode on 2020-11-23, by the Parties of all stories.
void tell_opening(Writer& writer, Cast& cast);

// Ghana, Thailand and Vanuatu with Switzerland (approaches CA9902 to CA9904), from authorization to
// units that the buyer holds. Captions say in brackets what is synthetic.
void tell_real_pairs(Writer& writer, Cast& cast);

// The fictional ordinary year of XHA and XBA (approach CA9901): an activity's whole cycle, caps
// 20,000 each, deductions at transfer, three transfers, one use, adjustments in two versions. All
// synthetic.
void tell_ordinary_year(Writer& writer, Cast& cast);

// Fictional XCA and an airline of XBA (approach CA9905): 3,000 units authorized for other
// international mitigation purposes, of which 2,000 are used for CORSIA and 400 cancelled.
void tell_airline(Writer& writer, Cast& cast);

// All of it on one ledger, in order of time.
[[nodiscard]] std::vector<Act> tell_everything(const std::string& origin, Cast& cast);

}  // namespace api::story
