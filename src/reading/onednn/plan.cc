#include "reading/onednn/plan.h"

#include <algorithm>

namespace regmark::reading::onednn {

// The library may clear what a layout has beyond the numbers when it is given a place, so this is
// done only when the place is a new one.
void Plan::bind(std::byte* working_memory) {
  if (bound_to_ == working_memory) return;
  for (auto& [memory, buffer] : placed_) {
    memory.set_data_handle(working_memory + buffers_.offset(buffer));
  }
  bound_to_ = working_memory;
}

Tensor Plan::run(std::span<const std::uint8_t> pixels, std::byte* working_memory,
                 dnnl::stream& stream, const Observer& observer) {
  bind(working_memory);
  // The library only reads the input, but has no type that says so.
  input_.set_data_handle(const_cast<std::uint8_t*>(pixels.data()));
  for (auto& step : steps_) {
    step.primitive.execute(stream, step.arguments);
    if (!observer || !step.made) continue;
    const auto& [value, desc, buffer] = *step.made;
    if (desc.data_type() != dnnl::memory::data_type::f32) continue;
    stream.wait();
    const auto* at = working_memory + buffers_.offset(buffer);
    observer(value, {reinterpret_cast<const float*>(at), desc.get_size() / sizeof(float)});
  }
  stream.wait();
  const auto desc = output_.get_desc();
  const auto* values = static_cast<const float*>(output_.get_data_handle());
  Tensor made;
  for (const auto side : desc.dims()) made.shape.push_back(static_cast<int>(side));
  made.values.assign(values, values + desc.get_size() / sizeof(float));
  return made;
}

}  // namespace regmark::reading::onednn
