"""The kit that HTML reports are made of."""

import builtins
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from nautilus_lite.analysis.page import Chart, Part, card, document, downsample, figure, join, row, write_image, write_whole
from nautilus_lite.analysis.page.charts import axis, milliseconds, money_ticks, numbers, percent_ticks, plain, shortened
from nautilus_lite.analysis.page.palette import DARK, LIGHT, painted
from nautilus_lite.analysis.page.parts import Tile, facts, folded, group, missing, tiles, warnings
from nautilus_lite.analysis.page.sampling import coarser_bars, downsample_together, thin
from nautilus_lite.analysis.page.script import SCRIPT
from nautilus_lite.analysis.page.style import CSS
from nautilus_lite.analysis.page.tables import long_table, table
from nautilus_lite.errors import MissingExtra, NautilusLiteError

pytest.importorskip("plotly")

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def short_library(monkeypatch):
    """Stand in for the four megabytes of the chart library."""
    import plotly.offline

    monkeypatch.setattr(plotly.offline, "get_plotlyjs", lambda: "/* library */")


def chart(chart_name="one", **trace):
    traces = [{"type": "scatter", "x": [1, 2], "y": [3, 4], **trace}]
    return Chart(chart_name, "what is seen", traces, {"xaxis": axis(), "yaxis": axis()})


def without(monkeypatch, package):
    real = builtins.__import__

    def importing(name, *args, **kwargs):
        if name.split(".")[0] == package:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", importing)


def test_document_forbids_every_request_and_every_script_but_its_own(short_library):
    import base64
    import hashlib

    page = document("t", card("c", chart()))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy.split("style-src")[0]
    allowed = re.findall(r"'sha256-([^']*)'", policy)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert allowed == [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(allowed) == 2
    assert not re.search(r"""(src|href)\s*=|url\(|@import|https?:""", page)


def test_page_without_charts_has_no_script():
    page = document(HOSTILE, card("c", Part("<p>x</p>")))
    assert "<script" not in page
    assert "script-src 'none'" in page


def test_theme_can_be_forced(short_library):
    assert "data-theme" not in document("t", card("c", chart())).split("<style>")[0]
    assert '<html lang="en" data-theme="dark">' in document("t", card("c", chart()), "dark")
    with pytest.raises(ValueError, match="`theme` must be one of auto, light, dark, was 'blue'"):
        document("t", card("c", chart()), "blue")


def test_charts_of_one_page_have_names_of_their_own(short_library):
    with pytest.raises(ValueError, match="different names, were one, one"):
        document("t", join(card("a", chart()), card("b", chart())))


def test_every_chart_has_its_place(short_library):
    page = document("t", row(card("a", chart("one")), card("b", chart("two", name="</script>&"))))
    drawn = json.loads(re.search(r'<script id="charts" type="application/json">(.*?)</script>', page, re.S)[1])
    assert [one["id"] for one in drawn] == ["one", "two"]
    assert drawn[1]["traces"][0]["name"] == "</script>&"
    assert all(f'id="{name}"' in page for name in ("one", "two"))


def test_numbers_that_are_none_do_not_reach_a_page(short_library):
    assert numbers([1.0, np.nan, np.inf, -np.inf]) == [1.0, None, None, None]
    with pytest.raises(ValueError, match="JSON"):
        document("t", card("c", chart(y=[float("nan")])))


def test_missing_chart_library_names_the_extra(monkeypatch):
    without(monkeypatch, "plotly")
    with pytest.raises(MissingExtra, match=r"need plotly, which is not installed: pip install nautilus_lite\[viz\]"):
        document("t", card("c", chart()))
    with pytest.raises(MissingExtra, match="plotly"):
        figure(chart())
    assert issubclass(MissingExtra, NautilusLiteError)


def test_missing_picture_library_and_browser_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    with pytest.raises(MissingExtra, match="`BROWSER_PATH` names .*none', which is not there.*install one"):
        write_image("<html></html>", tmp_path / "p.png")
    monkeypatch.delenv("BROWSER_PATH")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingExtra, match="looked for chromium"):
        write_image("<html></html>", tmp_path / "p.png")
    without(monkeypatch, "choreographer")
    with pytest.raises(MissingExtra, match=r"need kaleido, which is not installed: pip install nautilus_lite\[viz\]"):
        write_image("<html></html>", tmp_path / "p.png")
    with pytest.raises(ValueError, match="`width` must be at least 320"):
        write_image("<html></html>", tmp_path / "p.png", width=10)
    assert list(tmp_path.iterdir()) == []


