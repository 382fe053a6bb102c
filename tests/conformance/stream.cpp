#include "tests/conformance/stream.hpp"

#include "crypto/text.hpp"
#include "ledger/ensure.hpp"
#include "replay/aef_files.hpp"

namespace conformance {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

std::string json_string(std::string_view text) {
  return Json(text).dump();
}

std::string member(std::string_view name, const std::string& json) {
  return ",\n  " + json_string(name) + ": " + json;
}

}  // namespace

Stream::Stream(std::string name, std::string about)
    : name_(std::move(name)), about_(std::move(about)) {}

Stream& Stream::say(std::string about) {
  saying_ = std::move(about);
  return *this;
}

void Stream::add(const std::string& about, const std::string& rest) {
  steps_.push_back("{\"about\": " + json_string(about) + rest + "}");
}

Stream& Stream::begin(std::string_view name) {
  const scene::Setup& setup = scene::setup(name);
  if (!setup.after.empty()) begin(setup.after);
  say(setup.about);
  for (const story::Act& act : setup.acts) sends(act);
  return *this;
}

story::Act Stream::act(std::string_view time, Body body, scene::Signers signers) {
  return scene::act(name_ + "-" + std::to_string(++sent_), story::at(time), std::move(body),
                    std::move(signers));
}

Stream& Stream::admits(std::string_view time, Body body, scene::Signers signers) {
  return sends(act(time, std::move(body), std::move(signers)));
}

Stream& Stream::refuses(std::string_view clause, std::string_view time, Body body,
                        scene::Signers signers) {
  story::Act sent = act(time, std::move(body), std::move(signers));
  sent.refused_by = clause;
  return sends(std::move(sent));
}

Stream& Stream::sends(story::Act act) {
  const std::string submission = story::submission_of(act, scene::cast(), true);
  const std::string about = act.caption.empty() ? saying_ : act.caption;
  std::string rest = member("submission", submission);
  if (!act.refused_by.empty()) {
    add(about, rest + member("clause", json_string(act.refused_by)));
    return *this;
  }
  // What is refused by mistake is told by whoever judges the file.
  walk_.submit(submission);
  const Json admitted{{"seq", last()}, {"leaf", crypto::to_hex(machine().head().view())}};
  add(about, rest + member("admitted", admitted.dump()));
  return *this;
}

Stream& Stream::stands(std::string about, Json figures) {
  std::string rest;
  for (const auto& [name, value] : figures.items()) {
    rest +=
        (rest.empty() ? "" : ",") + std::string("\n    ") + json_string(name) + ": " + value.dump();
  }
  add(about, member("stands", "{" + rest + "}"));
  return *this;
}

Stream& Stream::reports(const Id& party, Year year) {
  std::string rest;
  for (const auto profile :
       {replay::AefProfile::carp_checker, replay::AefProfile::nomenclature_2026}) {
    const replay::AefRequest request{party, year, "1.0", {}, profile};
    const auto problem = replay::problem_of(walk_.books(), request);
    ENSURE(!problem, "a stream reports what can be reported");
    const replay::Aef aef = replay::make_aef(walk_.books(), request, {scene::origin, true});
    const replay::AefFile file = replay::files_of(aef, replay::AefFormat::json).front();
    const std::string name = replay::file_name(file), bytes = replay::to_json(aef);
    if (profile == replay::AefProfile::carp_checker) {
      known_[party + std::to_string(year)] = bytes;
    }
    files_.push_back(name);
    rest += (rest.empty() ? "" : ",") + std::string("\n    ") + json_string(name) + ": " +
            bytes.substr(0, bytes.find('\n'));
  }
  add("Annual report of " + party + " for " + std::to_string(year),
      member("reports", "{" + rest + "}"));
  return *this;
}

Stream& Stream::reports_stay() {
  add("Made again from here, as of the entries in their names, they have the same bytes",
      member("reports_stay", Json(files_).dump()));
  return *this;
}

const std::string& Stream::bytes_of(const Id& party, Year year) const {
  return known_.at(party + std::to_string(year));
}

std::string Stream::text() const {
  std::string text = "{\"stream\": " + json_string(name_) + ",\n\"about\": " + json_string(about_) +
                     ",\n\"size\": " + std::to_string(machine().size()) +
                     ",\n\"root\": " + json_string(crypto::to_hex(machine().tree().root.view())) +
                     ",\n\"steps\": [\n";
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    text += steps_[i] + (i + 1 < steps_.size() ? ",\n" : "\n");
  }
  return text + "]}\n";
}

std::vector<Stream> all_streams() {
  std::vector<Stream> all;
  all.push_back(scenario_a());
  all.push_back(scenario_b());
  for (Stream& each : scenario_c()) all.push_back(std::move(each));
  for (Stream& each : scenario_d()) all.push_back(std::move(each));
  for (Stream& each : worked_examples()) all.push_back(std::move(each));
  all.push_back(tanzania());
  all.push_back(other_metric());
  return all;
}

}  // namespace conformance
