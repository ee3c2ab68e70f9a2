// One function for each kind of layer.
#include <algorithm>
#include <cstddef>

#include "reading/onednn/planner.h"

namespace regmark::reading::onednn {
namespace {

using dnnl::memory;
using Type = memory::data_type;

constexpr auto inference = dnnl::prop_kind::forward_inference;

void expect(bool is_so, const char* what) {
  if (!is_so) throw dnnl::error(dnnl_invalid_arguments, what);
}

memory::desc any_layout(const memory::dims& dims, Type type) {
  return {dims, type, memory::format_tag::any};
}

// The size of what a window gives that moves over a picture.
memory::dims moved_over(const memory::dims& source, std::int64_t channels, const Layer& layer) {
  expect(source.size() == 4, "a picture has height and width");
  memory::dims made = {source[0], channels, 0, 0};
  for (std::size_t side = 0; side < 2; ++side) {
    const auto reach = layer.dilations[side] * (layer.kernel[side] - 1) + 1;
    const auto room = source[side + 2] + layer.pads_before[side] + layer.pads_after[side] - reach;
    expect(room >= 0, "the picture is smaller than what looks at it");
    made[side + 2] = room / layer.strides[side] + 1;
  }
  return made;
}

dnnl::algorithm algorithm_of(Activation activation) {
  switch (activation) {
    case Activation::relu:
      return dnnl::algorithm::eltwise_relu;
    case Activation::clip:
      return dnnl::algorithm::eltwise_clip;
    case Activation::sigmoid:
      return dnnl::algorithm::eltwise_logistic;
    case Activation::none:
      break;
  }
  return dnnl::algorithm::undef;
}

void append_activation(dnnl::post_ops& after, const Layer& layer, float unit) {
  if (layer.activation == Activation::none) return;
  after.append_eltwise(1, algorithm_of(layer.activation), layer.low / unit, layer.high / unit);
}

void append_sum(dnnl::post_ops& after, const Stored& place, const memory::desc& to, float unit) {
  const bool same = place.desc.data_type() == to.data_type();
  after.append_sum(place.unit / unit, same ? Type::undef : place.desc.data_type());
}

Number float_number() {
  return {Type::f32, 1};
}

}  // namespace

// As what a layer keeps what it computes. A sigmoid is not the same of a number in other units.
Number Planner::kept_as(const Layer& layer) const {
  const auto& number = numbers_[layer.output];
  return number && layer.activation != Activation::sigmoid ? *number : float_number();
}

Stored Planner::convolution(const Layer& layer) {
  const auto in = numbers_[layer.inputs[0]].value_or(float_number());
  const bool is_small = in.type != Type::f32;
  const auto out = is_small ? kept_as(layer) : float_number();
  const auto& given = stored(layer.inputs[0]);
  const auto source_dims = given.desc.dims();
  const auto dims = moved_over(source_dims, layer.weights.shape[0], layer);
  expect(source_dims[1] == layer.weights.shape[1] * layer.groups, "another number of channels");
  auto units = is_small ? Weights::units_of(layer)
                        : std::vector<float>(static_cast<std::size_t>(dims[1]), 1);
  for (auto& unit : units) unit *= in.unit;

  const auto describe = [&](const dnnl::post_ops& after) {
    auto how = attributes(after);
    auto scales = units;
    for (auto& scale : scales) scale /= out.unit;
    if (is_small) how.set_output_scales(2, scales);
    auto dilations = layer.dilations;
    for (auto& dilation : dilations) --dilation;  // the library counts what lies between
    const auto weights = any_layout(Weights::shape_of(layer), is_small ? Type::s8 : Type::f32);
    return dnnl::convolution_forward::primitive_desc(
        {inference, dnnl::algorithm::convolution_direct, any_layout(source_dims, in.type), weights,
         any_layout({dims[1]}, Type::f32), any_layout(dims, out.type), layer.strides, dilations,
         layer.pads_before, layer.pads_after},
        how, engine_);
  };
  dnnl::post_ops after;
  if (layer.added) {
    // The layout in which the sum is made is chosen as if both had the same unit.
    expect(stored(*layer.added).desc.dims() == dims, "a sum of two sizes");
    dnnl::post_ops guess;
    guess.append_sum();
    append_activation(guess, layer, out.unit);
    const auto place = place_of_sum(*layer.added, describe(guess).dst_desc(), out.unit);
    append_sum(after, place, describe(guess).dst_desc(), out.unit);
    append_activation(after, layer, out.unit);
    const auto chosen = describe(after);
    const auto source = converted(given, chosen.src_desc(), in.unit);
    const Stored made{chosen.dst_desc(), out.unit, place.buffer};
    expect(made.desc == describe(guess).dst_desc(), "a sum in another layout than was asked for");
    step(chosen, {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, made}},
         {{DNNL_ARG_WEIGHTS, weights_.packed(layer, chosen.weights_desc())},
          {DNNL_ARG_BIAS, weights_.bias(layer, units)}});
    return made;
  }
  append_activation(after, layer, out.unit);
  const auto chosen = describe(after);
  const auto source = converted(given, chosen.src_desc(), in.unit);
  const auto made = room(chosen.dst_desc(), out.unit);
  step(chosen, {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, made}},
       {{DNNL_ARG_WEIGHTS, weights_.packed(layer, chosen.weights_desc())},
        {DNNL_ARG_BIAS, weights_.bias(layer, units)}});
  return made;
}

