# Prints what ncdf4 finds; its dimensions are in reverse order.
library(ncdf4)
file <- nc_open(commandArgs(TRUE)[1])
show <- function(name, value) {
  value <- as.vector(value)
  if (is.raw(value)) value <- as.integer(value)
  cat(name, if (is.character(value)) value else sprintf("%.17g", value), sep = "\n")
  cat("\n")
}
stopifnot(identical(dim(ncvar_get(file, "value")), c(4L, 7L, 3L)))
show("value", ncvar_get(file, "value"))
show("status", ncvar_get(file, "status"))
show("arm", ncvar_get(file, "arm"))
show("units", ncatt_get(file, "value", "units")$value)
show("title", ncatt_get(file, 0, "title")$value)
show("time", file$dim$time$units)
show("learning.rate", ncvar_get(file, "parameter_learning_rate"))
show("study", ncvar_get(file, "provenance/study"))
nc_close(file)
