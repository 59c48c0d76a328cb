#!/usr/bin/env python3
"""Count test cases in a meson testlog.json: prints "passed failed skipped".

TAP programs count by test point, others as one. A program that died counts as a failure.
"""
import json
import re
import sys

passed = failed = skipped = 0
with open(sys.argv[1], encoding="utf-8", errors="replace") as log:
    for line in log:
        test = json.loads(line)
        points = re.findall(r"^(not ok|ok)\b([^\n]*)", test.get("stdout") or "", re.M)
        bad = sum(1 for word, rest in points if word == "not ok" and "# TODO" not in rest)
        skip = sum(1 for _, rest in points if re.search(r"# SKIP", rest, re.I))
        if test["result"] == "SKIP":
            skipped += 1
            continue
        passed += sum(1 for word, _ in points if word == "ok") - skip
        skipped += skip
        failed += bad
        if test["result"] in ("OK", "EXPECTEDFAIL"):
            passed += 0 if points else 1
        elif bad == 0:
            failed += 1
print(passed, failed, skipped)
