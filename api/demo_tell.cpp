#include "api/demo_tell.hpp"

#include <iostream>
#include <optional>

#include "api/itmo_remote.hpp"
#include "ledger/time.hpp"

namespace api::demo {
namespace {

constexpr std::size_t width = 100;

// As many columns as UTF-8 text takes, where every character takes one.
std::size_t columns(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return n;
}

std::string padded(std::string text, std::size_t to) {
  while (columns(text) < to) text += ' ';
  return text;
}

std::string when(ledger::Timestamp time) {
  const std::string text = ledger::format_timestamp(time);
  return text.substr(0, 10) + ' ' + text.substr(11, 5);
}

// Whether the ledger did with the act what the story says it does.
Told<> compare(const story::Act& act, const itmo::Submitted& answer, ledger::Seq next) {
  if (act.refused_by.empty()) {
    if (answer.recorded && answer.seq == next) return {};
    return tell("the story goes on with \"" + act.caption + "\", but the ledger says: " +
                (answer.recorded ? "entry " + std::to_string(answer.seq) : answer.detail));
  }
  if (!answer.recorded && answer.clause == act.refused_by && answer.proven) return {};
  return tell("\"" + act.caption + "\" should be refused by " + act.refused_by +
              ", but the ledger says: " + (answer.recorded ? "recorded" : answer.detail));
}

void print_act(const story::Act& act, const itmo::Submitted& answer) {
  const std::string outcome =
      answer.recorded ? "entry " + std::to_string(answer.seq) : std::string("REFUSED");
  print_wrapped("  " + when(act.time) + "  " + padded(outcome, 9), act.caption);
  if (!answer.recorded) print_wrapped(std::string(29, ' '), answer.detail);
}

}  // namespace

void print_wrapped(const std::string& margin, const std::string& text) {
  std::string line = margin;
  bool fresh = true;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!fresh && columns(line) + 1 + columns(word) > width) {
      std::cout << line << '\n';
      line = std::string(columns(margin), ' ');
      fresh = true;
    }
    line += (fresh ? "" : " ") + word;
    fresh = false;
    at = end + 1;
  }
  std::cout << line << '\n';
}

Told<> tell_story(Stage& stage, HttpClient& client, StopSignals& signals) {
  ledger::Seq next = 0;
  for (story::Act& act : stage.acts) {
    if (signals.came()) return {};
    story::settle(act, next);
    const Told<itmo::Submitted> answer =
        itmo::submit(client, story::submission_of(act, stage.cast, true), stage.vkey);
    if (!answer) return tell(answer.error());
    if (Told<> fits = compare(act, *answer, next); !fits) return fits;
    print_act(act, *answer);
    if (answer->recorded) ++next;
  }
  return {};
}

}  // namespace api::demo
