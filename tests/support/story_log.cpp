#include "tests/support/story_log.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "api/story.hpp"
#include "crypto/hash.hpp"
#include "crypto/proof.hpp"
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"
#include "tests/support/conservation.hpp"

namespace test_support {

namespace story = api::story;
using namespace ledger;

namespace {

story::Cast& cast() {
  static story::Cast derived = story::Cast::derived();
  return derived;
}

Arrival arrival_of(const story::Act& act) {
  Result<AuthenticEvent> event = authenticate(story::signed_event_of(act, cast()));
  ENSURE(event.has_value(), "the story's signatures are good");
  return {std::move(*event), act.time, true};
}

// The story's admitted events; an adjustment says which entry it is as of.
std::vector<Arrival> tell() {
  std::vector<Arrival> arrivals;
  for (story::Act& act : story::tell_everything(std::string(story_origin), cast())) {
    if (!act.refused_by.empty()) continue;
    story::settle(act, arrivals.size());
    arrivals.push_back(arrival_of(act));
  }
  return arrivals;
}

// What the story's units go through afterwards: frozen and released, found too many and cancelled,
// their authorization revoked. So conservation is asked where units end in every way.
std::vector<Arrival> tell_the_aftermath() {
  story::Writer writer{std::string(story_origin)};
  const Units unsold{"XHA99", story::ranges({{12'018, 15'000}})};
  UnitsLocked freeze;
  freeze.id = "FREEZE-1";
  freeze.kind = UnitsLocked::Sort::freeze;
  freeze.account = "XBA-FUND-XHA";
  freeze.units = unsold;
  freeze.quantity = unsold.ranges.quantity();
  freeze.until = story::at("2031-12-31T00:00:00.000Z");
  freeze.reason = "under_review";
  writer.write("2031-03-01T09:00:00.000Z", freeze, {"XHA"});
  writer.write("2031-03-02T09:00:00.000Z", UnitsUnlocked{"FREEZE-1", "over"}, {"XHA"});
  AuthorizationRevoked revoked;
  revoked.authorization = "XHA-AUT-1";
  revoked.reason = "terms_broken";
  revoked.documents = {story::document("revocation", "revocation")};
  writer.write("2031-04-01T09:00:00.000Z", revoked, {"XHA"});
  UnitsCancelled cancelled;
  cancelled.account = "XBA-FUND-XHA";
  cancelled.party = "XHA";
  cancelled.units = {"XHA99", story::ranges({{14'001, 15'000}})};
  cancelled.quantity = 1'000;
  cancelled.purpose = UnitsCancelled::Reason::administrative;
  cancelled.reason = "correction";
  writer.write("2031-05-01T09:00:00.000Z", cancelled, {"XHA"});
  std::vector<Arrival> arrivals;
  for (story::Act& act : writer.acts()) {
    act.event.id = "aftermath-" + act.event.id;
    arrivals.push_back(arrival_of(act));
  }
  return arrivals;
}

Arrival another_account(std::size_t number) {
  const std::string id = "MORE-" + std::to_string(number);
  story::Act act;
  act.time = story::at("2032-01-01T00:00:00.000Z");
  act.time.ms += static_cast<std::int64_t>(number) * 60'000;
  act.event.ledger = story_origin;
  act.event.id = id;
  act.event.date = date_of(act.time);
  act.event.expires = plus_days(act.time, 30);
  act.event.body = story::account(id, "XBA-FUND", "XBA99");
  act.signers = {"XBA", "XBA-FUND"};
  return arrival_of(act);
}

// The same bytes are verified once a process: simulations read one history hundreds of times.
Result<AuthenticEvent> authenticated(std::string_view line, SignedEvent event) {
  static std::map<std::string, AuthenticEvent, std::less<>> known;
  const auto found = known.find(line);
  if (found != known.end()) return found->second;
  Result<AuthenticEvent> verified = authenticate(std::move(event));
  if (verified) known.emplace(line, *verified);
  return verified;
}

crypto::Hash root_of(const std::vector<std::string>& lines, std::size_t from, std::size_t to) {
  if (from == to) return crypto::empty_root();
  if (from + 1 == to) return crypto::leaf_hash(lines[from]);
  std::size_t half = 1;
  while (half * 2 < to - from) half *= 2;
  return crypto::node_hash(root_of(lines, from, from + half), root_of(lines, from + half, to));
}

// A reading of one store; each step leaves its finding in `problem_`.
class Opinion {
 public:
  Opinion(const Store& store, const Published& published)
      : store_(store), published_(published), size_(published.size) {}

  std::string ask() {
    if (store_.size() != size_) return "the store and what is published differ in size";
    read_lines();
    if (problem_.empty()) compare_checkpoints();
    if (problem_.empty()) compare_tiles();
    if (problem_.empty()) compare_proofs();
    return problem_;
  }

 private:
  void say(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
  }

