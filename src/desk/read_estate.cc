#include "desk/read_estate.h"

#include <algorithm>

#include "desk/ask.h"

namespace regmark::desk {

Result<Answer<std::vector<estate::SiteRecord>>> read_sites(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("sites"),
             [&](const audit::Receipt& receipt) { return desk.estate.sites(receipt); });
}

Result<Answer<std::vector<estate::DeploymentRecord>>> read_deployments(const Desk& desk,
                                                                       const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("deployments"),
             [&](const audit::Receipt& receipt) { return desk.estate.deployments(receipt); });
}

Result<Answer<std::vector<estate::CameraRecord>>> read_cameras(const Desk& desk,
                                                               const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("cameras"),
             [&](const audit::Receipt& receipt) { return desk.estate.cameras(receipt); });
}

Result<void> add_attested(const Desk& desk, const audit::Receipt& receipt, estate::SiteFile& file,
                          std::optional<base::UtcTime> as_of) {
  std::vector<base::CameraId> cameras;
  for (const auto& view : file.views) cameras.push_back(view.camera);
  REGMARK_ASSIGN(auto entries, desk.camera_book.entries(receipt, cameras));
  std::erase_if(entries, [&](const estate::BookRecord& record) {
    return record.entry.kind != estate::BookKind::location || (as_of && record.at > *as_of);
  });
  for (const auto& record : entries) {
    // By then: a later entry may have taken its place since.
    const bool is_replaced = std::ranges::any_of(entries, [&](const estate::BookRecord& later) {
      return later.entry.replaces == record.number;
    });
    const auto view =
        std::ranges::find(file.views, record.entry.camera, &estate::CameraView::camera);
    if (is_replaced || view == file.views.end() || view->attested_on > record.entry.day) continue;
    view->attested_on = record.entry.day;
    view->attested_by = record.entry.words;
  }
  return {};
}

Result<Answer<estate::SiteFile>> read_site_file(const Desk& desk, const Asker& asker,
                                                const base::SiteId& site,
                                                std::optional<base::UtcTime> as_of) {
  return ask(desk, asker, access::Act::read_estate, about(site.text()),
             [&](const audit::Receipt& receipt) -> Result<estate::SiteFile> {
               REGMARK_ASSIGN(auto file, desk.estate.site_file(receipt, site, as_of));
               REGMARK_TRY(add_attested(desk, receipt, file, as_of));
               return file;
             });
}

Result<Answer<estate::DeploymentFile>> read_deployment_file(const Desk& desk, const Asker& asker,
                                                            const base::DeploymentId& deployment,
                                                            std::optional<base::UtcTime> as_of) {
  return ask(desk, asker, access::Act::read_estate, about(deployment.text()),
             [&](const audit::Receipt& receipt) {
               return desk.estate.deployment_file(receipt, deployment, as_of);
             });
}

Result<Answer<std::vector<estate::PaperRecord>>> read_camera_papers(const Desk& desk,
                                                                    const Asker& asker,
                                                                    const base::CameraId& camera) {
  return ask(
      desk, asker, access::Act::read_estate, about(camera.text()),
      [&](const audit::Receipt& receipt) { return desk.estate.camera_papers(receipt, camera); });
}

Result<Answer<std::vector<estate::ToTakeDown>>> read_taking_down(const Desk& desk,
                                                                 const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("taking down"),
             [&](const audit::Receipt& receipt) { return desk.estate.to_take_down(receipt); });
}

Result<Answer<base::Bytes>> read_evidence(const Desk& desk, const Asker& asker,
                                          const base::Digest& sha256) {
  return ask(desk, asker, access::Act::read_estate, about("evidence"),
             [&](const audit::Receipt& receipt) { return desk.estate.evidence(receipt, sha256); });
}

Result<Answer<estate::MatrixRecord>> read_matrix(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("matrix"),
             [&](const audit::Receipt& receipt) { return desk.estate.matrix(receipt); });
}

Result<Answer<std::vector<estate::ReviewDue>>> read_reviews(const Desk& desk, const Asker& asker) {
  return ask(desk, asker, access::Act::read_estate, about("reviews"),
             [&](const audit::Receipt& receipt) { return desk.estate.reviews_due(receipt); });
}

Result<Answer<std::vector<estate::WouldStop>>> read_would_stop(const Desk& desk, const Asker& asker,
                                                               base::UtcDay day) {
  return ask(desk, asker, access::Act::read_estate, about("reviews"),
             [&](const audit::Receipt& receipt) { return desk.estate.would_stop(receipt, day); });
}

}  // namespace regmark::desk
