#include "tests/replay/tampered_log.hpp"

#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "crypto/tlog_tiles.hpp"

namespace replay_test {

namespace story = api::story;
using ledger::Seq;

const ToldLog& log_of_600() {
  static const ToldLog log = [] {
    ToldLog told(story_origin);
    for (story::Act& act : story::tell_everything(story_origin, told.cast())) {
      told.tell(std::move(act));
    }
    story::Writer writer(story_origin);
    for (std::size_t i = told.entries().size(); i < 600; ++i) {
      ledger::SignatureWithdrawn body;
      body.id = "draft-" + std::to_string(i);
      body.event = crypto::sha256(body.id);
      writer.write("2035-01-01T00:00:00.000Z", body, {"XHA"});
    }
    for (story::Act& act : writer.acts()) {
      act.event.id = "behind-" + act.event.id;
      told.tell(std::move(act));
    }
    return told;
  }();
  return log;
}

const MemoryBundle& bundle_of_600() {
  static const MemoryBundle& bundle = *[] {
    auto* made = new MemoryBundle;
    lay_out(log_of_600(), *made);
    return made;
  }();
  return bundle;
}

// ---- bytes ----

std::vector<Tampering> every_byte() {
  std::vector<Tampering> all;
  std::size_t number = 0;
  for (const auto& [path, bytes] : bundle_of_600().parts) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      all.push_back({path, at, static_cast<unsigned char>(1 + number++ * 101 % 255)});
    }
  }
  return all;
}

void tamper(MemoryBundle& bundle, const Tampering& tampering) {
  char& byte = bundle.parts.at(tampering.path).at(tampering.at);
  byte = static_cast<char>(byte ^ tampering.mask);
}

// ---- places ----

namespace {

// The entry of a bundle whose length or line has that byte.
Seq entry_at(const std::string& bundle, std::size_t at) {
  const auto lines = crypto::split_bundle(bundle);
  EXPECT_TRUE(lines);
  std::size_t behind = 0;
  Seq seq = 0;
  for (const std::string_view line : *lines) {
    behind += 2 + line.size();
    if (at < behind) break;
    ++seq;
  }
  return seq;
}

bool begins_with_tile(const std::string& path, const std::string& part) {
  return path == part || path.starts_with(part + ".p/");
}

std::string named(const replay::AuditReport& report) {
  return "named is " + report.finding->part + ": " + report.finding->sentence;
}

std::string misreport_of_checkpoint(const replay::AuditReport& report) {
  if (report.reached == replay::Level::checkpoint) return "the checkpoint is believed";
  // One that claims more entries is missed where the first of them is not.
  const bool told =
      report.finding->part == "checkpoint" ||
      report.finding->sentence.find("perhaps the checkpoint was altered") != std::string::npos;
  return told ? "" : "the checkpoint was altered; " + named(report);
}

std::string misreport_of_hash(const replay::AuditReport& report, const Tampering& tampering,
                              const std::string& what) {
  if (report.reached != replay::Level::rules) return "the entries are good; " + named(report);
  const replay::Finding& finding = *report.finding;
  const bool right = !finding.entry && begins_with_tile(tampering.path, finding.part) &&
                     finding.sentence.find(what) != std::string::npos;
  return right ? "" : tampering.path + " has another hash of " + what + "; " + named(report);
}

}  // namespace

Place place_of(const Tampering& tampering) {
  Place place;
  const auto path = crypto::parse_tile_path(tampering.path);
  if (!path) {
    place.checkpoint = true;
    return place;
  }
  const Seq first = path->index * 256;
  if (path->entries) {
    place.entry = first + entry_at(bundle_of_600().parts.at(tampering.path), tampering.at);
    return place;
  }
  const Seq hash = first + tampering.at / crypto::Hash::length;
  if (path->level == 0) {
    place.leaf = hash;
  } else {
    place.entries = {hash << (8 * path->level), (hash + 1) << (8 * path->level)};
  }
  return place;
}

std::string misreport(const replay::AuditReport& report, const Tampering& tampering) {
  if (report.verdict != replay::AuditReport::Verdict::invalid || !report.finding) {
    return "the verdict is not invalid: " + replay::describe(report);
  }
  const Place place = place_of(tampering);
  if (place.checkpoint) return misreport_of_checkpoint(report);
  if (place.leaf) {
    return misreport_of_hash(report, tampering, "entry " + std::to_string(*place.leaf) + " hashes");
  }
  if (place.entries) {
    return misreport_of_hash(report, tampering,
                             "entries " + std::to_string(place.entries->first) + " to " +
                                 std::to_string(place.entries->second - 1));
  }
  const bool right = report.finding->entry == place.entry && report.entries == *place.entry;
  return right ? "" : "entry " + std::to_string(*place.entry) + " was altered; " + named(report);
}

}  // namespace replay_test