  void read_lines() {
    Machine machine;
    const Result<> read = store_.read(0, size_, [&](Seq seq, std::string_view line) -> Result<> {
      Result<LineParts> parts = decode_line(line);
      if (!parts) return tl::unexpected(parts.error());
      Result<AuthenticEvent> event = authenticated(line, std::move(parts->signed_event));
      if (!event) return tl::unexpected(event.error());
      const Result<Effects> effects =
          machine.step({parts->seq, parts->prev, parts->time, std::move(*event), std::string(line),
                        crypto::leaf_hash(line)});
      if (!effects) return tl::unexpected(effects.error());
      const std::string broken = broken_conservation(machine.state());
      if (!broken.empty()) say("after line " + std::to_string(seq) + ": " + broken);
      lines_.emplace_back(line);
      if (store_.line(seq).value_or(std::nullopt) != std::string(line)) {
        say("line " + std::to_string(seq) + " reads otherwise alone");
      }
      return {};
    });
    if (!read) {
      say("line " + std::to_string(lines_.size()) + ": " + std::string(read.error().clause->id) +
          ", " + read.error().detail);
    }
    if (problem_.empty() && machine.tree().root != naive_root(lines_, size_)) {
      say("the machine's root is not that of the recursion");
    }
  }

  std::optional<crypto::Checkpoint> covering(Seq seq) {
    const auto note = store_.checkpoint_covering(seq);
    if (!note || !*note) return std::nullopt;
    return crypto::open_checkpoint(**note, story_log_key());
  }

  void compare_checkpoints() {
    const auto newest = store_.newest_checkpoint();
    if (!newest || *newest != published_.note)
      say("the newest checkpoint is not the published one");
    for (Seq seq = 0; seq < size_; ++seq) {
      const auto checkpoint = covering(seq);
      if (!checkpoint || checkpoint->size <= seq || checkpoint->size > size_) {
        return say("no good checkpoint covers entry " + std::to_string(seq));
      }
      if (checkpoint->root != naive_root(lines_, checkpoint->size)) {
        return say("the checkpoint over entry " + std::to_string(seq) + " has another root");
      }
      seq = checkpoint->size - 1;
    }
    if (published_.root != naive_root(lines_, size_)) say("the published root is another");
  }

  void compare_tiles() {
    const ProofReader reader(store_, published_);
    for (Seq index = 0; index * 256 < size_; ++index) {
      const std::size_t width = std::min<std::size_t>(256, size_ - index * 256);
      std::string expected;
      for (std::size_t i = 0; i < width; ++i) {
        expected += crypto::leaf_hash(lines_[index * 256 + i]).view();
      }
      if (reader.tile(0, index, width).value_or(std::nullopt) != expected) {
        say("tile " + std::to_string(index) + " differs from the lines");
      }
      if (width < 256 && reader.tile(0, index, width + 1).value_or("?") != std::nullopt) {
        say("tile " + std::to_string(index) + " goes beyond the lines");
      }
    }
  }

  void compare_proofs() {
    const ProofReader reader(store_, published_);
    for (Seq seq = 0; seq < size_; seq += 1 + seq / 8) {
      const auto checkpoint = covering(seq);
      const auto proof = reader.inclusion(seq, checkpoint->size);
      if (!proof || !crypto::verify_inclusion(crypto::leaf_hash(lines_[seq]), seq, checkpoint->size,
                                              *proof, checkpoint->root)) {
        return say("the receipt of entry " + std::to_string(seq) + " does not verify");
      }
      const auto consistency = reader.consistency(checkpoint->size);
      if (!consistency || !crypto::verify_consistency(checkpoint->size, checkpoint->root, size_,
                                                      published_.root, *consistency)) {
        return say("the log does not go on from size " + std::to_string(checkpoint->size));
      }
    }
  }

  const Store& store_;
  const Published& published_;
  const Seq size_;
  std::vector<std::string> lines_;
  std::string problem_;
};

}  // namespace

LogIdentity story_identity() {
  return {std::string(story_origin), crypto::SecretKey::from_seed(cast().key("log").seed()),
          cast().public_key("service"), cast().public_key("operator")};
}

crypto::VerifierKey story_log_key() {
  return crypto::make_verifier_key(story_origin, cast().public_key("log"));
}

std::vector<Arrival> story_arrivals(std::size_t count) {
  static std::vector<Arrival> history = [] {
    std::vector<Arrival> all = tell();
    for (Arrival& each : tell_the_aftermath()) all.push_back(std::move(each));
    return all;
  }();
  while (history.size() < count) history.push_back(another_account(history.size()));
  return {history.begin(), history.begin() + static_cast<std::ptrdiff_t>(count)};
}

std::size_t story_length() {
  static const std::size_t length = tell().size();
  return length;
}

Result<> LineSink::take(const Entry& entry, const Effects& effects) {
  ENSURE(entry.seq == effects.seq, "an entry comes with its own effects");
  lines_.push_back(entry.line);
  return {};
}

crypto::Hash naive_root(const std::vector<std::string>& lines, std::size_t size) {
  return root_of(lines, 0, size);
}

std::string problem_of(const Store& store, const Published& published) {
  return Opinion(store, published).ask();
}

}  // namespace test_support
