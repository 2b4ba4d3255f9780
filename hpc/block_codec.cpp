#include "hpc/block_codec.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "hpc/bytes.hpp"
#include "hpc/summarise_block.hpp"
#include "sim/program.hpp"

namespace chasm {

namespace {

constexpr uint32_t format = 1;
constexpr uint32_t format_of_sketches = 2;
constexpr uint32_t one_nan = 0x7FC00000u;
constexpr uint64_t one_nan_64 = 0x7FF8000000000000u;

uint32_t bits_of(float value) {
  return std::isnan(value) ? one_nan : std::bit_cast<uint32_t>(value);
}
uint64_t bits_of(double value) {
  return std::isnan(value) ? one_nan_64 : std::bit_cast<uint64_t>(value);
}

struct Extent {
  Extent(const Study& study, const Partition& partition, uint64_t block)
      : Extent(study, partition.pairs_in(block), partition.arms) {}
  Extent(const Study& study, uint64_t pairs_in_block, uint64_t arm_count)
      : pairs(pairs_in_block),
        arms(arm_count),
        worlds(pairs * arms),
        rows(static_cast<uint64_t>(series_rows(study.steps, study.outputs.every))),
        series(study.outputs.keep == Keep::full ? study.outputs.series.size() : 0),
        bands(study.outputs.keep == Keep::bands ? study.outputs.series.size() : 0) {
    for (const Total& total : kept_totals(study))
      totals.push_back(arms * static_cast<uint64_t>(total.cells()));
  }

  uint64_t histograms() const { return arms * rows; }