Stored Planner::pool(const Layer& layer) {
  const bool takes_greatest = layer.kind == Kind::max_pool;
  const auto source = takes_greatest ? stored(layer.inputs[0]) : as_floats(stored(layer.inputs[0]));
  const auto dims = moved_over(source.desc.dims(), source.desc.dims()[1], layer);
  const dnnl::pooling_forward::primitive_desc chosen(
      {inference,
       takes_greatest ? dnnl::algorithm::pooling_max : dnnl::algorithm::pooling_avg_exclude_padding,
       source.desc, any_layout(dims, source.desc.data_type()), layer.strides, layer.kernel,
       layer.pads_before, layer.pads_after},
      attributes(), engine_);
  const auto made = room(chosen.dst_desc(), source.unit);
  step(chosen, {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, made}});
  return made;
}

Stored Planner::add(const Layer& layer) {
  const auto first = as_floats(stored(layer.inputs[0]));
  const auto second = converted(as_floats(stored(layer.inputs[1])), first.desc, 1);
  expect(first.desc.dims() == stored(layer.inputs[1]).desc.dims(), "a sum of two sizes");
  dnnl::post_ops after;
  append_activation(after, layer, 1);
  const dnnl::binary::primitive_desc chosen(
      {dnnl::algorithm::binary_add, first.desc, second.desc, first.desc}, attributes(after),
      engine_);
  const auto made = room(first.desc, 1);
  step(chosen, {{DNNL_ARG_SRC_0, first}, {DNNL_ARG_SRC_1, second}, {DNNL_ARG_DST, made}});
  return made;
}

Stored Planner::concat(const Layer& layer) {
  const auto out = kept_as(layer);
  std::vector<Stored> sources;
  std::vector<memory::desc> descs;
  for (const auto input : layer.inputs) {
    auto wanted = stored(input).desc;
    wanted.data.data_type = memory::convert_to_c(out.type);
    sources.push_back(converted(stored(input), wanted, out.unit));
    descs.push_back(sources.back().desc);
  }
  const int dimensions = descs[0].data.ndims;
  const auto axis = static_cast<int>(layer.axis < 0 ? layer.axis + dimensions : layer.axis);
  expect(axis >= 0 && axis < dimensions, "a dimension that is not there");
  const dnnl::concat::primitive_desc chosen(axis, descs, engine_, attributes());
  const auto made = room(chosen.dst_desc(), out.unit);
  Arguments arguments = {{DNNL_ARG_DST, made}};
  for (std::size_t at = 0; at < sources.size(); ++at) {
    arguments.emplace_back(DNNL_ARG_MULTIPLE_SRC + static_cast<int>(at), sources[at]);
  }
  step(chosen, arguments);
  return made;
}

