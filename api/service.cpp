#include "api/service.hpp"

#include <array>
#include <chrono>
#include <exception>
#include <utility>

#include "api/answer.hpp"
#include "api/problem.hpp"
#include "api/router.hpp"
#include "api/routes_documents.hpp"
#include "api/routes_events.hpp"
#include "api/routes_log.hpp"
#include "api/routes_proofs.hpp"
#include "api/routes_views.hpp"
#include "ledger/codec.hpp"

namespace api {
namespace {

// Submissions are canonical JSON of an event and its signatures: `{"event":…,"signatures":[…]}`.
constexpr std::size_t longest_submission = ledger::max_entry_bytes;
constexpr std::chrono::milliseconds patience{2'000};  // of a reader who waits for the views

using Writing = void (*)(const Backend&, Exchange);
using Proving = void (*)(const Backend&, const Exchange&, std::string_view parameter);

// What a route does: it reads or it writes.
struct Act {
  Reading read = nullptr;
  bool of_views = false;  // read once the views have reached what was published
  Writing write = nullptr;
  Proving prove = nullptr;  // instead of reading, where the request asks for a proof
};

constexpr std::array<Route, 22> routes{{{"POST", "/v1/events"},
                                        {"POST", "/v1/events/batch"},
                                        {"GET", "/v1/entries"},
                                        {"GET", "/v1/entries/{}"},
                                        {"GET", "/v1/ledger"},
                                        {"GET", "/v1/accounts/{}"},
                                        {"GET", "/v1/accounts/{}/entries"},
                                        {"GET", "/v1/parties/{}"},
                                        {"GET", "/v1/parties/{}/reports"},
                                        {"GET", "/v1/units/{}"},
                                        {"GET", "/v1/units/{}/entries"},
                                        {"GET", "/v1/authorizations/{}"},
                                        {"GET", "/v1/approaches/{}"},
                                        {"GET", "/v1/activities/{}"},
                                        {"GET", "/v1/documents"},
                                        {"GET", "/v1/documents/{}"},
                                        {"GET", "/v1/clauses"},
                                        {"GET", "/checkpoint"},
                                        {"GET", "/v1/checkpoints/witnessed"},
                                        {"GET", "/tile/*"},
                                        {"GET", "/livez"},
                                        {"GET", "/readyz"}}};

constexpr std::array<Act, routes.size()> acts{
    {{nullptr, false, post_event},
     {nullptr, false, post_batch},
     {get_entries},
     {get_entry},
     {get_ledger, true, nullptr, prove_ledger},
     {get_account, true, nullptr, prove_account},
     {get_account_entries, true, nullptr, prove_account_entries},
     {get_party, true, nullptr, prove_party},
     {get_reports, true},
     {get_unit, true, nullptr, prove_unit},
     {get_unit_entries, true, nullptr, prove_unit_entries},
     {get_authorization, true, nullptr, prove_authorization},
     {get_approach, true},
     {get_activity, true},
     {get_documents, true},
     {get_document, true},
     {get_clauses},
     {get_checkpoint},
     {get_witnessed_checkpoint},
     {get_tile},
     {get_livez},
     {get_readyz}}};

}  // namespace

bool Backend::demonstration() const {
  return committer.mode() == ledger::LedgerOpened::Mode::demonstration;
}

std::size_t Service::body_limit(std::string_view method, std::string_view path) const {
  const auto match = find_route(routes, method, path);
  if (!match || routes[match->route].method != "POST") return 0;
  return acts[match->route].write == post_batch ? backend_.batch_bytes : longest_submission;
}

// A library may throw (memory, text of a wrong encoding): that ends this request, not the server.
void Service::handle(Exchange exchange) {
  const auto answer = exchange.answer;
  try {
    find_and_run(std::move(exchange));
  } catch (const std::exception&) {
    answer(refuse({500, "The server failed at this request."}));
  }
}

void Service::find_and_run(Exchange exchange) const {
  const auto match = find_route(routes, exchange.request.method, exchange.request.path);
  if (!match) {
    exchange.answer(answer_unmatched(exchange.request, match.error().status, match.error().allow));
    return;
  }
  const Act& act = acts[match->route];
  // Every answer leaves dressed, whoever gives it and when.
  exchange.answer = [this, send = std::move(exchange.answer),
                     public_reading = act.write == nullptr](Response response) {
    dress(response, public_reading, backend_.demonstration());
    send(std::move(response));
  };
  if (act.write != nullptr) return act.write(backend_, std::move(exchange));
  const bool proves = act.prove != nullptr && asks_for_proof(exchange.request);
  if (!proves && !act.of_views) {
    return exchange.answer(act.read(backend_, exchange.request, match->parameter));
  }
  auto read = [this, &act, exchange, proves] {
    const auto again = find_route(routes, exchange.request.method, exchange.request.path);
    if (proves) return act.prove(backend_, exchange, again->parameter);
    exchange.answer(act.read(backend_, exchange.request, again->parameter));
  };
  backend_.committer.when_views_reach(
      backend_.committer.size(), patience,
      [later = exchange.later, read = std::move(read)] { later(read); });
}

Response Service::answer_unmatched(const Request& request, int status, std::string allow) const {
  if (request.method == "OPTIONS" && !allow.empty()) {
    Response response{204, {}, {}};
    response.set("Allow", allow);
    const bool readable = allow.find("GET") != std::string::npos;
    if (readable) {
      response.set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
      response.set("Access-Control-Allow-Headers", "If-None-Match");
      response.set("Access-Control-Max-Age", "86400");
    }
    dress(response, readable, backend_.demonstration());
    return response;
  }
  Response response =
      refuse({status, status == 405 ? "This address allows " + allow + "."
                                    : "There is nothing at " + request.path +
                                          ". The addresses are those of spec/api.md."});
  if (!allow.empty()) response.set("Allow", std::move(allow));
  return response;
}

Response Service::refuse(const Fault& fault) const {
  Response response = fault_answer(backend_, fault);
  dress(response, false, backend_.demonstration());
  return response;
}

}  // namespace api
