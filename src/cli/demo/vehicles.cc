#include "cli/demo/vehicles.h"

#include <array>

namespace regmark::cli {
namespace {

// One likely misread of the plate, or the plate itself when it has none.
std::string misread_of(std::string plate) {
  constexpr std::array<std::pair<char, char>, 6> pairs = {
      {{'B', '8'}, {'S', '5'}, {'E', 'F'}, {'Z', '2'}, {'G', '6'}, {'V', 'Y'}}};
  for (auto& character : plate) {
    for (const auto& [one, other] : pairs) {
      if (character == one || character == other) {
        character = character == one ? other : one;
        return plate;
      }
    }
  }
  return plate;
}

std::string row_of(const std::string& plate, std::size_t number) {
  constexpr std::array<const char*, 3> reasons = {"STOLEN", "MISSING PERSON", "NO INSURANCE"};
  constexpr std::array<const char*, 3> actions = {"STOP", "STOP - CONCERN FOR WELFARE", "STOP"};
  const auto kind = number % reasons.size();
  return plate + ",,,," + actions[kind] + ",," + reasons[kind] + ",,Demo entry,,,,,,,\n";
}

}  // namespace

Result<std::vector<std::filesystem::path>> demo_sources(const std::filesystem::path& program) {
  const auto beside = program.parent_path();
  for (const auto& folder : {beside / "testdata", beside / "../../testdata",
                             std::filesystem::path(REGMARK_SOURCE_DIR) / "testdata"}) {
    std::error_code error;
    const auto whole = std::filesystem::weakly_canonical(folder, error);
    if (error || !std::filesystem::is_directory(whole / "pictures")) continue;
    return std::vector<std::filesystem::path>{whole / "pictures", whole / "clip.mp4"};
  }
  return fail(ErrorCode::not_found, "the demo's own pictures are not there: give --pictures DIR");
}

Wanted wanted_among(const std::vector<std::string>& plates) {
  Wanted wanted;
  wanted.csv =
      "VRM,make,model,colour,action,warning markers,reason,intelligence grading,information,"
      "force and area,weed date,PNC ID,protective marking,CAD,spare 1,spare 2\n";
  for (std::size_t at = 0; at < plates.size(); at += 3) {
    wanted.csv += row_of(plates[at], wanted.plates.size());
    wanted.plates.push_back(plates[at]);
  }
  if (plates.size() > 1) {
    const auto near = misread_of(plates[1]);
    wanted.csv += row_of(near, wanted.plates.size());
    wanted.plates.push_back(near);
  }
  return wanted;
}

}  // namespace regmark::cli
