#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

#include "reading/ctc.h"

namespace regmark::reading {
namespace {

// A prefix's probability, by whether its paths end in a blank: only then may its last character
// come again as a new one.
struct Ends {
  double blank = 0, character = 0;
  double sum() const { return blank + character; }
};

constexpr std::size_t nodes_usual = 256;  // of a plate that is read with little doubt

// All prefixes of a search as a tree: each text is one node, whichever way it is come by. The first
// node is the empty text.
class Tree {
 public:
  Tree() {
    nodes_.reserve(nodes_usual);
    nodes_.emplace_back();
  }
  std::size_t last_class(std::size_t node) const { return nodes_[node].of_class; }
  Ends& next(std::size_t node) {
    if (!nodes_[node].is_touched) touched_.push_back(node);
    nodes_[node].is_touched = true;
    return nodes_[node].next;
  }
  std::size_t child(std::size_t node, std::size_t of_class) {
    if (nodes_[node].children[of_class] == 0) {
      nodes_[node].children[of_class] = static_cast<std::uint32_t>(nodes_.size());
      auto& made = nodes_.emplace_back();
      made.parent = node;
      made.of_class = of_class;
    }
    return nodes_[node].children[of_class];
  }
  std::string text(std::size_t node) const {
    std::string text;
    for (; node != 0; node = nodes_[node].parent) text += alphabet[nodes_[node].of_class - 1];
    std::ranges::reverse(text);
    return text;
  }
  // What next() was asked for since the last call, at most `width` of it: the best, best first.
  // Equal ones by their text, so that every run gives the same.
  std::vector<std::pair<std::size_t, Ends>> take_best(std::size_t width) {
    const auto is_better = [&](std::size_t a, std::size_t b) {
      const double one = nodes_[a].next.sum(), other = nodes_[b].next.sum();
      return one != other ? one > other : a != b && text(a) < text(b);
    };
    const std::size_t count = std::min(width, touched_.size());
    std::partial_sort(touched_.begin(), touched_.begin() + static_cast<std::ptrdiff_t>(count),
                      touched_.end(), is_better);
    std::vector<std::pair<std::size_t, Ends>> best;
    for (const auto node : std::span(touched_).first(count)) {
      best.emplace_back(node, nodes_[node].next);
    }
    for (const auto node : touched_) {
      nodes_[node].next = {};
      nodes_[node].is_touched = false;
    }
    touched_.clear();
    return best;
  }

 private:
  struct Node {
    std::size_t parent = 0, of_class = 0;
    std::array<std::uint32_t, classes> children{};
    Ends next;
    bool is_touched = false;
  };
  std::vector<Node> nodes_;
  std::vector<std::size_t> touched_;
};

// One step of every kept prefix.
void step_on(Tree& tree, const std::vector<std::pair<std::size_t, Ends>>& kept,
             const Distribution& distribution, std::size_t step, double pruned_below) {
  std::vector<std::size_t> likely;
  for (std::size_t of_class = 1; of_class < classes; ++of_class) {
    if (distribution.at(step, of_class) >= pruned_below) likely.push_back(of_class);
  }
  for (const auto& [node, ends] : kept) {
    const std::size_t last = tree.last_class(node);
    auto& same = tree.next(node);
    same.blank += ends.sum() * distribution.at(step, 0);
    if (last != 0) same.character += ends.character * distribution.at(step, last);
    for (const auto of_class : likely) {
      const double before = of_class == last ? ends.blank : ends.sum();
      if (before == 0) continue;
      tree.next(tree.child(node, of_class)).character += before * distribution.at(step, of_class);
    }
  }
}

}  // namespace

std::vector<Hypothesis> beam_search(const Distribution& distribution, std::size_t width,
                                    double pruned_below) {
  Tree tree;
  std::vector<std::pair<std::size_t, Ends>> kept = {{0, Ends{1, 0}}};
  double log_scale = 0;
  for (std::size_t step = 0; step < distribution.steps(); ++step) {
    step_on(tree, kept, distribution, step, pruned_below);
    kept = tree.take_best(width);
    // Scaled for the same reason as above.
    const double most = kept.empty() ? 0 : kept.front().second.sum();
    if (most == 0) return {};
    log_scale += std::log(most);
    for (auto& [node, ends] : kept) ends = {ends.blank / most, ends.character / most};
  }
  std::vector<Hypothesis> found;
  for (const auto& [node, ends] : kept) {
    if (ends.sum() > 0) found.push_back({tree.text(node), log_scale + std::log(ends.sum())});
  }
  return found;
}

}  // namespace regmark::reading
