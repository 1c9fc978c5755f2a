"""The first lines: what was run, a sentence that says what came of it, and the figures one looks for."""

from __future__ import annotations

from nautilus_lite.analysis.page.charts import amount_text, percent_text
from nautilus_lite.analysis.page.parts import Part, Tile, facts, text, tiles, tone
from nautilus_lite.analysis.summary import StatValue, duration_text
from nautilus_lite.analysis.tearsheet.data import TearsheetData
from nautilus_lite.model.objects import Currency

_FACTS = (
    ("Profit Factor", "Profit factor"),
    ("Expectancy", "Average trade"),
    ("Best Day", "Best day"),
    ("Worst Day", "Worst day"),
    ("Returns Volatility", "Volatility, a year"),
    ("Sortino Ratio", "Sortino ratio"),
    ("Calmar Ratio", "Calmar ratio"),
    ("Average Duration", "Average time in a trade"),
    ("Alpha", "Alpha a year, against the benchmark"),
    ("Beta", "Beta"),
)


def header(data: TearsheetData) -> Part:
    """Return the title, the time of the run and the verdict."""
    period = "equity was not sampled"
    if len(data.equity):
        first, last = data.equity.index[0], data.equity.index[-1]
        length = duration_text((last - first).total_seconds())
        period = f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC, {length}"
    below = f"{text(period)} &middot; figures in {text(data.currency)}"
    return Part(f'<header><h1>{text(data.title)}</h1><p class="sub">{below}</p><p class="verdict">{verdict(data)}</p></header>')


def verdict(data: TearsheetData) -> str:
    """Return in words, as HTML, if the run made money, how painfully, and why."""
    known = data.known
    if len(known) < 2:
        return "Equity was not sampled in this run, so that nothing can be said of its profit."
    pnl = _net(data)
    words = [_profit(data, pnl)]
    words += _pain(data)
    words += _trades(data)
    return " ".join(words)


def headline_tiles(data: TearsheetData) -> Part:
    """Return the eight figures one looks for first."""
    shown = []
    pairs = (
        ("PnL (total)", "Net PnL", "after fees, at market"),
        ("PnL% (total)", "Return", "of opening balance"),
        ("CAGR", "CAGR", "growth a year"),
        ("Max Drawdown", "Max drawdown", ""),
        ("Sharpe Ratio", "Sharpe ratio", ""),
        ("Trades", "Trades", ""),
        ("Win Rate", "Win rate", ""),
        ("Fees", "Fees", ""),
    )
    for name, label, detail in pairs:
        stat = data.stat(name)
        if stat is not None:
            shown.append(_tile(data, stat, label, detail))
    return tiles(shown)


def key_facts(data: TearsheetData) -> Part:
    """Return further figures as a short list; refused ones are left to the table of statistics."""
    found = [(label, data.stat(name)) for name, label in _FACTS]
    return facts((label, _short(stat)) for label, stat in found if stat is not None and stat.value is not None)


def amount(value: float, data: TearsheetData) -> str:
    """Return an amount of the sheet's currency."""
    return f"{amount_text(value, data.precision)} {data.currency}"


def _net(data: TearsheetData) -> float:
    return round(float(data.known.iloc[-1]) - float(data.known.iloc[0]), data.precision) + 0.0


def _profit(data: TearsheetData, pnl: float) -> str:
    length = duration_text((data.known.index[-1] - data.known.index[0]).total_seconds())
    change = data.stat("PnL% (total)")
    share = f" ({change.text()})" if change is not None and change.value is not None else ""
    if pnl == 0.0:
        return f"The run <b>neither made nor lost money</b> in {text(length)}."
    verb = "made" if pnl > 0.0 else "lost"
    made = f'<b class="{tone(pnl)}">{verb} {text(amount(abs(pnl), data))}</b>'
    return f"The run {made}{text(share)} in {text(length)}{_because(data, pnl)}."


