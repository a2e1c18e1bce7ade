"""Runs cases.sql on the database of AVRR_DATABASE_URL, in one transaction: fill.py CASES SEED.

What the two databases say in different words is written in the words of each: moment(x) and day(x) are the moment and the day
of so many seconds since 1970, {cases}, {seed} and the like are numbers, and new_id(kind, seconds, number) is a UUID of version 7
with that moment in it; the number and its kind make it unique. Seconds in it are columns or sums of columns.
"""

import datetime
import os
import pathlib
import re
import sqlite3
import subprocess
import sys

DAY = 86_400
# Counselling and opening precede the departure, and what follows it has followed by the end of the last project.
BEFORE, AFTER = 60, 60

POSTGRES_ID = """
CREATE FUNCTION pg_temp.new_id(kind bigint, seconds bigint, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(seconds * 1000), 12, '0') || '7' || to_hex(kind) || lpad(to_hex(number % 251), 2, '0')
        || '8' || lpad(to_hex(number % 4093), 3, '0') || lpad(to_hex(number), 12, '0'))::uuid
$$;
"""


def sqlite_id(kind, seconds, number):
    """As POSTGRES_ID makes it: SQLite keeps a UUID as its sixteen bytes."""
    return bytes.fromhex(f"{seconds * 1000:012x}7{kind:x}{number % 251:02x}8{number % 4093:03x}{number:012x}")


def seconds(day):
    return int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc).timestamp())


def statements(cases, seed, postgres):
    today = datetime.datetime.now(datetime.timezone.utc).date()
    this_month = today.replace(day=1)
    begin = this_month.replace(year=this_month.year - 10)
    second = begin.replace(year=begin.year + 3)
    third = begin.replace(year=begin.year + 6)
    end = this_month - datetime.timedelta(days=1)
    first_departure = seconds(begin) + BEFORE * DAY
    numbers = {
        "cases": cases,
        "seed": seed,
        "begin": seconds(begin),
        "second": seconds(second),
        "third": seconds(third),
        "end": seconds(end),
        "first_departure": first_departure,
        "departure_days": (seconds(end) - AFTER * DAY - first_departure) // DAY,
    }
    text = (pathlib.Path(__file__).parent / "cases.sql").read_text(encoding="utf-8")
    text = re.sub(r"\{(\w+)\}", lambda found: str(numbers[found[1]]), text)
    if postgres:
        text = re.sub(r"\bmoment\(([^()]*)\)", r"to_timestamp(\1)", text)
        text = re.sub(r"\bday\(([^()]*)\)", r"(to_timestamp(\1) AT TIME ZONE 'UTC')::date", text)
        return POSTGRES_ID + text.replace("new_id(", "pg_temp.new_id(")
    text = re.sub(r"\bmoment\(([^()]*)\)", r"strftime('%Y-%m-%dT%H:%M:%S+00:00', \1, 'unixepoch')", text)
    return re.sub(r"\bday\(([^()]*)\)", r"date(\1, 'unixepoch')", text)


READY = (
    "SELECT CASE WHEN (SELECT max(version) FROM publication_heads) > 0 THEN 'figures were published from it'"
    " WHEN (SELECT count(*) FROM projects WHERE code = 'POPULATION-1') > 0 THEN 'it holds a population'"
    " ELSE '' END"
)


def refuse(why):
    print(f"population: {why}: name an empty database", file=sys.stderr)
    sys.exit(2)


def fill_postgres(url, text):
    psql = ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", url]
    why = subprocess.run([*psql, "-c", READY], check=True, capture_output=True, text=True).stdout.strip()
    if why:
        refuse(why)
    script = "BEGIN;\nSET LOCAL synchronous_commit = off;\n" + text + "\nCOMMIT;\nVACUUM ANALYZE;\n"
    subprocess.run(psql, input=script, check=True, text=True)


def fill_sqlite(url, text):
    file = url.removeprefix("sqlite://").split("?")[0]
    database = sqlite3.connect(file, isolation_level=None)
    database.create_function("new_id", 3, sqlite_id, deterministic=True)
    why = database.execute(READY).fetchone()[0]
    if why:
        refuse(why)
    database.executescript(
        "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -1000000; PRAGMA synchronous = NORMAL;"
        f"BEGIN IMMEDIATE;\n{text}\nCOMMIT; PRAGMA wal_checkpoint(TRUNCATE);"
    )
    database.close()


def main():
    url = os.environ["AVRR_DATABASE_URL"]
    postgres = not url.startswith("sqlite:")
    text = statements(int(sys.argv[1]), int(sys.argv[2]), postgres)
    try:
        (fill_postgres if postgres else fill_sqlite)(url, text)
    except subprocess.CalledProcessError as error:
        sys.exit(f"population: psql failed\n{(error.stderr or '').strip()}")
    except sqlite3.Error as error:
        sys.exit(f"population: {error}")


main()
