// What commands do with the office's answers.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regmark::cli {

class Client;
struct BookArguments;
struct SearchArguments;

// Asks the office that one is signed in to. Fails as load_session and Client's own do.
Result<nlohmann::json> get(const std::string& path);
Result<nlohmann::json> post(const std::string& path, const nlohmann::json& body);

// The person with this sign-in name, for an administrator. Fails as Client::get does, and with
//   not_found   nobody has it
Result<nlohmann::json> person_named(const Client& client, std::string_view sign_in_name);

// The body of a search or an export.
nlohmann::json question_of(const SearchArguments& arguments);

// The body of an entry in a camera's book.
nlohmann::json book_entry(const BookArguments& arguments);

// A paper, or a part of one, to be sent. Fails as base::read_file does, and with
//   invalid_input   it is not JSON
Result<nlohmann::json> paper_in(const std::filesystem::path& file);

// What a paper that was filed lacks, a line each.
void print_lacks(const nlohmann::json& filed);

// Writes the token of a camera that was just added, and says where it is; gives the exit
// status.
int keep_token(const nlohmann::json& added, const std::string& camera,
               const std::filesystem::path& file);

// The same of a camera that had one, which is void now.
int keep_new_token(const nlohmann::json& renewed, const std::filesystem::path& file);

// As a person reads it: indented, its last line ended.
std::string indented(const nlohmann::json& object);

// Prints what was done, or what went wrong; gives the exit status.
int done_or_failed(const Result<nlohmann::json>& answer, const std::string& done);

// Prints a page of sightings, or what went wrong; gives the exit status.
int print_found(const Result<nlohmann::json>& answer);

// For a parameter of a query, or a header's value: every byte that is not plain is escaped.
std::string encoded(std::string_view text);

// The member as text. One whose name has a slash is a member's member: "grounds/review".
std::string cell(const nlohmann::json& object, std::string_view name);

// Prints an array of objects as a table of these fields, each under the last part of its name.
void print_objects(const nlohmann::json& objects, const std::vector<const char*>& fields);
// The same of an array that the office answers with; gives the exit status.
int print_list(const std::string& path, const char* array, const std::vector<const char*>& fields);

// The one of a list that has this id, as JSON or as `print` prints it; or says that there is none.
// Gives the exit status.
int show_one(const nlohmann::json& all, const std::string& id, bool as_json,
             void (*print)(const nlohmann::json&), std::string_view none);

}  // namespace regmark::cli
