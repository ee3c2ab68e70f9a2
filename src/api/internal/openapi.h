// The document that describes every route, made from the table that runs them.
#pragma once

#include "api/internal/tables.h"

namespace regmark::api {

// An OpenAPI 3.1 document.
Json openapi_document(const Table& table);

}  // namespace regmark::api
