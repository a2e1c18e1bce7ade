"""What scripts/statistics measures: measure.py ADDRESS TIMES SQL, with the database in AVRR_DATABASE_URL and TOKEN."""

import datetime
import http.client
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time

URL = os.environ["AVRR_DATABASE_URL"]
POSTGRES = not URL.startswith("sqlite:")
THIS_MONTH = datetime.datetime.now(datetime.timezone.utc).date().replace(day=1)
FROM = THIS_MONTH.replace(year=THIS_MONTH.year - 5)
TO = THIS_MONTH - datetime.timedelta(days=1)
CHANGES = 1_000

# Words that the two databases do not share.
if POSTGRES:
    MONTH = "to_char(departed_at AT TIME ZONE 'UTC', 'YYYY-MM')"
    YEARS = "date_part('year', age((departed_at AT TIME ZONE 'UTC')::date, date_of_birth))"
    ANSWER = "answers::json ->> '{}'"
else:
    MONTH = "substr(departed_at, 1, 7)"
    YEARS = "(strftime('%Y%m%d', departed_at) - strftime('%Y%m%d', date_of_birth)) / 10000"
    ANSWER = "json_extract(answers, '$.{}')"
QUARTER = "substr({0}, 1, 4) || '-Q' || (CAST(substr({0}, 6, 2) AS integer) + 2) / 3"
# The program has published the months that are over, and no more.
GONE = (
    "return_mode = 'ASSISTED_VOLUNTARY' AND state IN ('DEPARTED', 'ARRIVED', 'REINTEGRATION', 'CLOSED')"
    f" AND departed_at < '{THIS_MONTH}'"
)
DEPARTED = f"FROM cases JOIN persons ON persons.case_id = cases.id WHERE {GONE}"
MET = {
    "SAFE_RETURN": "'YES'",
    "INFORMATION_SUFFICIENT": "'YES'",
    "PRE_DEPARTURE_INFORMATION_CLEAR": "'YES'",
    "ORGANISED_AND_DIGNIFIED": "'YES'",
    "LOGISTICS_SATISFACTION": "'VERY_SATISFIED', 'SATISFIED'",
}


def answered(question):
    """The latest answer of each person to a question of the AVR-PMS."""
    answer = ANSWER.format(question)
    return (
        f"(SELECT held_on, answer, row_number() OVER (PARTITION BY person_id ORDER BY held_on DESC, round DESC) AS latest"
        f" FROM (SELECT person_id, held_on, round, {answer} AS answer FROM survey_responses WHERE instrument = 'AVR_PMS'"
        f" AND outcome = 'SUBMITTED' AND outside_window IS NULL) AS asked WHERE answer <> 'NO_ANSWER') AS latest"
        f" WHERE latest = 1 AND held_on < '{THIS_MONTH}'"
    )


def share(question):
    if question == "HEARD_THROUGH":
        met = "answer NOT IN ('FRIENDS_OR_FAMILY', 'AUTHORITY', 'OTHER', 'NONE')"
    else:
        met = f"answer IN ({MET[question]})"
    return f"SELECT sum(CASE WHEN {met} THEN 1 ELSE 0 END), count(*) FROM {answered(question)}"


def counselled(kind):
    return (
        "SELECT count(*) FROM persons JOIN (SELECT case_id, min(held_on) AS first FROM counselling_sessions"
        f" WHERE kind = '{kind}' GROUP BY case_id) AS held ON held.case_id = persons.case_id WHERE first < '{THIS_MONTH}'"
    )


ASSISTED = (
    "SELECT count(*) FROM (SELECT person_id, min(delivered_at) AS first FROM reintegration_packages"
    " JOIN package_items ON package_items.reintegration_package_id = reintegration_packages.id"
    f" WHERE delivered_at IS NOT NULL GROUP BY person_id) AS given WHERE first < '{THIS_MONTH}'"
)
BAND = (
    f"CASE WHEN {YEARS} < 5 THEN 'AGE_0_4' WHEN {YEARS} < 12 THEN 'AGE_5_11' WHEN {YEARS} < 18 THEN 'AGE_12_17'"
    f" WHEN {YEARS} < 60 THEN 'AGE_18_59' ELSE 'AGE_60_PLUS' END"
)
HELD_MONTH = "to_char(held_on, 'YYYY-MM')" if POSTGRES else "substr(held_on, 1, 7)"


def rows_of(table):
    return [row["persons"] for row in table["returns"]["rows"] if not row["suppressed"]]


def values_of(answer, field):
    return [value[field] for value in answer["indicators"][0]["values"] if not value["suppressed"]]


