#include "hpc/identity.hpp"

#include <xxhash.h>

#include <optional>
#include <sstream>

#include "hpc/bytes.hpp"
#include "hpc/sha256.hpp"
#include "hpc/this_code.hpp"
#include "sim/random.hpp"

namespace chasm {

namespace {

constexpr uint32_t format = 1;

std::string digest_of(const Identity& identity) {
  ByteWriter bytes;
  bytes.text(identity.text);
  for (const auto& [name, digest] : identity.tables) {
    bytes.text(name);
    bytes.text(digest);
  }
  Sha256 sha;
  sha.add(bytes.take());
  return sha.hex();
}

std::string differs(const std::string& what, const std::string& theirs, const std::string& ours) {
  return what + " is " + theirs + " there, " + ours + " here";
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

std::string quoted_line(const std::optional<std::string>& line) {
  constexpr size_t most = 80;
  if (!line) return "absent";
  return quoted(line->size() > most ? line->substr(0, most) + "..." : *line);
}

std::optional<std::string> next_line(std::istringstream& text) {
  std::string line;
  if (std::getline(text, line)) return line;
  return {};
}

std::string first_line_that_differs(const std::string& theirs, const std::string& ours) {
  std::istringstream there(theirs), here(ours);
  for (int number = 1;; ++number) {
    const auto a = next_line(there), b = next_line(here);
    if (!a && !b) return "the study's text ends differently";
    if (a != b) {
      return differs("line " + std::to_string(number) + " of the study", quoted_line(a),
                     quoted_line(b));
    }
  }
}

std::string table_that_differs(const Identity& theirs, const Identity& ours) {
  for (const auto& [name, digest] : ours.tables) {
    for (const auto& [other, other_digest] : theirs.tables) {
      if (name == other && digest != other_digest) {
        return differs("the table " + quoted(name), "SHA-256 " + other_digest, digest);
      }
    }
  }
  const auto names = [](const Identity& identity) {
    std::string text;
    for (const auto& [name, digest] : identity.tables) text += (text.empty() ? "" : ", ") + name;
    return '(' + text + ')';
  };
  return differs("the list of tables", names(theirs), names(ours));
}

// So that no number made from it overflows or divides by zero.
void check(const Partition& partition) {
  constexpr uint64_t most = uint64_t{1} << 62;
  const bool good = partition.arms >= 1 && partition.pairs_per_block >= 1 &&
                    partition.pairs <= most / partition.arms && partition.pairs_per_block <= most;
  if (!good) throw BadBytes("its partition is impossible");
}

}  // namespace

Identity identify(const Study& study, const Partition& partition) {
  Identity identity;
  identity.text = study.text;
  for (const auto& [name, table] : study.setting.tables) {
    identity.tables.emplace_back(name, table.digest);
  }
  identity.study = digest_of(identity);
  identity.seed = study.seed;
  identity.model = study.model->name;
  identity.model_version = study.model->version;
  identity.address_version = random_address_version;
  identity.code = this_code();
  identity.partition = partition;
  return identity;
}

std::string difference(const Identity& theirs, const Identity& ours) {
  const auto number = [](const std::string& what, auto a, auto b) {
    return differs(what, std::to_string(a), std::to_string(b));
  };
  if (theirs.model != ours.model) return differs("the model", theirs.model, ours.model);
  if (theirs.seed != ours.seed) return number("the seed", theirs.seed, ours.seed);
  if (theirs.text != ours.text) return first_line_that_differs(theirs.text, ours.text);
  if (theirs.tables != ours.tables) return table_that_differs(theirs, ours);
  if (theirs.study != ours.study) return differs("the study's SHA-256", theirs.study, ours.study);
  if (theirs.model_version != ours.model_version) {
    return number("the version of the model " + ours.model, theirs.model_version,
                  ours.model_version);
  }
  if (theirs.address_version != ours.address_version) {
    return number("the version of random addresses", theirs.address_version, ours.address_version);
  }
  if (theirs.code.version != ours.code.version) {
    return differs("the version of chasm", theirs.code.version, ours.code.version);
  }
  if (theirs.code.commit != ours.code.commit) {
    return differs("chasm's commit", quoted(theirs.code.commit), quoted(ours.code.commit));
  }
  const Partition &a = theirs.partition, &b = ours.partition;
  if (a.pairs != b.pairs) return number("futures x replications", a.pairs, b.pairs);
  if (a.arms != b.arms) return number("the number of arms", a.arms, b.arms);
  if (a.pairs_per_block != b.pairs_per_block) {
    return number("the number of worlds a block", a.pairs_per_block * a.arms,
                  b.pairs_per_block * b.arms);
  }
  return "";
}

std::vector<unsigned char> encode(const Identity& identity) {
  ByteWriter bytes;
  bytes.number(format);
  bytes.text(identity.study);
  bytes.text(identity.text);
  bytes.number<uint64_t>(identity.tables.size());
  for (const auto& [name, digest] : identity.tables) {
    bytes.text(name);
    bytes.text(digest);
  }
  bytes.number(identity.seed);
  bytes.text(identity.model);
  bytes.number<int32_t>(identity.model_version);
  bytes.number<int32_t>(identity.address_version);
  bytes.text(identity.code.version);
  bytes.text(identity.code.commit);
  bytes.number(identity.partition.pairs);
  bytes.number(identity.partition.pairs_per_block);
  bytes.number(identity.partition.arms);
  return bytes.take();
}

Identity decode_identity(std::span<const unsigned char> from) {
  ByteReader bytes(from);
  if (bytes.number<uint32_t>() != format) throw BadBytes("it is of another format");
  Identity identity;
  identity.study = bytes.text();
  identity.text = bytes.text();
  const auto tables = bytes.number<uint64_t>();
  for (uint64_t i = 0; i < tables; ++i) {
    std::string name = bytes.text();
    identity.tables.emplace_back(std::move(name), bytes.text());
  }
  identity.seed = bytes.number<uint64_t>();
  identity.model = bytes.text();
  identity.model_version = bytes.number<int32_t>();
  identity.address_version = bytes.number<int32_t>();
  identity.code.version = bytes.text();
  identity.code.commit = bytes.text();
  identity.partition.pairs = bytes.number<uint64_t>();
  identity.partition.pairs_per_block = bytes.number<uint64_t>();
  identity.partition.arms = bytes.number<uint64_t>();
  bytes.end();
  check(identity.partition);
  return identity;
}

uint64_t tag_of(const Identity& identity) {
  const auto bytes = encode(identity);
  return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace chasm
