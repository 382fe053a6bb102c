#include "replay/aef_xlsx.hpp"

#include <xlsxwriter.h>

#include <cstdio>
#include <memory>

#include "replay/audit_words.hpp"

namespace replay {
namespace {

// A file without a name, which the library reaches through the process's own table of files: it
// writes to paths only.
class Unnamed {
 public:
  Unnamed() : file_(std::tmpfile()) {}
  Unnamed(const Unnamed&) = delete;
  Unnamed& operator=(const Unnamed&) = delete;
  ~Unnamed() {
    if (file_ != nullptr) (void)std::fclose(file_);
  }
  [[nodiscard]] bool is_open() const { return file_ != nullptr; }
  [[nodiscard]] std::string path() const {
    return "/proc/self/fd/" + std::to_string(fileno(file_));
  }
  [[nodiscard]] std::optional<std::string> read() const {
    if (std::fseek(file_, 0, SEEK_END) != 0) return std::nullopt;
    const long size = std::ftell(file_);
    if (size < 0 || std::fseek(file_, 0, SEEK_SET) != 0) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(size), '\0');
    if (std::fread(bytes.data(), 1, bytes.size(), file_) != bytes.size()) return std::nullopt;
    return bytes;
  }

 private:
  std::FILE* file_;
};

// Writes one workbook; every call that fails is remembered.
class Book {
 public:
  Book(const Aef& aef, const std::string& path) : aef_(aef), book_(workbook_new(path.c_str())) {
    if (book_ == nullptr) {
      error_ = LXW_ERROR_MEMORY_MALLOC_FAILED;
      return;
    }
    bold_ = workbook_add_format(book_);
    day_ = workbook_add_format(book_);
    format_set_bold(bold_);
    format_set_num_format(day_, "dd/mm/yyyy");
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  [[nodiscard]] lxw_error write() {
    if (book_ == nullptr) return error_;
    put_properties();
    put_summary();
    put_submission();
    for (const AefTable table :
         {AefTable::authorizations, AefTable::actions, AefTable::holdings, AefTable::entities}) {
      put_table(table);
    }
    const lxw_error closed = workbook_close(book_);  // frees it too
    book_ = nullptr;
    note(closed);
    return error_;
  }

 private:
  void note(lxw_error error) {
    if (error_ == LXW_NO_ERROR) error_ = error;
  }

  lxw_worksheet* add_sheet(std::string_view name) {
    lxw_worksheet* sheet = workbook_add_worksheet(book_, std::string(name).c_str());
    if (sheet == nullptr) {
      note(LXW_ERROR_MEMORY_MALLOC_FAILED);
    } else if (aef_.provenance.demonstration) {
      note(worksheet_set_header(sheet, ("&C" + std::string(demonstration_mark)).c_str()));
    }
    return sheet;
  }

  void text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string_view value,
            lxw_format* format = nullptr) {
    if (sheet == nullptr || value.empty()) return;
    note(worksheet_write_string(sheet, row, column, std::string(value).c_str(), format));
  }

  void cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& value) {
    if (sheet == nullptr) return;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      note(worksheet_write_number(sheet, row, column, static_cast<double>(*number), nullptr));
    } else if (const auto* date = std::get_if<ledger::Date>(&value)) {
      constexpr int epoch = 25'569;  // Excel's number of 1 January 1970
      note(worksheet_write_number(sheet, row, column, epoch + date->days, day_));
    } else {
      text(sheet, row, column, text_of(value));
    }
  }

  void put_properties() {
    std::string title = "AEF " + aef_.request.party + " " + std::to_string(aef_.request.year);
    std::string comments =
        aef_.provenance.demonstration ? std::string(demonstration_mark) : std::string();
    lxw_doc_properties properties{};
    properties.title = title.data();
    if (!comments.empty()) properties.comments = comments.data();
    properties.created = static_cast<time_t>(ledger::start_of(*aef_.request.submitted).ms / 1'000);
    note(workbook_set_properties(book_, &properties));
  }

  // The names of all fields, as the official template lists them; beside them what this is.
  void put_summary() {
    lxw_worksheet* sheet = add_sheet("Summary information");
    lxw_row_t row = 0;
    for (const AefTable table : all_aef_tables) {
      text(sheet, row++, 0, sheet_of(table).heading, bold_);
      for (const AefColumn& column : sheet_of(table).columns) text(sheet, row++, 0, column.header);
      ++row;
    }
    const std::pair<std::string_view, std::string> facts[] = {
        {"Ledger", aef_.provenance.ledger},
        {"As of entry", std::to_string(aef_.entry)},
        {"Time of that entry", ledger::format_timestamp(aef_.time)},
        {"Reporting Party", aef_.request.party},
        {"Profile", std::string(name_of(aef_.request.profile))},
        {"Demonstration", aef_.provenance.demonstration ? std::string(demonstration_mark) : "no"},
    };
    row = 0;
    for (const auto& [name, value] : facts) {
      text(sheet, row, 2, name, bold_);
      text(sheet, row++, 3, value);
    }
    if (sheet != nullptr) note(worksheet_set_column(sheet, 0, 3, 40, nullptr));
  }

  // Fields one below the other.
  void put_submission() {
    lxw_worksheet* sheet = add_sheet(sheet_of(AefTable::submission).name);
    text(sheet, 0, 0, sheet_of(AefTable::submission).heading, bold_);
    const AefRow& values = aef_.rows(AefTable::submission).front();
    lxw_row_t row = 1;
    for (std::size_t i = 0; i < values.cells.size(); ++i, ++row) {
      text(sheet, row, 0, sheet_of(AefTable::submission).columns[i].header, bold_);
      cell(sheet, row, 1, values.cells[i]);
    }
    if (sheet != nullptr) note(worksheet_set_column(sheet, 0, 1, 60, nullptr));
  }

  // Fields beside each other, groups of them apart.
  void put_table(AefTable table) {
    lxw_worksheet* sheet = add_sheet(sheet_of(table).name);
    text(sheet, 0, 0, sheet_of(table).heading, bold_);
    const auto columns = sheet_of(table).columns;
    lxw_col_t at = 0;
    for (std::size_t i = 0; i < columns.size(); ++i, ++at) {
      text(sheet, 1, at, columns[i].header, bold_);
      lxw_row_t row = 2;
      for (const AefRow& values : aef_.rows(table)) cell(sheet, row++, at, values.cells[i]);
      if (columns[i].closes_group) ++at;
    }
    if (sheet == nullptr) return;
    note(worksheet_set_column(sheet, 0, at, 20, nullptr));
    worksheet_freeze_panes(sheet, 2, 0);
  }

  const Aef& aef_;
  lxw_workbook* book_;
  lxw_format* bold_ = nullptr;
  lxw_format* day_ = nullptr;
  lxw_error error_ = LXW_NO_ERROR;
};

}  // namespace

std::optional<std::string> to_xlsx(const Aef& aef, std::string& problem) {
  const Unnamed file;
  if (!file.is_open()) {
    problem = "There is no room for a temporary file.";
    return std::nullopt;
  }
  const lxw_error error = Book(aef, file.path()).write();
  if (error != LXW_NO_ERROR) {
    problem = "The workbook cannot be written: " + std::string(lxw_strerror(error)) + ".";
    return std::nullopt;
  }
  std::optional<std::string> bytes = file.read();
  if (!bytes) problem = "The workbook cannot be read back.";
  return bytes;
}

}  // namespace replay
