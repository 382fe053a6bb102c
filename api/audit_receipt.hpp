// itmo-audit receipt: receipts of a log, checked without it, or against a later one.
#pragma once

namespace api {

// itmo-audit receipt FILE... --key VKEYFILE [--policy FILE] [--entry FILE] [--log SOURCE]. Returns
// its exit status: 0 where every receipt holds, 1 where one does not, 2 where none is bad and one
// could not be judged.
[[nodiscard]] int receipt_command(int argc, char** argv);

}  // namespace api