  uint64_t pairs, arms, worlds, rows;
  size_t series, bands;          // kept ones
  std::vector<uint64_t> totals;  // cells of each kept one, of all arms
};

Storage storage_of(const Study& study, size_t selected) {
  return study.model->metrics[static_cast<size_t>(study.outputs.metrics[selected])].storage;
}

void need(bool shape_is_right) {
  if (!shape_is_right) throw std::logic_error("a block's result has another shape than its block");
}

void check_shape(const BlockResult& result, const Study& study, const Extent& extent) {
  need(result.status.size() == extent.worlds && result.failure.size() == extent.worlds);
  need(result.metrics.size() == study.outputs.metrics.size());
  for (const uint8_t status : result.status) need(status != static_cast<uint8_t>(Status::not_run));
  for (const auto& column : result.metrics) need(column.size() == extent.worlds);
  need(result.series.size() == extent.series && result.bands.size() == extent.bands);
  for (const auto& values : result.series) need(values.size() == extent.worlds * extent.rows);
  for (const auto& cells : result.bands) need(cells.size() == extent.histograms() * band_bins);
  need(result.totals.size() == extent.totals.size());
  for (size_t k = 0; k < extent.totals.size(); ++k)
    need(result.totals[k].size() == extent.totals[k]);
}

// The cells that are not zero as one bit each, then their counts.
void put_histogram(std::span<const uint32_t> cells, ByteWriter& bytes) {
  uint64_t present = 0;
  for (size_t bin = 0; bin < cells.size(); ++bin) {
    if (cells[bin] != 0) present |= uint64_t{1} << bin;
  }
  bytes.number(present);
  for (const uint32_t cell : cells) {
    if (cell != 0) bytes.count(cell);
  }
}

// Throws where the cells hold more than `most` worlds.
void get_histogram(ByteReader& bytes, uint64_t most, std::span<uint32_t> cells) {
  const auto present = bytes.number<uint64_t>();
  uint64_t sum = 0;
  for (size_t bin = 0; bin < cells.size(); ++bin) {
    if ((present >> bin & 1) == 0) continue;
    cells[bin] = bytes.count();
    if (cells[bin] == 0) throw BadBytes("a histogram is malformed");
    sum += cells[bin];
  }
  if (sum > most) throw BadBytes("a histogram holds more worlds than there are");
}

// Of each 64 cells one bit each for those that are not zero, then these.
constexpr size_t cells_together = 64;

void put_total(std::span<const int64_t> cells, ByteWriter& bytes) {
  for (size_t first = 0; first < cells.size(); first += cells_together) {
    const auto some = cells.subspan(first, std::min(cells_together, cells.size() - first));
    uint64_t present = 0;
    for (size_t i = 0; i < some.size(); ++i) present |= uint64_t{some[i] != 0} << i;
    bytes.number(present);
    for (const int64_t cell : some)
      if (cell != 0) bytes.signed_count(cell);
  }
}

void get_total(ByteReader& bytes, std::span<int64_t> cells) {
  for (size_t first = 0; first < cells.size(); first += cells_together) {
    const auto some = cells.subspan(first, std::min(cells_together, cells.size() - first));
    const auto present = bytes.number<uint64_t>();
    if (some.size() < cells_together && present >> some.size() != 0)
      throw BadBytes("a total has more cells than it should");
    for (size_t i = 0; i < some.size(); ++i) {
      if ((present >> i & 1) == 0) continue;
      some[i] = bytes.signed_count();
      if (some[i] == 0) throw BadBytes("a total is malformed");
    }
  }
}

void put(const Wide& number, ByteWriter& bytes) {
  bytes.number(static_cast<uint64_t>(number));
  bytes.number(static_cast<uint64_t>(number >> 64));
}

Wide get_wide(ByteReader& bytes) {
  const auto low = bytes.number<uint64_t>();
  const auto high = bytes.number<uint64_t>();
  return static_cast<Wide>(static_cast<unsigned __int128>(high) << 64 | low);
}

void put(const IntegerMoments& moments, ByteWriter& bytes) {
  bytes.number(moments.count);
  put(moments.sum, bytes);
  put(moments.squares, bytes);
}

IntegerMoments get_moments(ByteReader& bytes, uint64_t most) {
  IntegerMoments moments;
  moments.count = bytes.number<uint64_t>();
  moments.sum = get_wide(bytes);
  moments.squares = get_wide(bytes);
  if (moments.count > most || moments.squares < 0 ||
      (moments.count == 0 && (moments.sum != 0 || moments.squares != 0)))
    throw BadBytes("a sum is malformed");
  return moments;
}

void put(const Sketch& sketch, ByteWriter& bytes) {
  put(sketch.worlds, bytes);
  put(sketch.units, bytes);
  put(sketch.differences, bytes);
  bytes.number(sketch.absent);
  bytes.number(sketch.low);
  bytes.number(sketch.high);
  for (size_t first = 0; first < sketch.bins.size(); first += cells_together) {
    uint64_t present = 0;
    for (size_t i = 0; i < cells_together; ++i)
      present |= uint64_t{sketch.bins[first + i] != 0} << i;
    bytes.number(present);
    for (size_t i = 0; i < cells_together; ++i)
      if (sketch.bins[first + i] != 0) bytes.count(static_cast<uint32_t>(sketch.bins[first + i]));
  }
}

Sketch get_sketch(ByteReader& bytes, uint64_t worlds) {
  Sketch sketch;
  sketch.worlds = get_moments(bytes, worlds);
  sketch.units = get_moments(bytes, worlds);
  sketch.differences = get_moments(bytes, worlds);
  sketch.absent = bytes.number<uint64_t>();
  sketch.low = bytes.number<int64_t>();
  sketch.high = bytes.number<int64_t>();
  uint64_t sum = 0;
  for (size_t first = 0; first < sketch.bins.size(); first += cells_together) {
    const auto present = bytes.number<uint64_t>();
    for (size_t i = 0; i < cells_together; ++i) {
      if ((present >> i & 1) == 0) continue;
      sum += sketch.bins[first + i] = bytes.count();
      if (sketch.bins[first + i] == 0) throw BadBytes("a sketch is malformed");
    }
  }
  if (sum != sketch.worlds.count || sketch.absent > worlds - sum || sketch.low > sketch.high)
    throw BadBytes("a sketch is malformed");
  return sketch;
}

// Series, histograms and totals, which both kinds of blocks have.
void put_rest(const BlockResult& result, const Extent& extent, ByteWriter& bytes) {
  for (const auto& values : result.series) {
    bytes.numbers(values, [](float x) { return bits_of(x); });
  }
  for (const auto& cells : result.bands) {
    for (size_t i = 0; i < extent.histograms(); ++i) {
      put_histogram(std::span(cells).subspan(i * band_bins, band_bins), bytes);
    }
  }
  for (const auto& cells : result.totals) put_total(cells, bytes);
}

void get_rest(ByteReader& bytes, const Extent& extent, std::span<const uint64_t> good,
              BlockResult& result) {
  for (size_t k = 0; k < extent.bands; ++k) {
    auto& cells = result.bands.emplace_back(extent.histograms() * band_bins);
    for (size_t i = 0; i < extent.histograms(); ++i) {
      get_histogram(bytes, good[i / extent.rows],
                    std::span(cells).subspan(i * band_bins, band_bins));
    }
  }
  for (const uint64_t cells : extent.totals) get_total(bytes, result.totals.emplace_back(cells));
}

BlockResult decode_sketches(ByteReader& bytes, uint64_t block, const Study& study,
                            const Extent& extent) {
  if (bytes.number<uint32_t>() != format_of_sketches) throw BadBytes("it is of another format");
  if (bytes.number<uint64_t>() != block) throw BadBytes("it is another block");
  if (bytes.number<uint64_t>() != extent.worlds) throw BadBytes("it has another number of worlds");
  BlockResult result;
  result.block = block;
  const size_t reasons = reasons_of(*study.model).size();
  std::vector<uint64_t> good;
  for (uint64_t arm = 0; arm < extent.arms; ++arm) {
    uint64_t worlds = 0;
    for (size_t reason = 0; reason < reasons; ++reason) {
      const uint64_t count = bytes.count();
      if (reason == 0) good.push_back(count);
      worlds += count;
      result.outcomes.push_back(count);
    }
    if (worlds != extent.pairs) throw BadBytes("outcomes are of another number of worlds");
  }
  for (size_t k = 0; k < study.outputs.metrics.size(); ++k)
    for (uint64_t arm = 0; arm < extent.arms; ++arm)
      result.sketches.push_back(get_sketch(bytes, good[arm]));
  get_rest(bytes, extent, good, result);
  bytes.end();
  return result;
}

void get_worlds(ByteReader& bytes, const Extent& extent, BlockResult& result) {
  const auto status = bytes.bytes(extent.worlds);
  result.status.assign(status.begin(), status.end());
  const auto failure = bytes.array(extent.worlds, 2);
  result.failure.resize(extent.worlds);
  for (size_t world = 0; world < extent.worlds; ++world) {
    result.failure[world] = read_little_endian<uint16_t>(&failure[2 * world]);
    const bool ok = status[world] == static_cast<uint8_t>(Status::ok);
    const bool failed = status[world] == static_cast<uint8_t>(Status::failed);
    if (!(ok || failed) || failed != (result.failure[world] != 0)) {
      throw BadBytes("the status of a world is impossible");
    }
  }
}

template <class T, class Bits>
void get_reals(ByteReader& bytes, std::span<T> values) {
  const auto raw = bytes.array(values.size(), sizeof(Bits));
  for (size_t i = 0; i < values.size(); ++i) {
    const auto bits = read_little_endian<Bits>(&raw[sizeof(Bits) * i]);
    if constexpr (sizeof(Bits) == 4) {
      const auto value = std::bit_cast<float>(bits);
      if (std::isnan(value) && bits != one_nan) throw BadBytes("a number is malformed");
      values[i] = value;
    } else {
      values[i] = std::bit_cast<double>(bits);
      if (std::isnan(values[i]) && bits != one_nan_64) throw BadBytes("a number is malformed");
    }
  }
}

// Worlds of an arm that did not fail.
std::vector<uint64_t> good_worlds(const BlockResult& result, uint64_t arms) {
  std::vector<uint64_t> good(arms);
  for (size_t world = 0; world < result.status.size(); ++world) {
    good[world % arms] += result.status[world] == static_cast<uint8_t>(Status::ok);
  }
  return good;
}

BlockResult decode(ByteReader& bytes, uint64_t block, const Study& study, const Extent& extent) {
  if (bytes.number<uint32_t>() != format) throw BadBytes("it is of another format");
  if (bytes.number<uint64_t>() != block) throw BadBytes("it is another block");
  if (bytes.number<uint64_t>() != extent.worlds) throw BadBytes("it has another number of worlds");
  BlockResult result;
  result.block = block;
  get_worlds(bytes, extent, result);
  for (size_t k = 0; k < study.outputs.metrics.size(); ++k) {
    auto& column = result.metrics.emplace_back(extent.worlds);
    if (storage_of(study, k) == Storage::f32) {
      get_reals<double, uint32_t>(bytes, column);
    } else {
      get_reals<double, uint64_t>(bytes, column);
    }
    for (size_t world = 0; world < extent.worlds; ++world) {
      if (result.failure[world] != 0 && !std::isnan(column[world])) {
        throw BadBytes("a failed world has a metric");
      }
    }
  }
  for (size_t k = 0; k < extent.series; ++k) {
    get_reals<float, uint32_t>(bytes, result.series.emplace_back(extent.worlds * extent.rows));
  }
  get_rest(bytes, extent, good_worlds(result, extent.arms), result);
  bytes.end();
  return result;
}

}  // namespace

namespace {

std::vector<unsigned char> encode_sketches(const BlockResult& result, const Study& study,
                                           const Partition& partition, const Extent& extent) {
  const BlockResult summary = summarise_block(result, study, partition);
  ByteWriter bytes;
  bytes.number(format_of_sketches);
  bytes.number(summary.block);
  bytes.number(extent.worlds);
  for (const uint64_t worlds : summary.outcomes) bytes.count(static_cast<uint32_t>(worlds));
  for (const Sketch& sketch : summary.sketches) put(sketch, bytes);
  put_rest(summary, extent, bytes);
  return bytes.take();
}

}  // namespace

std::vector<unsigned char> encode_block(const BlockResult& result, const Study& study,
                                        const Partition& partition) {
  need(result.block < partition.blocks());
  const Extent extent(study, partition, result.block);
  check_shape(result, study, extent);
  if (!study.outputs.worlds) return encode_sketches(result, study, partition, extent);
  ByteWriter bytes;
  bytes.reserve(most_bytes(study, extent.pairs));
  bytes.number(format);
  bytes.number(result.block);
  bytes.number(extent.worlds);
  bytes.bytes(result.status);
  bytes.numbers(result.failure, [](uint16_t reason) { return reason; });
  for (size_t k = 0; k < result.metrics.size(); ++k) {
    if (storage_of(study, k) == Storage::f32) {
      bytes.numbers(result.metrics[k], [](double x) { return bits_of(static_cast<float>(x)); });
    } else {
      bytes.numbers(result.metrics[k], [](double x) { return bits_of(x); });
    }
  }
  put_rest(result, extent, bytes);
  return bytes.take();
}

BlockResult decode_block(std::span<const unsigned char> from, uint64_t block, const Study& study,
                         const Partition& partition) {
  if (block >= partition.blocks()) throw BadBytes("there is no such block");
  ByteReader bytes(from);
  if (!study.outputs.worlds)
    return decode_sketches(bytes, block, study, Extent(study, partition, block));
  return decode(bytes, block, study, Extent(study, partition, block));
}

uint64_t most_bytes(const Study& study, uint64_t pairs) {
  const Extent extent(study, pairs, study.arms.size());
  uint64_t bytes = 20;
  if (study.outputs.worlds) {
    bytes += 3 * extent.worlds;
    for (size_t k = 0; k < study.outputs.metrics.size(); ++k) {
      bytes += extent.worlds * (storage_of(study, k) == Storage::f32 ? 4 : 8);
    }
  } else {
    constexpr uint64_t sketch_head = 3 * 40 + 24 + sketch_bins / 8;
    bytes += 5 * extent.arms * reasons_of(*study.model).size();
    bytes += study.outputs.metrics.size() * extent.arms *
             (sketch_head + 5 * std::min<uint64_t>(sketch_bins, pairs));
  }
  bytes += 4 * extent.series * extent.worlds * extent.rows;
  // A count of up to 2^7, 2^14, 2^21... takes 1, 2, 3... bytes.
  const auto digits = static_cast<uint64_t>(std::bit_width(pairs) + 6) / 7;
  const auto cells = std::min<uint64_t>(band_bins, pairs);
  bytes += extent.bands * extent.histograms() * (8 + cells * digits);
  // A cell takes up to ten bytes.
  for (const uint64_t total : extent.totals)
    bytes += (total + cells_together - 1) / cells_together * sizeof(uint64_t) + 10 * total;
  return bytes;
}

uint64_t failed_worlds(const BlockResult& result) {
  return static_cast<uint64_t>(
      std::count(result.status.begin(), result.status.end(), static_cast<uint8_t>(Status::failed)));
}

}  // namespace chasm
