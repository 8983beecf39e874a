/** What maps, graphs and charts have in common: they fetch JSON, say how that went, and keep the table they stand for. */

/** Draws fetched data into `stage`; returns a function that frees what was drawn. */
export type Draw = (stage: HTMLElement, data: unknown, host: HTMLElement) => Promise<Drawn>;

export interface Drawn {
  /** Called when the element leaves the page or is drawn again. */
  free(): void;
  /** One sentence that says what can be seen. */
  summary: string;
}

/** Thrown by a `Draw` that has nothing to show; the message says what is missing. */
export class NothingToDraw extends Error {}

interface Problem {
  title?: string;
  detail?: string;
}

/**
 * A custom element around a table that says the same as the picture.
 *
 * The table moves into a fold under the picture; where the picture cannot be drawn the fold opens and a sentence says why.
 * Content without a table, such as a sentence that says where the table stands, stays as it is.
 */
export abstract class Picture extends HTMLElement {
  protected abstract readonly noun: string;
  protected abstract load(): Promise<Draw>;

  /** The address of what is drawn; a picture whose data differ in light and dark adds which it wants. */
  protected source(): string {
    return this.getAttribute("src") ?? "";
  }

  #stage: HTMLElement | undefined;
  #status: HTMLElement | undefined;
  #fold: HTMLDetailsElement | undefined;
  #drawn: Drawn | undefined;
  #leave: AbortController | undefined;
  #data: { source: string; content: unknown } | undefined;

  connectedCallback(): void {
    this.#leave = new AbortController();
    if (!this.#stage) this.#furnish();
    const seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        void this.#show();
      },
      { rootMargin: "300px" },
    );
    seen.observe(this);
    const signal = this.#leave.signal;
    signal.addEventListener("abort", () => seen.disconnect());
    window.addEventListener("beforeprint", () => this.#fold?.setAttribute("open", ""), { signal });
    whenThemeChanges(() => this.#drawn && void this.#show(), signal);
  }

  disconnectedCallback(): void {
    this.#leave?.abort();
    this.#drawn?.free();
    this.#drawn = undefined;
  }

  #furnish(): void {
    const stage = document.createElement("div");
    stage.className = "ep-stage";
    const status = document.createElement("p");
    status.className = "ep-status";
    status.setAttribute("role", "status");
    if (this.querySelector("table")) {
      this.#fold = document.createElement("details");
      this.#fold.className = "ep-same";
      const summary = document.createElement("summary");
      summary.textContent = "The same as a table";
      this.#fold.append(summary, ...this.childNodes);
    }
    this.prepend(stage, status, ...(this.#fold ? [this.#fold] : []));
    this.#stage = stage;
    this.#status = status;
  }

  async #show(): Promise<void> {
    const stage = this.#stage;
    const source = this.source();
    if (!stage || !source || !this.#leave) return;
    const signal = this.#leave.signal;
    stage.setAttribute("aria-busy", "true");
    if (!this.#drawn) this.#say(`Loading the ${this.noun} …`, "loading");
    try {
      const known = this.#data?.source === source ? this.#data.content : fetchJson(source, signal);
      const [draw, data] = await Promise.all([this.load(), known]);
      if (signal.aborted) return;
      this.#data = { source, content: data };
      this.#drawn?.free();
      stage.replaceChildren();
      this.#drawn = await draw(stage, data, this);
      this.#say(this.#drawn.summary, "drawn");
    } catch (error) {
      if (signal.aborted) return;
      stage.replaceChildren();
      this.#fold?.setAttribute("open", "");
      if (error instanceof NothingToDraw) this.#say(error.message, "empty");
      else this.#say(`The ${this.noun} could not be drawn: ${reason(error)}${this.#fold ? " The table says the same." : ""}`, "error");
    } finally {
      stage.removeAttribute("aria-busy");
    }
  }

  #say(text: string, state: "loading" | "drawn" | "empty" | "error"): void {
    this.dataset["state"] = state;
    if (this.#status) this.#status.textContent = text;
  }
}

async function fetchJson(source: string, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(source, { signal, headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as Problem;
    throw new Error(problem.detail ?? problem.title ?? `the server answered ${answer.status}.`);
  }
  return answer.json();
}

function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Calls back when the page turns from light to dark or back, by the system or by the page's own switch. */
export function whenThemeChanges(call: () => void, signal: AbortSignal): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", call, { signal });
  const watch = new MutationObserver(call);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  signal.addEventListener("abort", () => watch.disconnect());
}

export const dark = (): boolean => {
  const own = document.documentElement.dataset["theme"];
  return own ? own === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

/** The colour that a custom property of the style sheet has now, as `rgb(...)`: for canvases, which know no properties. */
export function colour(host: HTMLElement, property: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${property})`;
  host.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

export const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
