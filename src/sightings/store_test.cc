#include "sightings/store.h"

#include "sightings/store_suite.h"

namespace regmark::sightings {

INSTANTIATE_TEST_SUITE_P(Embedded, StoreSuite, testing::Values(Driver{"rocksdb", open_embedded}),
                         [](const auto& driver) { return driver.param.name; });

}  // namespace regmark::sightings
