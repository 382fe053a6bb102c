#include "api/source.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "api/http_bundle.hpp"
#include "replay/bundle_file.hpp"

namespace api {
namespace {

Told<Source> open_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) return tell(name + " cannot be opened");
  Source source;
  if (file.peek() == '{') {
    source.fault =
        "This is JSON and no bundle of a log: receipts are checked by itmo-audit receipt, proofs "
        "of "
        "a balance by itmo-audit balance.";
    return source;
  }
  file.clear();  // of an empty file it is at its end now
  if (auto index = replay::read_bundle_file_index(file, source.fault)) {
    source.bundle = std::make_unique<replay::FileBundle>(name, std::move(*index));
  } else if (file.bad()) {
    return tell(name + " cannot be read");
  }
  return source;
}

}  // namespace

bool is_address(std::string_view source) {
  return source.find("://") != std::string_view::npos;
}

Told<Source> open_source(const std::string& source) {
  if (is_address(source)) {
    Told<ServerAddress> server = parse_server_address(source);
    if (!server) return tell(server.error());
    return Source{std::make_unique<HttpBundle>(std::move(*server)), {}};
  }
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(source, error);
  if (status.type() == std::filesystem::file_type::directory) {
    return Source{std::make_unique<replay::DirectoryBundle>(source), {}};
  }
  if (status.type() == std::filesystem::file_type::regular) return open_file(source);
  return tell(source +
              " is neither an address, as http://127.0.0.1:8080, nor a directory or file that can "
              "be read");
}

}  // namespace api
