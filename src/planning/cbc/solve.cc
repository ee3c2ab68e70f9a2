// CBC (COIN-OR branch and cut) does the work, over its C interface.
#include <coin/Cbc_C_Interface.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>

#include "planning/program.h"

namespace regmark::planning {
namespace {

// Bounds are sums of thousands of products: what is lost in them is below this part of one.
constexpr double rounding = 1e-6;
constexpr double second_least = 0.1;

struct Delete {
  void operator()(Cbc_Model* model) const { Cbc_deleteModel(model); }
};
using Model = std::unique_ptr<Cbc_Model, Delete>;

std::int64_t cost_of(const Program& program, const std::vector<bool>& chosen) {
  std::int64_t cost = 0;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i]) cost += program.cost[i];
  }
  return cost;
}

bool met(const Program& program, const std::vector<bool>& chosen) {
  return std::ranges::all_of(program.rows, [&](const Row& row) {
    std::int64_t sum = 0;
    for (const auto& term : row.terms) sum += chosen[term.variable] ? term.value : 0;
    return sum >= row.least;
  });
}

// Column by column, as the solver wants it. A row is divided by about its largest value: the
// solver's tolerance is a number and no proportion. By a power of two, which rounds nothing.
Model load(const Program& program) {
  const auto columns = program.cost.size();
  std::vector<std::vector<std::pair<int, double>>> by_column(columns);
  std::vector<double> row_least;
  std::vector<double> row_most(program.rows.size(), std::numeric_limits<double>::max());
  for (std::size_t row = 0; row < program.rows.size(); ++row) {
    double largest = 1;
    for (const auto& term : program.rows[row].terms) {
      largest = std::max(largest, std::abs(static_cast<double>(term.value)));
    }
    largest = std::exp2(std::floor(std::log2(largest)));
    for (const auto& term : program.rows[row].terms) {
      by_column[term.variable].emplace_back(static_cast<int>(row),
                                            static_cast<double>(term.value) / largest);
    }
    row_least.push_back(static_cast<double>(program.rows[row].least) / largest);
  }
  std::vector<int> start{0};
  std::vector<int> rows;
  std::vector<double> values;
  for (const auto& column : by_column) {
    for (const auto& [row, value] : column) {
      rows.push_back(row);
      values.push_back(value);
    }
    start.push_back(static_cast<int>(rows.size()));
  }
  std::vector<double> least(columns, 0);
  std::vector<double> most(columns, 1);
  for (std::size_t i = 0; i < columns; ++i) {
    if (program.fixed[i] == Fixed::open) least[i] = 1;
    if (program.fixed[i] == Fixed::shut) most[i] = 0;
  }
  const std::vector<double> cost(program.cost.begin(), program.cost.end());
  Model model(Cbc_newModel());
  Cbc_loadProblem(model.get(), static_cast<int>(columns), static_cast<int>(program.rows.size()),
                  start.data(), rows.data(), values.data(), least.data(), most.data(), cost.data(),
                  row_least.data(), row_most.data());
  for (std::size_t i = 0; i < columns; ++i) Cbc_setInteger(model.get(), static_cast<int>(i));
  return model;
}

void give_start(const Program& program, Cbc_Model* model) {
  if (program.start.empty()) return;
  std::vector<int> columns;
  std::vector<double> values;
  for (std::size_t i = 0; i < program.start.size(); ++i) {
    columns.push_back(static_cast<int>(i));
    values.push_back(program.start[i] ? 1 : 0);
  }
  Cbc_setMIPStartI(model, static_cast<int>(columns.size()), columns.data(), values.data());
}

// Costs are whole numbers, so is the best: a bound of 3.2 says that nothing costs less than 4.
std::int64_t whole_bound(double bound, std::int64_t cost) {
  const double slack = rounding * std::max(1.0, std::abs(bound));
  if (!(bound > -9e18)) return std::numeric_limits<std::int64_t>::min() / 2;
  return std::min(cost, static_cast<std::int64_t>(std::ceil(bound - slack)));
}

Model run(const Program& program, Instant deadline) {
  const std::chrono::duration<double> left = deadline - std::chrono::steady_clock::now();
  auto model = load(program);
  Cbc_setLogLevel(model.get(), 0);
  Cbc_setParameter(model.get(), "log", "0");
  Cbc_setParameter(model.get(), "timeMode", "elapsed");
  Cbc_setParameter(model.get(), "seconds",
                   std::to_string(std::max(second_least, left.count())).c_str());
  Cbc_setParameter(model.get(), "ratioGap", "0");
  // Rows of covers are cuts already: those that the solver would look for took it twice as long.
  Cbc_setParameter(model.get(), "cuts", "off");
  // What CBC 2.10 rewrites before it solves made it miss a choice, or the best of them, once in
  // some thousand small programs; without that it is as fast on ours.
  Cbc_setParameter(model.get(), "preprocess", "off");
  give_start(program, model.get());
  Cbc_solve(model.get());
  return model;
}

bool is_infeasible(const Model& model) {
  return Cbc_isProvenInfeasible(model.get()) != 0;
}

}  // namespace

Result<std::optional<Solved>> solve(const Program& program, Instant deadline) {
  if (program.cost.empty()) {
    // Nothing to choose: that is a choice too, which the solver does not take for one.
    if (!met(program, {})) return std::nullopt;
    return Solved{};
  }
  // The library keeps parts of its state in globals.
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  const auto model = run(program, deadline);
  // Where a choice is known that meets every row, only rounding can say that there is none.
  if (is_infeasible(model) && program.start.empty()) return std::nullopt;
  const double* found = Cbc_bestSolution(model.get());
  std::vector<bool> chosen(program.cost.size());
  if (found != nullptr) {
    for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = found[i] > 0.5;
  }
  if (found == nullptr || !met(program, chosen)) {
    if (program.start.empty()) {
      return fail(ErrorCode::unavailable, "the solver found no plan in the time it had");
    }
    chosen = program.start;
  }
  const auto cost = cost_of(program, chosen);
  const bool proved = found != nullptr && Cbc_isProvenOptimal(model.get()) != 0;
  const double bound =
      proved ? Cbc_getObjValue(model.get()) : Cbc_getBestPossibleObjValue(model.get());
  return Solved{std::move(chosen), cost, whole_bound(bound, cost)};
}

std::string solver_name() {
  return std::string("CBC ") + Cbc_getVersion();
}

}  // namespace regmark::planning
