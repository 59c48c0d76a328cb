#!/bin/sh
# against_r PROGRAM SCRIPT: our values of 250 random tables against R's, if R is there.
command -v Rscript >/dev/null || { echo "1..0 # SKIP R is not installed"; exit 0; }
"$1" 250 | Rscript --vanilla "$2"
