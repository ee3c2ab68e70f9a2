#include "reading/onnx.h"

#include <gtest/gtest.h>

#include "reading/models.h"
#include "reading/onnx_testing.h"

namespace regmark::reading::onnx {
namespace {

TEST(Onnx, GivesNodesAndWeights) {
  Message perm = integers_attribute("perm", {0, 2, 1, 3});
  const auto file = Writer()
                        .convolution("seen", "in", {4, 3, 3, 3}, 2)
                        .node("Relu", "positive", {"seen"})
                        .node("Transpose", "out", {"positive"}, {perm})
                        .file({1, 3, 8, 8});
  const auto graph = parse(file);
  ASSERT_TRUE(graph);
  EXPECT_EQ(graph->input, "in");
  EXPECT_EQ(graph->output, "out");
  ASSERT_EQ(graph->nodes.size(), 3U);
  EXPECT_EQ(graph->nodes[0].operation, "Conv");
  EXPECT_EQ(graph->nodes[0].inputs, (std::vector<std::string>{"in", "seen.weight", "seen.bias"}));
  EXPECT_EQ(graph->nodes[0].integers("strides", {}), (std::vector<std::int64_t>{2, 2}));
  EXPECT_EQ(graph->nodes[0].integer("group", 7), 1);
  EXPECT_EQ(graph->nodes[0].text("auto_pad", "NOTSET"), "NOTSET");
  EXPECT_EQ(graph->nodes[2].integers("perm", {}), (std::vector<std::int64_t>{0, 2, 1, 3}));
  EXPECT_EQ(graph->constants.at("seen.weight").shape, (std::vector<std::int64_t>{4, 3, 3, 3}));
  EXPECT_EQ(graph->constants.at("seen.weight").floats.size(), 108U);
}

TEST(Onnx, ReadsOurTwoNetworks) {
  for (const auto& model : {detector_model(), reader_model()}) {
    const auto graph = parse(model.network);
    ASSERT_TRUE(graph);
    EXPECT_GT(graph->nodes.size(), 10U);
    std::size_t weights = 0;
    for (const auto& [name, constant] : graph->constants) weights += constant.floats.size();
    EXPECT_GT(weights * 4, model.network.size() * 9 / 10);
  }
}

// Numbers of a list may stand one to a field, or all in one, and older files do either.
TEST(Onnx, ReadsListsInBothForms) {
  Message packed;
  packed.number(1, 2).number(2, 7).bytes(8, "shape").bytes(7, std::string("\x03\xAC\x02", 3));
  Message graph;
  graph.bytes(5, packed.text())
      .bytes(11, Message().bytes(1, "in").text())
      .bytes(12, Message().bytes(1, "out").text());
  const auto text = Message().bytes(7, graph.text()).text();
  const auto parsed = parse(base::as_bytes(text));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->constants.at("shape").integers, (std::vector<std::int64_t>{3, 300}));
}

std::string graph_with(const Message& tensor) {
  Message graph;
  graph.bytes(5, tensor.text())
      .bytes(11, Message().bytes(1, "in").text())
      .bytes(12, Message().bytes(1, "out").text());
  return Message().bytes(7, graph.text()).text();
}

TEST(Onnx, RefusesWhatIsNoNetwork) {
  const auto whole = Writer().convolution("out", "in", {4, 3, 3, 3}).file({1, 3, 8, 8});
  const std::span bytes(whole);
  const std::string cases[] = {
      "",
      "not a network",
      std::string(base::as_text(bytes.first(bytes.size() / 2))),
      // A tensor of fewer numbers than its shape says, of too many, of a kind of number that our
      // networks have not, of a negative side, and of a shape whose product would not fit.
      graph_with(Message().number(1, 3).number(2, 1).bytes(8, "w").floats(9, {1, 2})),
      graph_with(Message().number(1, 1).number(2, 1).bytes(8, "w").floats(9, {1, 2})),
      graph_with(Message().number(1, 2).number(2, 10).bytes(8, "w").bytes(9, "abcd")),
      graph_with(Message().number(1, -2).number(2, 1).bytes(8, "w")),
      graph_with(Message().number(1, 1 << 26).number(1, 1 << 26).number(2, 1).bytes(8, "w")),
      // Two outputs; no input.
      Message()
          .bytes(7, Message()
                        .bytes(11, Message().bytes(1, "in").text())
                        .bytes(12, Message().bytes(1, "a").text())
                        .bytes(12, Message().bytes(1, "b").text())
                        .text())
          .text(),
      Message().bytes(7, Message().bytes(12, Message().bytes(1, "a").text()).text()).text(),
  };
  for (const auto& text : cases) {
    const auto graph = parse(base::as_bytes(text));
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().code, ErrorCode::corrupt);
  }
}

TEST(Onnx, RefusesMoreNodesThanItsMaximum) {
  Writer writer;
  for (std::size_t count = 0; count < nodes_max; ++count) writer.node("Relu", "out", {"in"});
  EXPECT_TRUE(parse(writer.file({1})));
  EXPECT_FALSE(parse(writer.node("Relu", "out", {"in"}).file({1})));
}

}  // namespace
}  // namespace regmark::reading::onnx
