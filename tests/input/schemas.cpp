// Prints {"model": schema, ...} of the toy models and of all real ones, "all" for all real ones
// together, and "starters": {"model": text}.

#include <cstdio>

#include <nlohmann/json.hpp>

#include "models/models.hpp"
#include "sim/input/study_file.hpp"
#include "tests/input/toy_model.hpp"

int main() {
  using chasm::json_schema, nlohmann::json;
  json out;
  for (const auto models : {chasm::toy::models(), chasm::models()}) {
    for (const chasm::Model* model : models) {
      out[std::string(model->name)] = json::parse(json_schema(*model));
      out["starters"][std::string(model->name)] = chasm::starter_study(*model);
    }
  }
  out["all"] = json::parse(json_schema(chasm::models()));
  std::puts(out.dump().c_str());
}
