#include "api/demo_audit.hpp"

#include <optional>
#include <system_error>

#include "api/demo_process.hpp"
#include "api/http_bundle.hpp"
#include "api/itmo_bundle.hpp"
#include "api/itmo_files.hpp"
#include "crypto/merkle.hpp"
#include "crypto/tlog_tiles.hpp"
#include "ledger/codec.hpp"

namespace api::demo {
namespace {

namespace fs = std::filesystem;

Told<std::string> output_of(const std::vector<std::string>& command, const fs::path& log,
                            int& status) {
  const Told<int> ended = run(command, log);
  if (!ended) return tell(ended.error());
  status = *ended;
  return itmo::read_file(log);
}

// Where the quantity of a transfer begins in its line.
std::optional<std::size_t> quantity_in(std::string_view line) {
  const ledger::Result<ledger::LineParts> parts = ledger::decode_line(line);
  if (!parts) return std::nullopt;
  const auto* body = std::get_if<ledger::UnitsTransferred>(&parts->signed_event.event.body);
  if (body == nullptr) return std::nullopt;
  constexpr std::string_view name = "\"quantity\":";
  const std::size_t at = line.find(std::string(name) + std::to_string(body->quantity) + ',');
  if (at == std::string_view::npos) return std::nullopt;
  return at + name.size();
}

}  // namespace

Told<Audited> audit(const Stage& stage, const fs::path& bundle, const fs::path& programs) {
  const std::string program = programs / "itmo-audit";
  const std::vector<std::string> command{program, bundle, "--key", stage.vkey_file};
  std::vector<std::string> in_json = command;
  in_json.emplace_back("--json");
  const fs::path name = stage.directory / ("DEMONSTRATION-audit-of-" + bundle.filename().string());
  Audited out;
  out.file = name.string() + ".txt";
  const Told<std::string> text = output_of(command, out.file, out.status);
  if (!text) return tell(text.error());
  int again = 0;
  const Told<std::string> json = output_of(in_json, name.string() + ".json", again);
  if (!json) return tell(json.error());
  if (again != out.status) return tell("the auditor says two things of one log");
  out.text = *text;
  out.json = *json;
  return out;
}

Told<crypto::Checkpoint> download(const Stage& stage, const ServerAddress& server,
                                  const fs::path& bundle) {
  const Told<itmo::Download> done = itmo::download(HttpBundle(server), stage.vkey, bundle);
  if (!done) return tell(done.error());
  if (!done->fault.empty()) return tell(done->fault);
  return done->checkpoint;
}

Told<Alteration> alter(const fs::path& bundle, const fs::path& altered) {
  std::error_code error;
  fs::copy(bundle, altered, fs::copy_options::recursive, error);
  if (error) return tell("cannot copy the log: " + error.message());
  for (const auto& each : fs::recursive_directory_iterator(altered / "tile/entries")) {
    const std::string file = fs::relative(each.path(), altered);
    const auto path = crypto::parse_tile_path(file);
    if (!each.is_regular_file() || !path) continue;
    Told<std::string> bytes = itmo::read_file(each.path());
    if (!bytes) return tell(bytes.error());
    const auto entries = crypto::split_bundle(*bytes);
    if (!entries) continue;
    for (std::size_t i = 0; i < entries->size(); ++i) {
      const auto at = quantity_in((*entries)[i]);
      if (!at) continue;
      Alteration out{path->index * crypto::tile_width + i, file, 0, 0, 0};
      out.offset = static_cast<std::size_t>((*entries)[i].data() - bytes->data()) + *at;
      out.before = (*bytes)[out.offset];
      out.after = out.before == '9' ? '8' : '9';
      (*bytes)[out.offset] = out.after;
      if (Told<> written = itmo::write_file(each.path(), *bytes); !written) {
        return tell(written.error());
      }
      return out;
    }
  }
  return tell("the log has no transfer to alter");
}

std::optional<fs::path> find_second_verifier(const fs::path& programs) {
  for (fs::path folder = programs;; folder = folder.parent_path()) {
    std::error_code error;
    fs::path file = folder / "spec/reference/verify.py";
    if (fs::is_regular_file(file, error)) return file;
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

}  // namespace api::demo
