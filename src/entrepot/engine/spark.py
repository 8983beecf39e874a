"""Spark as the engine for data that outgrows one machine; the same statements, translated by sqlglot."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.engine.relational import Stored
from entrepot.engine.sql import Statement, Value
from entrepot.errors import MissingExtra, QueryError
from entrepot.model.tables import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class Spark:
    """A Spark session, local or on a cluster.

    Args:
        master: Spark's master address, for example `local[2]`.

    Raises:
        MissingExtra: pyspark is not installed.
    """

    name = "Spark"
    dialect = "spark"

    def __init__(self, master: str = "local[*]") -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise MissingExtra(
                "the Spark engine is not installed", remedy="pip install 'entrepot[spark]' and Java 17 or later"
            ) from error
        self.session = (
            SparkSession.builder.master(master)
            .appName("entrepot")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", "true")
            .getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")

    def show(self, table: str, files: Sequence[Stored]) -> None:
        declared = TABLES[table]
        parts = [self._file(file) for file in files]
        if not parts:
            ddl = ", ".join(f"{c.name} {_SPARK_TYPES.get(c.type.value, c.type.value)}" for c in declared.columns)
            self.session.createDataFrame([], ddl).createOrReplaceTempView(table)
            return
        frame = parts[0]
        for part in parts[1:]:
            frame = frame.unionByName(part, allowMissingColumns=True)
        frame.select(*declared.column_names).createOrReplaceTempView(table)

    def _file(self, file: Stored) -> DataFrame:
        from pyspark.sql import functions as f

        frame = self.session.read.parquet(str(file.path))
        if file.row_base is not None:
            frame = frame.select("*", (f.col("_metadata.row_index") + f.lit(file.row_base)).alias("row_number"))
        if file.row_base is not None or file.header is not None:
            frame = frame.withColumn("shipment_id", f.concat_ws(":", "source_id", f.col("row_number").cast("string")))
        if file.header is not None:
            keys = f.array(*[f.lit(name) for name in file.header])
            parts = f.split("cells", "\x1f", -1)
            if any(file.repeats):
                parts = f.array(
                    *[
                        f.coalesce(f.nullif(part, f.lit("")), f.col(name), f.lit("")) if name else part
                        for part, name in ((parts.getItem(at), name) for at, name in enumerate(file.repeats))
                    ]
                )
            frame = frame.withColumn("original", f.to_json(f.map_from_arrays(keys, parts)))
        return frame

    def lend(self, name: str, rows: pa.Table) -> None:
        self.session.createDataFrame(rows).createOrReplaceTempView(name)

    def rows(self, statement: Statement, parameters: Mapping[str, Value]) -> pa.Table:
        return self._run(statement, parameters).toArrow()

    def write(self, statement: Statement, parameters: Mapping[str, Value], table: str, path: Path) -> int:
        declared = TABLES[table]
        frame = self._run(statement, parameters)
        chosen = frame.selectExpr(
            *[f"CAST({c.name} AS {_SPARK_TYPES.get(c.type.value, c.type.value)}) AS {c.name}" for c in declared.columns]
        )
        folder = Path(tempfile.mkdtemp(prefix="spark-", dir=path.parent))
        try:
            chosen.coalesce(1).write.mode("overwrite").parquet(str(folder / "out"))
            (part,) = sorted((folder / "out").glob("part-*.parquet"))
            shutil.move(part, path)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return int(pq.read_metadata(path).num_rows)

    def _run(self, statement: Statement, parameters: Mapping[str, Value]) -> DataFrame:
        from pyspark.errors import PySparkException

        sql = statement.render({name: parameters[name] for name in statement.parameters}, "spark")
        try:
            return self.session.sql(sql)
        except PySparkException as error:
            raise QueryError(f"statement {statement.name!r} failed on Spark: {error}\n\n{sql}") from error

    def close(self) -> None:
        self.session.stop()


_SPARK_TYPES = {"VARCHAR": "STRING"}
"""DuckDB's type names that Spark calls otherwise."""
