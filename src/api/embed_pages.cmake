# Writes a source file that holds every file of a folder:
#   cmake -D PAGES=FOLDER -D OUT=FILE.cc -P embed_pages.cmake
# An empty PAGES, or a folder that is not there, gives a program without pages.
set(files "")
if(PAGES AND EXISTS "${PAGES}/index.html")
  file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE "${PAGES}" "${PAGES}/*")
  list(SORT files)
endif()

set(assembly "")
set(declarations "")
set(rows "")
set(number 0)
foreach(file IN LISTS files)
  # The digest makes this source differ whenever a page does, so that no compiler cache is misled.
  file(SHA256 "${PAGES}/${file}" digest)
  string(APPEND assembly
    "  \"# ${digest}\\n\"\n"
    "  \"regmark_page_${number}: .incbin \\\"${PAGES}/${file}\\\"\\n\"\n"
    "  \"regmark_page_${number}_end:\\n\"\n"
    "  \".globl regmark_page_${number}, regmark_page_${number}_end\\n\"\n")
  string(APPEND declarations
    "extern const char regmark_page_${number}[];\n"
    "extern const char regmark_page_${number}_end[];\n")
  string(APPEND rows
    "      {\"/${file}\", between(regmark_page_${number}, regmark_page_${number}_end)},\n")
  math(EXPR number "${number} + 1")
endforeach()

set(source "// Made by embed_pages.cmake.\n#include \"api/pages.h\"\n\n")
if(files)
  string(APPEND source "__asm__(\n  \".section .rodata\\n\"\n${assembly}  \".text\\n\");\n\n"
    "extern \"C\" {\n${declarations}}\n\n")
endif()
string(APPEND source "namespace regmark::api {\n")
if(files)
  string(APPEND source "namespace {\n"
    "std::string_view between(const char* from, const char* to) {\n"
    "  return {from, static_cast<std::size_t>(to - from)};\n}\n}  // namespace\n")
endif()
string(APPEND source "\nPages embedded_pages() {\n  return {\n${rows}  };\n}\n\n"
  "}  // namespace regmark::api\n")
file(WRITE "${OUT}" "${source}")
