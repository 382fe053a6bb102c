#include "api/http_bundle.hpp"

#include "crypto/checkpoint.hpp"
#include "crypto/tlog_tiles.hpp"

namespace api {

using replay::Fetched;

Fetched HttpBundle::file(const std::string& target, std::size_t most) const {
  const std::lock_guard lock(mutex_);
  Told<Response> response = client_.get_up_to(target, most);
  if (!response) return Fetched::unreadable(response.error() + '.');
  if (response->status == 404) return Fetched::absent();
  if (response->status != 200) {
    return Fetched::unreadable(target + " is answered by " + std::to_string(response->status) +
                               '.');
  }
  return Fetched::found(std::move(response->body));
}

Fetched HttpBundle::checkpoint() const {
  return file("/checkpoint", crypto::longest_note);
}

Fetched HttpBundle::tile(const crypto::TilePath& path) const {
  return file('/' + crypto::format_tile_path(path), replay::longest_tile(path));
}

}  // namespace api
