#include "estate/in_force.h"

namespace regmark::estate {

const PaperRecord* in_force(const assessment::Guidance& guidance,
                            std::span<const PaperRecord> papers, std::string_view form) {
  const auto* asked = guidance.form(form);
  if (!asked) return nullptr;
  for (auto left = papers.size(); left > 0; --left) {
    const auto& one = papers[left - 1];
    if (one.paper.form == form && assessment::lacks(*asked, one.paper).empty()) return &one;
  }
  return nullptr;
}

}  // namespace regmark::estate
