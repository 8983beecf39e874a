/**
 * Entry: registers the elements and lets htmx change one table of a page without the others; what is heavy is loaded where a page uses it.
 */
import htmx from "htmx.org";

import "./workbench.css";
import { dark, type Draw, Picture } from "./picture";
import { WorkTable } from "./table";
import { resumeTour, Tour } from "./tour";

Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  allowScriptTags: false,
});

class MapPicture extends Picture {
  protected override readonly noun = "map";
  protected override async load(): Promise<Draw> {
    return (await import("./map/draw")).draw;
  }
}

class GraphPicture extends Picture {
  protected override readonly noun = "graph";
  protected override async load(): Promise<Draw> {
    return (await import("./graph")).draw;
  }
}

class ChartPicture extends Picture {
  protected override readonly noun = "chart";
  protected override source(): string {
    const address = new URL(super.source(), location.href);
    if (dark()) address.searchParams.set("theme", "dark");
    return address.href;
  }
  protected override async load(): Promise<Draw> {
    return (await import("./chart")).draw;
  }
}

// A refusal has no table to put in place: the page that explains it is opened instead.
document.addEventListener("htmx:responseError", (event) => {
  const { pathInfo } = (event as CustomEvent<{ pathInfo: { responsePath?: string; finalRequestPath: string } }>).detail;
  location.assign(pathInfo.finalRequestPath);
});

customElements.define("ep-map", MapPicture);
customElements.define("ep-graph", GraphPicture);
customElements.define("ep-chart", ChartPicture);
customElements.define("ep-table", WorkTable);
customElements.define("ep-tour", Tour);
resumeTour();
// On a telephone the row of pages is wider than the window: the one that is open is shown.
document.querySelector("header nav a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
document.documentElement.dataset["workbench"] = "ready";
