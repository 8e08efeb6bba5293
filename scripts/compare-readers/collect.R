# Data sets of R packages, written in the formats that R writes. Usage: Rscript collect.R <folder>
out <- commandArgs(trailingOnly = TRUE)[1]

sets <- list(
  MASS = c("Aids2", "Boston", "Cars93", "birthwt", "crabs", "painters", "Pima.tr2", "UScereal", "survey", "quine"),
  carData = c("Salaries", "Davis", "Duncan", "Prestige", "Moore", "SLID", "TitanicSurvival", "Wong", "Chile", "Freedman"),
  ggplot2 = c("mpg", "msleep", "economics", "midwest", "presidential"),
  palmerpenguins = c("penguins", "penguins_raw"),
  dslabs = c("murders", "heights", "gapminder", "reported_heights"),
  survival = c("lung", "ovarian", "veteran", "colon", "pbc"),
  datasets = c("airquality", "iris", "mtcars", "esoph", "warpbreaks", "ToothGrowth", "infert", "swiss", "chickwts", "attitude"),
  mlbench = c("BreastCancer", "HouseVotes84", "Glass", "Zoo"),
  HSAUR3 = c("plasma", "respiratory", "water", "USairpollution"),
  cluster = c("flower", "agriculture", "votes.repub"),
  vcd = c("Arthritis", "Baseball")
)

plain <- function(data) {
  data <- as.data.frame(data)
  keep <- vapply(data, function(x) is.null(dim(x)) && !is.list(x), logical(1))
  data <- data[, keep, drop = FALSE]
  for (name in names(data)) if (inherits(data[[name]], c("POSIXct", "difftime"))) data[[name]] <- as.character(data[[name]])
  data
}

writers <- list(
  "r-csv" = function(data, stem) write.csv(data, paste0(stem, ".csv"), row.names = FALSE),
  "r-csv-row-names" = function(data, stem) write.csv(data, paste0(stem, ".csv")),
  "r-csv2" = function(data, stem) write.csv2(data, paste0(stem, ".csv"), row.names = FALSE),
  "r-table" = function(data, stem) write.table(data, paste0(stem, ".txt")),
  "r-tsv" = function(data, stem) write.table(data, paste0(stem, ".tsv"), sep = "\t", row.names = FALSE, na = "", quote = FALSE),
  "r-csv-gz" = function(data, stem) { file <- gzfile(paste0(stem, ".csv.gz"), "w"); write.csv(data, file, row.names = FALSE); close(file) },
  "r-csv-bz2" = function(data, stem) { file <- bzfile(paste0(stem, ".csv.bz2"), "w"); write.csv(data, file, row.names = FALSE); close(file) },
  "r-csv-xz" = function(data, stem) { file <- xzfile(paste0(stem, ".csv.xz"), "w"); write.csv(data, file, row.names = FALSE); close(file) },
  "r-json" = function(data, stem) jsonlite::write_json(data, paste0(stem, ".json"), digits = NA, na = "null"),
  "r-json-lines" = function(data, stem) jsonlite::stream_out(data, file(paste0(stem, ".jsonl")), digits = NA, verbose = FALSE),
  "r-xlsx" = function(data, stem) openxlsx::write.xlsx(data, paste0(stem, ".xlsx")),
  "r-sqlite" = function(data, stem) {
    base <- DBI::dbConnect(RSQLite::SQLite(), paste0(stem, ".sqlite"))
    for (name in names(data)) if (is.factor(data[[name]])) data[[name]] <- as.character(data[[name]])
    DBI::dbWriteTable(base, "data", data, row.names = FALSE)
    DBI::dbDisconnect(base)
  },
  "r-arff" = function(data, stem) foreign::write.arff(data, paste0(stem, ".arff"))
)

number <- 0
for (package in names(sets)) for (name in sets[[package]]) {
  space <- new.env()
  suppressWarnings(try(data(list = name, package = package, envir = space), silent = TRUE))
  data <- if (exists(name, envir = space, inherits = FALSE)) get(name, envir = space) else NULL
  if (is.null(data) && requireNamespace(package, quietly = TRUE)) data <- tryCatch(getExportedValue(package, name), error = function(e) NULL)
  if (!is.data.frame(data)) { message("no ", package, "::", name); next }
  data <- plain(data)
  # Two formats for each set, so that each format has sets of many packages.
  for (step in 0:1) {
    kind <- names(writers)[(number * 2 + step) %% length(writers) + 1]
    dir.create(file.path(out, kind), recursive = TRUE, showWarnings = FALSE)
    stem <- file.path(out, kind, paste(package, gsub("[^A-Za-z0-9]", "_", name), sep = "-"))
    if (any(file.exists(Sys.glob(paste0(stem, ".*"))))) next
    tryCatch(suppressWarnings(writers[[kind]](data, stem)), error = function(e) message(kind, " ", name, ": ", conditionMessage(e)))
  }
  number <- number + 1
}
