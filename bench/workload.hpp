// A synthetic ledger for measuring: two Parties, their accounts, one approach, units in as many
// runs as asked for, and signed transfers between the Parties.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "api/story.hpp"
#include "ledger/ledger.hpp"

namespace bench {

inline constexpr const char* origin = "ledger.example/bench";

// Makes submissions for one ledger. Holders are the Parties themselves, so that a transfer between
// them bears two signatures. One thread.
class Workload {
 public:
  Workload();

  // The submissions up to accounts, approach, rules and authorizations.
  [[nodiscard]] std::vector<std::string> beginnings();
  // Issues `runs` runs of `run_units` units each; neighbours are of different lots.
  [[nodiscard]] std::vector<std::string> issuances(std::size_t runs, std::int64_t run_units);
  // Issues one lot of that many units.
  [[nodiscard]] std::string issuance(std::int64_t units);
  // A transfer of these units from the host to the buyer, signed by both.
  [[nodiscard]] std::string transfer(const ledger::RangeSet& ranges);
  // The next `count` transfers of one unit each, from the serial after the last one on.
  [[nodiscard]] std::vector<std::string> small_transfers(std::size_t count);
  // The next `count` transfers of one unit each, no two of them neighbours, in no order: each
  // leaves a run more, or two. Precondition: one issuance() of 10^9 units, and nothing else was
  // sold.
  [[nodiscard]] std::vector<std::string> scattered_transfers(std::size_t count);
  // `count` transfers of `ranges` random ranges each; every range lies inside a run of its own, so
  // that it splits that run in three. Precondition: count × ranges <= runs issued by issuances().
  [[nodiscard]] std::vector<std::string> splitting_transfers(std::size_t count, std::size_t ranges,
                                                             std::uint32_t seed);
  // Issues one lot and returns the `count` transfers that scatter it: each sells `ranges` short
  // ranges at random places, no two of which touch.
  [[nodiscard]] std::vector<std::string> scattering(std::size_t count, std::size_t ranges,
                                                    std::uint32_t seed);

  [[nodiscard]] ledger::LogIdentity log_identity();
  [[nodiscard]] crypto::SecretKey operator_key();

 private:
  [[nodiscard]] std::string send(const char* time, ledger::Body body,
                                 std::vector<std::string> signers);
  [[nodiscard]] ledger::UnitsIssued certificate() const;

  api::story::Cast cast_;
  std::size_t events_ = 0;
  ledger::Serial next_serial_ = 1;   // not yet issued
  ledger::Serial next_sold_ = 1;     // of small_transfers
  ledger::Serial scattered_ = 0;     // of scattered_transfers
  std::vector<ledger::Range> runs_;  // of issuances()
};

// What a submission becomes on its way in.
[[nodiscard]] ledger::SignedEvent decoded(const std::string& submission);
[[nodiscard]] ledger::AuthenticEvent authentic(const std::string& submission);

}  // namespace bench
