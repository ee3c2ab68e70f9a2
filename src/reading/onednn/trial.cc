#include "reading/onednn/trial.h"

#include <algorithm>
#include <cstdint>
#include <dnnl.hpp>
#include <span>

extern "C" void omp_set_num_threads(int count);  // of the OpenMP that the library is built with

namespace regmark::reading::onednn {
namespace {

using dnnl::memory;
using Type = memory::data_type;

// A convolution of `channels` by 3 x 3 over pixels of 255 with weights of 127, but in every second
// output of -127.
bool is_exact(std::int64_t channels, std::int64_t groups) {
  const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  const std::int64_t side = 8, inner = 6, each = channels / groups;
  memory::dims weights_dims = {channels, each, 3, 3};
  if (groups > 1) weights_dims = {groups, each, each, 3, 3};
  const memory::desc source_desc({1, channels, side, side}, Type::u8, memory::format_tag::nhwc);
  const memory::desc made_desc({1, channels, inner, inner}, Type::f32, memory::format_tag::nhwc);
  const dnnl::convolution_forward::primitive_desc chosen(
      {dnnl::prop_kind::forward_inference,
       dnnl::algorithm::convolution_direct,
       source_desc,
       {weights_dims, Type::s8, memory::format_tag::any},
       made_desc,
       {1, 1},
       {0, 0},
       {0, 0}},
      engine);
  memory source(source_desc, engine), made(made_desc, engine),
      packed(chosen.weights_desc(), engine);
  std::fill_n(static_cast<std::uint8_t*>(source.get_data_handle()), source_desc.get_size(),
              std::uint8_t{255});
  memory weights(
      {weights_dims, Type::s8, groups > 1 ? memory::format_tag::goihw : memory::format_tag::oihw},
      engine);
  const auto count = channels * each * 9;
  const std::span values(static_cast<std::int8_t*>(weights.get_data_handle()),
                         static_cast<std::size_t>(count));
  for (std::size_t at = 0; at < values.size(); ++at) {
    const bool is_odd = at / static_cast<std::size_t>(each * 9) % 2 == 1;
    values[at] = static_cast<std::int8_t>(is_odd ? -127 : 127);
  }
  dnnl::stream stream(engine);
  dnnl::reorder(weights, packed).execute(stream, weights, packed);
  dnnl::convolution_forward(chosen).execute(
      stream, {{DNNL_ARG_SRC, source}, {DNNL_ARG_WEIGHTS, packed}, {DNNL_ARG_DST, made}});
  stream.wait();
  const float want = static_cast<float>(255 * 127 * 9 * each);
  const std::span sums(static_cast<const float*>(made.get_data_handle()),
                       static_cast<std::size_t>(channels * inner * inner));
  for (std::size_t at = 0; at < sums.size(); ++at) {
    const bool is_odd = at % static_cast<std::size_t>(channels) % 2 == 1;
    if (sums[at] != (is_odd ? -want : want)) return false;
  }
  return true;
}

}  // namespace

void use_one_thread() {
  omp_set_num_threads(1);
}

bool has_eight_bit_sums() {
  switch (dnnl::get_effective_cpu_isa()) {
    case dnnl::cpu_isa::avx2_vnni:
    case dnnl::cpu_isa::avx512_core_vnni:
    case dnnl::cpu_isa::avx512_core_bf16:
    case dnnl::cpu_isa::avx512_core_amx:
      return true;
    default:
      return false;
  }
}

bool eight_bit_sums_are_exact() {
  static const bool exact = [] {
    try {
      use_one_thread();
      return is_exact(64, 1) && is_exact(24, 1) && is_exact(64, 64);
    } catch (const dnnl::error&) {
      return false;  // no such primitive: then it is not used
    }
  }();
  return exact;
}

}  // namespace regmark::reading::onednn
