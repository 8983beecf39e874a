/** Adds to a table what needs no server: copying the rows that are shown. */

/** `<ep-table>` around a table; the button joins the tools of the section where there are some. */
export class WorkTable extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset["ready"] || !this.querySelector("table")) return;
    this.dataset["ready"] = "yes";
    const copy = document.createElement("button");
    copy.type = "button";
    copy.textContent = "Copy rows";
    copy.title = "Copies the rows of this page as tab-separated text";
    const done = document.createElement("span");
    done.className = "ep-copied";
    done.setAttribute("role", "status");
    copy.addEventListener("click", () => void this.#copy(done));
    const tools = this.closest("section")?.querySelector(".tools");
    if (tools) tools.append(copy, done);
    else {
      const bar = document.createElement("div");
      bar.className = "ep-bar";
      bar.append(copy, done);
      this.prepend(bar);
    }
  }

  async #copy(done: HTMLElement): Promise<void> {
    const rows = [...(this.querySelector("table")?.rows ?? [])];
    const lines = rows.map((row) => [...row.cells].map((cell) => harmless(cell.innerText)).join("\t"));
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
      done.textContent = `${rows.length - 1} rows copied`;
    } catch {
      done.textContent = "This browser does not let a page copy: download the table instead.";
    }
  }
}

/** A cell on one line; one that a spreadsheet would take for a formula gets the apostrophe that marks text. */
function harmless(value: string): string {
  const line = value.trim().replace(/\s+/g, " ");
  return /^[=+\-@]/.test(line) && !/^[+-]?[\d.,]+%?$/.test(line) ? `'${line}` : line;
}
