#include "sim/input/document.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/input/item.hpp"
#include "sim/input/text_file.hpp"
#include "sim/input/toml.hpp"

namespace chasm::input {
namespace {

namespace fs = std::filesystem;

class Loader {
 public:
  explicit Loader(fs::path base) : base_(std::move(base)) {}

  std::vector<Source> sources;

  // `folder` is seen from base_, `file` identifies what is being read.
  void add(std::string_view text, const std::string& name, const fs::path& folder,
           const fs::path& file, bool main) {
    if (++files_ > max_study_files) {
      throw Problem({std::make_shared<const std::string>(name), 0, 0}, "include",
                    fmt::format("more than {} files in one study (the limit) include fewer",
                                max_study_files));
    }
    open_.push_back(file);
    Source source;
    source.root = parse_toml(text, name);
    source.place = {std::make_shared<const std::string>(name), 1, 1};
    source.folder = folder;
    source.main = main;
    if (const Entry* include = source.root.find("include")) {
      for (const Item& item : list_of(item_of(*include, ""))) add_include(item, folder);
      source.root.erase("include");
    }
    open_.pop_back();
    sources.push_back(std::move(source));
  }

 private:
  void add_include(const Item& item, const fs::path& folder) {
    const fs::path written = text_of(item);
    const fs::path seen = (folder / written).lexically_normal();
    const fs::path path = (base_ / seen).lexically_normal();
    std::error_code error;
    const fs::path file = fs::weakly_canonical(path, error);
    if (std::find(open_.begin(), open_.end(), file) != open_.end()) {
      std::vector<std::string> chain;
      for (const fs::path& open : open_) chain.push_back(open.filename().string());
      chain.push_back(file.filename().string());
      refuse(item, fmt::format("files include one another ({}) remove one include",
                               shown(fmt::format("{}", fmt::join(chain, " -> ")))));
    }
    const std::string bytes = read_bytes(path.string(), item.value->place, max_study_bytes);
    bytes_ += bytes.size();
    if (bytes_ > max_study_bytes) {
      refuse(item,
             fmt::format("the included files are too large together (more than {} MB) include "
                         "less",
                         max_study_bytes >> 20));
    }
    add(bytes, path.string(), seen.parent_path(), file, false);
  }

  fs::path base_;
  std::vector<fs::path> open_;
  size_t files_ = 0, bytes_ = 0;
};

}  // namespace

std::vector<Source> load_document(std::string_view text, const std::string& name,
                                  const std::string& base_dir,
                                  const std::vector<std::string>& sets) {
  const fs::path base = base_dir.empty() ? "." : base_dir;
  std::error_code error;
  Loader loader(base);
  loader.add(text, name, "", fs::weakly_canonical(base / fs::path(name).filename(), error), true);
  for (const std::string& set : sets) {
    Tree tree = parse_set(set);
    const Place place = tree.begin()->place;
    if (tree.begin()->key == "include") {
      throw Problem(place, "include",
                    "cannot be set (files include files) write it in the study file");
    }
    // What a command line names is seen from where the command runs.
    const fs::path here = fs::absolute(".", error).lexically_proximate(fs::absolute(base, error));
    loader.sources.push_back({std::move(tree), place, here.lexically_normal(), false});
  }
  return std::move(loader.sources);
}

}  // namespace chasm::input
