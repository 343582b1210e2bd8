"""The engines by name, and their results as lines: the judge one by one, DuckDB in this process, Spark on a cluster."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from rongji.compute import Engine, Inputs, embedded, spark
from rongji.compute.law import law_arrow
from rongji.compute.shapes import CLAIMS, END_CODES, FIXED, SETTLED, START_CODES, Columns, schema
from rongji.payments import judging
from rongji.payments.reckoning import Reckoning
from rongji.payments.refusals import EngineUnknown
from rongji.payments.settling import DueLine
from rongji.rules.entitlement.law_tables import LawTables

if TYPE_CHECKING:
    import pyarrow as pa

ENGINES = {"embedded": "本机", "scalar": "逐人核算", "spark": "集群"}
_ROWS_AT_ONCE = 5_000
_LINE = DueLine._fields


def due_lines(reckoning: Reckoning, *, engine: str = "embedded", master: str = "") -> Iterator[DueLine]:
    """Owed minus settled by one of the engines, in the order of persons, months and awards.

    Raises: EngineUnknown, and what the rules and engines refuse; for set engines all of it before the first line.
    """
    if engine not in ENGINES or (engine == "spark") != bool(master):
        raise EngineUnknown(engine=engine)
    if engine == "scalar":
        return judging.due_lines(reckoning)
    return lines_of(due_table(reckoning, master=master))


def lines_of(table: "pa.Table") -> Iterator[DueLine]:
    """The rows of an engine's result one by one."""
    for batch in table.select(list(_LINE)).to_batches(max_chunksize=_ROWS_AT_ONCE):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield DueLine(*row)


def due_table(reckoning: Reckoning, *, master: str = "") -> "pa.Table":
    """The result of a set engine: embedded, or on the cluster of that master."""
    with _engine(master) as engine:
        return engine.due(inputs_of(reckoning))


def inputs_of(reckoning: Reckoning, tables: LawTables | None = None) -> Inputs:
    """A reckoning in the shapes of the set engines: words as numbers, the law as small tables.

    tables: another law of the same kinds of rates, for what-if.
    """
    return Inputs(
        claims=_shaped(_coded_claims(reckoning), CLAIMS),
        law=law_arrow(tables or reckoning.tables),
        first_month=reckoning.first_month.index,
        pay_month=reckoning.pay_month.index,
        fixed=_shaped(_with_benefit_ids(reckoning.grants, reckoning), FIXED),
        settled=_shaped(_with_benefit_ids(reckoning.settled, reckoning), SETTLED),
    )


def _engine(master: str) -> Engine:
    return spark(master) if master else embedded()


def _coded_claims(reckoning: Reckoning) -> "pa.Table":
    ids = {word: reckoning.tables.rate_ids[kind] for word, kind in reckoning.kinds.items()}
    claims = reckoning.claims
    return (
        _with_benefit_ids(claims, reckoning)
        .append_column("rate_id", _mapped(reckoning.kind_words, ids.__getitem__))
        .append_column("start", _mapped(claims["start_kind"], START_CODES.__getitem__))
        .append_column("end", _mapped(claims["end_kind"], END_CODES.__getitem__))
    )


def _with_benefit_ids(table: "pa.Table", reckoning: Reckoning) -> "pa.Table":
    numbers: Mapping[str, int] = reckoning.benefits
    return table.append_column("benefit_id", _mapped(table["benefit"], numbers.__getitem__))


def _mapped(words: "pa.ChunkedArray", number: Callable[[str], int]) -> "pa.ChunkedArray":
    """Words as numbers; each different word is looked up once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = words.cast(pa.string()) if pa.types.is_dictionary(words.type) else words
    if not len(plain):
        return pa.chunked_array([pa.array([], pa.int32())])
    different = pc.unique(plain)
    numbers = pa.array([number(word) for word in different.to_pylist()], pa.int32())
    return pc.take(numbers, pc.index_in(plain, value_set=different))


def _shaped(table: "pa.Table", columns: Columns) -> "pa.Table":
    return table.select(list(columns)).cast(schema(columns))
