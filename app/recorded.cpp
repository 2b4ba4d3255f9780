#include "app/recorded.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cmath>

#include "app/read_options.hpp"
#include "sim/error.hpp"
#include "sim/nearest.hpp"
#include "sim/random.hpp"

namespace chasm {

namespace {

std::string program_of(const CodeIdentity& code) {
  return fmt::format("chasm {}{}", code.version,
                     code.commit.empty() ? "" : " of commit " + code.commit);
}

void refuse_other_model(const std::string& path, const ResultInfo& info) {
  const Model& model = find_model(info.model);
  if (model.version != info.model_version)
    throw InputError(
        fmt::format("{} needs {} version {} (this chasm has version {}) use {}, which computed it",
                    path, info.model, info.model_version, model.version, program_of(info.code)));
  if (info.random_address_version != random_address_version)
    throw InputError(fmt::format(
        "{} needs random addresses of version {} (this chasm has version {}) use {}, which "
        "computed it",
        path, info.random_address_version, random_address_version, program_of(info.code)));
}

// The text of the study and the values must belong together.
void refuse_other_shape(const std::string& path, const ResultInfo& info, const Study& study) {
  std::vector<std::string> arms;
  for (const Arm& arm : study.arms) arms.push_back(arm.name);
  if (arms == info.arms && study.futures->count() == info.futures &&
      study.replications == info.replications && study.seed == info.seed &&
      study.steps == info.steps && study.model->name == info.model)
    return;
  throw InputError(fmt::format(
      "{} contradicts itself (the study that it carries has other arms, futures, replications, "
      "steps, model or seed than its values) get an undamaged copy",
      path));
}

bool parse_number(std::string_view text, uint64_t& value) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

uint64_t arm_named(const std::string& name, const Study& study) {
  std::vector<std::string> names;
  for (size_t arm = 0; arm < study.arms.size(); ++arm) {
    if (study.arms[arm].name == name) return arm;
    names.push_back(study.arms[arm].name);
  }
  uint64_t number = 0;
  if (parse_number(name, number) && number < study.arms.size()) return number;
  throw InputError(
      fmt::format("--world: no arm \"{}\" ({}) give an arm's name or a number from 0 to {}", name,
                  suggestion(name, names), names.size() - 1));
}

}  // namespace

Recorded open_recorded(const std::string& path, const std::vector<std::string>& tables) {
  ResultFile file(path);
  const ResultInfo& info = file.info();
  refuse_other_model(path, info);
  if (!info.keeps_worlds)
    throw InputError(fmt::format(
        "{} keeps no world (its study says outputs.worlds = \"none\") run the study again with "
        "--set outputs.worlds=all, for the futures of interest",
        path));
  Study study = parse_study(info.study, path, reading({}, tables));
  refuse_other_shape(path, info, study);
  return {std::move(file), std::move(study)};
}

WorldNumber parse_world(const std::string& text, const Study& study) {
  // An arm's name may hold slashes, so the numbers are read from the end.
  const size_t second = text.rfind('/');
  const size_t first =
      second == std::string::npos || second == 0 ? std::string::npos : text.rfind('/', second - 1);
  WorldNumber world;
  if (first == std::string::npos ||
      !parse_number(std::string_view(text).substr(first + 1, second - first - 1), world.future) ||
      !parse_number(std::string_view(text).substr(second + 1), world.replication))
    throw InputError(fmt::format(
        "--world {} is not a world (it is arm/future/replication) give for example --world {}/0/0",
        text, study.arms[0].name));
  world.arm = arm_named(text.substr(0, first), study);
  if (world.future >= study.futures->count() || world.replication >= study.replications)
    throw InputError(fmt::format(
        "--world {}: there is no such world (futures are 0 to {}, replications 0 to {}) choose one "
        "that the study ran",
        text, study.futures->count() - 1, study.replications - 1));
  return world;
}

std::string name_of(const WorldNumber& world, const Study& study) {
  return fmt::format("{}/{}/{}", study.arms[world.arm].name, world.future, world.replication);
}

uint64_t stored_bits(double value, Storage storage) {
  if (std::isnan(value)) return ~uint64_t{0};
  return storage == Storage::f32 ? std::bit_cast<uint32_t>(static_cast<float>(value))
                                 : std::bit_cast<uint64_t>(value);
}

std::string outcome(Status status, uint16_t failure, const Model& model) {
  if (status == Status::ok) return "ok";
  if (status == Status::not_run) return "not run";
  for (const FailureReason& reason : model.failures)
    if (reason.number == failure) return fmt::format("failed ({}: {})", failure, reason.meaning);
  return fmt::format("failed ({}{})", failure,
                     failure == not_finite.number ? std::string(": ") + not_finite.meaning : "");
}

}  // namespace chasm
