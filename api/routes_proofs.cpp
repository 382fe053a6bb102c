#include "api/routes_proofs.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "api/answer.hpp"
#include "api/problem.hpp"
#include "api/receipt.hpp"
#include "api/router.hpp"
#include "api/routes_log.hpp"
#include "api/state_claims_text.hpp"
#include "api/unit_names.hpp"
#include "api/witnesses.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "crypto/proof.hpp"
#include "ledger/committed_values.hpp"
#include "ledger/ensure.hpp"
#include "replay/answers.hpp"
#include "replay/state_claims.hpp"
#include "replay/state_forms.hpp"
#include "replay/view_reader.hpp"

namespace api {
namespace {

using ledger::Machine;
using replay::StateClaim;

// What is asked of the committed state, on the committer's thread.
using Collect = std::function<std::vector<StateClaim>(const Machine&)>;

// The claims of an entry that commits to the state.
struct Collected {
  std::optional<ledger::Seq> newest;  // that does; nothing: none
  std::optional<ledger::Seq>
      entry;  // that does to what the trees hold, which is the newest or none
  std::vector<StateClaim> claims;
};

// The entries that the first claim's list has, read from the views; none: no list was asked for.
using Listing = std::function<replay::ViewReader::Answer<replay::EntriesAnswer>(
    const replay::ViewReader&, std::size_t limit)>;

constexpr std::chrono::milliseconds patience{2'000};  // of a reader who waits for the views

tl::expected<std::vector<replay::ListedEntry>, Response> list_of(const Backend& backend,
                                                                 const Collected& collected,
                                                                 const Listing& listing) {
  const auto snapshot = backend.views.snapshot();
  if (snapshot->position() < *collected.entry) {
    return tl::unexpected(fault_answer(backend, {503, "The views are behind. Ask again."}));
  }
  const auto found =
      listing(replay::ViewReader(*snapshot, *collected.entry), replay::most_listed_entries);
  if (!found) return tl::unexpected(violation_answer(backend, found.error()));
  std::vector<replay::ListedEntry> entries;
  if (!*found) return entries;
  if ((*found)->next) {
    return tl::unexpected(fault_answer(
        backend, {400, std::to_string((*found)->count) +
                           " entries concern it, more than one answer lists. A copy of the log "
                           "has all of them."}));
  }
  for (const ledger::Seq seq : (*found)->entries) {
    const auto line = backend.store.line(seq);
    if (!line) return tl::unexpected(log_failure_answer(backend, line.error()));
    if (!*line) return tl::unexpected(fault_answer(backend, {503, "Ask again."}));
    entries.push_back({seq, crypto::leaf_hash(**line)});
  }
  return entries;
}

// Why there is nothing to prove what was asked for.
std::optional<Fault> fault_of(const Collected& collected) {
  if (collected.newest && !collected.entry) {
    return Fault{404, "Entry " + std::to_string(*collected.newest) +
                          " committed to the state last. The state was brought up again since for "
                          "a commitment that was refused, and nothing has a proof until the next "
                          "one. A copy of the log proves every balance."};
  }
  if (!collected.entry) {
    return Fault{404,
                 "The operator has not committed to the state of this ledger, so nothing of it has "
                 "a proof yet. A copy of the log proves every balance."};
  }
  if (collected.claims.empty()) {
    return Fault{404,
                 "The state that was committed to has no figures of that yet, which is no proof "
                 "that there are none: a copy of the log has one."};
  }
  if (collected.claims.size() > replay::most_claims) {
    return Fault{400, "More than " + std::to_string(replay::most_claims) +
                          " figures belong to it, which is more than one answer proves. A copy of "
                          "the log proves all of them."};
  }
  return std::nullopt;
}

// The proof that leads to a checkpoint, with the cosignatures that are known for it.
crypto::TlogProof with_cosignatures(const Backend& backend, crypto::TlogProof proof) {
  const auto checkpoint = crypto::read_unverified(proof.checkpoint);
  if (!backend.witnesses || !checkpoint) return proof;
  proof.checkpoint = backend.witnesses->with_cosignatures(
      {checkpoint->size, checkpoint->root, std::move(proof.checkpoint), {}});
  return proof;
}

Response answer_of(const Backend& backend, const Collected& collected, const Listing& listing) {
  if (const auto fault = fault_of(collected)) return fault_answer(backend, *fault);
  const ledger::Published published = backend.committer.serving().published;
  const auto receipt = make_receipt(backend.store, published, *collected.entry);
  if (!receipt) return log_failure_answer(backend, receipt.error());
  if (!*receipt) return fault_answer(backend, {503, "The commitment is not published yet."});
  const auto proof = crypto::parse_tlog_proof((*receipt)->proof);
  ENSURE(proof, "a receipt has a proof");
  const auto checkpoint = crypto::read_unverified(proof->checkpoint);
  if (!checkpoint || checkpoint->size != *collected.entry + 1) {
    return fault_answer(
        backend, {404, "Entry " + std::to_string(*collected.entry) +
                           ", the newest commitment, was admitted together with entries behind "
                           "it, so nothing of it has a proof. Ask again after the next one."});
  }
  replay::StateClaims claims{(*receipt)->entry,
                             crypto::format_tlog_proof(with_cosignatures(backend, *proof)),
                             collected.claims};
  claims.size = published.size;
  const StateClaim& first = claims.claims.front();
  if (listing && first.text && first.key.front() != "registry") {
    auto entries = list_of(backend, collected, listing);
    if (!entries) return entries.error();
    claims.entries = std::move(*entries);
  }
  Response response = json_answer(200, describe(claims), backend.demonstration(), Keep::revalidate);
  response.set("Itmo-Size", std::to_string(*collected.entry + 1));
  return response;
}

// Collects between two batches, and answers on a handler's thread.
void prove(const Backend& backend, const Exchange& exchange, Collect collect,
           Listing listing = {}) {
  const auto query = Query::read(exchange.request, {"proof", "at"});
  if (!query) return exchange.answer(fault_answer(backend, query.error()));
  if (query->text("at")) {
    return exchange.answer(fault_answer(
        backend, {400,
                  "`proof` is of the state that was committed to last, and goes with no `at`. A "
                  "copy of the log proves every earlier one."}));
  }
  if (query->text("proof") != "1") {
    return exchange.answer(fault_answer(backend, {400, "`proof` is 1, or not there."}));
  }
  auto answer = [&backend, exchange, listing = std::move(listing)](const Collected& collected) {
    Response response = answer_of(backend, collected, listing);
    if (response.status == 200) tag(response, exchange.request, *collected.entry + 1);
    exchange.answer(std::move(response));
  };
  const auto asked =
      backend.committer.ask([&backend, later = exchange.later, collect = std::move(collect),
                             answer = std::move(answer)](const Machine& machine) {
        Collected collected{machine.state().committed_at, machine.committed().committed_at(), {}};
        if (collected.entry) collected.claims = collect(machine);
        const ledger::Seq entries = collected.entry.value_or(0);
        backend.committer.when_views_reach(entries, patience,
                                           [later, answer, collected = std::move(collected)] {
                                             later([answer, collected] { answer(collected); });
                                           });
      });
  if (!asked) exchange.answer(violation_answer(backend, asked.error()));
}

StateClaim claim_of(const Machine& machine, std::string key) {
  return replay::claim_of(machine.committed().prove(std::move(key)));
}

// Which unit is named; by a whole identifier only where there is such a unit, since what is proven
// of it names its registry and serial alone.
tl::expected<SerialsAsked, Response> unit_named(const Backend& backend, std::string_view name) {
  if (auto serials = serials_of(name);
      serials && replay::is_state_key({"registry", serials->registry})) {
    if (serials->single) return *std::move(serials);
    return tl::unexpected(
        fault_answer(backend, {400, "A proof is of one unit, like " + serials->registry + ":" +
                                        std::to_string(serials->range.first) + "."}));
  }
  const auto identifier = replay::parse_unit_name(name);
  if (!identifier) {
    return tl::unexpected(fault_answer(
        backend, {400,
                  "A proof is of one unit, named by registry and serial, like XHA99:4008, or by "
                  "its whole identifier, like CA9901-XHA99-XHA-4008-2026."}));
  }
  const std::string serial = identifier->registry + ":" + std::to_string(identifier->serial);
  const auto unit = replay::ViewReader(*backend.views.snapshot()).unit(*identifier);
  if (!unit) return tl::unexpected(violation_answer(backend, unit.error()));
  if (!*unit) {
    return tl::unexpected(fault_answer(
        backend, {404, "No unit " + std::string(name) + " was issued. What there is of serial " +
                           serial + " is proven at /v1/units/" + serial + "?proof=1."}));
  }
  return SerialsAsked{identifier->registry,
                      ledger::Range{identifier->serial, identifier->serial + 1}, true};
}

// What no event could name so has no proof, not even that it is not there.
Response no_name(const Backend& backend, const char* what, std::string_view name) {
  return fault_answer(backend, {400, "`" + std::string(name) + "` cannot be the name of " + what +
                                         ": those have 1 to 64 of A-Z a-z 0-9 . _ -."});
}

void add_all(const Machine& machine, std::string_view kind, std::vector<StateClaim>& claims) {
  for (std::string& key : machine.committed().keys_of(kind)) {
    if (claims.size() > replay::most_claims) return;
    claims.push_back(claim_of(machine, std::move(key)));
  }
}

}  // namespace

bool asks_for_proof(const Request& request) {
  return std::any_of(request.query.begin(), request.query.end(),
                     [](const auto& each) { return each.first == "proof"; });
}

void prove_ledger(const Backend& backend, const Exchange& exchange, std::string_view) {
  prove(backend, exchange, [](const Machine& machine) {
    std::vector<StateClaim> claims;
    add_all(machine, "metric", claims);
    add_all(machine, "registry", claims);
    return claims;
  });
}

void prove_account(const Backend& backend, const Exchange& exchange, std::string_view id) {
  if (!replay::is_state_key({"account", std::string(id)})) {
    return exchange.answer(no_name(backend, "an account", id));
  }
  prove(backend, exchange, [id = std::string(id)](const Machine& machine) {
    return std::vector<StateClaim>{claim_of(machine, ledger::account_key(id))};
  });
}

void prove_authorization(const Backend& backend, const Exchange& exchange, std::string_view id) {
  if (!replay::is_state_key({"authorization", std::string(id)})) {
    return exchange.answer(no_name(backend, "an authorization", id));
  }
  prove(backend, exchange, [id = std::string(id)](const Machine& machine) {
    return std::vector<StateClaim>{claim_of(machine, ledger::authorization_key(id))};
  });
}

void prove_party(const Backend& backend, const Exchange& exchange, std::string_view id) {
  if (!replay::is_state_key({"party", std::string(id), "2026"})) {
    return exchange.answer(fault_answer(
        backend,
        {400, "`" + std::string(id) + "` cannot be a Party, which is three letters A-Z."}));
  }
  prove(backend, exchange, [id = std::string(id)](const Machine& machine) {
    std::vector<StateClaim> claims;
    add_all(machine, std::string("party") + '\0' + id, claims);
    return claims;
  });
}

void prove_unit(const Backend& backend, const Exchange& exchange, std::string_view name) {
  const auto unit = unit_named(backend, name);
  if (!unit) return exchange.answer(unit.error());
  prove(backend, exchange,
        [registry = unit->registry, serial = unit->range.first](const Machine& machine) {
          return replay::claims_of_unit(machine, registry, serial);
        });
}

void prove_account_entries(const Backend& backend, const Exchange& exchange, std::string_view id) {
  if (!replay::is_state_key({"account", std::string(id)})) {
    return exchange.answer(no_name(backend, "an account", id));
  }
  prove(
      backend, exchange,
      [id = std::string(id)](const Machine& machine) {
        return std::vector<StateClaim>{claim_of(machine, ledger::account_key(id))};
      },
      [id = std::string(id)](const replay::ViewReader& reader, std::size_t limit) {
        return reader.entries_of_account(id, 0, limit);
      });
}

void prove_unit_entries(const Backend& backend, const Exchange& exchange, std::string_view name) {
  const auto unit = unit_named(backend, name);
  if (!unit) return exchange.answer(unit.error());
  const auto [registry, serial] = std::pair(unit->registry, unit->range.first);
  prove(
      backend, exchange,
      [registry = registry, serial = serial](const Machine& machine) {
        return replay::claims_of_lot(machine, registry, serial);
      },
      [registry = registry, serial = serial](const replay::ViewReader& reader, std::size_t limit) {
        return reader.entries_of_lot(registry, serial, 0, limit);
      });
}

}  // namespace api
