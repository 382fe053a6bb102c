#include "api/told.hpp"

namespace api {

std::string sentence_of(const ledger::Violation& violation) {
  std::string sentence = std::string(violation.clause->id) + ". " + violation.detail;
  if (!sentence.ends_with('.')) sentence += '.';
  return sentence;
}

}  // namespace api
