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
#include "crypto/hash.hpp"
#include "ledger/committed_values.hpp"
#include "replay/state_claims.hpp"
#include "replay/view_reader.hpp"

namespace api {
namespace {

using ledger::Machine;
using replay::StateClaim;

// What is asked of the committed state, on the committer's thread.
using Collect = std::function<std::vector<StateClaim>(const Machine&)>;

// The claims of an entry that commits to the state.
struct Collected {
  std::optional<ledger::Seq> entry;  // nothing: none does, or not to what the trees hold
  std::vector<StateClaim> claims;
};

// The entries that the first claim's list has, read from the views; none: no list was asked for.
using Listing = std::function<ledger::Result<std::optional<std::vector<ledger::Seq>>>(
    const replay::ViewReader&)>;

constexpr std::chrono::milliseconds patience{2'000};  // of a reader who waits for the views

tl::expected<std::vector<replay::ListedEntry>, Response> list_of(const Backend& backend,
                                                                 const Collected& collected,
                                                                 const Listing& listing) {
  const auto snapshot = backend.views.snapshot();
  if (snapshot->position() < *collected.entry) {
    return tl::unexpected(fault_answer(backend, {503, "The views are behind. Ask again."}));
  }
  const auto found = listing(replay::ViewReader(*snapshot, *collected.entry));
  if (!found) return tl::unexpected(violation_answer(backend, found.error()));
  std::vector<replay::ListedEntry> entries;
  if (!*found) return entries;
  if ((*found)->size() > replay::most_listed_entries) {
    return tl::unexpected(fault_answer(
        backend, {400, std::to_string((*found)->size()) +
                           " entries concern it, more than one answer lists. A copy of the log "
                           "has all of them."}));
  }
  for (const ledger::Seq seq : **found) {
    const auto line = backend.store.line(seq);
    if (!line) return tl::unexpected(log_failure_answer(backend, line.error()));
    if (!*line) return tl::unexpected(fault_answer(backend, {503, "Ask again."}));
    entries.push_back({seq, crypto::leaf_hash(**line)});
  }
  return entries;
}

Response answer_of(const Backend& backend, const Collected& collected, const Listing& listing) {
  if (!collected.entry) {
    return fault_answer(backend,
                        {404,
                         "The operator has not committed to the state of this ledger, so nothing "
                         "of it has a proof yet. A copy of the log proves every balance."});
  }
  if (collected.claims.empty()) {
    return fault_answer(backend,
                        {404, "The state that was committed to has no figures of it yet."});
  }
  const auto receipt =
      make_receipt(backend.store, backend.committer.serving().published, *collected.entry);
  if (!receipt) return log_failure_answer(backend, receipt.error());
  if (!*receipt) return fault_answer(backend, {503, "The commitment is not published yet."});
  replay::StateClaims claims{(*receipt)->entry, (*receipt)->proof, collected.claims};
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
  const auto query = Query::read(exchange.request, {"proof"});
  if (!query) return exchange.answer(fault_answer(backend, query.error()));
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
        Collected collected{machine.committed().committed_at(), {}};
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

Response not_one_unit(const Backend& backend) {
  return fault_answer(
      backend, {400, "A proof is of one unit, named by registry and serial, like XHA99:4008."});
}

void add_all(const Machine& machine, std::string_view kind, std::vector<StateClaim>& claims) {
  for (std::string& key : machine.committed().keys_of(kind)) {
    if (claims.size() == replay::most_claims) return;
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
  prove(backend, exchange, [id = std::string(id)](const Machine& machine) {
    return std::vector<StateClaim>{claim_of(machine, ledger::account_key(id))};
  });
}

void prove_authorization(const Backend& backend, const Exchange& exchange, std::string_view id) {
  prove(backend, exchange, [id = std::string(id)](const Machine& machine) {
    return std::vector<StateClaim>{claim_of(machine, ledger::authorization_key(id))};
  });
}

void prove_party(const Backend& backend, const Exchange& exchange, std::string_view id) {
  prove(backend, exchange, [id = std::string(id)](const Machine& machine) {
    std::vector<StateClaim> claims;
    add_all(machine, std::string("party") + '\0' + id, claims);
    return claims;
  });
}

void prove_unit(const Backend& backend, const Exchange& exchange, std::string_view name) {
  const auto serials = serials_of(name);
  if (!serials || !serials->single) return exchange.answer(not_one_unit(backend));
  prove(backend, exchange,
        [registry = serials->registry, serial = serials->range.first](const Machine& machine) {
          return replay::claims_of_unit(machine, registry, serial);
        });
}

void prove_account_entries(const Backend& backend, const Exchange& exchange, std::string_view id) {
  prove(
      backend, exchange,
      [id = std::string(id)](const Machine& machine) {
        return std::vector<StateClaim>{claim_of(machine, ledger::account_key(id))};
      },
      [id = std::string(id)](const replay::ViewReader& reader) {
        return reader.entries_of_account(id);
      });
}

void prove_unit_entries(const Backend& backend, const Exchange& exchange, std::string_view name) {
  const auto serials = serials_of(name);
  if (!serials || !serials->single) return exchange.answer(not_one_unit(backend));
  const auto [registry, serial] = std::pair(serials->registry, serials->range.first);
  prove(
      backend, exchange,
      [registry = registry, serial = serial](const Machine& machine) {
        return replay::claims_of_lot(machine, registry, serial);
      },
      [registry = registry, serial = serial](const replay::ViewReader& reader) {
        return reader.entries_of_lot(registry, serial);
      });
}

}  // namespace api
