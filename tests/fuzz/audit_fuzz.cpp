// Any bytes as a bundle: the audit ends with a verdict, and never calls another log than the one
// that was signed valid. Bytes are taken either as the parts of a bundle, or as edits of a good
// one.
#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "api/story.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/tlog_tiles.hpp"
#include "ledger/ensure.hpp"
#include "ledger/machine.hpp"
#include "replay/audit.hpp"

namespace {

namespace story = api::story;

constexpr const char* origin = "ledger.example/fuzz";
constexpr std::size_t entries = 6;  // enough for every level, few enough to be fast

class Parts final : public replay::BundleReader {
 public:
  [[nodiscard]] replay::Fetched checkpoint() const override { return part("checkpoint"); }
  [[nodiscard]] replay::Fetched tile(const crypto::TilePath& path) const override {
    return part(crypto::format_tile_path(path));
  }
  std::map<std::string, std::string> parts;

 private:
  [[nodiscard]] replay::Fetched part(const std::string& path) const {
    const auto found = parts.find(path);
    return found == parts.end() ? replay::Fetched::absent() : replay::Fetched::found(found->second);
  }
};

// A log that ends within its first entries, and what an auditor knows of it.
struct Good {
  std::map<std::string, std::string> parts;
  crypto::VerifierKey log_key;
  crypto::Hash root;
};

Good tell() {
  story::Cast cast = story::Cast::derived();
  story::Writer writer(origin);
  writer.write("2020-11-23T08:00:00.000Z", story::opening(cast, origin, {"XBA", "XHA"}),
               {"operator", "XBA", "XHA"});
  story::tell_ordinary_year(writer, cast);
  ledger::Machine machine;
  Good good;
  std::string& bundle = good.parts["tile/entries/000.p/" + std::to_string(entries)];
  std::string& tile = good.parts["tile/0/000.p/" + std::to_string(entries)];
  for (std::size_t i = 0; i < entries; ++i) {
    const story::Act& act = writer.acts()[i];
    auto event = ledger::authenticate(story::signed_event_of(act, cast));
    ENSURE(event.has_value(), "a story's signatures are good");
    const ledger::Entry entry = machine.make_entry(std::move(*event), act.time);
    ENSURE(machine.step(entry).has_value(), "a story's acts are admissible");
    crypto::append_to_bundle(bundle, entry.line);
    tile += entry.leaf.view();
  }
  good.root = machine.tree().root;
  good.log_key = crypto::make_verifier_key(origin, cast.public_key("log"));
  good.parts["checkpoint"] = crypto::sign_note(
      crypto::checkpoint_text({origin, entries, good.root}), origin, cast.key("log"));
  return good;
}

// Takes numbers and pieces off the front of the input.
class Input {
 public:
  explicit Input(std::string_view rest) : rest_(rest) {}
  [[nodiscard]] bool empty() const { return rest_.empty(); }
  std::size_t number() {
    std::size_t value = 0;
    for (const char byte : take(2)) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
  }
  std::string take(std::size_t count) {
    const std::string piece(rest_.substr(0, count));
    rest_.remove_prefix(piece.size());
    return piece;
  }

 private:
  std::string_view rest_;
};

void lay_out(Input& input, Parts& bundle) {
  const std::string width = std::to_string(input.number() % 256 + 1);
  bundle.parts["checkpoint"] = input.take(input.number());
  bundle.parts["tile/0/000.p/" + width] = input.take(input.number());
  bundle.parts["tile/0/000"] = input.take(input.number());
  bundle.parts["tile/1/000.p/1"] = input.take(input.number());
  bundle.parts["tile/entries/000.p/" + width] = input.take(input.number());
  bundle.parts["tile/entries/000"] = input.take(65'535);
}

void edit(Input& input, Parts& bundle) {
  while (!input.empty()) {
    auto part = bundle.parts.begin();
    std::advance(part, static_cast<std::ptrdiff_t>(input.number() % bundle.parts.size()));
    std::string& bytes = part->second;
    const std::size_t at = std::min(input.number(), bytes.size());
    const std::size_t out = input.number() % 4;
    bytes.replace(at, out, input.take(input.number() % 8));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Good good = tell();
  static replay::Workers workers(1);
  Input input({reinterpret_cast<const char*>(data), size});
  Parts bundle;
  bundle.parts = good.parts;
  if (input.number() % 2 == 0) {
    bundle.parts.clear();
    lay_out(input, bundle);
  } else {
    edit(input, bundle);
  }
  const replay::AuditReport report = replay::audit(bundle, good.log_key, {}, workers);
  const bool valid = report.verdict == replay::AuditReport::Verdict::valid;
  ENSURE(report.verdict != replay::AuditReport::Verdict::could_not_run, "all of it can be read");
  ENSURE(valid == !report.finding.has_value(), "a log is invalid for a reason");
  ENSURE(!valid || report.checkpoint->root == good.root, "a log that nobody signed is valid");
  ENSURE(!valid || report.totals.has_value(), "a valid log has figures");
  ENSURE(!replay::describe(report).empty(), "a report has sentences");
  ENSURE(nlohmann::json::accept(replay::to_json(report)), "a report is JSON");
  return 0;
}
