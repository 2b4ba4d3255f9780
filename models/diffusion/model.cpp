#include "models/diffusion/model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "models/diffusion/edge_file.hpp"
#include "models/models.hpp"
#include "sim/error.hpp"
#include "sim/model_of.hpp"

namespace chasm::diffusion {

std::vector<Program> programs();

namespace {

constexpr int64_t most_ties = 1 << 29;

struct SharedData {
  std::vector<uint32_t> first, neighbours;
  Shared view{};
};

void check(const Shape& shape, bool has_edges) {
  const std::string kind = kind_names[static_cast<int>(shape.kind)];
  const bool is_file = shape.kind == Kind::file;
  if (has_edges != is_file)
    throw InputError(is_file ? "network.edges: no table (network.kind is \"file\") name the table "
                               "of ties, or choose another network.kind"
                             : "network.edges: a table that is not used (network.kind is \"" +
                                   kind + "\") set network.kind = \"file\", or leave it out");
  if (!shape.has_network()) {
    if (shape.contagion == Contagion::threshold)
      throw InputError("contagion: \"threshold\" counts neighbours (network.kind \"" + kind +
                       "\" has none) choose a network, or contagion = \"simple\"");
    return;
  }
  if (is_file) return;
  const bool is_random = shape.kind == Kind::erdos_renyi;
  if (!is_random && shape.degree % 2 != 0)
    throw InputError("network.degree: " + std::to_string(shape.degree) + " is odd (a \"" + kind +
                     "\" network has as many ties to either side) use an even number");
  if (shape.degree >= shape.agents)
    throw InputError("network.degree: " + std::to_string(shape.degree) +
                     " neighbours are more than there are (`agents` is " +
                     std::to_string(shape.agents) + ") use at most " +
                     std::to_string(shape.agents - 1));
  if (static_cast<int64_t>(shape.agents) * shape.degree / 2 > most_ties)
    throw InputError("network.degree: " + std::to_string(shape.degree) + " neighbours of " +
                     std::to_string(shape.agents) +
                     " agents are too many (the largest network has " + std::to_string(most_ties) +
                     " ties) use fewer agents or neighbours");
}

// Ties that a drawn graph may have. An Erdos-Renyi graph has a binomial number of them: eight standard deviations above
// the mean is passed in fewer than one of 10^14 worlds, which then fail.
int room_for(const Shape& shape) {
  const int64_t agents = shape.agents;
  const int64_t pairs = agents * (agents - 1) / 2;
  const double mean = 0.5 * static_cast<double>(agents) * shape.degree;
  if (shape.kind != Kind::erdos_renyi) return static_cast<int>(agents * (shape.degree / 2));
  return static_cast<int>(
      std::min<int64_t>(pairs, static_cast<int64_t>(std::ceil(mean + 8 * std::sqrt(mean) + 8))));
}

void check_degrees(const SharedData& data) {
  for (size_t i = 0; i + 1 < data.first.size(); ++i)
    if (data.first[i + 1] - data.first[i] > most_degree)
      throw InputError("network: agent " + std::to_string(i) + " has " +
                       std::to_string(data.first[i + 1] - data.first[i]) + " neighbours (at most " +
                       std::to_string(most_degree) +
                       " are counted) use a network without such an agent");
}

// Numbers the agents by how many neighbours they have: loops over the neighbours of one agent after another then have
// foreseeable lengths, which makes a world 3 % faster.
void number_by_degree(SharedData& data) {
  const size_t agents = data.first.size() - 1;
  const auto degree = [&](uint32_t agent) { return data.first[agent + 1] - data.first[agent]; };
  std::vector<uint32_t> order(agents), number(agents);
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return degree(a) < degree(b); });
  for (size_t i = 0; i < agents; ++i) number[order[i]] = static_cast<uint32_t>(i);
  std::vector<uint32_t> first = {0}, neighbours;
  for (const uint32_t agent : order) {
    for (uint32_t at = data.first[agent]; at < data.first[agent + 1]; ++at)
      neighbours.push_back(number[data.neighbours[at]]);
    first.push_back(static_cast<uint32_t>(neighbours.size()));
  }
  data.first = std::move(first);
  data.neighbours = std::move(neighbours);
}

