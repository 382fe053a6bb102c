// Telling the story through the real API: every act is sent, every answer proven and shown.
#pragma once

#include <cstdint>
#include <string>

#include "api/demo_process.hpp"
#include "api/demo_stage.hpp"
#include "api/http_client.hpp"
#include "api/told.hpp"

namespace api::demo {

// Prints "text" behind "margin", later lines below it, at most 100 columns wide.
void print_wrapped(const std::string& margin, const std::string& text);

// Sends every act and prints what became of it. Fails where an answer does not hold, or is not the
// one that the story has; stops early, without a failure, when a signal came.
[[nodiscard]] Told<> tell_story(Stage& stage, HttpClient& client, StopSignals& signals);

}  // namespace api::demo
