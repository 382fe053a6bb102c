#include "tests/rules/vectors.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"
#include "ledger/rule.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

constexpr std::int64_t hour = 3'600'000;  // ms

std::string submission_of(const Act& act) {
  return story::submission_of(act, scene::cast(), true);
}

// JSON text of a string: nothing in a vector needs another escape than JSON's own.
std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump();
}

// Members of one object, one a line.
class Object {
 public:
  void raw(std::string_view name, const std::string& json) {
    text_ += (text_.empty() ? "" : ",\n") + std::string("  ") + json_string(name) + ": " + json;
  }
  void string(std::string_view name, std::string_view value) { raw(name, json_string(value)); }
  void raws(std::string_view name, const std::vector<std::string>& jsons) {
    std::string list;
    for (const std::string& json : jsons) list += (list.empty() ? "\n   " : ",\n   ") + json;
    raw(name, "[" + list + "]");
  }
  [[nodiscard]] std::string text() const { return "{\n" + text_ + "\n}"; }

 private:
  std::string text_;
};

// What an implementation must come to: the place of the entry and its leaf hash.
std::string admitted_of(const Vector& vector) {
  Machine machine = test_support::LedgerBuilder::after(vector.given, vector.knows).machine();
  for (const std::string& submission : vector.before) {
    const bool admitted = test_support::submit(machine, submission).admitted();
    ENSURE(admitted, "what stands before a vector is admitted");
  }
  const Seq seq = machine.size();
  // A vector that is refused by mistake is the tests' to report, not the writer's.
  (void)test_support::submit(machine, vector.submission);
  return R"({"leaf":")" + crypto::to_hex(machine.head().view()) + R"(","seq":)" +
         std::to_string(seq) + "}";
}

std::string text_of(const Vector& vector) {
  Object out;
  out.string("why", vector.why);
  out.string("given", vector.given);
  if (!vector.before.empty()) out.raws("before", vector.before);
  if (vector.to_server) out.raw("server", "true");
  if (vector.knows != newest_spec) out.raw("knows", std::to_string(vector.knows));
  if (!vector.submission.empty()) out.raw("submission", vector.submission);
  if (!vector.line.empty()) out.raw("line", vector.line);
  if (!vector.clause.empty()) {
    out.string("clause", vector.clause);
  } else if (vector.line.empty()) {
    out.raw("admitted", admitted_of(vector));
  }
  return out.text();
}

std::string file_of(std::string_view head, const std::vector<std::string>& objects) {
  std::string text = "{\n" + std::string(head) + ": [\n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    text += objects[i] + (i + 1 < objects.size() ? ",\n" : "\n");
  }
  return text + "]}\n";
}

std::string setups_file() {
  std::vector<std::string> objects;
  for (const scene::Setup& setup : scene::setups()) {
    Object out;
    out.string("name", setup.name);
    out.string("about", setup.about);
    out.string("after", setup.after);
    std::vector<std::string> submissions;
    for (const Act& act : setup.acts) submissions.push_back(submission_of(act));
    out.raws("submissions", submissions);
    objects.push_back(out.text());
  }
  return file_of("\"setups\"", objects);
}

}  // namespace

Family& Family::given(std::string_view setup) {
  given_ = setup;
  before_.clear();
  ledger_ = test_support::LedgerBuilder::after(setup, knows_);
  return *this;
}

Family& Family::knowing(std::int64_t newest) {
  knows_ = newest;
  return given(given_);
}

Act Family::next_act(Body body, scene::Signers signers, const Change& change) const {
  const Timestamp time{ledger_.machine().time().ms + hour};
  Act act = scene::act("asked-" + name_ + "-" + std::to_string(vectors_.size() + 1), time,
                       std::move(body), std::move(signers));
  if (change) change(act);
  return act;
}

Family& Family::before(Body body, scene::Signers signers, const Change& change) {
  Act act = next_act(std::move(body), std::move(signers), change);
  act.event.id += "-before-" + std::to_string(before_.size() + 1);
  before_.push_back(submission_of(act));
  const test_support::Answer answer = ledger_.send(act);
  ENSURE(answer.admitted(), "what stands before a vector is admitted");
  return *this;
}

