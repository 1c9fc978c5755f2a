"""The command line: `nautilus-lite`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from nautilus_lite import __version__
from nautilus_lite.backtest.config import BacktestRunConfig
from nautilus_lite.backtest.node import run_backtest
from nautilus_lite.backtest.results import BacktestResult
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
      nautilus-lite run CONFIG        run a configuration (JSON or YAML)
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


def _report(result: BacktestResult, out: Path | None) -> None:
    CONSOLE.print(result.summary(), highlight=False, soft_wrap=True)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        CONSOLE.print(f"report written to {result.to_html(str(out))}", highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