# Question, document, the SQL for the same, and of both how many persons they tell of. The first needs ten selections, of which
# each is one indicator of persons; what is counted from records of missions is left out of the SQL.
QUESTIONS = [
    (
        "all 25 indicators",
        "{ indicators { code value target numerator denominator suppressed } }",
        [f"SELECT count(*) {DEPARTED}", ASSISTED, counselled("RETURN"), counselled("REINTEGRATION")]
        + [share(question) for question in [*MET, "HEARD_THROUGH"]],
        lambda answer: next(one["value"] for one in answer["indicators"] if one["code"] == "ASSISTED_TO_RETURN"),
        lambda results: results[0][0][0],
    ),
    (
        "19 by sex and band of age",
        "{ indicators(codes: [ASSISTED_TO_RETURN], by: [SEX, AGE_BAND])"
        " { code value values { keys { value } value suppressed } } }",
        [f"SELECT sex, {BAND} AS band, count(*) {DEPARTED} GROUP BY 1, 2"],
        lambda answer: sum(values_of(answer, "value")),
        lambda results: sum(row[2] for row in results[0]),
    ),
    (
        "returns by host and country",
        "{ returns(groupBy: [HOST_TERRITORY, COUNTRY_OF_RETURN])"
        " { totalPersons rows { keys { value label } cases persons suppressed } } }",
        [
            "SELECT host_territory, country_of_return, count(DISTINCT cases.id), count(*)"
            f" {DEPARTED} GROUP BY 1, 2 ORDER BY 4 DESC"
        ],
        lambda answer: sum(rows_of(answer)),
        lambda results: sum(row[3] for row in results[0]),
    ),
    (
        "returns by month, five years",
        f'{{ returns(groupBy: [MONTH], filter: {{ from: "{FROM}", to: "{TO}" }})'
        " { totalPersons rows { keys { value } cases persons suppressed } } }",
        [
            f"SELECT {MONTH} AS month, count(DISTINCT cases.id), count(*)"
            f" {DEPARTED} AND departed_at >= '{FROM}' GROUP BY 1 ORDER BY 1"
        ],
        lambda answer: sum(rows_of(answer)),
        lambda results: sum(row[2] for row in results[0]),
    ),
    (
        "1 by quarter",
        "{ indicators(codes: [SAFE_RETURN], step: QUARTER)"
        " { code value values { period numerator denominator value suppressed } } }",
        [
            f"SELECT {QUARTER.format(HELD_MONTH)} AS quarter, sum(CASE WHEN answer = 'YES' THEN 1 ELSE 0 END), count(*)"
            f" FROM {answered('SAFE_RETURN')} GROUP BY 1 ORDER BY 1"
        ],
        lambda answer: sum(values_of(answer, "denominator")),
        lambda results: sum(row[2] for row in results[0]),
    ),
]


def percentile(times, share_of):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share_of))]


class Asker:
    """One connection to the program that is kept."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address, timeout=60)
        self.connection.connect()
        self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = self.connection.sock
        self.headers = {"Content-Type": "application/json", "Authorization": f"Bearer {os.environ['TOKEN']}"}

    def ask(self, body):
        """The answer, and the seconds until all of it was there."""
        begun = time.perf_counter()
        self.connection.request("POST", "/graphql", body, self.headers)
        response = self.connection.getresponse()
        text = response.read()
        took = time.perf_counter() - begun
        if response.status != 200 or self.connection.sock is not self.socket:
            sys.exit(f"statistics: {response.status} or a closed connection: {text[:500].decode(errors='replace')}")
        return text, took

    def measure(self, document, times):
        body = json.dumps({"query": document})
        answer = json.loads(self.ask(body)[0])
        if answer.get("errors"):
            sys.exit(f"statistics: {document}: {answer['errors'][0]['message']}")
        for _ in range(min(times, 50)):
            self.ask(body)
        return answer["data"], [self.ask(body)[1] for _ in range(times)]


class Sqlite:
    def __init__(self):
        file = URL.removeprefix("sqlite://").split("?")[0]
        self.database = sqlite3.connect(file, isolation_level=None, timeout=60)
        self.database.execute("PRAGMA foreign_keys = ON")

    def measure(self, queries, times):
        took, results = [], []
        for _ in range(times):
            begun = time.perf_counter()
            results = [self.database.execute(query).fetchall() for query in queries]
            took.append(time.perf_counter() - begun)
        return results, took

    def upserts(self):
        rows = self.database.execute(TWO_FACTS).fetchall()
        names = [column[0] for column in self.database.execute("SELECT * FROM person_facts LIMIT 0").description]
        statement = upsert(names, ", ".join([f"({', '.join('?' * len(names))})"] * 2))
        took = []
        for one in rows:
            two = self.database.execute("SELECT * FROM person_facts WHERE case_id = ? ORDER BY person_id, measure LIMIT 2", one)
            values = [value for row in two.fetchall() for value in row]
            self.database.execute("BEGIN IMMEDIATE")
            begun = time.perf_counter()
            self.database.execute(statement, values)
            took.append(time.perf_counter() - begun)
            self.database.execute("ROLLBACK")
        return took


class Postgres:
    """One session of psql for each measurement, which says itself how long each statement took."""

    def psql(self, script):
        command = ["psql", "-X", "-q", "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", URL]
        ran = subprocess.run(command, input=script, capture_output=True, text=True)
        if ran.returncode != 0:
            sys.exit(f"statistics: psql failed\n{ran.stderr.strip()}")
        return ran.stdout

    def timed(self, script):
        """What was written before each statement's time, and its seconds."""
        parts = re.split(r"^Time: ([0-9.]+) ms.*\n", self.psql("\\timing on\n" + script), flags=re.MULTILINE)
        return list(zip(parts[0::2], (float(took) / 1_000 for took in parts[1::2])))

    def measure(self, queries, times):
        ran = self.timed("".join(f"{query};\n" for query in queries) * times)
        rounds = [ran[at : at + len(queries)] for at in range(0, len(ran), len(queries))]
        assert len(rounds) == times
        number = lambda field: int(field) if field.isdigit() else field
        results = [[[number(field) for field in line.split("\t")] for line in text.splitlines()] for text, _ in rounds[-1]]
        return results, [sum(took for _, took in one) for one in rounds]

    def upserts(self):
        names = self.psql("SELECT attname FROM pg_attribute WHERE attrelid = 'person_facts'::regclass AND attnum > 0 ORDER BY attnum")
        names = names.split()
        row = "format('(" + ", ".join(["%L"] * len(names)) + ")', " + ", ".join(names) + ")"
        values = self.psql(
            f"SELECT string_agg(fact, ', ') FROM (SELECT case_id, {row} AS fact, row_number() OVER (PARTITION BY case_id ORDER BY"
            f" person_id, measure) AS place FROM person_facts WHERE case_id IN ({TWO_FACTS})) AS facts WHERE place <= 2 GROUP BY case_id"
        )
        one = "\\timing off\nBEGIN;\n\\timing on\n{};\n\\timing off\nROLLBACK;\n"
        ran = self.timed("".join(one.format(upsert(names, two)) for two in values.splitlines()))
        return [took for _, took in ran]


