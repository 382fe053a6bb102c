// itmo-audit watch, as a person or a service manager runs it.
#pragma once

namespace api {

// Follows a log until it is ended or the log is at fault. Returns the exit status of the program: 0
// with --once where the newest checkpoint is cosigned, 1 where the log is at fault, 2 otherwise.
[[nodiscard]] int watch_command(int argc, char** argv);

}  // namespace api
