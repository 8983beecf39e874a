/** Adds to a table what needs no server: a choice of columns, kept in the address, and copying what is shown. */
import { chosen, remember } from "./address";

/** `<ep-table data-name="parties">` around a table; the name keeps several tables of one page apart in the address. */
export class WorkTable extends HTMLElement {
  #bar: HTMLElement | undefined;
  #hidden = new Set<string>();
  #leave: AbortController | undefined;

  connectedCallback(): void {
    this.#leave = new AbortController();
    const table = this.querySelector("table");
    if (!table || this.#headers(table).length < 2) return;
    this.#hidden = new Set(chosen(this.#parameter).split("~").filter(Boolean));
    this.#bar?.remove();
    this.#bar = this.#toolbar(table);
    this.prepend(this.#bar);
    this.#apply();
    const again = new MutationObserver(() => this.#apply());
    again.observe(this, { childList: true, subtree: true });
    this.#leave.signal.addEventListener("abort", () => again.disconnect());
  }

  disconnectedCallback(): void {
    this.#leave?.abort();
  }

  get #parameter(): string {
    return `hide${this.dataset["name"] ? `-${this.dataset["name"]}` : ""}`;
  }

  #headers(table: HTMLTableElement): { key: string; title: string }[] {
    return [...(table.tHead?.rows[0]?.cells ?? [])].map((cell, index) => {
      const title = (cell.textContent ?? "").trim().replace(/\s+/g, " ");
      return { key: cell.dataset["column"] ?? (title || String(index + 1)), title };
    });
  }

  #toolbar(table: HTMLTableElement): HTMLElement {
    const bar = document.createElement("div");
    bar.className = "ep-bar ep-table-bar";
    const fold = document.createElement("details");
    fold.className = "ep-columns";
    const summary = document.createElement("summary");
    summary.textContent = "Columns";
    const choices = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = "Columns that are shown";
    choices.append(legend);
    for (const { key, title } of this.#headers(table)) {
      if (!title) continue;
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = !this.#hidden.has(key);
      box.addEventListener("change", () => {
        if (box.checked) this.#hidden.delete(key);
        else this.#hidden.add(key);
        remember(this.#parameter, [...this.#hidden].join("~"));
        this.#apply();
      });
      label.append(box, title);
      choices.append(label);
    }
    fold.append(summary, choices);
    fold.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !fold.open) return;
      fold.open = false;
      summary.focus();
    });
    const copy = document.createElement("button");
    copy.type = "button";
    copy.textContent = "Copy";
    copy.title = "Copies the rows of this page as tab-separated text";
    const done = document.createElement("span");
    done.setAttribute("role", "status");
    copy.addEventListener("click", () => void this.#copy(done));
    bar.append(fold, copy, done);
    return bar;
  }

  #apply(): void {
    const table = this.querySelector("table");
    if (!table) return;
    const hidden = this.#headers(table).map(({ key }) => this.#hidden.has(key));
    for (const row of table.rows) {
      if ([...row.cells].some((cell) => cell.colSpan > 1)) continue;
      [...row.cells].forEach((cell, index) => {
        if (cell.hidden !== (hidden[index] ?? false)) cell.hidden = hidden[index] ?? false;
      });
    }
    this.#carry();
  }

  /** Links to other pages of the same table keep the choice of columns. */
  #carry(): void {
    const value = [...this.#hidden].join("~");
    for (const link of this.querySelectorAll<HTMLAnchorElement>("a[href]")) {
      const address = new URL(link.href, location.href);
      if (address.origin !== location.origin || address.pathname !== location.pathname) continue;
      if ((address.searchParams.get(this.#parameter) ?? "") === value) continue;
      if (value) address.searchParams.set(this.#parameter, value);
      else address.searchParams.delete(this.#parameter);
      link.href = address.pathname + address.search + address.hash;
    }
  }

  async #copy(done: HTMLElement): Promise<void> {
    const rows = [...(this.querySelector("table")?.rows ?? [])].map((row) =>
      [...row.cells].filter((cell) => !cell.hidden).map((cell) => harmless(cell.innerText)),
    );
    try {
      await navigator.clipboard.writeText(rows.map((row) => row.join("\t")).join("\n"));
      done.textContent = `${rows.length - 1} rows copied`;
    } catch {
      done.textContent = "This browser does not let a page copy here: download the table instead.";
    }
  }
}

/** A cell on one line; one that a spreadsheet would take for a formula gets the apostrophe that marks text. */
function harmless(value: string): string {
  const line = value.trim().replace(/\s+/g, " ");
  return /^[=+\-@]/.test(line) && !/^[+-]?[\d.,]+%?$/.test(line) ? `'${line}` : line;
}
