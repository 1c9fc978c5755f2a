"""The built-in currencies: ISO 4217 (active codes) and the large cryptocurrencies.

Columns: code, digits of the minor unit, numeric ISO code (0 for none), name, type.
"""

FIAT = """
AED 2 784 UAE dirham|AFN 2 971 Afghani|ALL 2 8 Lek|AMD 2 51 Armenian dram|ANG 2 532 Antillean guilder|AOA 2 973 Kwanza
ARS 2 32 Argentine peso|AUD 2 36 Australian dollar|AWG 2 533 Aruban florin|AZN 2 944 Azerbaijan manat
BAM 2 977 Convertible mark|BBD 2 52 Barbados dollar|BDT 2 50 Taka|BGN 2 975 Bulgarian lev|BHD 3 48 Bahraini dinar
BIF 0 108 Burundi franc|BMD 2 60 Bermudian dollar|BND 2 96 Brunei dollar|BOB 2 68 Boliviano|BRL 2 986 Brazilian real
BSD 2 44 Bahamian dollar|BTN 2 64 Ngultrum|BWP 2 72 Pula|BYN 2 933 Belarusian ruble|BZD 2 84 Belize dollar
CAD 2 124 Canadian dollar|CDF 2 976 Congolese franc|CHF 2 756 Swiss franc|CLP 0 152 Chilean peso|CNY 2 156 Yuan renminbi
CNH 2 0 Offshore yuan|COP 2 170 Colombian peso|CRC 2 188 Costa Rican colon|CUP 2 192 Cuban peso|CVE 2 132 Cabo Verde escudo
CZK 2 203 Czech koruna|DJF 0 262 Djibouti franc|DKK 2 208 Danish krone|DOP 2 214 Dominican peso|DZD 2 12 Algerian dinar
EGP 2 818 Egyptian pound|ERN 2 232 Nakfa|ETB 2 230 Ethiopian birr|EUR 2 978 Euro|FJD 2 242 Fiji dollar
FKP 2 238 Falkland Islands pound|GBP 2 826 Pound sterling|GEL 2 981 Lari|GHS 2 936 Ghana cedi|GIP 2 292 Gibraltar pound
GMD 2 270 Dalasi|GNF 0 324 Guinean franc|GTQ 2 320 Quetzal|GYD 2 328 Guyana dollar|HKD 2 344 Hong Kong dollar
HNL 2 340 Lempira|HTG 2 332 Gourde|HUF 2 348 Forint|IDR 2 360 Rupiah|ILS 2 376 New Israeli sheqel|INR 2 356 Indian rupee
IQD 3 368 Iraqi dinar|IRR 2 364 Iranian rial|ISK 0 352 Iceland krona|JMD 2 388 Jamaican dollar|JOD 3 400 Jordanian dinar
JPY 0 392 Yen|KES 2 404 Kenyan shilling|KGS 2 417 Som|KHR 2 116 Riel|KMF 0 174 Comorian franc|KPW 2 408 North Korean won
KRW 0 410 Won|KWD 3 414 Kuwaiti dinar|KYD 2 136 Cayman Islands dollar|KZT 2 398 Tenge|LAK 2 418 Lao kip
LBP 2 422 Lebanese pound|LKR 2 144 Sri Lanka rupee|LRD 2 430 Liberian dollar|LSL 2 426 Loti|LYD 3 434 Libyan dinar
MAD 2 504 Moroccan dirham|MDL 2 498 Moldovan leu|MGA 2 969 Malagasy ariary|MKD 2 807 Denar|MMK 2 104 Kyat|MNT 2 496 Tugrik
MOP 2 446 Pataca|MRU 2 929 Ouguiya|MUR 2 480 Mauritius rupee|MVR 2 462 Rufiyaa|MWK 2 454 Malawi kwacha
MXN 2 484 Mexican peso|MYR 2 458 Malaysian ringgit|MZN 2 943 Mozambique metical|NAD 2 516 Namibia dollar|NGN 2 566 Naira
NIO 2 558 Cordoba oro|NOK 2 578 Norwegian krone|NPR 2 524 Nepalese rupee|NZD 2 554 New Zealand dollar|OMR 3 512 Rial Omani
PAB 2 590 Balboa|PEN 2 604 Sol|PGK 2 598 Kina|PHP 2 608 Philippine peso|PKR 2 586 Pakistan rupee|PLN 2 985 Zloty
PYG 0 600 Guarani|QAR 2 634 Qatari rial|RON 2 946 Romanian leu|RSD 2 941 Serbian dinar|RUB 2 643 Russian ruble
RWF 0 646 Rwanda franc|SAR 2 682 Saudi riyal|SBD 2 90 Solomon Islands dollar|SCR 2 690 Seychelles rupee
SDG 2 938 Sudanese pound|SEK 2 752 Swedish krona|SGD 2 702 Singapore dollar|SHP 2 654 Saint Helena pound|SLE 2 925 Leone
SOS 2 706 Somali shilling|SRD 2 968 Surinam dollar|SSP 2 728 South Sudanese pound|STN 2 930 Dobra|SVC 2 222 El Salvador colon
SYP 2 760 Syrian pound|SZL 2 748 Lilangeni|THB 2 764 Baht|TJS 2 972 Somoni|TMT 2 934 Turkmenistan new manat
TND 3 788 Tunisian dinar|TOP 2 776 Pa'anga|TRY 2 949 Turkish lira|TTD 2 780 Trinidad and Tobago dollar
TWD 2 901 New Taiwan dollar|TZS 2 834 Tanzanian shilling|UAH 2 980 Hryvnia|UGX 0 800 Uganda shilling|USD 2 840 US dollar
UYU 2 858 Peso uruguayo|UZS 2 860 Uzbekistan sum|VES 2 928 Bolivar soberano|VND 0 704 Dong|VUV 0 548 Vatu|WST 2 882 Tala
XAF 0 950 CFA franc BEAC|XCD 2 951 East Caribbean dollar|XOF 0 952 CFA franc BCEAO|XPF 0 953 CFP franc
YER 2 886 Yemeni rial|ZAR 2 710 Rand|ZMW 2 967 Zambian kwacha
"""
METALS = "XAU 4 959 Gold (ounce)|XAG 4 961 Silver (ounce)|XPT 4 962 Platinum (ounce)"
CRYPTO = """
BTC 8 Bitcoin|XBT 8 Bitcoin|ETH 8 Ether|USDT 8 Tether|USDC 8 USD Coin|BUSD 8 Binance USD|TUSD 8 TrueUSD|DAI 8 Dai|FDUSD 8 First Digital USD
BNB 8 BNB|XRP 6 XRP|SOL 8 Solana|ADA 6 Cardano|DOGE 8 Dogecoin|TRX 6 TRON|DOT 8 Polkadot|LTC 8 Litecoin|BCH 8 Bitcoin Cash
AVAX 8 Avalanche|LINK 8 Chainlink|MATIC 8 Polygon|POL 8 Polygon ecosystem token|SHIB 8 Shiba Inu|XLM 7 Stellar lumen|UNI 8 Uniswap
ATOM 6 Cosmos|ETC 8 Ethereum Classic|XMR 8 Monero|FIL 8 Filecoin|APT 8 Aptos|ARB 8 Arbitrum|OP 8 Optimism|NEAR 8 NEAR|AAVE 8 Aave
SUI 8 Sui|TON 8 Toncoin|HBAR 8 Hedera|ALGO 6 Algorand|EOS 4 EOS|XTZ 6 Tezos|INJ 8 Injective|ICP 8 Internet Computer|LUNA 8 Terra
WBTC 8 Wrapped Bitcoin|ZEC 8 Zcash|DASH 8 Dash|CAKE 8 PancakeSwap|SAND 8 The Sandbox|MANA 8 Decentraland|AXS 8 Axie Infinity
CRV 8 Curve|MKR 8 Maker|GRT 8 The Graph|SNX 8 Synthetix|COMP 8 Compound|HYPE 8 Hyperliquid|PEPE 8 Pepe
"""


def _entries(block: str) -> list[str]:
    return [entry for line in block.strip().splitlines() for entry in line.split("|") if entry]


def _with_code(block: str, kind: str) -> list[tuple[str, int, int, str, str]]:
    rows = []
    for entry in _entries(block):
        code, precision, number, name = entry.split(" ", 3)
        rows.append((code, int(precision), int(number), name, kind))
    return rows


TABLE: list[tuple[str, int, int, str, str]] = [
    *_with_code(FIAT, "FIAT"),
    *_with_code(METALS, "COMMODITY_BACKED"),
    *[(code, int(precision), 0, name, "CRYPTO") for code, precision, name in (e.split(" ", 2) for e in _entries(CRYPTO))],
]
