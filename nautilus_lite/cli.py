"""The command line: `nautilus-lite`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nautilus_lite import __version__
from nautilus_lite.backtest.compare import compare
from nautilus_lite.backtest.comparison import Comparison
from nautilus_lite.backtest.config import BacktestRunConfig, CompareConfig
from nautilus_lite.backtest.node import build_engine, run_backtest
from nautilus_lite.backtest.results import BacktestResult
from nautilus_lite.core.nearest import nearest
from nautilus_lite.errors import NautilusLiteError
from nautilus_lite.persistence.catalog import ParquetDataCatalog

CONSOLE = Console()


class _Group(click.Group):
    """Turns the project's own errors into one line and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NautilusLiteError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Backtest trading strategies over Parquet catalogs.

    \b
    Start with:
      nautilus-lite demo              run the example over the shipped catalog
      nautilus-lite catalog ls PATH   see what a catalog holds
      nautilus-lite check CONFIG      look for what would never fill, or fill wrongly
      nautilus-lite run CONFIG        run a configuration (JSON or YAML)
      nautilus-lite compare CONFIG    compare fill, queue, fee and latency models over one pass of the data
    """


@main.command()
@click.option("--catalog", default="catalog", show_default=True, type=click.Path(path_type=Path), help="Catalog to replay.")
@click.option("--out", default="output/demo.html", show_default=True, type=click.Path(path_type=Path), help="HTML report.")
@click.option("--progress/--no-progress", default=True, help="Show a progress bar.")
def demo(catalog: Path, out: Path, progress: bool) -> None:
    """Run an EMA cross on one-minute bars of the shipped catalog and write a report."""
    if not (catalog / "data").is_dir():
        raise click.ClickException(f"no catalog at {catalog}: run this from a clone of the project, or name one with --catalog")
    _report(run_backtest(demo_config(catalog), progress), out)


@main.command()
@click.argument("config", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write an HTML report here.")
@click.option("--progress/--no-progress", default=True, help="Show a progress bar.")
def run(config: Path, out: Path | None, progress: bool) -> None:
    """Run the backtest that CONFIG (JSON or YAML) describes.

    CONFIG holds a BacktestRunConfig: venues, data, engine with strategies by import path, start and end.
    """
    _report(run_backtest(BacktestRunConfig.parse_file(config), progress), out)


@main.command()
@click.argument("config", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--full", is_flag=True, help="Read every row; by default a sample of each stream.")
def check(config: Path, full: bool) -> None:
    """Look at the data, venues and strategies of CONFIG (JSON or YAML) without running them.

    Finds what makes orders never fill, or fill wrongly: a book type that the data cannot feed, bars stamped at their open,
    missing exchange rates, gaps, crossed quotes, duplicates, and more.

    \b
    error    results would be wrong: the run stops, unless the check is allowed by name
             (engine: {preflight: {allow: [bars_at_open]}})
    warning  results may be wrong: the run goes on, its result says so
    info     good to know

    Exit code 1 where there are errors that are not allowed.
    """
    settings = BacktestRunConfig.parse_file(config)
    report = build_engine(settings).preflight(settings.start, settings.end, full)
    if report.findings:
        table = Table(title=str(config))
        for name in ("severity", "check", "what", "rows", "finding"):
            table.add_column(name, no_wrap=name == "severity", overflow="fold")
        for found in report.findings:
            example = f"\nfirst: {found.first}" if found.first else ""
            style = {"error": "red", "warning": "yellow"}.get(found.severity, "")
            row = (found.severity, found.name, found.instrument, f"{found.count:,}")
            table.add_row(*map(escape, row), escape(f"{found.message}. {found.remedy}{example}"), style=style)
        CONSOLE.print(table)
    CONSOLE.print(report.summary(), highlight=False, soft_wrap=True)
    if any(found.name not in settings.engine.preflight.allow for found in report.errors):
        raise click.exceptions.Exit(1)


@main.command("compare")
@click.argument("config", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write the HTML page of the comparison here.")
@click.option("--csv", type=click.Path(path_type=Path), help="Write every column of the table here.")
@click.option("--baseline", help="World that the others are compared with; the configuration's, or the first.")
@click.option("--level", default=0.95, show_default=True, help="Confidence of the intervals.")
@click.option("--progress/--no-progress", default=True, help="Show a progress bar.")
def compare_models(
    config: Path, out: Path | None, csv: Path | None, baseline: str | None, level: float, progress: bool
) -> None:
    """Compare the models that CONFIG (JSON or YAML) names over one pass of the data.

    CONFIG holds a CompareConfig: `run` as for the command run, and the axes, each a set of named models. Every combination
    of them is a world of its own, with its own strategies, orders and account, and gives what it would give alone.

    \b
    run: {venues: [...], data: [...], engine: {strategies: [...]}}
    fill_models:
      own: null
      at touch half the time:
        path: nautilus_lite.backtest.models:FillModel
        config: {prob_fill_on_limit: 0.5, random_seed: 1}
    fee_models:
      rebate:
        path: nautilus_lite.backtest.models:MakerTakerFeeModel
        config: {maker: "-0.0001", taker: "0.0004"}
    queue_models, latency_models, bar_paths, strategies: likewise
    baseline: own / rebate

    \b
    net          change of equity; gross less fees, funding and other bookings
    against ...  difference to the baseline with its confidence interval (block bootstrap of days, or of samples of equity
                 where there are fewer than 20 days); * where zero lies outside
    slippage     against the middle when the order was sent, basis points, positive is a cost
    markout 5s   where the middle went 5 s after the fills, basis points, positive is a gain

    examples/compare.yaml is one to start from.
    """
    settings = CompareConfig.parse_file(config)
    names = settings.world_names()
    base = baseline or settings.baseline or names[0]
    if base not in names:
        # Said before the run, which may be long
        near = nearest(base, names)
        hint = f", did you mean {near!r}?" if near else ""
        raise click.ClickException(f"no world named {base!r}{hint} (there will be: {', '.join(names)})")
    comparison = compare(settings.run, **settings.axes(), progress=progress)
    CONSOLE.print(_comparison_table(comparison, base, level))
    for why in dict.fromkeys(filter(None, comparison.differences(base, level=level)["why"])):
        CONSOLE.print(f"no intervals: {why}", highlight=False, soft_wrap=True)
    if csv is not None:
        csv.parent.mkdir(parents=True, exist_ok=True)
        comparison.frame().to_csv(csv)
        CONSOLE.print(f"table written to {csv}", highlight=False, soft_wrap=True)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        CONSOLE.print(f"page written to {comparison.to_html(str(out), baseline=base)}", highlight=False, soft_wrap=True)


@main.group()
def catalog() -> None:
    """Look into Parquet catalogs."""


@catalog.command("ls")
@click.argument("path", default="catalog", type=click.Path(exists=True, file_okay=False))
def catalog_ls(path: str) -> None:
    """List the data of the catalog at PATH: type, identifier, files, rows, time range and size."""
    table = Table(title=str(path))
    for name in ("type", "identifier", "files", "rows", "start", "end", "bytes"):
        table.add_column(name, no_wrap=name == "type", overflow="fold")
    for row in ParquetDataCatalog(path).ls():
        table.add_row(*(f"{value:,}" if isinstance(value, int) else str(value) for value in row.values()))
    CONSOLE.print(table)


def demo_config(catalog: Path) -> BacktestRunConfig:
    """Return the configuration of the demo."""
    bar_type = "EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"
    return BacktestRunConfig.from_dict(
        {
            "venues": [
                {
                    "name": "SIM",
                    "oms_type": "NETTING",
                    "account_type": "MARGIN",
                    "base_currency": "USD",
                    "starting_balances": ["1_000_000 USD"],
                }
            ],
            "data": [{"catalog_path": str(catalog), "data_cls": "Bar", "bar_types": [bar_type]}],
            "engine": {
                "strategies": [
                    {
                        "strategy_path": "nautilus_lite.examples.ema_cross:EMACross",
                        "config_path": "nautilus_lite.examples.ema_cross:EMACrossConfig",
                        "config": {
                            "instrument_id": "EUR/USD.SIM",
                            "bar_type": bar_type,
                            "trade_size": "100000",
                            "fast_period": 20,
                            "slow_period": 60,
                        },
                    }
                ]
            },
        }
    )


def _comparison_table(comparison: Comparison, baseline: str, level: float) -> Table:
    """Return a comparison for a terminal: one row a world."""
    frame = comparison.frame()
    against = comparison.differences(baseline, level=level)
    currency = comparison.results[0].reporting_currency
    table = Table(title=f"{len(comparison)} worlds over one pass, amounts in {currency}")
    numbers = ("net", "against", "gross", "fees", "fills", "fill rate", "maker", "slippage bp", "markout 5s bp")
    for name in comparison.axis_names:
        table.add_column(name.removesuffix("_model"), overflow="fold")
    for name in numbers:
        head = escape(f"against {baseline}, {level:.0%}") if name == "against" else name
        table.add_column(head, justify="right")
    for world, row in frame.iterrows():
        difference = against.loc[str(world)]
        mark = "*" if difference["pnl_clear"] else ""
        between = "" if difference["why"] else f" [{difference['pnl_low']:+,.2f}, {difference['pnl_high']:+,.2f}]{mark}"
        cells = (
            f"{row['net']:,.2f}",
            "" if world == baseline else f"{difference['pnl']:+,.2f}{between}",
            f"{row['gross']:,.2f}",
            f"{row['fees'] + row['rebates']:,.2f}",
            f"{row['fills']:,}",
            f"{row['fill_rate']:.1%}",
            f"{row['maker_share']:.1%}",
            f"{row['slippage_decision_bp']:.3f}",
            f"{row['markout_5s_bp']:.3f}",
        )
        labels = [escape(str(row[axis])) for axis in comparison.axis_names]
        table.add_row(*labels, *(escape("n/a" if cell.startswith("nan") else cell) for cell in cells))
    return table


def _report(result: BacktestResult, out: Path | None) -> None:
    CONSOLE.print(result.summary(), highlight=False, soft_wrap=True)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        CONSOLE.print(f"report written to {result.to_html(str(out))}", highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
