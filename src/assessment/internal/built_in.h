// The texts of guidance.toml and matrix_example.toml, built into the program.
#pragma once

#include <string_view>

namespace regmark::assessment {

std::string_view guidance_text();
std::string_view matrix_example_text();

}  // namespace regmark::assessment
