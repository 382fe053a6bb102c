#include "api/routes_events.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "api/answer.hpp"
#include "api/problem.hpp"
#include "api/receipt.hpp"
#include "api/routes_log.hpp"
#include "ledger/codec.hpp"
#include "ledger/event.hpp"

namespace api {
namespace {

using ledger::Violation;

// An answer before it is one: a status and a JSON object.
struct Outgoing {
  int status = 500;
  std::string object;
  std::optional<ledger::Seq> seq;  // of an entry
};

// A verdict on an event is signed; trouble of the server is not.
Outgoing refused(const Backend& backend, const Verdict& verdict, const Violation& violation) {
  const ledger::Kind kind = violation.clause->kind;
  const int status = status_of(kind);
  if (kind == ledger::Kind::overloaded || kind == ledger::Kind::corrupt) {
    return {status, describe(violation, perhaps_recorded), {}};
  }
  const Refusal refusal{verdict.published, std::string(violation.clause->id), verdict.event,
                        backend.origin, verdict.time};
  return {status, describe(violation, refusal, backend.service_key), {}};
}

Outgoing recorded(const Backend& backend, const ledger::Published& published, ledger::Seq seq,
                  int status) {
  ledger::Result<std::optional<Receipt>> receipt = make_receipt(backend.store, published, seq);
  if (!receipt) {
    backend.committer.give_up(receipt.error());
    return {500, describe(receipt.error(), perhaps_recorded), {}};
  }
  if (!*receipt) return {500, describe(Fault{500, "The receipt is not published yet."}), {}};
  if (backend.witnesses) (*receipt)->witnessed = backend.witnesses->covered() > seq;
  return {status, describe(**receipt), seq};
}

Outgoing result_of(const Backend& backend, const ledger::Published& published,
                   const Verdict& verdict) {
  if (const auto* violation = std::get_if<Violation>(&verdict.outcome)) {
    return refused(backend, verdict, *violation);
  }
  if (const auto* repeated = std::get_if<ledger::Repeated>(&verdict.outcome)) {
    return recorded(backend, published, repeated->seq, 200);
  }
  return recorded(backend, published, std::get<ledger::Admitted>(verdict.outcome).seq, 201);
}

Response response_of(Outgoing result, bool demonstration) {
  if (!result.seq) return problem_answer(result.status, std::move(result.object), demonstration);
  Response response =
      json_answer(result.status, std::move(result.object), demonstration, Keep::never);
  response.set("Location", "/v1/entries/" + std::to_string(*result.seq));
  return response;
}

// The object with its status as the first member; a problem has one already.
std::string line_of(Outgoing result, bool demonstration) {
  if (result.seq) {
    result.object.replace(0, 1, "{\"status\":" + std::to_string(result.status) + ",");
  }
  return mark_demonstration(std::move(result.object), demonstration) + "\n";
}

Response not_taken(const Backend& backend, const Violation& violation) {
  return problem_answer(status_of(violation.clause->kind),
                        describe(violation, nothing_was_recorded), backend.demonstration());
}

// The lines of a body; a line end at its end begins no further line.
std::vector<std::string> lines_of(std::string_view body) {
  std::vector<std::string> lines;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    lines.emplace_back(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
  }
  return lines;
}

std::optional<ledger::Seq> entry_of(const Verdict& verdict) {
  if (const auto* admitted = std::get_if<ledger::Admitted>(&verdict.outcome)) return admitted->seq;
  if (const auto* repeated = std::get_if<ledger::Repeated>(&verdict.outcome)) return repeated->seq;
  return std::nullopt;
}

// Whether the entry is of a type whose answer waits for witnesses. What cannot be read waits for
// nobody: the receipt will say so.
bool is_held(const Backend& backend, ledger::Seq seq) {
  const auto line = backend.store.line(seq);
  if (!line || !*line) return false;
  const auto parts = ledger::decode_line(**line);
  return parts && backend.witnesses->holds(ledger::type_of(parts->signed_event.event.body));
}

// How far the quorum of witnesses is to cover the log before these verdicts are told; 0: it need
// not. From the last one on: what comes before a held entry need not be read.
ledger::Seq size_to_cover(const Backend& backend, std::span<const Verdict> verdicts) {
  ledger::Seq size = 0;
  for (auto verdict = verdicts.rbegin(); verdict != verdicts.rend(); ++verdict) {
    const auto seq = entry_of(*verdict);
    if (seq && *seq >= size && is_held(backend, *seq)) size = *seq + 1;
  }
  return size;
}

using Answer = std::function<void(Response)>;
using Later = std::function<void(std::function<void()>)>;

// What puts an answer off; nothing where the answers of no type are held, and no entry is looked at
// for it.
Later later_if_held(const Backend& backend, const Exchange& exchange) {
  return backend.witnesses && backend.witnesses->holds_some() ? exchange.later : nullptr;
}

void tell_one(const Backend& backend, const Answer& answer, const Verdict& verdict) {
  const ledger::Published published = backend.committer.serving().published;
  answer(response_of(result_of(backend, published, verdict), backend.demonstration()));
}

void tell_batch(const Backend& backend, const Answer& answer,
                const std::vector<Verdict>& verdicts) {
  const ledger::Published published = backend.committer.serving().published;
  const bool demonstration = backend.demonstration();
  std::string body;
  for (const Verdict& verdict : verdicts) {
    body += line_of(result_of(backend, published, verdict), demonstration);
  }
  answer(make_answer(200, "application/x-ndjson", std::move(body), Keep::never));
}

}  // namespace

// The committer's thread only hands the verdict on: receipts and signatures are made by a handler.
void post_event(const Backend& backend, Exchange exchange) {
  std::string submission = std::move(exchange.request.body);
  const auto answer = exchange.answer;
  auto told = [&backend, exchange = std::move(exchange)](Verdict verdict) {
    exchange.later([&backend, answer = exchange.answer, later = later_if_held(backend, exchange),
                    verdict = std::move(verdict)] {
      const ledger::Seq size = later ? size_to_cover(backend, {&verdict, 1}) : 0;
      if (size == 0) return tell_one(backend, answer, verdict);
      backend.witnesses->when_covered(size, [&backend, answer, later, verdict] {
        later([&backend, answer, verdict] { tell_one(backend, answer, verdict); });
      });
    });
  };
  const ledger::Result<> taken = backend.committer.submit(std::move(submission), std::move(told));
  if (!taken) answer(not_taken(backend, taken.error()));
}

void post_batch(const Backend& backend, Exchange exchange) {
  std::vector<std::string> lines = lines_of(exchange.request.body);
  exchange.request.body.clear();
  if (lines.empty()) {
    return exchange.answer(fault_answer(backend, {400, "A batch has at least one line."}));
  }
  if (lines.size() > backend.batch_lines) {
    return exchange.answer(
        fault_answer(backend, {413, "A batch has at most " + std::to_string(backend.batch_lines) +
                                        " lines; this one has " + std::to_string(lines.size()) +
                                        ". Nothing was recorded."}));
  }
  const auto answer = exchange.answer;
  auto told = [&backend, exchange = std::move(exchange)](std::vector<Verdict> verdicts) {
    exchange.later([&backend, answer = exchange.answer, later = later_if_held(backend, exchange),
                    verdicts = std::move(verdicts)] {
      const ledger::Seq size = later ? size_to_cover(backend, verdicts) : 0;
      if (size == 0) return tell_batch(backend, answer, verdicts);
      backend.witnesses->when_covered(size, [&backend, answer, later, verdicts] {
        later([&backend, answer, verdicts] { tell_batch(backend, answer, verdicts); });
      });
    });
  };
  const ledger::Result<> taken = backend.committer.submit(std::move(lines), std::move(told));
  if (!taken) answer(not_taken(backend, taken.error()));
}

}  // namespace api
