// Every way past permit and receipt that somebody might try. Compiled once as it stands, which must
// work, and once for each door, which must not: no_other_door.sh.
#include "accountability/effectiveness.h"
#include "accountability/public_impact.h"
#include "audit/log.h"
#include "audit/receipt.h"
#include "camera_register/draft.h"
#include "estate/justification.h"
#include "sightings/store.h"

namespace regmark {

// What is allowed: a receipt of the log opens the store.
Result<sightings::Page> lawful(const sightings::Store& store, const audit::Receipt& receipt) {
  return store.find(receipt, {});
}

// And the register's words and numbers go into a draft.
void lawful(camera_register::Draft& draft) {
  draft.add(camera_register::Total::all, {3, camera_register::Certainty::exact, 0});
}

// A text gets into what is meant for the public through a sieve.
Result<accountability::PublicText> lawful(const accountability::Sieve& sieve) {
  return sieve.pass("a car was found");
}

#if defined(DOOR_PERMIT_MADE_BY_HAND)
access::Permit made(access::Request request) {
  return access::Permit(std::move(request), access::Role::investigator, {}, "", {}, std::nullopt);
}
#elif defined(DOOR_PERMIT_FROM_NOTHING)
access::Permit made() {
  return {};
}
#elif defined(DOOR_RECEIPT_MADE_BY_HAND)
audit::Receipt made(access::Permit permit) {
  return audit::Receipt(1, std::move(permit));
}
#elif defined(DOOR_STORE_OPENED_BY_A_PERMIT)
auto opened(const sightings::Store& store, const access::Permit& permit) {
  return store.find(permit, {});
}
#elif defined(DOOR_STORE_OPENED_BY_NOTHING)
auto opened(const sightings::Store& store) {
  return store.find({}, {});
}
#elif defined(DOOR_STORE_SEARCHED_BY_THE_MACHINE)
auto opened(const sightings::Store& store, const audit::MachineReceipt& receipt) {
  return store.find(receipt, {});
}
#elif defined(DOOR_PICTURE_BY_ITS_ID_ALONE)
auto opened(const sightings::Store& store, const plate::ReadId& id) {
  return store.picture(id, plate::PictureKind::overview);
}
#elif defined(DOOR_DROP_BY_A_PERSON)
auto dropped(sightings::Store& store, const audit::Receipt& receipt) {
  return store.drop(receipt, {});
}
#elif defined(DOOR_COLLECTION_WITHOUT_JUSTIFICATION)
auto kept(sightings::Store& store, std::span<const sightings::NewSighting> reads) {
  return store.append(reads);
}
#elif defined(DOOR_JUSTIFICATION_MADE_BY_HAND)
estate::Justification made() {
  return {};
}
#elif defined(DOOR_PERMIT_WIDENED)
void widened(access::Permit& permit) {
  permit.scope().rows_max = 1'000'000;
}
#elif defined(DOOR_DRAFT_HOLDS_WORDS)
void written(camera_register::Draft& draft, const std::string& site_name) {
  draft.add(site_name, {});
}
#elif defined(DOOR_DRAFT_HOLDS_A_CAMERA)
void written(camera_register::Draft& draft, const base::CameraId& camera) {
  draft.add(camera, {});
}
#elif defined(DOOR_DRAFT_HOLDS_A_SITE)
void written(camera_register::Draft& draft, const base::SiteId& site) {
  draft.add(site, {});
}
#elif defined(DOOR_DRAFT_HOLDS_A_POSITION)
void written(camera_register::Draft& draft, const base::Position& position) {
  draft.add(position, {});
}
#elif defined(DOOR_DRAFT_HOLDS_A_COORDINATE)
void written(camera_register::Draft& draft, double latitude) {
  draft.add(camera_register::Total::all, {latitude});
}
#elif defined(DOOR_DRAFT_LABELLED_BY_HAND)
void written(camera_register::Draft& draft, const char* label) {
  draft.add(camera_register::Label{label}, {});
}
#elif defined(DOOR_PUBLIC_TEXT_MADE_BY_HAND)
accountability::PublicText made(std::string words) {
  return accountability::PublicText(std::move(words));
}
#elif defined(DOOR_PUBLIC_IMPACT_HOLDS_WORDS)
void written(accountability::PublicImpact::Shown& shown, const std::string& words) {
  shown.text = words;
}
#elif defined(DOOR_PUBLIC_IMPACT_MADE_BY_HAND)
accountability::PublicImpact made() {
  return {};
}
#elif defined(DOOR_EFFECTIVENESS_HOLDS_WORDS)
accountability::Effectiveness made(base::UtcDay day, std::vector<std::string> examples) {
  return accountability::Effectiveness(day, day, {}, std::move(examples));
}
#endif

}  // namespace regmark