def test_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "report.html"
    write_whole(path, "old")

    def fail(*args):
        raise OSError("disk is full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk is full"):
        write_whole(path, "new")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert path.read_text() == "old"


def test_figure_shares_the_traces_and_fills_in_the_colours():
    made = figure(chart(line={"color": "$up"}, fillcolor="$down/.2", name="$up"), "dark")
    assert made.data[0].line.color == DARK["up"]
    assert made.data[0].fillcolor.startswith("rgba(255,147,84,.2")
    assert made.data[0].name == "$up"
    assert made.layout.title.text == "what is seen"
    with pytest.raises(ValueError, match="`theme` must be one of"):
        figure(chart(), "auto")


def test_colours_are_filled_in_under_keys_of_colour_alone():
    given = {"text": ["$up"], "marker": {"color": ["$up", "$down"]}, "notes": [{"font": {"color": "$ink"}, "text": "$ink"}]}
    filled = painted(given, LIGHT)
    assert filled["text"] == ["$up"]
    assert filled["marker"]["color"] == [LIGHT["up"], LIGHT["down"]]
    assert filled["notes"] == [{"font": {"color": LIGHT["ink"]}, "text": "$ink"}]
    with pytest.raises(KeyError):
        painted({"color": "$none"}, LIGHT)


def test_palettes_have_the_same_names_and_text_can_be_read():
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    assert LIGHT.keys() == DARK.keys()
    for palette in (LIGHT, DARK):
        for name in ("ink", "soft", "accent", "second", "up", "down", *(f"s{i}" for i in range(8))):
            pair = sorted([light(palette[name]), light(palette["card"])])
            assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, name


def test_labels_of_charts_show_text_as_it_is():
    assert plain("<b>&amp;") == "&lt;b&gt;&amp;amp;"
    assert shortened("a" * 10 + "b" * 10, 11) == "aaaaa…bbbbb"
    assert shortened("short", 11) == "short"


@pytest.mark.parametrize(
    "part",
    [
        card(HOSTILE, note=HOSTILE, before=HOSTILE),
        tiles([Tile(HOSTILE, HOSTILE, HOSTILE)]),
        facts([(HOSTILE, HOSTILE)]),
        warnings([HOSTILE] * 5),
        folded(HOSTILE, HOSTILE, Part()),
        group(HOSTILE, Part("<p></p>")),
        table(pd.DataFrame({HOSTILE: [HOSTILE]}, index=pd.Index([HOSTILE], name=HOSTILE))),
        long_table(HOSTILE, pd.DataFrame({HOSTILE: [1, 2]}, index=pd.Index([HOSTILE, "b"], name=HOSTILE))),
        long_table("t", pd.DataFrame({"a": [HOSTILE, HOSTILE], HOSTILE: [1, 1], "b": [1, 2]})),
        card("c", Chart(HOSTILE, HOSTILE, [], {})),
    ],
    ids=["card", "tiles", "facts", "warnings", "folded", "group", "table", "long table", "common cells", "chart"],
)
def test_text_stays_text(part):
    assert "<script" not in part.html
    assert "&lt;script&gt;" in part.html


def test_what_is_empty_takes_no_place():
    assert not row(missing("a"), missing("b"))
    assert row(missing("a"), missing("b")).missing == "a; b"
    assert not group("t", Part())
    assert tiles([]).html == warnings([]).html == facts([]).html == ""


def test_few_warnings_are_shown_and_the_others_fold_out():
    assert "<details" not in warnings(["a", "b", "c"]).html
    assert "2 more" in warnings(list("abcde")).html


@pytest.mark.parametrize("n", [0, 1, 100])
def test_short_charts_keep_every_point(n):
    assert downsample(np.arange(float(n)), 100).tolist() == list(range(n))


def test_downsampling_keeps_first_last_lowest_and_highest_of_each_stretch():
    values = np.array([5, 9, 1, 6, 7, 2, 3, 8, 4, 4.0])
    # Two stretches of five: 5 9 1 6 7 and 2 3 8 4 4
    assert downsample(values, 8).tolist() == [0, 1, 2, 4, 5, 7, 9]


def test_downsampling_passes_over_gaps():
    values = np.array([np.nan, 3.0, 1.0, 2.0, np.nan, np.nan, np.nan, np.nan, np.nan])
    assert {1, 2} <= set(downsample(values, 8).tolist())


def test_lines_sampled_together_keep_the_extremes_of_each():
    rng = np.random.default_rng(1)
    first, second = rng.normal(size=50_000), rng.normal(size=50_000)
    keep = downsample_together([first, second], 400)
    assert len(keep) <= 420
    assert {0, 49_999, first.argmax(), first.argmin(), second.argmax(), second.argmin()} <= set(keep.tolist())


