"""Loggers, their time and their handlers."""

import logging

import pytest

from nautilus_lite.common.clock import TestClock
from nautilus_lite.common.config import LoggingConfig
from nautilus_lite.common.logging import Logger, SimTimeFormatter, init_logging, remove_logging


@pytest.fixture(autouse=True)
def _clean():
    yield
    remove_logging()


@pytest.fixture
def clock():
    clock = TestClock()
    clock.set_time(1_704_067_200_000_000_001)  # 2024-01-01T00:00:00Z and one nanosecond
    return clock


def test_records_carry_the_simulated_time(clock, caplog):
    Logger("Strategy-1", clock).warning("100% sure")
    (record,) = caplog.records
    assert record.name == "nautilus_lite.Strategy-1"
    assert record.ts_sim == 1_704_067_200_000_000_001
    assert record.getMessage() == "100% sure"
    assert record.levelno == logging.WARNING


def test_without_a_clock_the_time_is_the_wall_clock(caplog):
    Logger("Wall").error("x")
    assert caplog.records[0].ts_sim > 1_700_000_000_000_000_000


def test_formatter_prints_simulated_time(clock, caplog):
    Logger("S", clock).warning("late fill")
    line = SimTimeFormatter().format(caplog.records[0])
    assert line == "2024-01-01T00:00:00.000000001Z [WARNING] nautilus_lite.S: late fill"


def test_formatter_takes_records_of_others():
    record = logging.LogRecord("other", logging.INFO, __file__, 1, "plain", (), None)
    record.created = 1.5
    assert SimTimeFormatter().format(record).startswith("1970-01-01T00:00:01.500000000Z [INFO] other: plain")


def test_debug_and_info_follow_the_level_read_at_refresh(clock, caplog):
    logger = Logger("S", clock)
    assert not logger.is_info
    logger.info("off")
    with caplog.at_level(logging.DEBUG, logger="nautilus_lite"):
        logger.refresh()
        assert logger.is_info
        assert logger.is_debug
        logger.info("on")
        logger.debug("fine", color=3)
    logger.refresh()
    assert not logger.is_debug
    assert [record.getMessage() for record in caplog.records] == ["on", "fine"]


def test_exception_logs_its_traceback(clock, caplog):
    try:
        raise ValueError("bad price")
    except ValueError as e:
        Logger("S", clock).exception("handler failed", e)
    (record,) = caplog.records
    assert record.getMessage() == "handler failed: ValueError('bad price')"
    assert record.exc_info[1].args == ("bad price",)
    assert "Traceback" in SimTimeFormatter().format(record)


def test_init_logging_prints_from_its_level_and_is_idempotent(clock, capsys):
    init_logging(LoggingConfig(log_level="INFO"))
    handlers = init_logging(LoggingConfig(log_level="INFO"))
    root = logging.getLogger("nautilus_lite")
    assert [h for h in root.handlers if h in handlers] == handlers
    assert len(handlers) == 1
    logger = Logger("S", clock)
    logger.debug("hidden")
    logger.info("shown")
    assert capsys.readouterr().err == "2024-01-01T00:00:00.000000001Z [INFO] nautilus_lite.S: shown\n"


def test_remove_logging_leaves_no_trace(clock):
    before = list(logging.getLogger("nautilus_lite").handlers)
    init_logging(LoggingConfig(log_level="DEBUG"))
    remove_logging()
    assert logging.getLogger("nautilus_lite").handlers == before
    assert logging.getLogger("nautilus_lite").level == logging.NOTSET


def test_file_has_a_level_of_its_own(clock, tmp_path, capsys):
    directory = str(tmp_path / "logs")
    config = LoggingConfig(log_level="ERROR", log_level_file="DEBUG", log_directory=directory, log_file_name="run")
    init_logging(config)
    Logger("S", clock).debug("to file only")
    remove_logging()
    text = (tmp_path / "logs" / "run.log").read_text()
    assert text == "2024-01-01T00:00:00.000000001Z [DEBUG] nautilus_lite.S: to file only\n"
    assert capsys.readouterr().err == ""


def test_bypass_turns_everything_off(clock, caplog):
    assert init_logging(LoggingConfig(bypass_logging=True)) == []
    logger = Logger("S", clock)
    assert not logger.is_info
    logger.error("unheard")
    assert caplog.records == []
