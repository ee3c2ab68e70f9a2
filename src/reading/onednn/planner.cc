#include "reading/onednn/planner.h"

#include <algorithm>
#include <limits>

namespace regmark::reading::onednn {
namespace {

using dnnl::memory;

constexpr BufferId outside = std::numeric_limits<BufferId>::max();  // the caller's pixels

memory::desc plain(const memory::dims& dims, memory::data_type type) {
  memory::dims strides(dims.size(), 1);
  for (std::size_t at = dims.size(); at-- > 1;) strides[at - 1] = strides[at] * dims[at];
  return {dims, type, strides};
}

}  // namespace

Planner::Planner(const Layers& all, const Numbers& numbers, Weights& weights,
                 const dnnl::engine& engine)
    : all_(all),
      numbers_(numbers),
      weights_(weights),
      engine_(engine),
      stored_(all.names.size()),
      uses_(all.uses()) {}

Plan Planner::make(const memory::dims& shape) {
  const memory::desc pixels(shape, memory::data_type::u8, memory::format_tag::nhwc);
  plan_.input_ = memory(pixels, engine_, DNNL_MEMORY_NONE);
  stored_[all_.input] = Stored{pixels, pixel.unit, outside};
  for (const auto& layer : all_.layers) {
    const auto steps_before = plan_.steps_.size();
    const auto made = made_by(layer);
    stored_[layer.output] = made;
    if (plan_.steps_.size() > steps_before) {
      plan_.steps_.back().made = Plan::Made{layer.output, made.desc, made.buffer};
    }
    const auto read = [&](ValueId value) {
      if (stored(value).buffer != outside) --reads_left_[stored(value).buffer];
    };
    for (const auto input : layer.inputs) read(input);
    if (layer.added) read(*layer.added);
    if (made.buffer != outside) reads_left_[made.buffer] += uses_[layer.output];
  }
  const auto output = in_order(as_floats(stored(all_.output)));
  plan_.output_ = memory_in(output);
  plan_.memory_size_ = plan_.buffers_.place();
  return std::move(plan_);
}

Stored Planner::made_by(const Layer& layer) {
  switch (layer.kind) {
    case Kind::convolution:
      return convolution(layer);
    case Kind::max_pool:
    case Kind::average_pool:
      return pool(layer);
    case Kind::add:
      return add(layer);
    case Kind::concat:
      return concat(layer);
    case Kind::upsample:
      return upsample(layer);
    case Kind::activation:
      return activation(layer);
    case Kind::softmax:
      return softmax(layer);
    case Kind::reshape:
      return reshape(layer);
    case Kind::transpose:
      return transpose(layer);
  }
  throw dnnl::error(dnnl_unimplemented, "an unknown layer");
}

Stored Planner::room(const memory::desc& desc, float unit) {
  reads_left_.push_back(0);
  return {desc, unit, plan_.buffers_.add(desc.get_size(), plan_.steps_.size())};
}

memory Planner::memory_in(const Stored& stored) {
  if (stored.buffer == outside) {
    if (stored.desc == plan_.input_.get_desc()) return plan_.input_;
    throw dnnl::error(dnnl_unimplemented, "the pixels in another layout");
  }
  plan_.buffers_.keep_until(stored.buffer, plan_.steps_.size());
  memory made(stored.desc, engine_, DNNL_MEMORY_NONE);
  plan_.placed_.emplace_back(made, stored.buffer);
  return made;
}

// Working memory of the primitive's own is the plan's too: a network may then be made in one thread
// and run in another.
dnnl::primitive_attr Planner::attributes(const dnnl::post_ops& after) {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  attributes.set_post_ops(after);
  return attributes;
}

void Planner::step(const dnnl::primitive_desc_base& description, const Arguments& arguments,
                   const std::vector<std::pair<int, memory>>& constants) {
  Plan::Step step;
  step.primitive = dnnl::primitive(description.get());
  for (const auto& [name, stored] : arguments) step.arguments.emplace(name, memory_in(stored));
  for (const auto& [name, constant] : constants) step.arguments.emplace(name, constant);
  const auto scratchpad = description.scratchpad_desc();
  if (scratchpad.get_size() > 0) {
    step.arguments.emplace(DNNL_ARG_SCRATCHPAD, memory_in(room(scratchpad, 1)));
  }
  // What the library calls its reference for concat is copying: as fast as any.
  if (step.primitive.get_kind() != dnnl::primitive::kind::concat) {
    plan_.ways_.emplace_back(description.impl_info_str());
  }
  plan_.steps_.push_back(std::move(step));
}

Stored Planner::converted(const Stored& from, const memory::desc& wanted, float unit) {
  if (from.desc == wanted && from.unit == unit) return from;
  const auto to = room(wanted, unit);
  auto how = attributes();
  if (from.unit != unit) how.set_output_scales(0, {from.unit / unit});
  step(dnnl::reorder::primitive_desc(engine_, from.desc, engine_, wanted, how),
       {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}});
  return to;
}

Stored Planner::as_floats(const Stored& from) {
  if (from.desc.data_type() == memory::data_type::f32) return from;
  // Eight bits lie with the channels last, and floats may as well.
  auto wanted = from.desc;
  wanted.data.data_type = dnnl_f32;
  return converted(from, wanted, 1);
}

Stored Planner::in_order(const Stored& from) {
  return converted(from, plain(from.desc.dims(), from.desc.data_type()), from.unit);
}

Stored Planner::place_of_sum(ValueId added, const memory::desc& wanted, float unit) {
  const auto& from = stored(added);
  auto same_type = wanted;
  same_type.data.data_type = from.desc.data.data_type;
  const bool fits = from.desc == same_type && memory::data_type_size(from.desc.data_type()) ==
                                                  memory::data_type_size(wanted.data_type());
  const bool is_last_read = from.buffer != outside && reads_left_[from.buffer] == 1;
  if (fits && is_last_read) return from;
  if (!fits) return converted(from, wanted, unit);
  const auto copy = room(from.desc, from.unit);
  step(dnnl::reorder::primitive_desc(engine_, from.desc, engine_, copy.desc, attributes()),
       {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, copy}});
  return copy;
}

}  // namespace regmark::reading::onednn
