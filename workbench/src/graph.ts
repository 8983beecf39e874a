/** Draws parties and their counterparties as a graph with sigma; the table beneath has every node as a link. */
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import Sigma from "sigma";

import { colour, type Draw, NothingToDraw, still } from "./picture";

interface Node {
  id: string;
  label: string;
  kind: string | null;
  href: string | null;
  size: number | null;
}
interface Edge {
  source: string;
  target: string;
  weight: number | null;
}
interface Data {
  nodes: Node[];
  edges: Edge[];
}

/** Time that the layout may take before the first picture, in milliseconds: under half a second nobody waits. */
const LAYOUT_BUDGET_MS = 400;
/** Colours told apart by kind, in the order in which kinds appear; the legend names them. */
const PALETTE = ["--ep-hue-1", "--ep-hue-2", "--ep-hue-3", "--ep-hue-4", "--ep-hue-5"];

export const draw: Draw = async (stage, data, host) => {
  const { nodes, edges } = data as Data;
  if (!nodes?.length) throw new NothingToDraw("There are no counterparties to draw.");
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("this browser has no WebGL.");
  const kinds = [...new Set(nodes.map((node) => node.kind ?? "other"))];
  const hues = kinds.map((_, index) => colour(host, PALETTE[index % PALETTE.length] ?? "--ep-ink"));
  const graph = built(nodes, edges, kinds, hues, colour(host, "--ep-edge"));
  layout(graph);

  const canvas = document.createElement("div");
  canvas.className = "ep-canvas";
  canvas.style.height = `${Math.min(520, 160 + 24 * nodes.length)}px`;
  canvas.setAttribute("role", "img");
  const summary = `${count(nodes.length, "party", "parties")} and ${count(edges.length, "connection", "connections")}`;
  canvas.setAttribute("aria-label", `${host.dataset["title"] ?? "Graph"}: ${summary}. The table beneath says the same.`);
  stage.append(canvas, controls(() => sigma, kinds, hues));
  const ink = colour(host, "--ep-ink");
  const sigma: Sigma = new Sigma(graph, canvas, {
    labelColor: { color: ink },
    labelFont: getComputedStyle(host).fontFamily,
    labelRenderedSizeThreshold: nodes.length > 60 ? 9 : 0,
    labelDensity: nodes.length > 60 ? 1 : 20,
    defaultEdgeType: "arrow",
    allowInvalidContainer: true,
    stagePadding: Math.min(60, stage.clientWidth / 8),
    defaultDrawNodeLabel: labelDrawer(colour(host, "--ep-paper"), ink),
    defaultDrawNodeHover: hoverDrawer(colour(host, "--ep-paper"), ink),
  });
  follow(sigma, graph);
  return { summary: `${summary}.`, free: () => sigma.kill() };
};

function built(nodes: Node[], edges: Edge[], kinds: string[], hues: string[], edgeColour: string): Graph {
  const graph = new Graph({ multi: true, type: "directed" });
  const largest = Math.max(1, ...nodes.map((node) => node.size ?? 1));
  nodes.forEach((node, index) => {
    const angle = (2 * Math.PI * index) / nodes.length;
    const kind = kinds.indexOf(node.kind ?? "other");
    graph.mergeNode(node.id, {
      label: node.label,
      href: node.href,
      x: Math.cos(angle),
      y: Math.sin(angle),
      size: 5 + 11 * Math.sqrt((node.size ?? 1) / largest),
      color: hues[kind],
    });
  });
  const heaviest = Math.max(1, ...edges.map((edge) => edge.weight ?? 1));
  for (const edge of edges) {
    if (!graph.hasNode(edge.source) || !graph.hasNode(edge.target)) continue;
    graph.addEdge(edge.source, edge.target, {
      size: 1 + 5 * Math.sqrt((edge.weight ?? 1) / heaviest),
      weight: edge.weight ?? 1,
      color: edgeColour,
    });
  }
  return graph;
}

function layout(graph: Graph): void {
  const settings = { ...forceAtlas2.inferSettings(graph), adjustSizes: false, barnesHutOptimize: graph.order > 300 };
  const end = performance.now() + LAYOUT_BUDGET_MS;
  for (let round = 0; round < 40 && performance.now() < end; round += 1) {
    forceAtlas2.assign(graph, { iterations: 10, settings });
  }
  lieDown(graph);
}

