// The identity provider of the configuration, asked over HTTP.
#pragma once

#include <memory>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"
#include "people/identity_provider.h"
#include "server/settings.h"

namespace regmark::server {

// Asks nobody yet: a provider that is away keeps no office closed. The clock outlives it. Fails
// with
//   invalid_input   the file of the client's secret cannot be read, is empty or open to others
Result<std::unique_ptr<people::IdentityProvider>> open_identity_provider(
    const IdentityProviderSettings& settings, const base::Key& key, const base::Clock& clock);

}  // namespace regmark::server
