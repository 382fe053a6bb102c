// The forms of a committed state's keys and texts (spec/commitments.md, 2 and 3). A root is
// whatever the operator signed, so a text that was proven may still be anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace replay {

// Whether a state can have a key of these parts: a kind, and what names one of it, each in its
// form. So no name is a sentence.
[[nodiscard]] bool is_state_key(const std::vector<std::string>& key);

// What is wrong with the text of such a key, as the end of a sentence; empty where it is canonical,
// of the form of its kind, and of what the key names.
[[nodiscard]] std::string fault_of_text(const std::vector<std::string>& key, std::string_view text);

}  // namespace replay
