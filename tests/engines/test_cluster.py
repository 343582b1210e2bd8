"""On a real cluster, a master and two workers as processes of their own, the same lines come out."""

import pyarrow.parquet as parquet
import pytest
from engines.people import raised_in_autumn

from rongji.compute import Inputs
from rongji.compute.shapes import DUE, schema
from rongji.payments.engines import inputs_of, lines_of

PERSONS = 3000


@pytest.fixture(scope="module")
def county(inside, local_law) -> Inputs:
    """A county in the month in which raised standards become known."""
    return inputs_of(raised_in_autumn(PERSONS, local_law(), lambda of: list(lines_of(inside.due(inputs_of(of))))))


@pytest.mark.cluster
def test_a_county_from_parquet_to_parquet_is_the_same_on_the_cluster(county, inside, cluster, tmp_path):
    """Claims and settled months in Parquet files, lines in Parquet again: embedded and cluster line by line equal."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("claims", "settled"):
        parquet.write_table(getattr(county, name), folder / f"{name}.parquet")
    stored = Inputs(
        claims=folder / "claims.parquet",
        law=county.law,
        first_month=county.first_month,
        pay_month=county.pay_month,
        settled=folder / "settled.parquet",
    )
    on_cluster = parquet.read_table(cluster.due_to(stored, tmp_path / "due")).cast(schema(DUE))
    embedded = parquet.read_table(inside.due_to(stored, tmp_path / "due.parquet"))
    assert embedded.num_rows > PERSONS
    assert set(embedded["cause"].unique().to_pylist()) >= {"raised", "arrears", "overpaid", "late_start", "exchanged"}
    assert on_cluster.to_pylist() == embedded.to_pylist()
    assert embedded.to_pylist() == inside.due(county).to_pylist()
    assert not [path for path in tmp_path.rglob("*unfinished*")]