# Cases that have two facts or more: of all that there are, evenly.
TWO_FACTS = (
    "SELECT case_id FROM (SELECT case_id, row_number() OVER (ORDER BY case_id) AS nr, count(*) OVER () AS all_of_them"
    " FROM (SELECT case_id FROM person_facts GROUP BY case_id HAVING count(*) > 1) AS cases_with_two) AS numbered"
    f" WHERE nr % (CASE WHEN all_of_them < {CHANGES} THEN 1 ELSE all_of_them / {CHANGES} END) = 0 LIMIT {CHANGES}"
)


def upsert(names, values):
    changed = [name for name in names if name not in ("person_id", "measure", "batch_id")]
    changed = ", ".join(f"{name} = excluded.{name}" for name in changed)
    return (
        f"INSERT INTO person_facts ({', '.join(names)}) VALUES {values}"
        f" ON CONFLICT (person_id, measure) DO UPDATE SET {changed}"
    )


def main():
    address, times, sql_times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    asker, database = Asker(address), (Postgres if POSTGRES else Sqlite)()
    how_many, _ = database.measure(["SELECT count(*) FROM cases", "SELECT count(*) FROM persons", "SELECT count(*) FROM person_facts"], 1)
    cases, persons, facts = (result[0][0] for result in how_many)
    print(f"{'PostgreSQL' if POSTGRES else 'SQLite'}: {cases} cases, {persons} persons, {facts} facts;", end=" ")
    print(f"each question {times} times over one connection, each SQL {sql_times} times\n")
    print(f"{'question':<30}{'p50 ms':>9}{'p99 ms':>9}{'SQL ms':>10}{'SQL/p50':>9}   {'persons told of':>15} {'in the rows':>12}")
    wrong = False
    for name, document, queries, told, counted in QUESTIONS:
        answer, took = asker.measure(document, times)
        results, sql_took = database.measure(queries, sql_times)
        p50, p99, sql = (1_000 * percentile(*of) for of in ((took, 0.5), (took, 0.99), (sql_took, 0.5)))
        tells, holds = int(told(answer) or 0), int(counted(results))
        # Small groups are withheld: a question may tell of fewer persons than there are, and never of more. Only of a period
        # it may: months that were published together count in the last of them, those before the period among them.
        wrong |= tells <= 0 or (tells > holds and "filter:" not in document)
        print(f"{name:<30}{p50:>9.2f}{p99:>9.2f}{sql:>10.1f}{sql / p50:>9.1f}   {tells:>15} {holds:>12}", flush=True)
    took = database.upserts()
    p50, p99 = (1_000 * percentile(took, of) for of in (0.5, 0.99))
    print(f"\nkeeping two facts of a case, {len(took)} cases: p50 {p50:.3f} ms, p99 {p99:.3f} ms. That is one INSERT … ON CONFLICT of two rows")
    print("alone, in a transaction that was rolled back: without finding out what changed, and without the commit.")
    if wrong:
        sys.exit("statistics: a question told of nobody, or of more persons than the rows hold (see the last two columns)")


main()