// A graph for all worlds: the one that future 0, replication 0 would draw for itself.
void draw_shared(const Shape& shape, uint64_t seed, double rewiring, SharedData& data) {
  using L = Lanes<float, 1>;
  const int room = data.view.room;
  std::vector<uint32_t> ends(2 * static_cast<size_t>(room)), chosen(static_cast<size_t>(room)),
      marks(static_cast<size_t>(mark_words(room)));
  Scratch<1> scratch{Ends<1>(ends.data()), Column<uint32_t>(chosen.data()),
                     Column<uint32_t>(marks.data())};
  data.first.resize(static_cast<size_t>(shape.agents) + 1);
  data.neighbours.resize(2 * static_cast<size_t>(room));
  Graph<1> graph{Column<uint32_t>(data.first.data()), Column<uint32_t>(data.neighbours.data())};
  const Address<L> world{PhiloxKeys(seed), L::U(0u), L::U(0u)};
  if (!draw_graph(world, shape, static_cast<float>(rewiring), room, graph, scratch))
    throw InputError(
        "network.degree: the drawn network has too many ties (a chance of 1e-14) "
        "use another seed");
}

Ground prepare(const Setting& setting, uint64_t seed) {
  const auto shape = shape_of<Shape>(setting);
  const auto edges = setting.tables.find("network.edges");
  check(shape, edges != setting.tables.end());
  const auto data = std::make_shared<SharedData>();
  size_t rewiring = 0;
  while (std::string_view(model().parameters[rewiring].name) != "network.rewiring") ++rewiring;
  data->view.rewiring = setting.parameters.empty() ? model().parameters[rewiring].value
                                                   : setting.parameters.at(rewiring);
  if (shape.kind == Kind::file) {
    std::vector<uint32_t> ends = read_edges(edges->second, shape.agents);
    data->first.resize(static_cast<size_t>(shape.agents) + 1);
    data->neighbours.resize(ends.size());
    Graph<1> graph{Column<uint32_t>(data->first.data()), Column<uint32_t>(data->neighbours.data())};
    index_neighbours(graph, Ends<1>(ends.data()), static_cast<int>(ends.size() / 2), shape.agents);
  } else if (shape.has_network()) {
    data->view.room = room_for(shape);
    if (!shape.has_own_graphs()) draw_shared(shape, seed, data->view.rewiring, *data);
  }
  if (!data->first.empty()) {
    check_degrees(*data);
    number_by_degree(*data);
  }
  data->view.degree_room = most_degree;
  data->view.first = data->first.data();
  data->view.neighbours = data->neighbours.data();
  return {std::make_shared<const Shape>(shape), std::shared_ptr<const void>(data, &data->view)};
}

double cost(const Setting& setting, int steps) {
  const auto shape = shape_of<Shape>(setting);
  return 2e-10 * shape.agents * steps;
}

}  // namespace

const Model& model() {
  static const Model built = [] {
    Model m = tables_of<Rules>();
    m.name = "diffusion";
    m.version = 1;
    m.title = "Diffusion of an innovation: Bass, networks, simple and complex contagion";
    m.source =
        "Bass (1969), Management Science 15(5):215-227, doi:10.1287/mnsc.15.5.215; "
        "Centola & Macy (2007), American Journal of Sociology 113(3):702-734, "
        "doi:10.1086/521848";
    m.step = "period";
    m.default_steps = 520;
    m.decisions.assign(std::begin(decision_names), std::end(decision_names));
    m.failures.assign(std::begin(failure_reasons), std::end(failure_reasons));
    m.programs = programs();
    m.prepare = prepare;
    m.cost = cost;
    return m;
  }();
  return built;
}

}  // namespace chasm::diffusion
