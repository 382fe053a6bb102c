#include "tests/replay/told_log.hpp"

#include <gtest/gtest.h>

#include <tuple>

#include "crypto/envelope.hpp"
#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "crypto/tlog_tiles.hpp"

namespace replay_test {

namespace story = api::story;
using ledger::Seq;

// ---- telling ----

ToldLog::ToldLog(std::string origin) : origin_(std::move(origin)), cast_(story::Cast::derived()) {}

ledger::Entry ToldLog::entry_for(story::Act act) {
  story::settle(act, machine_.size());
  auto event = ledger::authenticate(story::signed_event_of(act, cast_));
  EXPECT_TRUE(event) << act.caption << ": " << event.error().detail;
  return machine_.make_entry(std::move(*event), act.time);
}

void ToldLog::tell(story::Act act) {
  ledger::Entry entry = entry_for(act);
  auto effects = machine_.step(entry);
  if (!act.refused_by.empty()) {
    ASSERT_FALSE(effects) << act.caption;
    ASSERT_EQ(effects.error().clause->id, act.refused_by) << effects.error().detail;
    return;
  }
  ASSERT_TRUE(effects) << act.caption << ": " << effects.error().clause->id << " "
                       << effects.error().detail;
  entries_.push_back(std::move(entry));
  effects_.push_back(std::move(*effects));
}

ledger::Machine ToldLog::machine_at(Seq size) const {
  ledger::Machine machine;
  for (Seq seq = 0; seq < size; ++seq) EXPECT_TRUE(machine.step(entries_[seq]));
  return machine;
}

std::vector<std::string> ToldLog::lines() const {
  std::vector<std::string> lines;
  for (const ledger::Entry& entry : entries_) lines.push_back(entry.line);
  return lines;
}

ToldLog& ordinary_year() {
  static ToldLog log = [] {
    ToldLog told(story_origin);
    story::Writer writer(story_origin);
    writer.write("2020-11-23T08:00:00.000Z",
                 story::opening(told.cast(), story_origin, {"XBA", "XHA"}),
                 {"operator", "XBA", "XHA"});
    story::tell_ordinary_year(writer, told.cast());
    for (const story::Act& act : writer.acts()) told.tell(act);
    return told;
  }();
  return log;
}

ToldLog& long_log(std::size_t entries, int branch, const std::string& time) {
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

crypto::VerifierKey log_key(const std::string& origin) {
  return crypto::make_verifier_key(origin, story::Cast::derived().public_key("log"));
}

// ---- laying out ----

replay::Fetched MemoryBundle::part(const std::string& path) const {
  if (unreadable.contains(path)) return replay::Fetched::unreadable(path + " cannot be read.");
  const auto found = parts.find(path);
  return found == parts.end() ? replay::Fetched::absent() : replay::Fetched::found(found->second);
}

namespace {

std::string path_of(bool entries, unsigned level, std::uint64_t index, std::size_t width) {
  return crypto::format_tile_path({entries, level, index, width});
}

std::string sign_checkpoint(const std::string& origin, Seq size, const crypto::Hash& root) {
  story::Cast cast = story::Cast::derived();
  return crypto::sign_note(crypto::checkpoint_text({origin, size, root}), origin, cast.key("log"));
}

}  // namespace

void lay_out(const std::vector<std::string>& lines, const std::string& origin,
             MemoryBundle& bundle) {
  const crypto::Hash root =
      replay::lay_out(lines, [&](const crypto::TilePath& path, std::string bytes) {
        bundle.parts[crypto::format_tile_path(path)] = std::move(bytes);
      });
  bundle.parts["checkpoint"] = sign_checkpoint(origin, lines.size(), root);
}

void lay_out(const ToldLog& log, MemoryBundle& bundle) {
  lay_out(log.lines(), log.origin(), bundle);
}

std::string checkpoint_of(const ToldLog& log, Seq size) {
  crypto::Frontier frontier;
  for (Seq seq = 0; seq < size; ++seq) frontier.append(log.entries()[seq].leaf);
  return sign_checkpoint(log.origin(), size, frontier.root());
}

// ---- damage ----

void edit_entries(MemoryBundle& bundle, Seq seq,
                  const std::function<void(std::vector<std::string>&)>& edit) {
  std::string& bytes = only_part(bundle, path_of(true, 0, seq / 256, 256));
  const auto views = crypto::split_bundle(bytes);
  ASSERT_TRUE(views);
  std::vector<std::string> lines(views->begin(), views->end());
  edit(lines);
  std::string edited;
  for (const std::string& line : lines) crypto::append_to_bundle(edited, line);
  bytes = edited;
}

void flip_bit(std::string& bytes, std::size_t byte, unsigned bit) {
  bytes.at(byte) = static_cast<char>(bytes.at(byte) ^ (1 << bit));
}

void flip_in_entry(MemoryBundle& bundle, Seq seq, std::size_t byte, unsigned bit) {
  edit_entries(bundle, seq,
               [&](std::vector<std::string>& lines) { flip_bit(lines.at(seq % 256), byte, bit); });
}

std::string& only_part(MemoryBundle& bundle, std::string_view prefix) {
  std::string* found = nullptr;
  for (auto& [path, bytes] : bundle.parts) {
    if (!path.starts_with(prefix)) continue;
    EXPECT_EQ(found, nullptr) << "more than one part begins with " << prefix;
    found = &bytes;
  }
  if (found == nullptr) {
    ADD_FAILURE() << "no part begins with " << prefix;
    return bundle.parts["none"];
  }
  return *found;
}

}  // namespace replay_test
