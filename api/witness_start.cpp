#include "api/witness_start.hpp"

#include <thread>
#include <utility>
#include <variant>

#include "api/audit_inputs.hpp"
#include "api/http_client.hpp"
#include "api/witness_protocol.hpp"
#include "crypto/proof.hpp"
#include "replay/audit_words.hpp"

namespace api {
namespace {

namespace fs = std::filesystem;
using ledger::Seq;

// Somebody to be asked, and what came of it: what was seen, or why nothing was learned.
struct Inquiry {
  std::string who;
  ServerAddress server;
  bool is_witness = false;
  std::variant<Seen, std::string> outcome = std::string("was not asked");
};

ClientLimits limits_of(const WitnessSettings& settings) {
  return {settings.answer, settings.answer, {16'384, crypto::longest_note}, {}};
}

std::string shown(std::string_view text) {
  return replay::printable(text);
}

// What the answer shows; a sentence where it shows no checkpoint of this log.
std::variant<Seen, std::string> read_checkpoint(const Response& response, const std::string& path,
                                                const std::string& who, const Question& question) {
  if (response.status != 200) {
    return "it answers " + std::to_string(response.status) + " for " + path;
  }
  if (auto checkpoint = crypto::open_checkpoint(response.body, question.log_keys)) {
    const Seq size = checkpoint->size;
    return Seen{who, size, std::move(checkpoint)};
  }
  return "it shows no checkpoint that the log key signed";
}

// A mirror's checkpoint may be signed by another log key, which only the log itself could say: it
// counts as the mirror's word.
std::optional<Seen> word_of(const Response& response, const std::string& who,
                            const Question& question) {
  const auto claimed = crypto::read_unverified(response.body);
  if (response.status != 200 || !claimed || claimed->origin != question.log_keys.name()) {
    return std::nullopt;
  }
  return Seen{who, claimed->size, {}};
}

// A witness that shows nothing states with 409 what it saw last, when it is sent a checkpoint from
// size 0; the store's own is one that was signed before.
std::variant<Seen, std::string> ask_by_conflict(HttpClient& client, const std::string& who,
                                                const Question& question) {
  if (question.note.empty()) return "it shows nothing, and there is no checkpoint to ask it with";
  const Told<Response> response = client.post("/add-checkpoint", "text/plain; charset=utf-8",
                                              add_checkpoint_body(0, {}, question.note));
  if (!response) return response.error();
  if (response->status == 200) return Seen{who, 0, {}};  // the first that it ever saw
  const WitnessAnswer answer = read_witness_answer(*response, {}, {}, {});
  if (answer.kind == WitnessAnswer::Kind::other_old) return Seen{who, answer.size, {}};
  return answer.sentence;
}

// Who does not answer the first question is not asked a second one: a start waits for it already.
void inquire(Inquiry& inquiry, const WitnessSettings& settings, const Question& question) {
  HttpClient client(inquiry.server, limits_of(settings));
  const std::string path =
      inquiry.is_witness ? witness_checkpoint_path(question.log_keys.name()) : "/checkpoint";
  const Told<Response> response = client.get(path);
  if (!response) {
    inquiry.outcome = response.error();
    return;
  }
  inquiry.outcome = read_checkpoint(*response, path, inquiry.who, question);
  if (std::holds_alternative<Seen>(inquiry.outcome)) return;
  if (inquiry.is_witness) {
    inquiry.outcome = ask_by_conflict(client, inquiry.who, question);
  } else if (auto word = word_of(*response, inquiry.who, question)) {
    inquiry.outcome = std::move(*word);
  }
}

std::vector<Inquiry> inquiries_of(const replay::Policy& policy, const WitnessSettings& settings) {
  std::vector<Inquiry> inquiries;
  const auto add = [&](const std::string& kind, const std::string& url, bool is_witness) {
    const auto server = parse_server_address(url);
    if (server) inquiries.push_back({kind + " (" + shown(url) + ")", *server, is_witness, {}});
  };
  for (const replay::PolicyWitness& witness : policy.witnesses) {
    if (!witness.url.empty()) add("witness " + shown(witness.name), witness.url, true);
  }
  for (const std::string& mirror : settings.mirrors) add("mirror", mirror, false);
  return inquiries;
}

std::string entries(Seq size) {
  return std::to_string(size) + (size == 1 ? " entry" : " entries");
}

}  // namespace

Told<replay::Policy> read_policy(const fs::path& file, const crypto::LogKeys& log_keys) {
  const std::optional<std::string> text = read_file(file);
  if (!text) return tell("Cannot read the policy " + file.string() + ".");
  std::string problem;
  auto policy = replay::parse_policy(*text, problem);
  if (!policy) return tell(file.string() + ": " + problem);
  if (!policy->is_about(log_keys)) {
    return tell(file.string() + ": the policy lists logs, and not this one: " +
                crypto::format_vkeys(log_keys) + ".");
  }
  std::size_t asked = 0;
  std::vector<bool> can_cosign;
  for (const replay::PolicyWitness& witness : policy->witnesses) {
    can_cosign.push_back(!witness.url.empty());
    if (witness.url.empty()) continue;
    // The log's own lines are among those that a note may have: two in the overlap of log keys.
    constexpr std::size_t room = crypto::most_note_signatures - 2;
    if (++asked > room) {
      return tell(file.string() + ": more than " + std::to_string(room) +
                  " witnesses have a URL; a checkpoint has at most 100 signature lines.");
    }
    if (auto ok = parse_server_address(witness.url); !ok) {
      return tell(file.string() + ": witness " + shown(witness.name) + ": " + ok.error() + ".");
    }
  }
  if (!policy->is_met(can_cosign)) {
    return tell(file.string() +
                ": the quorum needs witnesses that have no URL, so nobody would ask them and no "
                "entry would ever be witnessed.");
  }
  return std::move(*policy);
}

std::vector<Seen> ask_what_was_seen(const replay::Policy& policy, const WitnessSettings& settings,
                                    const Question& question, std::vector<std::string>& silent) {
  std::vector<Inquiry> inquiries = inquiries_of(policy, settings);
  std::vector<std::thread> threads;
  threads.reserve(inquiries.size());
  for (Inquiry& inquiry : inquiries) {
    threads.emplace_back([&] { inquire(inquiry, settings, question); });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<Seen> seen;
  for (Inquiry& inquiry : inquiries) {
    if (auto* found = std::get_if<Seen>(&inquiry.outcome)) {
      if (!inquiry.is_witness && !found->checkpoint) {
        silent.push_back(inquiry.who + ": it shows a checkpoint that no key known here signed");
      }
      seen.push_back(std::move(*found));
    } else {
      silent.push_back(inquiry.who + ": " + std::get<std::string>(inquiry.outcome));
    }
  }
  return seen;
}

Told<> check_nobody_saw_more(const std::vector<Seen>& seen, Seq size, const fs::path& store) {
  for (const Seen& each : seen) {
    if (each.size <= size) continue;
    const std::string word =
        each.checkpoint ? " has a checkpoint of " + entries(each.size) + ", signed by the log key"
                        : " says that it saw " + entries(each.size) + " of this log";
    return tell("The " + each.who + word + "; the store in " + store.string() + " has " +
                entries(size) +
                ". A log that went on from there would be forked, so nothing was signed. Bring the "
                "newest copy of the store back" +
                (each.checkpoint ? "."
                                 : "; or, if that word is wrong, take it out of the policy or the "
                                   "list of mirrors, and start again."));
  }
  return {};
}

Told<> check_nobody_saw_another(const std::vector<Seen>& seen, const ledger::Store& store,
                                const ledger::Published& published) {
  const ledger::ProofReader reader(store, published);
  for (const Seen& each : seen) {
    if (!each.checkpoint || each.size > published.size) continue;
    const auto proof = reader.consistency(each.size);
    if (!proof) return tell(sentence_of(proof.error()));
    if (crypto::verify_consistency(each.size, each.checkpoint->root, published.size, published.root,
                                   *proof)) {
      continue;
    }
    return tell("The " + each.who + " has a checkpoint of " + entries(each.size) +
                ", signed by the log key, that is not the beginning of this log: the log was "
                "forked. Keep both, and start the one that the witnesses saw.");
  }
  return {};
}

}  // namespace api
