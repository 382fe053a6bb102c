// A folder of a test's own, and other programs run in it.
#pragma once

#include <string>
#include <string_view>

namespace test_support {

// A fresh folder below the system's temporary one, removed with all it holds at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string file(std::string_view name) const;
  void write(std::string_view name, std::string_view bytes) const;
  // A failed assertion where the file cannot be read.
  [[nodiscard]] std::string read(std::string_view name) const;

  // Runs a shell command with this folder as its own.
  struct Outcome {
    int status = -1;     // exit status; -1 where the command was ended by a signal
    std::string output;  // of both streams
  };
  [[nodiscard]] Outcome run(const std::string& command) const;

 private:
  std::string path_;
};

}  // namespace test_support
