// The parts of `itmo document`.
#pragma once

#include <string>
#include <vector>

#include "api/itmo_commands.hpp"

namespace api::itmo {

// Describes a file for an event, and keeps the secret of its title.
class DocumentHash {
 public:
  void add_to(CLI::App& group, Choice& choice);

 private:
  [[nodiscard]] Told<Exit> run() const;
  std::string file_, title_, kind_, language_ = "en", media_ = "application/pdf", secret_;
  std::string redacted_, basis_, by_, since_;
  bool confidential_ = false;
};

// Shows, offline, whether a title is what a commitment in a log was made of.
class DocumentCheck {
 public:
  void add_to(CLI::App& group, Choice& choice);

 private:
  [[nodiscard]] Told<Exit> run() const;
  std::string secret_, salt_, title_, commitment_, entry_;
};

// Puts files of public documents where a server finds them.
class DocumentAdd {
 public:
  void add_to(CLI::App& group, Choice& choice);

 private:
  [[nodiscard]] Told<Exit> run() const;
  std::vector<std::string> files_;
  std::string config_, url_;
};

// Fetches the public files that a downloaded log names.
class DocumentExport {
 public:
  void add_to(CLI::App& group, Choice& choice);

 private:
  [[nodiscard]] Told<Exit> run() const;
  std::string directory_, url_, vkey_;
};

}  // namespace api::itmo
