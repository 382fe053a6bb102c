// The signals that end a server.
#pragma once

namespace api {

// SIGTERM and SIGINT, held back in every thread that is made later; SIGPIPE is ignored. One for the
// process, before any thread.
class StopSignal {
 public:
  StopSignal();
  // Until one of them comes. One thread.
  void wait() const;
};

}  // namespace api
