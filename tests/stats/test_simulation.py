#!/usr/bin/env python3
"""Intervals and tests keep their promise on made studies (simulate.c).

Coverage of 95 % intervals lies within 92 to 97 % from 15 writers on; tests at 5 % find
something where there is nothing in 3 to 7 % of the studies. Below 15 writers figures are
printed and not checked.
"""
import json
import subprocess
import sys


def name(row):
    return ' '.join(f'{k} {v}' for k, v in row.items() if k in
                    ('what', 'writers', 'share', 'difference', 'shift', 'step'))


def faults(row):
    if row['what'] == 'coverage':
        return [] if row['writers'] < 15 or .92 <= row['ours'] <= .97 else ['ours']
    if any(row.get(k, 0) > 0 for k in ('difference', 'shift', 'step')):
        return []  # power, printed only
    return [k for k in ('ours', 'change') if k in row and not .03 <= row[k] <= .07]


def main():
    out = subprocess.run([sys.argv[1], '2000'], check=True, capture_output=True, text=True)
    rows = [json.loads(line) for line in out.stdout.splitlines()]
    bad = 0
    print(f'1..{len(rows)}')
    for i, row in enumerate(rows, 1):
        wrong = faults(row)
        bad += bool(wrong)
        print(f'{"not ok" if wrong else "ok"} {i} - {name(row)}')
        print('#', {k: v for k, v in row.items() if isinstance(v, float)})
    sys.exit(bad > 0)


if __name__ == '__main__':
    main()
