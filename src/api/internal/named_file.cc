#include "api/internal/named_file.h"

namespace regmark::api {
namespace {

// Beside who wrote or did each, what they are called.
template <typename Records>
Result<void> add_names(Json& shown, const Records& records, Names& names) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    REGMARK_ASSIGN(shown.at(i)["by_name"], names.of(records[i].by));
  }
  return {};
}

template <typename File>
Result<Json> show_file(const File& file, Names& names) {
  auto shown = show(file);
  REGMARK_TRY(add_names(shown.at("steps"), file.steps, names));
  REGMARK_TRY(add_names(shown.at("papers"), file.papers, names));
  return shown;
}

}  // namespace

Result<Json> show_named(const estate::SiteFile& file, Names& names) {
  return show_file(file, names);
}

Result<Json> show_named(const estate::DeploymentFile& file, Names& names) {
  return show_file(file, names);
}

Result<Json> show_named(const std::vector<estate::PaperRecord>& papers, Names& names) {
  Json shown = show_all(papers);
  REGMARK_TRY(add_names(shown, papers, names));
  return shown;
}

}  // namespace regmark::api
