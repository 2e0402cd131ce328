/** What became of customers' questions, day by day: a chart, and the same as a table. */
import { element } from "../shared/element.js";
import { days } from "./api.js";
import { labelled, link, none, select, title, waiting } from "./pieces.js";

const COUNTS = ["answered", "asked_back", "handed_over", "unanswered"];
const HEIGHT_PX = 320;
const GAP_DAYS = 366; // no chart is wider
let chosen = "";

export async function drawFigures(app, place) {
  const { texts } = app;
  const head = title(texts.screen_names.figures);
  place.replaceChildren(head, waiting(texts.loading));
  const answer = await days();
  if (!app.look(answer)) return place.replaceChildren(head, none(texts.nothing_loaded));
  const every = answer.body.days;
  if (every.length === 0) return place.replaceChildren(head, none(texts.nothing_asked, " ", link("#/ask", texts.screen_names.ask)));
  const lines = [...new Set(every.map(({ line }) => line))].filter(Boolean).sort();
  const inside = element("div", { id: "figures" });
  const choice = select([["", texts.any], ...lines.map((one) => [one, one])], chosen, () => {
    chosen = choice.value;
    show();
  });
  for (const one of [...choice.options].slice(1)) one.translate = false;
  choice.id = "figures-line";
  const show = () => drawDays(app, inside, daysOf(every, chosen));
  place.replaceChildren(head, element("p", { class: "note" }, texts.figures_note), element("div", { class: "filters" }, labelled(texts.filters.line, choice)), inside);
  return show();
}

/** Every day from the first to the last, also those on which nobody asked. */
export function daysOf(every, line) {
  const found = new Map();
  for (const one of every) {
    if (line && one.line !== line) continue;
    const day = found.get(one.day) ?? { day: one.day, ...Object.fromEntries(COUNTS.map((name) => [name, 0])) };
    for (const name of COUNTS) day[name] += one[name];
    found.set(one.day, day);
  }
  const names = every.map(({ day }) => day).sort();
  const all = [];
  const at = new Date(`${names[0]}T00:00:00Z`);
  const last = new Date(`${names.at(-1)}T00:00:00Z`);
  for (; at <= last; at.setUTCDate(at.getUTCDate() + 1)) {
    const day = at.toISOString().slice(0, 10);
    all.push(found.get(day) ?? { day, ...Object.fromEntries(COUNTS.map((name) => [name, 0])) });
  }
  return all.slice(-GAP_DAYS);
}

async function drawDays({ texts }, inside, shown) {
  const chart = element("div", { class: "chart", id: "chart", "aria-hidden": "true" });
  const legend = element("ul", { class: "legend", "aria-hidden": "true" }, ...COUNTS.map((name) => element("li", { class: `legend__item legend__item--${name}` }, texts.outcomes[name])));
  const heads = ["day", ...COUNTS].map((name) => element("th", { scope: "col" }, texts.outcomes[name]));
  const rows = [...shown].reverse().map((one) =>
    element("tr", {}, element("th", { scope: "row" }, one.day), ...COUNTS.map((name) => element("td", { class: "number" }, String(one[name])))),
  );
  inside.replaceChildren(
    legend,
    chart,
    element("h3", {}, texts.figures_table),
    element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": texts.figures_table }, element("table", { class: "table", id: "figures-table" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows))),
  );
  await drawChart(chart, shown);
}

/** The library comes only to whoever looks at a chart. */
async function drawChart(place, shown) {
  const { default: Plot } = await import("../third_party/uplot/uplot.js");
  if (!place.isConnected) return;
  const dress = getComputedStyle(place);
  const colour = (name) => dress.getPropertyValue(name).trim();
  const colours = { answered: colour("--brand"), asked_back: colour("--person-edge"), handed_over: colour("--muted"), unanswered: colour("--alarm") };
  const dashes = { answered: [], asked_back: [8, 4], handed_over: [2, 4], unanswered: [12, 4, 2, 4] };
  const axis = { stroke: colour("--ink"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 }, font: `14px ${dress.fontFamily}` };
  const whole = (_, values) => values.map((one) => (Number.isInteger(one) ? String(one) : ""));
  const plot = new Plot(
    {
      width: Math.max(280, place.clientWidth),
      height: HEIGHT_PX,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: [-0.5, shown.length - 0.5] }, y: { range: (_, __, most) => [0, Math.max(4, Math.ceil(most * 1.1))] } },
      axes: [{ ...axis, incrs: [1, 2, 7, 14, 28, 56, 112], values: (_, values) => values.map((one) => shown[one]?.day.slice(5) ?? "") }, { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 20_000], values: whole }],
      series: [{}, ...COUNTS.map((name) => ({ stroke: colours[name], width: 2, dash: dashes[name], points: { show: shown.length < 60, size: 7, fill: colours[name] } }))],
    },
    [shown.map((_, at) => at), ...COUNTS.map((name) => shown.map((one) => one[name]))],
    place,
  );
  const watch = new ResizeObserver(() => (place.isConnected ? plot.setSize({ width: Math.max(280, place.clientWidth), height: HEIGHT_PX }) : watch.disconnect()));
  watch.observe(place);
}
