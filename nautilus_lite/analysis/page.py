"""Style and script of the HTML report."""

CSS = """
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#16202c;--soft:#5c6b7c;--line:#e3e7ec;--grid:#eceff3;
--accent:#2463c9;--up:10 125 74;--down:196 48 43;--warn:#8a5a00;--warnbg:#fff6e0;--warnline:#f0d48a}
@media(prefers-color-scheme:dark){:root{--bg:#0f141a;--card:#171e27;--ink:#e6ebf1;--soft:#94a3b4;--line:#273140;
--grid:#222c38;--accent:#6ea4ff;--up:63 190 126;--down:243 110 101;--warn:#f3c969;--warnbg:#2a2413;--warnline:#5a4a1d}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
-webkit-text-size-adjust:100%}
main{max-width:1180px;margin:0 auto;padding:28px 20px 48px}
h1{font-size:26px;line-height:1.2;margin:0 0 4px;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:16px;margin:0 0 12px}
.sub,.note{color:var(--soft);margin:0;font-size:13px}
.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em;overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(165px,1fr));gap:12px;margin:22px 0 16px}
.tile,.card{background:var(--card);border:1px solid var(--line);border-radius:12px}
.tile{padding:14px 16px;min-width:0}
.tile .label{color:var(--soft);font-size:13px}
.tile .value{font-size:24px;font-weight:650;line-height:1.25;letter-spacing:-.015em;font-variant-numeric:tabular-nums;
white-space:nowrap}
.tile .detail{color:var(--soft);font-size:12px;overflow-wrap:anywhere}
.up{color:rgb(var(--up))}.down{color:rgb(var(--down))}
.card{padding:18px 20px;margin:0 0 16px;min-width:0}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;align-items:start}
.pair>.card:only-child{grid-column:1/-1}
.warnings{background:var(--warnbg);border-color:var(--warnline);color:var(--warn)}
.warnings ul{margin:0;padding-left:18px}.warnings li{overflow-wrap:anywhere}
#chart{height:520px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th{color:var(--soft);font-weight:550;text-align:left;white-space:nowrap}
th,td{padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
td{white-space:nowrap}th.num,td.num{text-align:right}
tr:last-child>td,tr:last-child>th{border-bottom:0}
th:last-child,td:last-child{padding-right:0}
.heat{border-collapse:separate;border-spacing:2px;table-layout:fixed;min-width:440px;font-size:12px}
.heat td,.heat th{padding:6px 0;border:0;text-align:center;border-radius:5px}
.heat th:first-child{text-align:left}
.stats{columns:2;column-gap:36px}
.stat{display:flex;justify-content:space-between;gap:16px;padding:8px 0;border-bottom:1px solid var(--line);
break-inside:avoid}
.nowrap{white-space:nowrap}
.stat .why{color:var(--soft);font-size:12px;line-height:1.4}
.stat .value{font-weight:600;font-variant-numeric:tabular-nums;text-align:right;white-space:nowrap}
.stat .refused{font-weight:400;color:var(--soft);white-space:normal;max-width:14em}
details>summary{cursor:pointer;font-weight:600;font-size:16px}
details[open]>summary{margin-bottom:12px}
summary .note{font-weight:400;margin-left:8px}
pre{margin:0;overflow-x:auto;font-size:12.5px;line-height:1.5}
footer{color:var(--soft);font-size:12.5px;margin-top:8px}
@media(max-width:760px){main{padding:18px 12px 36px}h1{font-size:22px}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr));gap:8px;margin:16px 0 12px}
.tile{padding:10px 12px}.tile .value{font-size:19px}
.pair{grid-template-columns:minmax(0,1fr);gap:0}
.card{padding:14px;margin-bottom:12px}.stats{columns:1}#chart{height:430px;margin:0 -6px}}
@media print{body{background:#fff}.card,.tile{break-inside:avoid}}
"""

SCRIPT = """
(function(){
var data=JSON.parse(document.getElementById("data").textContent),chart=document.getElementById("chart");
if(!data.x.length){return}
var dark=window.matchMedia("(prefers-color-scheme: dark)"),narrow=window.matchMedia("(max-width: 760px)");
function colour(name){return getComputedStyle(document.documentElement).getPropertyValue(name).trim()}
function rgb(name,alpha){return "rgba("+colour(name).split(" ").join(",")+","+alpha+")"}
function draw(){
var soft=colour("--soft"),grid=colour("--grid"),accent=colour("--accent"),small=narrow.matches;
function axis(extra){return Object.assign({gridcolor:grid,linecolor:grid,zeroline:false,automargin:true,
tickfont:{size:small?11:12}},extra)}
function title(text,y){return {text:text,x:0,xanchor:"left",xref:"paper",y:y,yanchor:"bottom",yref:"paper",
showarrow:false,font:{size:13,color:soft}}}
var traces=[
{x:data.x,y:data.equity,name:"equity",type:"scatter",mode:"lines",line:{color:accent,width:1.6},
hovertemplate:"%{y:,."+data.digits+"f} "+data.unit+"<extra></extra>"},
{x:data.x,y:data.drawdown,name:"drawdown",type:"scatter",mode:"lines",yaxis:"y2",fill:"tozeroy",
fillcolor:rgb("--down",.18),line:{color:rgb("--down",1),width:1.2},hovertemplate:"%{y:.2%}<extra></extra>"}];
var layout={paper_bgcolor:"rgba(0,0,0,0)",plot_bgcolor:"rgba(0,0,0,0)",
font:{family:getComputedStyle(document.body).fontFamily,color:soft},
margin:{l:8,r:8,t:26,b:8},showlegend:false,hovermode:"x unified",dragmode:small?false:"zoom",
hoverlabel:{bgcolor:colour("--card"),bordercolor:colour("--line"),font:{color:colour("--ink")}},
xaxis:axis({type:"date",anchor:"y2",showgrid:false,nticks:small?4:10,range:[data.x[0],data.x[data.x.length-1]]}),
yaxis:axis({domain:[.36,1],tickformat:",~s",hoverformat:",.2f",nticks:6}),
yaxis2:axis({domain:[0,.24],tickformat:data.depthformat,nticks:4,rangemode:"tozero"}),
modebar:{bgcolor:"rgba(0,0,0,0)",color:soft,activecolor:accent},
annotations:[title("Equity, "+data.unit,1.01),title("Drawdown from the highest equity so far",.25)],
shapes:[{type:"line",xref:"paper",x0:0,x1:1,y0:data.opening,y1:data.opening,line:{color:soft,width:1,dash:"dot"}}]};
if(data.tickformat){layout.yaxis.tickformat=data.tickformat}
Plotly.react(chart,traces,layout,{responsive:true,displaylogo:false,displayModeBar:small?false:"hover",
modeBarButtons:[["zoom2d","pan2d","resetScale2d"]]});
}
draw();dark.addEventListener("change",draw);narrow.addEventListener("change",draw);
})();
"""
