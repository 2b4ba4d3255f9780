# Prints what rhdf5 finds; its dimensions are in reverse order.
library(rhdf5)
path <- commandArgs(TRUE)[1]
show <- function(name, value) {
  value <- as.vector(value)
  if (is.raw(value)) value <- as.integer(value)
  cat(name, if (is.character(value)) value else sprintf("%.17g", value), sep = "\n")
  cat("\n")
}
stopifnot(identical(dim(h5read(path, "value")), c(4L, 7L, 3L)))
show("value", h5read(path, "value"))
show("status", h5read(path, "status"))
show("arm", h5read(path, "arm"))
show("units", h5readAttributes(path, "value")$units)
show("title", h5readAttributes(path, "/")$title)
show("time", h5readAttributes(path, "time")$units)
show("learning.rate", h5read(path, "parameter_learning_rate"))
show("study", h5read(path, "provenance/study"))