def _because(data: TearsheetData, pnl: float) -> str:
    """Return how costs made the net from the gross."""
    if len(data.bridge) < 2:
        return ""
    gross = data.bridge[0][1]
    costs = gross - pnl
    if abs(costs) < 0.5 * 10.0**-data.precision:
        return ""
    before = f"{'a gain' if gross >= 0.0 else 'a loss'} of {amount(abs(gross), data)} before costs"
    if costs < 0.0:
        return text(f": {before}, and {amount(-costs, data)} earned by rebates, funding or better prices")
    if pnl < 0.0 < gross:
        return text(f": {before} was eaten by {amount(costs, data)} of costs")
    if gross > 0.0:
        return text(f": {before}, of which costs took {costs / gross:.0%}")
    return text(f": {before}, and {amount(costs, data)} of costs")


def _pain(data: TearsheetData) -> list[str]:
    worst = data.value("Max Drawdown")
    longest = data.value("Longest Drawdown")
    if worst is None or worst == 0.0:
        return ["Equity never fell."] if worst == 0.0 and _net(data) else []
    lasting = f", and the longest fall lasted {text(duration_text(longest * 86400.0))}" if longest else ""
    ended = "" if float(data.depth.iloc[-1]) == 0.0 else f"; it ended {percent_text(-float(data.depth.iloc[-1]))} below its best"
    return [f"At worst it was <b>{percent_text(-worst)}</b> below its best{lasting}{ended}."]


def _trades(data: TearsheetData) -> list[str]:
    trades, rate = data.value("Trades"), data.value("Win Rate")
    held = f"{data.n_open} position{'s were' if data.n_open != 1 else ' was'} still open at the end" if data.n_open else ""
    if trades == 0.0:
        return [f"No position was closed; {held}." if held else "It did not trade."]
    if trades is None:
        return []
    won = f"<b>{rate:.0%}</b> of {trades:,.0f} trades won" if rate is not None else f"It closed {trades:,.0f} trades"
    if rate is not None and trades == 1.0:
        won = f"Its only trade {'won' if rate > 0.0 else 'did not win'}"
    return [f"{won}; {held}." if held else f"{won}."]


def _tile(data: TearsheetData, stat: StatValue, label: str, detail: str) -> Tile:
    unit = f", {stat.unit}" if _is_money(stat) else ""
    if stat.value is None:
        return Tile(label + unit, "n/a", stat.why or "")
    value = _short(stat).removesuffix(f" {stat.unit}")
    signed = stat.name in ("PnL (total)", "PnL% (total)", "CAGR")
    if signed and stat.value > 0.0:
        value = f"+{value}"
    return Tile(label + unit, value, detail or _detail(data, stat), tone(stat.value) if signed else "")


def _detail(data: TearsheetData, stat: StatValue) -> str:
    """Return the line below a tile's figure: what else one asks at once."""
    if stat.name == "Max Drawdown":
        longest = data.stat("Longest Drawdown")
        return f"longest {duration_text(longest.value * 86_400.0)}" if longest is not None and longest.value is not None else ""
    if stat.name == "Sharpe Ratio":
        return f"of {stat.count:,} daily returns"
    if stat.name == "Trades":
        return f"and {data.n_open:,} still open" if data.n_open else "all closed" if stat.value else ""
    if stat.name == "Win Rate":
        payoff = data.stat("Payoff Ratio")
        return f"payoff {payoff.text()}" if payoff is not None and payoff.value is not None else f"of {stat.count:,} trades"
    others = [other for other in data.statistics if other.name.startswith("Fees (") and other is not stat and other.value]
    return f"and in {len(others)} other currencies" if others else f"on {stat.count:,} orders"


def _is_money(stat: StatValue) -> bool:
    return stat.unit not in ("fraction", "%", "ratio", "count", "days", "s")


def _short(stat: StatValue) -> str:
    """Return a value with the digits that one reads at a glance; the table of statistics has them all."""
    if stat.value is None or not _is_money(stat):
        return stat.text()
    return f"{amount_text(stat.value, Currency.from_str(stat.unit).precision)} {stat.unit}"
