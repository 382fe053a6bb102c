#include "tests/replay/two_logs.hpp"

#include <map>
#include <tuple>

#include "crypto/hash.hpp"

namespace replay_test {

namespace story = api::story;

ToldLog& log_of(std::size_t entries, int branch, const std::string& time) {
  static std::map<std::tuple<std::size_t, int, std::string>, ToldLog> logs;
  const auto [known, fresh] = logs.try_emplace({entries, branch, time}, story_origin);
  ToldLog& told = known->second;
  if (!fresh) return told;
  story::Writer writer(story_origin);
  writer.write("2020-11-23T08:00:00.000Z",
               story::opening(told.cast(), story_origin, {"XBA", "XHA"}),
               {"operator", "XBA", "XHA"});
  for (std::size_t i = 1; i < entries; ++i) {
    ledger::SignatureWithdrawn body;
    body.id = "draft-" + std::to_string(branch) + "-" + std::to_string(i);
    body.event = crypto::sha256(body.id);
    writer.write(time, body, {"XHA"});
  }
  for (const story::Act& act : writer.acts()) told.tell(act);
  return told;
}

std::unique_ptr<MemoryBundle> bundle_of(const ToldLog& log, std::size_t size) {
  auto bundle = std::make_unique<MemoryBundle>();
  std::vector<std::string> lines = log.lines();
  lines.resize(size);
  lay_out(lines, log.origin(), *bundle);
  return bundle;
}

std::pair<std::vector<std::string>, ledger::Seq> log_with_a_repeated_id(std::size_t behind) {
  story::Writer writer(story_origin);
  ledger::SignatureWithdrawn body;
  body.event = crypto::sha256("a draft");
  body.id = "a-draft";
  story::Act& act = writer.write("2030-01-01T00:00:00.000Z", body, {"XHA"});
  const auto& first = ordinary_year().entries()[1].event.event();
  act.event.id = first.id;
  std::vector<std::string> lines = ordinary_year().lines();
  const ledger::Seq seq = lines.size();
  lines.push_back(ordinary_year().entry_for(act).line);
  for (std::size_t i = 0; i < behind; ++i) lines.push_back("behind " + std::to_string(i));
  return {std::move(lines), seq};
}

}  // namespace replay_test
