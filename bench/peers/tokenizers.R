# Counts stems of every line; prints seconds and tokens.
lines <- readLines(commandArgs(trailingOnly = TRUE)[1], encoding = "UTF-8")
begin <- proc.time()[["elapsed"]]
words <- unlist(tokenizers::tokenize_word_stems(lines, language = "swedish"), use.names = FALSE)
counts <- table(words)
cat(sprintf("%.6f %d\n", proc.time()[["elapsed"]] - begin, sum(counts)))
