#include "api/demo_forgery.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/itmo_files.hpp"
#include "crypto/tlog_tiles.hpp"
#include "ledger/entry.hpp"
#include "replay/bundle.hpp"
#include "replay/follower.hpp"

namespace api::demo {
namespace {

namespace fs = std::filesystem;

// The lines of a log that was audited.
std::vector<std::string> lines_of(const replay::BundleReader& log, ledger::Seq size) {
  std::vector<std::string> lines;
  replay::for_each_tile(size, [&](const crypto::TilePath& path) {
    if (!path.entries) return true;
    const replay::Fetched part = log.tile(path);
    const auto entries = crypto::split_bundle(part.bytes);
    if (entries) lines.insert(lines.end(), entries->begin(), entries->end());
    return entries.has_value();
  });
  return lines;
}

// Puts lines into a directory as a log's server lays them out, whatever they say; their root.
Told<crypto::Hash> lay_out(const std::vector<std::string>& lines, const fs::path& directory) {
  std::optional<std::string> unwritten;
  const crypto::Hash root =
      replay::lay_out(lines, [&](const crypto::TilePath& path, const std::string& bytes) {
        if (!unwritten) unwritten = replay::write_tile(directory, path, bytes);
      });
  if (unwritten) return tell(*unwritten);
  return root;
}

}  // namespace

Told<ledger::Seq> forge(Stage& stage, const fs::path& bundle, const story::Act& act,
                        const fs::path& forged) {
  const replay::DirectoryBundle log(bundle);
  const auto checkpoint = crypto::open_checkpoint(log.checkpoint().bytes, stage.vkey);
  if (!checkpoint) return tell("the downloaded log has no checkpoint of its key");
  replay::Workers workers(1);
  replay::Follower follower(workers);
  const ledger::Seq size = checkpoint->size;
  if (const auto halt = follower.follow(log, size, size)) return tell(halt->sentence);
  std::vector<std::string> lines = lines_of(log, size);
  if (lines.size() != size) return tell("the downloaded log lacks entries");

  auto event = ledger::authenticate(story::signed_event_of(act, stage.cast));
  if (!event) return tell(event.error().detail);
  lines.push_back(follower.machine().make_entry(std::move(*event), act.time).line);
  const Told<crypto::Hash> root = lay_out(lines, forged);
  if (!root) return tell(root.error());
  const std::string note =
      crypto::sign_note(crypto::checkpoint_text({stage.vkey.name, lines.size(), *root}),
                        stage.vkey.name, stage.cast.key("log"));
  if (Told<> written = itmo::write_file(forged / "checkpoint", note); !written) {
    return tell(written.error());
  }
  return size;
}

}  // namespace api::demo
