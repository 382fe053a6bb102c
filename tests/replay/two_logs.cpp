#include "tests/replay/two_logs.hpp"

#include "crypto/hash.hpp"

namespace replay_test {

namespace story = api::story;

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
