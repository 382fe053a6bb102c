#include "api/itmo_sentences.hpp"

#include "ledger/time.hpp"

namespace api::itmo {

using namespace ledger;  // NOLINT: this file speaks of nothing else

std::vector<std::string> sentences_of(const Event& event) {
  Lines lines;
  std::visit([&](const auto& body) { say(lines, body); }, event.body);
  lines.say("");
  lines.say("Event " + event.id + " of type " + std::string(type_of(event.body)) + ", for ledger " +
            event.ledger + '.');
  lines.say("Dated " + format_date(event.date) + ". " +
            (event.expires ? "Expires " + moment(*event.expires) + ": not valid later."
                           : std::string("It does not expire.")));
  return lines.lines();
}

std::string headline_of(const Body& body) {
  Lines lines;
  std::visit([&](const auto& each) { say(lines, each); }, body);
  return lines.lines().front();
}

}  // namespace api::itmo
