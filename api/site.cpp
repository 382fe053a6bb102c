#include "api/site.hpp"

#include <optional>
#include <utility>

#include "api/answer.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/tlog_tiles.hpp"

namespace api {
namespace {

constexpr const char* plain_text = "text/plain; charset=utf-8";

Response say(int status, const std::string& sentence) {
  return make_answer(status, plain_text, sentence + '\n', Keep::never);
}

}  // namespace

Told<std::unique_ptr<Site>> Site::start(const std::filesystem::path& directory,
                                        const std::string& address, std::uint16_t port) {
  std::unique_ptr<Site> site(new Site(directory));
  Told<std::unique_ptr<HttpServer>> server = HttpServer::start(address, port, HttpLimits{}, *site);
  if (!server) return tell(server.error());
  site->server_ = std::move(*server);
  return site;
}

void Site::handle(Exchange exchange) {
  Response response = answer_to(exchange.request);
  dress(response, true, false);
  exchange.answer(std::move(response));
}

Response Site::answer_to(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    Response response = say(405, "This is a copy of a log; send events to the log's own server.");
    response.set("Allow", "GET, HEAD");
    return response;
  }
  const std::string& path = request.path;
  const auto tile = crypto::parse_tile_path(path.substr(path.starts_with('/') ? 1 : 0));
  if (!tile && path != "/checkpoint") {
    return say(404, "Here are /checkpoint and /tile/... of a log, and nothing else.");
  }
  replay::Fetched part = tile ? bundle_.tile(*tile) : bundle_.checkpoint();
  if (part.outcome == replay::Fetched::Outcome::absent) {
    return say(404, "This copy of the log does not have that.");
  }
  if (part.outcome == replay::Fetched::Outcome::unreadable) return say(500, part.reason);
  if (tile && !replay::is_whole(part.bytes, *tile)) {
    return say(500, "This copy of the log has that broken. Whoever made it is to fetch it again.");
  }
  if (tile) {
    return make_answer(200, "application/octet-stream", std::move(part.bytes), Keep::for_ever);
  }
  const auto checkpoint = crypto::read_unverified(part.bytes);
  Response response = make_answer(200, plain_text, std::move(part.bytes), Keep::seconds);
  tag(response, request, checkpoint ? checkpoint->size : 0);
  return response;
}

Response Site::refuse(const Fault& fault) const {
  Response response = say(fault.status, fault.detail);
  dress(response, false, false);
  return response;
}

}  // namespace api