def test_thinned_dots_keep_extremes_and_the_lonely():
    rng = np.random.default_rng(2)
    x, y = np.append(rng.normal(size=20_000), 9.0), np.append(rng.normal(size=20_000), -9.0)
    keep = thin(x, y, 900)
    assert len(keep) <= 904
    assert {20_000, int(x.argmin()), int(y.argmax())} <= set(keep.tolist())
    # As many as the limit allows, not a tenth of them
    assert len(keep) > 500
    assert thin(x[:5], y[:5], 5).tolist() == [0, 1, 2, 3, 4]


def test_bars_put_together_keep_open_high_low_and_close():
    bars = np.array([[1, 5, 0.5, 2], [2, 9, 1, 3], [3, 4, 0.1, 4], [4, 6, 4, 5], [5, 5.5, 4.5, 5.2]])
    times, merged, size = coarser_bars(np.arange(5), bars, 2)
    assert size == 3
    assert times.tolist() == [2, 4]
    assert merged.tolist() == [[1, 9, 0.1, 4], [4, 6, 4, 5.2]]
    assert coarser_bars(np.arange(5), bars, 5)[2] == 1


def test_times_of_charts_are_milliseconds_and_keep_what_lies_below():
    index = pd.DatetimeIndex(["2024-01-01", "2024-01-01 00:00:01"], tz="UTC")
    assert milliseconds(index) == [1_704_067_200_000, 1_704_067_201_000]
    assert milliseconds(pd.DatetimeIndex([1_704_067_200_000_001_000], tz="UTC")) == [1_704_067_200_000.001]


def test_axes_have_the_digits_that_their_range_needs():
    assert money_ticks([1_000_000.0, 1_002_000.0]) == ",.0f"
    assert money_ticks([0.0, 5e6]) == ".3~s"
    assert money_ticks([1.0001, 1.0002]) == ",.4~f"
    assert [percent_ticks(np.array([0.0, span])) for span in (0.2, 0.02, 0.002, 0.0002)] == [".0%", ".1%", ".2%", ".3%"]


def test_tables_are_cut_and_say_so():
    part = long_table("Fills", pd.DataFrame({"px": np.arange(300.0), "qty": [1.0] * 300}))
    assert "first 200 of 300" in part.html
    assert part.html.count("<tr><td") == 200
    assert "In every row: qty 1" in part.html


def test_table_cells_are_for_readers():
    frame = pd.DataFrame(
        {
            "ts_event": pd.DatetimeIndex(["2024-01-01 10:00", None], tz="UTC"),
            "duration_ns": [90 * 10**9, 10**9],
            "px": [1.10001, np.nan],
            "ok": [True, False],
            "gone": [None, None],
            "text": pd.array(["x", None], dtype="string"),
            "n": [12345, 2],
        },
        index=pd.Index(["a", "b"], name="id"),
    )
    page = long_table("T", frame).html
    first = re.search(r"<tr><td>a</td>(.*?)</tr>", page)[1]
    assert re.findall(r">([^<]*)</td>", first) == ["2024-01-01 10:00:00", "1m 30s", "1.10001", "yes", "x", "12,345"]
    assert re.findall(r">([^<]*)</td>", re.search(r"<tr><td>b</td>(.*?)</tr>", page)[1])[:3] == ["", "1s", ""]
    assert "<th>gone</th>" not in page


def test_short_tables_take_formats_and_colour_signs():
    frame = pd.DataFrame({"net_pnl": [1.5, -2.0], "n": [3, 4]}, index=pd.Index(["a", "b"], name="side"))
    part = table(frame, {"net_pnl": ",.2f"}, signed=("net_pnl",))
    assert '<td class="num up">1.50</td>' in part.html
    assert '<td class="num down">-2.00</td>' in part.html
    assert "<th" in part.html and ">net pnl</th>" in part.html


def test_empty_table_gives_a_part():
    assert "<summary>Fills" in long_table("Fills", pd.DataFrame({"px": []})).html


def test_script_and_style_agree_on_colours():
    assert "--up:#" in CSS and 'getPropertyValue("--"' in SCRIPT
    assert "innerHTML" not in SCRIPT and "eval" not in SCRIPT


def test_kit_knows_nothing_of_runs():
    folder = Path(__file__).parents[3] / "nautilus_lite" / "analysis" / "page"
    for path in folder.glob("*.py"):
        assert not re.search(r"import .*(backtest|tearsheet|model\.)", path.read_text()), path.name
