// Submissions: one event, or lines of events.
#pragma once

#include <string_view>

#include "api/service.hpp"

namespace api {

// POST /v1/events. 201 and a receipt, 200 and the first receipt, or a signed refusal.
void post_event(const Backend& backend, Exchange exchange);

// POST /v1/events/batch. 200 and one line of JSON for each line, in order: a receipt with its
// status, or a problem.
void post_batch(const Backend& backend, Exchange exchange);

}  // namespace api