void Family::send(std::string clause, std::string_view why, const Act& act) {
  vectors_.push_back({std::string(why),
                      given_,
                      before_,
                      std::move(clause),
                      submission_of(act),
                      {},
                      false,
                      knows_});
}

void Family::admits(std::string_view why, Body body, scene::Signers signers, const Change& change) {
  send("", why, next_act(std::move(body), std::move(signers), change));
}

void Family::refuses(std::string_view clause, std::string_view why, Body body,
                     scene::Signers signers, const Change& change) {
  send(std::string(clause), why, next_act(std::move(body), std::move(signers), change));
}

Change at(std::string_view time) {
  return [moment = story::at(time)](Act& act) {
    act.time = moment;
    act.event.date = date_of(moment);
    if (act.event.expires) act.event.expires = plus_days(moment, 30);
  };
}

Change dated(std::string_view date) {
  return [day = story::on(date)](Act& act) { act.event.date = day; };
}

std::vector<Family> all_families() {
  return {
      log_vectors(),        identity_vectors(),     opening_vectors(),       participant_vectors(),
      key_vectors(),        role_vectors(),         account_vectors(),       approach_vectors(),
      rules_vectors(),      ndc_vectors(),          inventory_vectors(),     activity_vectors(),
      monitoring_vectors(), review_vectors(),       authorization_vectors(), issuance_vectors(),
      assignment_vectors(), proceeds_vectors(),     lock_vectors(),          transfer_vectors(),
      use_vectors(),        cancellation_vectors(), reversal_vectors(),      correction_vectors(),
      adjustment_vectors(), report_vectors(),       finding_vectors(),       withdrawal_vectors(),
      document_vectors(),   attestation_vectors(),  commitment_vectors()};
}

namespace {

// The types of event whose tables have the clause, in the order of the catalogue.
template <std::size_t... I>
std::vector<std::string> types_asked(const std::string& clause, std::index_sequence<I...>) {
  std::vector<std::string> types;
  const auto add = [&]<class E>(std::type_identity<E>, std::size_t index) {
    const auto rules = rules_of<E>();
    const bool asked = std::any_of(rules.begin(), rules.end(),
                                   [&](const auto& rule) { return rule.clause->id == clause; });
    if (asked) types.emplace_back(event_types()[index]);
  };
  (add(std::type_identity<std::variant_alternative_t<I, Body>>{}, I), ...);
  return types;
}

std::string type_of_vector(const Vector& vector) {
  const std::string& text = vector.line.empty() ? vector.submission : vector.line;
  return nlohmann::json::parse(text).at("event").at("type");
}

// What stands above the vectors of a file.
std::string head_of_clause(const std::string& clause) {
  std::string types;
  for (const std::string& type :
       types_asked(clause, std::make_index_sequence<std::variant_size_v<Body>>())) {
    types += (types.empty() ? "" : ", ") + json_string(type);
  }
  const std::string asked = types.empty() ? "" : "\"asked_of\": [" + types + "],\n";
  return "\"clause\": " + json_string(clause) + ",\n" + asked + "\"vectors\"";
}

}  // namespace

std::vector<std::pair<std::string, std::string>> vector_files() {
  std::map<std::string, std::vector<std::string>> refusals, admissions;  // by clause; by type
  for (const Family& family : all_families()) {
    for (const Vector& vector : family.vectors()) {
      auto& file =
          vector.clause.empty() ? admissions[type_of_vector(vector)] : refusals[vector.clause];
      file.push_back(text_of(vector));
    }
  }
  std::vector<std::pair<std::string, std::string>> files{{"setups.json", setups_file()}};
  for (const auto& [clause, objects] : refusals) {
    files.emplace_back("rules/" + clause + ".json", file_of(head_of_clause(clause), objects));
  }
  for (const auto& [type, objects] : admissions) {
    files.emplace_back("admitted/" + type + ".json",
                       file_of("\"type\": " + json_string(type) + ",\n\"vectors\"", objects));
  }
  return files;
}

}  // namespace rules
