// Every vector of spec/vectors gets the answer that it names, by the way that everything goes:
// decode, authenticate, step. A refusal leaves the machine as it was.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "ledger/ledger.hpp"
#include "ledger/lock_slot.hpp"
#include "ledger/memory_store.hpp"
#include "tests/rules/vectors.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/vectors.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using Json = nlohmann::json;
using test_support::Answer;

std::string directory() {
  return std::string(ITMO_SOURCE_DIR) + "/spec/vectors/";
}

std::string file_text(const std::string& name) {
  std::ifstream in(directory() + name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Json file(const std::string& name) {
  return Json::parse(file_text(name), nullptr, false);
}

// ---- the ledgers that vectors are sent to, built from the file and nothing else ----

void walk(Machine& machine, const Json& submissions, const std::string& whose) {
  for (const Json& submission : submissions) {
    const Answer answer = test_support::submit(machine, submission.dump());
    EXPECT_TRUE(answer.admitted()) << whose << ": " << answer;
  }
}

const std::map<std::string, Machine>& ledgers() {
  static const std::map<std::string, Machine> all = [] {
    std::map<std::string, Machine> known{{"", Machine()}};
    const Json read = file("setups.json");
    for (const Json& setup : read["setups"]) {
      const std::string name = setup["name"];
      Machine machine = known.at(setup["after"]);
      walk(machine, setup["submissions"], "setup " + name);
      known.emplace(name, std::move(machine));
    }
    return known;
  }();
  return all;
}

// ---- one vector ----

Answer refused(const Violation& violation) {
  return {std::string(violation.clause->id), violation.detail, std::nullopt};
}

// A line of a log as an auditor reads it.
Answer step_line(Machine& machine, const std::string& line) {
  Result<LineParts> parts = decode_line(line);
  if (!parts) return refused(parts.error());
  Result<AuthenticEvent> event = authenticate(std::move(parts->signed_event));
  if (!event) return refused(event.error());
  const Entry entry{parts->seq,        parts->prev, parts->time,
                    std::move(*event), line,        crypto::leaf_hash(line)};
  Result<Effects> effects = machine.step(entry);
  if (!effects) return refused(effects.error());
  return {{}, {}, std::move(*effects)};
}

struct Deaf final : Sink {
  Result<> take(const Entry&, const Effects&) override { return {}; }
};

Arrival arrival_of(const std::string& submission) {
  Result<Submission> sent = decode_submission(submission);
  EXPECT_TRUE(sent);
  const std::optional<Timestamp> time = sent->time;
  Result<AuthenticEvent> event = authenticate(std::move(sent->signed_event));
  EXPECT_TRUE(event);
  return {std::move(*event), time.value_or(Timestamp{}), time.has_value()};
}

// The setup's submissions and those before it, in order.
std::vector<std::string> submissions_of(const std::string& given) {
  if (given.empty()) return {};
  const Json setups = file("setups.json")["setups"];
  const auto setup = std::find_if(setups.begin(), setups.end(),
                                  [&](const Json& each) { return each["name"] == given; });
  std::vector<std::string> all = submissions_of((*setup)["after"]);
  for (const Json& submission : (*setup)["submissions"]) all.push_back(submission.dump());
  return all;
}

// A server with the scene's keys is given the setup, then the submission.
Answer stage(const std::string& given, const std::string& submission) {
  const test_support::ScratchFolder scratch;
  MemoryStore store;
  Deaf sink;
  Result<std::unique_ptr<LockFile>> lock = open_lock_file(scratch.file("lock"));
  Result<LockSlot> slot = LockSlot::open(std::move(*lock));
  scene::story::Cast& cast = scene::cast();
  Result<Ledger> ledger =
      Ledger::open(store, *slot, sink,
                   {scene::origin, crypto::SecretKey::from_seed(cast.key("log").seed()),
                    cast.public_key("service"), cast.public_key("operator")});
  for (const std::string& each : submissions_of(given)) {
    std::vector<Arrival> one;
    one.push_back(arrival_of(each));
    EXPECT_TRUE(ledger->harden(ledger->stage(std::move(one))));
  }
  std::vector<Arrival> one;
  one.push_back(arrival_of(submission));
  const Staged staged = ledger->stage(std::move(one));
  if (const auto* violation = std::get_if<Violation>(&staged.outcomes.front())) {
    return refused(*violation);
  }
  return {};
}

std::string words(const Json& vector) {
  return "given \"" + vector["given"].get<std::string>() +
         "\": " + vector["why"].get<std::string>();
}

Answer judge(const Json& vector, Machine& machine) {
  if (vector.contains("line")) return step_line(machine, vector["line"].dump());
  const std::string submission = vector["submission"].dump();
  if (vector.contains("server")) return stage(vector["given"], submission);
  return test_support::submit(machine, submission);
}

// The setup, walked by a judge who knows the spec numbers that the vector says.
Machine ledger_of(const Json& vector) {
  const std::string given = vector["given"];
  if (!vector.contains("knows")) return ledgers().at(given);
  Machine machine(vector["knows"].get<std::int64_t>());
  for (const std::string& each : submissions_of(given)) {
    EXPECT_TRUE(test_support::submit(machine, each).admitted());
  }
  return machine;
}

void expect_answer(const Json& vector) {
  Machine machine = ledger_of(vector);
  if (vector.contains("before")) walk(machine, vector["before"], words(vector));
  const Machine before = machine;
  const Answer answer = judge(vector, machine);
  EXPECT_EQ(answer.clause, vector.value("clause", "")) << words(vector) << "\n" << answer;
  if (!answer.admitted()) {
    EXPECT_TRUE(machine == before) << "a refusal changed something; " << words(vector);
    EXPECT_GT(answer.detail.size(), 20u) << words(vector);
  } else if (vector.contains("admitted") && !vector.contains("server")) {
    EXPECT_EQ(before.size(), vector["admitted"]["seq"].get<Seq>()) << words(vector);
    EXPECT_EQ(crypto::to_hex(machine.head().view()), vector["admitted"]["leaf"]) << words(vector);
  }
}

// Made and judged by others: spec/vectors/make_format_vectors.py, tests/ledger.
bool is_of_bytes(const std::string& name) {
  return name.starts_with("rules/FMT-") || name.starts_with("rules/SIG-") ||
         name == "admitted/texts" || name == "admitted/signatures";
}

// ---- tests by name: one for each clause, one for each type of event ----

class Asked : public testing::Test {
 public:
  explicit Asked(std::vector<Json> vectors) : vectors_(std::move(vectors)) {}
  void TestBody() override {
    for (const Json& vector : vectors_) expect_answer(vector);
  }

 private:
  std::vector<Json> vectors_;
};

std::string type_in(const Json& vector) {
  const Json& signed_event = vector.contains("line") ? vector["line"] : vector["submission"];
  return signed_event["event"]["type"];
}

// "TRF_2" for a refusal, "units_transferred_is_admitted" for an admission.
std::string test_name_of(const Json& vector) {
  std::string name = vector.contains("clause") ? vector["clause"].get<std::string>()
                                               : type_in(vector) + "_is_admitted";
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
}

// The files as they lie there, so that tests are registered before anything is built. Texts and
// signatures are judged on bytes alone, elsewhere.
std::map<std::string, std::vector<Json>> vectors_by_test() {
  std::map<std::string, std::vector<Json>> tests;
  for (const char* folder : {"rules", "admitted"}) {
    for (const std::string& name : test_support::vector_files_in(folder)) {
      if (is_of_bytes(name)) continue;
      const Json read = file(name + ".json");
      if (read.is_discarded()) continue;  // AreWhatTheirMakerMakes says so
      for (const Json& vector : read["vectors"]) tests[test_name_of(vector)].push_back(vector);
    }
  }
  return tests;
}

const bool registered = [] {
  for (auto& [name, vectors] : vectors_by_test()) {
    testing::RegisterTest("Rules", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [list = vectors]() -> testing::Test* { return new Asked(list); });
  }
  return true;
}();

// ---- the files as a whole ----

// ITMO_WRITE_VECTORS=1 writes them instead.
TEST(Vectors, AreWhatTheirMakerMakes) {
  const bool write = std::getenv("ITMO_WRITE_VECTORS") != nullptr;
  for (const auto& [name, text] : vector_files()) {
    if (write) {
      std::filesystem::create_directories(std::filesystem::path(directory() + name).parent_path());
      std::ofstream(directory() + name, std::ios::binary) << text;
    }
    EXPECT_TRUE(file_text(name) == text)
        << "spec/vectors/" << name << " differs from what its maker makes today. If a verdict was "
        << "meant to change, run this test with ITMO_WRITE_VECTORS=1 and read the difference.";
  }
}

TEST(Vectors, NoFileIsLeftOfWhatIsNoLongerMade) {
  ASSERT_TRUE(registered);
  std::set<std::string> made;
  for (const auto& [name, text] : vector_files()) made.insert(name);
  for (const char* folder : {"rules", "admitted"}) {
    for (const std::string& name : test_support::vector_files_in(folder)) {
      EXPECT_TRUE(is_of_bytes(name) || made.contains(name + ".json")) << name;
    }
  }
}

TEST(Vectors, AFileHasTheVectorsOfItsOwnClauseOrType) {
  for (const std::string& name : test_support::vector_files_in("rules")) {
    const Json read = file(name + ".json");
    EXPECT_EQ("rules/" + read["clause"].get<std::string>(), name);
    for (const Json& vector : read["vectors"]) EXPECT_EQ(vector["clause"], read["clause"]) << name;
  }
  for (const std::string_view type : event_types()) {
    const Json read = file("admitted/" + std::string(type) + ".json");
    for (const Json& vector : read["vectors"]) {
      EXPECT_EQ(type_in(vector), type);
      EXPECT_FALSE(vector.contains("clause")) << type;
    }
  }
}

TEST(Vectors, EveryTypeOfEventIsAdmittedSomewhere) {
  const auto tests = vectors_by_test();
  for (const std::string_view type : event_types()) {
    std::string name = std::string(type) + "_is_admitted";
    std::replace(name.begin(), name.end(), '.', '_');
    EXPECT_TRUE(tests.contains(name)) << type;
  }
}

TEST(Vectors, AreSmall) {
  std::size_t bytes = 0;
  for (const auto& [name, text] : vector_files()) bytes += text.size();
  EXPECT_LT(bytes, 3'000'000u);
}

}  // namespace
}  // namespace rules
