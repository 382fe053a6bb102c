// The documents that the log names, and the files of those that are public.
#pragma once

#include <string_view>

#include "api/routes_log.hpp"

namespace api {

[[nodiscard]] Response get_documents(const Backend&, const Request&, std::string_view);
[[nodiscard]] Response get_document(const Backend&, const Request&, std::string_view sha256);

}  // namespace api