Stored Planner::upsample(const Layer& layer) {
  const auto& given = stored(layer.inputs[0]);
  auto dims = given.desc.dims();
  expect(dims.size() == 4, "a picture has height and width");
  for (std::size_t side = 0; side < 2; ++side) dims[side + 2] *= layer.factors[side];
  // Without a sum numbers are only moved; with one all three must be small, or none.
  const bool is_small = given.desc.data_type() != Type::f32;
  const auto out =
      layer.added && is_small ? kept_as(layer) : Number{given.desc.data_type(), given.unit};
  const auto source = out.type == Type::f32 ? as_floats(given) : given;
  dnnl::post_ops after;
  std::optional<Stored> place;
  auto wanted = any_layout(dims, out.type);
  if (layer.added) {
    expect(stored(*layer.added).desc.dims() == dims, "a sum of two sizes");
    wanted = dnnl::resampling_forward::primitive_desc(
                 {inference, dnnl::algorithm::resampling_nearest, source.desc, wanted},
                 attributes(), engine_)
                 .dst_desc();
    place = place_of_sum(*layer.added, wanted, out.unit);
    if (source.unit != out.unit) {
      after.append_eltwise(1, dnnl::algorithm::eltwise_linear, source.unit / out.unit, 0);
    }
    append_sum(after, *place, wanted, out.unit);
    append_activation(after, layer, out.unit);
  }
  const dnnl::resampling_forward::primitive_desc chosen(
      {inference, dnnl::algorithm::resampling_nearest, source.desc, wanted}, attributes(after),
      engine_);
  const auto made = place ? Stored{chosen.dst_desc(), out.unit, place->buffer}
                          : room(chosen.dst_desc(), out.unit);
  step(chosen, {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, made}});
  return made;
}

Stored Planner::activation(const Layer& layer) {
  const auto source = as_floats(stored(layer.inputs[0]));
  const dnnl::eltwise_forward::primitive_desc chosen(
      {inference, algorithm_of(layer.activation), source.desc, layer.low, layer.high}, attributes(),
      engine_);
  const auto made = room(source.desc, 1);
  step(chosen, {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, made}});
  return made;
}

Stored Planner::softmax(const Layer& layer) {
  const auto source = in_order(as_floats(stored(layer.inputs[0])));
  const int last = source.desc.data.ndims - 1;
  expect(layer.axis == last || layer.axis == -1, "a softmax along another dimension");
  const dnnl::softmax_forward::primitive_desc chosen({inference, source.desc, last}, attributes(),
                                                     engine_);
  const auto made = room(source.desc, 1);
  step(chosen, {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, made}});
  return made;
}

Stored Planner::reshape(const Layer& layer) {
  auto source = in_order(stored(layer.inputs[0]));
  const auto before = source.desc.dims();
  memory::dims dims(layer.shape.begin(), layer.shape.end());
  if (dims.empty()) {
    const auto count = static_cast<std::int64_t>(before.size());
    for (std::int64_t at = 0; at < count; ++at) {
      const bool is_dropped = std::ranges::any_of(layer.squeezed, [&](std::int64_t squeezed) {
        return squeezed == at || squeezed + count == at;
      });
      if (!is_dropped) dims.push_back(before[static_cast<std::size_t>(at)]);
    }
  }
  std::int64_t whole = 1, known = 1;
  for (const auto side : before) whole *= side;
  for (std::size_t at = 0; at < dims.size(); ++at) {
    if (dims[at] == 0 && at < before.size()) dims[at] = before[at];
    if (dims[at] > 0) known *= dims[at];
    expect(dims[at] >= -1 && dims[at] != 0 && known <= whole, "a shape that cannot be");
  }
  for (auto& side : dims) {
    if (side != -1) continue;
    side = whole / known;
    known *= side;
  }
  expect(known == whole && !dims.empty(), "a shape for another number of numbers");
  source.desc = source.desc.reshape(dims);
  return source;
}

Stored Planner::transpose(const Layer& layer) {
  auto source = stored(layer.inputs[0]);
  const auto count = static_cast<std::size_t>(source.desc.data.ndims);
  std::vector<int> goes_to(count, -1);
  expect(layer.order.size() == count, "an order of another number of dimensions");
  for (std::size_t at = 0; at < count; ++at) {
    const auto from = static_cast<std::size_t>(layer.order[at]);
    expect(from < count && goes_to[from] == -1, "an order that names a dimension twice");
    goes_to[from] = static_cast<int>(at);
  }
  source = in_order(source);
  source.desc = source.desc.permute_axes(goes_to);
  return source;
}

}  // namespace regmark::reading::onednn
