/** A tour through one finding: a card in the corner, what it speaks about outlined, across pages, with the keyboard, without timers. */
import { still } from "./picture";

interface Step {
  selector: string;
  title: string;
  text: string;
  /** The page that the step is on; a step without one is on the page where the tour stands. */
  href?: string;
}
interface Progress {
  steps: Step[];
  at: number;
  home: string;
}

const STORED = "entrepot-tour";

/** `<ep-tour data-steps="[...]">` puts a button in place that starts the tour; its content stays for those without script. */
export class Tour extends HTMLElement {
  connectedCallback(): void {
    if (this.querySelector("button.ep-tour-start")) return;
    const steps = parsed(this.dataset["steps"]);
    if (!steps.length) return;
    const start = document.createElement("button");
    start.type = "button";
    start.className = "ep-tour-start";
    start.textContent = this.dataset["label"] ?? `Take the tour (${steps.length} steps)`;
    start.addEventListener("click", () => {
      const home = location.pathname + location.search;
      save({ steps: steps.map((step) => ({ ...step, href: step.href ?? home })), at: 0, home });
      resumeTour(true);
    });
    this.prepend(start);
  }
}

/** Shows the step that was reached, where this page is its page; `go` leads to its page where it is another. */
export function resumeTour(go = false): void {
  document.querySelector(".ep-tour-card")?.remove();
  unmark();
  const progress = saved();
  const step = progress?.steps[progress.at];
  if (!progress || !step) return;
  const address = new URL(step.href ?? progress.home, location.href);
  if (address.origin !== location.origin) return save(null);
  if (address.pathname !== location.pathname || !includes(location.search, address.search)) {
    if (go) location.assign(address.pathname + address.search + address.hash);
    return;
  }
  show(progress, step);
}

function show(progress: Progress, step: Step): void {
  const target = find(step.selector);
  const card = document.createElement("section");
  card.className = "ep-tour-card";
  card.tabIndex = -1;
  card.setAttribute("role", "region");
  card.setAttribute("aria-labelledby", "ep-tour-title");
  const place = document.createElement("p");
  place.className = "ep-tour-place";
  place.textContent = `Tour, step ${progress.at + 1} of ${progress.steps.length}`;
  const title = document.createElement("h2");
  title.id = "ep-tour-title";
  title.textContent = step.title;
  const text = document.createElement("p");
  text.textContent = target ? step.text : `${step.text} (This part is not on the page now.)`;
  const bar = document.createElement("div");
  bar.className = "ep-bar";
  const last = progress.at === progress.steps.length - 1;
  if (progress.at > 0) bar.append(button("Back", () => turn(progress, -1)));
  bar.append(button(last ? "Done" : "Next", () => (last ? leave(target) : turn(progress, 1)), "ep-main"));
  if (!last) bar.append(button("End the tour", () => leave(target)));
  card.append(place, title, text, bar);
  const onKey = (event: KeyboardEvent): void => {
    if (!card.isConnected) document.removeEventListener("keydown", onKey);
    else if (event.key === "Escape") leave(target);
  };
  document.addEventListener("keydown", onKey);
  target?.classList.add("ep-tour-target");
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  document.body.append(card);
  card.focus({ preventScroll: true });
  // A browser that follows a fragment takes the focus away once the page has loaded.
  if (document.readyState !== "complete") {
    window.addEventListener("load", () => setTimeout(() => card.focus({ preventScroll: true })), { once: true });
  }
  target?.scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
}

function turn(progress: Progress, by: number): void {
  save({ ...progress, at: progress.at + by });
  resumeTour(true);
}

function leave(target: Element | null): void {
  save(null);
  resumeTour();
  if (target instanceof HTMLElement) {
    target.tabIndex = target.tabIndex < 0 ? -1 : target.tabIndex;
    target.focus({ preventScroll: true });
  }
}

function unmark(): void {
  for (const marked of document.querySelectorAll(".ep-tour-target")) marked.classList.remove("ep-tour-target");
}

function button(name: string, act: () => void, className = ""): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = name;
  made.addEventListener("click", act);
  return made;
}

function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

function includes(search: string, wanted: string): boolean {
  const has = new URLSearchParams(search);
  return [...new URLSearchParams(wanted)].every(([name, value]) => has.get(name) === value);
}

function parsed(text: string | undefined): Step[] {
  try {
    const steps: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(steps) ? (steps as Step[]).filter((step) => typeof step.selector === "string") : [];
  } catch {
    return [];
  }
}

function saved(): Progress | null {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? "null") as Progress | null;
  } catch {
    return null;
  }
}

function save(progress: Progress | null): void {
  if (progress) sessionStorage.setItem(STORED, JSON.stringify(progress));
  else sessionStorage.removeItem(STORED);
}
