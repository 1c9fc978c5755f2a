"""The style sheet of every page."""

from nautilus_lite.analysis.page.palette import DARK, LIGHT, css_variables

CSS = (
    f":root{{color-scheme:light;{css_variables(LIGHT)}}}"
    f"@media(prefers-color-scheme:dark){{:root:not([data-theme]){{color-scheme:dark;{css_variables(DARK)}}}}}"
    f":root[data-theme=dark]{{color-scheme:dark;{css_variables(DARK)}}}"
    """
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
"Helvetica Neue",Arial,"Liberation Sans",sans-serif;-webkit-text-size-adjust:100%}
main{max-width:1240px;margin:0 auto;padding:28px 24px 48px}
h1{font-size:25px;line-height:1.2;margin:0 0 4px;letter-spacing:-.012em;overflow-wrap:anywhere}
h2{font-size:15px;line-height:1.3;font-weight:650;margin:0 0 10px}
p{margin:0}
.sub,.note{color:var(--soft);font-size:13px;overflow-wrap:anywhere}
.card>.note:not(:first-child){margin-top:10px}.card>h2+.note{margin:-6px 0 12px}
.verdict{font-size:17px;line-height:1.5;margin:14px 0 0;max-width:64em;overflow-wrap:anywhere}
.verdict b{font-weight:650;font-variant-numeric:tabular-nums;white-space:nowrap}
.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em;
overflow-wrap:anywhere}
.up{color:var(--up)}.down{color:var(--down)}
.tiles{display:grid;grid-template-columns:repeat(8,minmax(0,1fr));gap:10px;margin:18px 0 14px}
.tiles.few{grid-template-columns:repeat(auto-fit,minmax(150px,1fr))}
.tile,.card{background:var(--card);border:1px solid var(--line);border-radius:10px}
.tile{padding:11px 13px;min-width:0}
.tile .label{color:var(--soft);font-size:12.5px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.tile .value{font-size:20px;font-weight:650;line-height:1.3;letter-spacing:-.015em;font-variant-numeric:tabular-nums;
white-space:nowrap}
.tile .value.long{font-size:17px;line-height:1.53}
.tile .detail{color:var(--soft);font-size:12px;line-height:1.35;overflow-wrap:anywhere}
.card{padding:16px 18px;margin:0 0 14px;min-width:0}
.row{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:14px;align-items:stretch}
.row.wide{grid-template-columns:minmax(0,2fr) minmax(0,1fr)}
.row>.card:last-child:nth-child(odd){grid-column:1/-1}
.group{font-size:12.5px;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);font-weight:650;
margin:26px 2px 10px}
.warnings{background:var(--warnbg);border-color:var(--warnline);color:var(--warn);margin:14px 0 0;font-size:14px}
.warnings ul{margin:0;padding-left:18px}.warnings li{overflow-wrap:anywhere}
.warnings details>summary{font-size:14px;margin-top:4px}
.chart{width:100%;margin:0 -4px}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;margin:-4px 0 8px;font-size:12.5px;color:var(--soft)}
.legend span{display:inline-flex;align-items:center;gap:6px;overflow-wrap:anywhere}.legend i{flex:none;font-style:normal}
.legend .line{width:18px}.legend .bar{width:11px;height:11px;border-radius:2px}.legend .symbol{font-size:12px;line-height:1}
.chart+.chart{margin-top:6px}.chart .modebar{transition:none!important}
.facts{display:grid;grid-template-columns:minmax(0,1fr) auto;margin:8px 0 0;font-size:13.5px}
.facts dt,.facts dd{margin:0;padding:5.5px 0;border-top:1px solid var(--line)}
.facts dt{color:var(--soft)}.facts dd{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th{color:var(--soft);font-weight:550;text-align:left;white-space:nowrap}
th,td{padding:6px 14px 6px 0;border-bottom:1px solid var(--line)}
td{white-space:nowrap}th.num,td.num{text-align:right}
td.wrap{white-space:normal;overflow-wrap:anywhere;min-width:9em}
tr:last-child>td,tr:last-child>th{border-bottom:0}
th:last-child,td:last-child{padding-right:0}
.long-table{max-height:440px;overflow:auto}
.long-table thead th{position:sticky;top:0;background:var(--card);box-shadow:inset 0 -1px var(--line)}
.heat{border-collapse:separate;border-spacing:2px;table-layout:fixed;min-width:520px;font-size:12px}
.heat td,.heat th{padding:7px 0;border:0;text-align:center;border-radius:4px}
.heat th:first-child{text-align:left;width:3.2em}
.heat td.total{font-weight:650}
.stats{columns:2;column-gap:36px}
.stat{display:flex;justify-content:space-between;gap:16px;padding:7px 0;border-bottom:1px solid var(--line);
break-inside:avoid}
.nowrap{white-space:nowrap}
.stat-group{border-top:1px solid var(--line);padding:9px 0}.stat-group>summary{font-size:14px}
.stat-group[open]>summary{margin-bottom:4px}.stat-group>.note{margin-top:6px}
.stat .why{color:var(--soft);font-size:12px;line-height:1.4}
.stat .value{font-weight:600;font-variant-numeric:tabular-nums;text-align:right;white-space:nowrap}
details>summary{cursor:pointer;font-weight:650;font-size:15px}
details[open]>summary{margin-bottom:10px}
summary .note{font-weight:400;margin-left:8px}
pre{margin:0;overflow-x:auto;font-size:12.5px;line-height:1.5}
footer{color:var(--soft);font-size:12.5px;margin-top:10px}
footer p+p{margin-top:4px}
@media(max-width:1080px){.tiles{grid-template-columns:repeat(4,minmax(0,1fr))}.row.wide{grid-template-columns:minmax(0,1fr);
gap:0}}
@media(max-width:760px){main{padding:18px 12px 36px}h1{font-size:21px}.verdict{font-size:15.5px}
.tiles,.tiles.few{grid-template-columns:repeat(2,minmax(0,1fr));gap:8px;margin:14px 0 12px}
.tile{padding:9px 11px}.tile .value{font-size:18px}.tile .value.long{font-size:16px}
.row,.row.wide{grid-template-columns:minmax(0,1fr);gap:0}
.card{padding:13px 12px;margin-bottom:12px}.stats{columns:1}.group{margin:20px 2px 8px}}
@media print{body{background:#fff}.card,.tile{break-inside:avoid}}
"""
)
