#include "api/demo_site.hpp"

#include "crypto/tlog_tiles.hpp"

namespace api::demo {

Told<std::unique_ptr<Site>> Site::start(const std::filesystem::path& bundle) {
  std::unique_ptr<Site> site(new Site(bundle));
  Told<std::unique_ptr<HttpServer>> server = HttpServer::start("127.0.0.1", 0, HttpLimits{}, *site);
  if (!server) return tell(server.error());
  site->server_ = std::move(*server);
  return site;
}

void Site::handle(Exchange exchange) {
  const std::string& path = exchange.request.path;
  const auto tile = crypto::parse_tile_path(path.substr(path.starts_with('/') ? 1 : 0));
  replay::Fetched part = replay::Fetched::absent();
  if (path == "/checkpoint") part = bundle_.checkpoint();
  if (tile) part = bundle_.tile(*tile);
  if (part.outcome != replay::Fetched::Outcome::found) {
    exchange.answer({404, {}, "There is no such file.\n"});
    return;
  }
  Response response{200, {}, std::move(part.bytes)};
  response.set("Content-Type", tile ? "application/octet-stream" : "text/plain; charset=utf-8");
  exchange.answer(std::move(response));
}

Response Site::refuse(const Fault& fault) const {
  return {fault.status, {}, fault.detail + '\n'};
}

}  // namespace api::demo
