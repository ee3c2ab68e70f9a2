// The console's pages, as files in memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regmark::api {

struct PageFile {
  std::string path;  // as in the address: "/index.html", "/assets/main-4f2a.js"
  std::string_view bytes;
};

// At most a few dozen files; the first page is "/index.html".
using Pages = std::vector<PageFile>;

// What was compiled in: web/dist as Vite built it, or nothing when the build had no npm.
Pages embedded_pages();

// By the ending of the name; "application/octet-stream" for one that we do not know.
std::string_view content_type_of(std::string_view path);

}  // namespace regmark::api
