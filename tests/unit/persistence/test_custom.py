"""Custom data in a catalog."""

from __future__ import annotations

import pyarrow as pa
import pytest

from nautilus_lite.core.data import Data
from nautilus_lite.errors import CatalogError, InvalidData
from nautilus_lite.model.custom import customdataclass
from nautilus_lite.model.data import CustomData, DataType
from nautilus_lite.model.identifiers import InstrumentId
from nautilus_lite.persistence.catalog import ParquetDataCatalog
from nautilus_lite.persistence.custom import custom_folder
from nautilus_lite.serialization.arrow.serializer import make_dict_deserializer, make_dict_serializer, register_arrow
from nautilus_lite.serialization.base import register_serializable_type


@customdataclass
class ScoreOfNews(Data):
    instrument_id: InstrumentId = InstrumentId.from_str("A.X")
    value: float = 0.0


class Plain(Data):
    def __init__(self, value: int, ts: int) -> None:
        self.value, self.ts = value, ts

    @property
    def ts_event(self) -> int:
        return self.ts

    @property
    def ts_init(self) -> int:
        return self.ts

    def to_dict(self) -> dict:
        return {"value": self.value, "when": self.ts}

    @classmethod
    def from_dict(cls, values: dict) -> Plain:
        return cls(values["value"], values["when"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plain) and (self.value, self.ts) == (other.value, other.ts)


SCHEMA = pa.schema([("value", pa.int32()), ("when", pa.uint64())])


def score(ts: int, value: float = 1.0, name: str = "A.X") -> ScoreOfNews:
    return ScoreOfNews(ts, ts, InstrumentId.from_str(name), value)


@pytest.fixture
def catalog(tmp_path) -> ParquetDataCatalog:
    return ParquetDataCatalog(tmp_path / "catalog")


def test_objects_come_back_by_time_and_instrument(catalog):
    catalog.write_data([score(1), score(3), score(2, 2.0, "B.X"), score(4, 3.0, "B.X")])
    found = catalog.query(ScoreOfNews)
    assert [(item.ts_init, item.data.value) for item in found] == [(1, 1.0), (2, 2.0), (3, 1.0), (4, 3.0)]
    assert found[0] == CustomData(DataType(ScoreOfNews), score(1))
    assert [item.ts_init for item in catalog.query(ScoreOfNews, ["B.X"])] == [2, 4]
    assert [item.ts_init for item in catalog.custom_data(ScoreOfNews, start=2, end=3)] == [2, 3]
    assert (catalog.list_data_types(), catalog.list_generic_data_types()) == (["custom_score_of_news"], ["score_of_news"])
    assert catalog.verify() == 4


def test_metadata_is_kept_and_has_files_of_its_own(catalog):
    model = DataType(ScoreOfNews, {"model": "a"})
    catalog.write_data([score(1), CustomData(model, score(1, 9.0))])
    assert [(item.data_type, item.data.value) for item in catalog.query(ScoreOfNews)] == [
        (DataType(ScoreOfNews), 1.0), (model, 9.0),
    ]  # fmt: skip


def test_writing_again_is_refused_or_merged(catalog):
    catalog.write_data([score(1), score(2), score(2)])
    with pytest.raises(CatalogError, match="ScoreOfNews A.X from 1 to 3 overlaps .*1_2.parquet"):
        catalog.write_data([score(1), score(3)])
    catalog.write_data([score(1), score(3)], mode="merge")
    catalog.write_data([score(1), score(3)], mode="merge")
    assert [item.ts_init for item in catalog.query(ScoreOfNews)] == [1, 2, 2, 3]
    with pytest.raises(InvalidData, match="object 1 of ScoreOfNews A.X goes back in time, from 9 to 8: sort by `ts_init`"):
        catalog.write_data([score(9), score(8)])


def test_a_class_with_a_schema_of_its_own(catalog):
    with pytest.raises(CatalogError, match="does not know how to store Plain: make it a `customdataclass`, or call"):
        catalog.write_data([Plain(1, 5)])
    register_arrow(Plain, SCHEMA, make_dict_serializer(SCHEMA), make_dict_deserializer(Plain))
    catalog.write_data([Plain(1, 5), Plain(2, 6)])
    assert [item.data for item in catalog.query(Plain)] == [Plain(1, 5), Plain(2, 6)]
    folder = catalog.custom.parts(Plain)[0]
    with catalog.open_parquet(catalog.custom.files(folder)[0].path) as parquet:
        assert parquet.schema_arrow.field("value").type == pa.int32()


def test_a_class_with_dictionaries_alone(catalog):
    class Named(Plain):
        pass

    register_serializable_type(Named, Named.to_dict, Named.from_dict)
    catalog.write_data([Named(7, 5)])
    assert [item.data for item in catalog.query(Named)] == [Named(7, 5)]
    with pytest.raises(TypeError, match="`Bare` needs `to_dict`, or an encoder and a decoder"):
        register_arrow(type("Bare", (Data,), {}), SCHEMA)


def test_a_broken_file_is_told(catalog):
    catalog.write_data([score(1), score(2)])
    part = catalog.custom.parts(ScoreOfNews)[0]
    path = catalog.custom.files(part)[0].path
    catalog.fs.mv(path, f"{part}/1_9.parquet")
    with pytest.raises(CatalogError, match="1_9.parquet does not hold the times that its name says"):
        catalog.verify()
    with catalog.fs.open(f"{part}/1_9.parquet", "wb") as out:
        out.write(b"no parquet")
    with pytest.raises(CatalogError, match="is not a whole Parquet file"):
        catalog.query(ScoreOfNews)


def test_folders_of_classes():
    assert custom_folder(ScoreOfNews) == "custom_score_of_news"
    assert custom_folder(type("VWAPSignal2", (), {})) == "custom_vwap_signal2"