/** Pages are wider than high: a layout that came out upright is turned. */
function lieDown(graph: Graph): void {
  const range = (axis: "x" | "y"): number => {
    const at = graph.mapNodes((_, node) => Number(node[axis]));
    return Math.max(...at) - Math.min(...at);
  };
  if (range("y") <= range("x")) return;
  graph.updateEachNodeAttributes((_, node) => ({ ...node, x: node["y"], y: -Number(node["x"]) }));
}

function follow(sigma: Sigma, graph: Graph): void {
  const open = (href: unknown): void => {
    if (typeof href === "string" && href.startsWith("/")) location.assign(href);
  };
  sigma.on("clickNode", ({ node }) => open(graph.getNodeAttribute(node, "href")));
  sigma.on("enterNode", () => sigma.getContainer().classList.add("ep-pointing"));
  sigma.on("leaveNode", () => sigma.getContainer().classList.remove("ep-pointing"));
}

/** Buttons for those who have no wheel, and the meaning of the colours. */
function controls(sigma: () => Sigma, kinds: string[], hues: string[]): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "ep-bar";
  const moves: [string, (duration: number) => unknown][] = [
    ["Nearer", (duration) => sigma().getCamera().animatedZoom({ duration })],
    ["Farther", (duration) => sigma().getCamera().animatedUnzoom({ duration })],
    ["Everything", (duration) => sigma().getCamera().animatedReset({ duration })],
  ];
  for (const [name, move] of moves) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => move(still() ? 0 : 250));
    bar.append(button);
  }
  const legend = document.createElement("ul");
  legend.className = "ep-legend";
  kinds.forEach((kind, index) => {
    const item = document.createElement("li");
    const swatch = document.createElement("span");
    swatch.className = "ep-swatch";
    swatch.style.background = hues[index] ?? "";
    item.append(swatch, kind);
    legend.append(item);
  });
  bar.append(legend);
  return bar;
}

type NodeData = { x: number; y: number; size: number; label?: string | null; color: string };
type LabelSettings = { labelSize: number; labelFont: string; labelWeight: string };
type LabelDrawer = (context: CanvasRenderingContext2D, node: NodeData, settings: LabelSettings) => void;

/** A label longer than this is cut: the whole name shows under the pointer and in the table. */
const LABEL_LENGTH = 34;

/** Labels stand under their node, within the canvas, with a rim that keeps them legible on lines. */
function labelDrawer(paper: string, ink: string): LabelDrawer {
  return (context, node, settings) => {
    if (!node.label) return;
    const text = node.label.length > LABEL_LENGTH ? `${node.label.slice(0, LABEL_LENGTH - 1)}…` : node.label;
    const [left, base] = under(context, node, settings, text);
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = paper;
    context.strokeText(text, left, base);
    context.fillStyle = ink;
    context.fillText(text, left, base);
  };
}

/** The whole name of the node under the pointer, in a box on the page's own paper in light and dark. */
function hoverDrawer(paper: string, ink: string): LabelDrawer {
  return (context, node, settings) => {
    if (!node.label) return;
    const [left, base] = under(context, node, settings, node.label);
    context.fillStyle = paper;
    context.strokeStyle = ink;
    context.lineWidth = 1;
    context.beginPath();
    context.rect(left - 5, base - settings.labelSize, context.measureText(node.label).width + 10, settings.labelSize * 1.5);
    context.fill();
    context.stroke();
    context.beginPath();
    context.arc(node.x, node.y, node.size + 2, 0, 2 * Math.PI);
    context.stroke();
    context.fillStyle = ink;
    context.fillText(node.label, left, base);
  };
}

/** Where a text centred under a node begins; it stays within the canvas. Sets the font. */
function under(context: CanvasRenderingContext2D, node: NodeData, settings: LabelSettings, text: string): [number, number] {
  context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
  const width = context.measureText(text).width;
  const most = Math.max(6, context.canvas.clientWidth - width - 6);
  return [Math.min(Math.max(6, node.x - width / 2), most), node.y + node.size + settings.labelSize + 2];
}

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
