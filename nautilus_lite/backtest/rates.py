"""Short-term interest rates by currency and month, in the layout of the OECD."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from nautilus_lite.errors import InvalidData

COLUMNS = ("LOCATION", "TIME", "Value")
# Countries and areas of the OECD's tables; "CHN" stands for both yuan
CURRENCIES = {
    "AUS": ("AUD",),
    "CAN": ("CAD",),
    "CHE": ("CHF",),
    "CHL": ("CLP",),
    "CHN": ("CNY", "CNH"),
    "COL": ("COP",),
    "CZE": ("CZK",),
    "DNK": ("DKK",),
    "EA": ("EUR",),
    "EA19": ("EUR",),
    "EA20": ("EUR",),
    "GBR": ("GBP",),
    "HUN": ("HUF",),
    "IDN": ("IDR",),
    "IND": ("INR",),
    "ISL": ("ISK",),
    "ISR": ("ILS",),
    "JPN": ("JPY",),
    "KOR": ("KRW",),
    "MEX": ("MXN",),
    "NOR": ("NOK",),
    "NZL": ("NZD",),
    "POL": ("PLN",),
    "RUS": ("RUB",),
    "SWE": ("SEK",),
    "TUR": ("TRY",),
    "USA": ("USD",),
    "ZAF": ("ZAR",),
}


class InterestRates:
    """Rates in per cent a year.

    Parameters
    ----------
    data : DataFrame or str
        With columns `LOCATION`, `TIME` and `Value`, or the path of a CSV file that has them; other columns are ignored.

    Raises
    ------
    InvalidData
        If a column is missing, or a value is no number.
    """

    def __init__(self, data: Any) -> None:
        import pandas as pd

        frame = pd.read_csv(data) if isinstance(data, str) else data
        missing = [name for name in COLUMNS if name not in frame.columns]
        if missing:
            raise InvalidData(f"interest rates lack {', '.join(missing)}: they need the columns {', '.join(COLUMNS)}")
        self._rates: dict[tuple[str, str], Fraction] = {}
        for location, period, value in zip(*(frame[name] for name in COLUMNS), strict=True):
            try:
                rate = Fraction(str(value))
            except ValueError as error:
                raise InvalidData(f"interest rate of {location} in {period} must be a number, was {value!r}") from error
            for currency in CURRENCIES.get(str(location), (str(location),)):
                self._rates[currency, str(period)] = rate

    def rate(self, currency: str, day: date) -> Fraction:
        """Return the rate of a currency on a day: that of the month, else that of the quarter.

        Raises
        ------
        InvalidData
            If there is neither.
        """
        month = f"{day:%Y-%m}"
        quarter = f"{day.year}-Q{(day.month + 2) // 3}"
        for period in (month, quarter):
            found = self._rates.get((currency, period))
            if found is not None:
                return found
        raise InvalidData(f"no interest rate of {currency} for {month} or {quarter}: add it to the rate data")
