"""The script that draws a page's charts; the only one beside the chart library."""

SCRIPT = """
(function(){
var charts=JSON.parse(document.getElementById("charts").textContent),root=document.documentElement;
var dark=window.matchMedia("(prefers-color-scheme: dark)"),narrow=window.matchMedia("(max-width: 760px)");
var styles=getComputedStyle(root);
function colour(token){
if(token.charAt(0)!=="$"){return token}
var parts=token.slice(1).split("/"),value=styles.getPropertyValue("--"+parts[0]).trim();
if(parts.length===1){return value}
return "rgba("+[1,3,5].map(function(i){return parseInt(value.slice(i,i+2),16)}).join(",")+","+parts[1]+")"}
function painted(value,key){
if(typeof value==="string"){return key.indexOf("color")<0?value:colour(value)}
if(value===null||typeof value!=="object"){return value}
if(Array.isArray(value)){
return value.length&&(key.indexOf("color")>=0||(value[0]!==null&&typeof value[0]==="object"&&!Array.isArray(value[0])))?
value.map(function(inner){return painted(inner,key)}):value}
var result={};
for(var name in value){result[name]=painted(value[name],name)}
return result}
function draw(chart){
var layout=painted(chart.layout,""),small=narrow.matches;
layout.font.family=getComputedStyle(document.body).fontFamily;
if(small){
layout.dragmode=false;
for(var part in chart.phone){Object.assign(layout[part],painted(chart.phone[part],part))}
if(chart.narrow){layout.height=chart.narrow}
for(var name in layout){if(/^[xy]axis/.test(name)){
layout[name].tickfont.size=11;
if(layout[name].type==="date"){layout[name].nticks=Math.min(layout[name].nticks||4,4)}
else if(/^x/.test(name)&&layout[name].type!=="category"){layout[name].nticks=Math.min(layout[name].nticks||6,6)}}}}
document.getElementById(chart.id).style.height=layout.height+"px";
return Plotly.react(chart.id,chart.traces.map(function(trace){return painted(trace,"")}),layout,
{responsive:true,displaylogo:false,displayModeBar:small||!chart.zoom?false:"hover",modeBarButtons:[["zoom2d","pan2d","resetScale2d"]]})}
function drawAll(){
var waiting=charts.slice();
delete root.dataset.drawn;
(function next(){
var chart=waiting.shift();
if(!chart){root.dataset.drawn=String(Math.round(performance.now()));return}
draw(chart);setTimeout(next,0)})()}
drawAll();
dark.addEventListener("change",drawAll);narrow.addEventListener("change",drawAll);
})();
"""
