/** A kept run as the page compares it with the shown one. */
export type KeptRun = {
  readonly name: string;
  /** Its place among those compared, which says how its marks look. */
  readonly place: number;
  /** Addresses of its tables that differ from the shown run's, by their names in the page's SQL. */
  readonly tables: ReadonlyMap<string, string>;
  /** Names in the page's SQL of the tables that it does not have. */
  readonly missing: ReadonlySet<string>;
  /** What on the page tells of it: another element when a preview tells of it anew, since its tables may be others then. */
  readonly told: object;
};

/** The most runs that a figure shows beneath its own. */
export const maximumCompared = 3;

const changed = "compared-runs-changed";
const parameter = "compare";
const remembered = "driftbook.compared-runs";
const block = ".compared-runs";

/** The kept runs that the reader compares with the shown one, in the order of the page. */
export function comparedRuns(): readonly KeptRun[] {
  followPage();
  return readRuns();
}

/** Calls `listener` whenever the reader chooses other runs; returns what ends it. */
export function onComparedRuns(listener: () => void): () => void {
  document.addEventListener(changed, listener);
  return () => document.removeEventListener(changed, listener);
}

function readRuns(): readonly KeptRun[] {
  prepareControl();
  return boxes().filter(({checked}) => checked).map(readRun);
}

let isFollowed = false;

/** Shows the control again, and the figures with other runs, when a preview puts another one into the page. */
function followPage(): void {
  if (isFollowed) return;
  isFollowed = true;
  const toldNow = (): readonly object[] => readRuns().map(({told}) => told);
  let told = toldNow();
  onComparedRuns(() => (told = toldNow()));
  new MutationObserver(() => {
    const before = told;
    told = toldNow();
    if (told.length !== before.length || told.some((one, i) => one !== before[i])) document.dispatchEvent(new Event(changed));
  }).observe(document.querySelector("main")!, {childList: true});
}

function boxes(): readonly HTMLInputElement[] {
  return Array.from(document.querySelectorAll<HTMLInputElement>(`${block} input[type=checkbox]`));
}

function readRun(told: HTMLInputElement, place: number): KeptRun {
  const name = told.value;
  const part = Array.from(document.querySelectorAll<HTMLElement>(`${block} [data-run]`)).find(({dataset}) => dataset.run === name);
  const links = Array.from(part?.querySelectorAll<HTMLAnchorElement>("a[data-tables]") ?? []);
  const words = (text: string | undefined): readonly string[] => (text ?? "").split(" ").filter((word) => word !== "");
  const tables = links.flatMap(({dataset, href}) => words(dataset.tables).map((table) => [table, href] as const));
  return {name, place, tables: new Map(tables), missing: new Set(words(part?.dataset.missing)), told};
}

/** Shows the control, once for each time that it is put into the page, with what the visit's address or memory says. */
function prepareControl(): void {
  for (const control of document.querySelectorAll<HTMLFieldSetElement>(`${block} fieldset[hidden]`)) {
    control.hidden = false;
    const chosen = chosenBefore();
    for (const box of boxes()) box.checked = chosen.includes(box.value);
    for (const box of boxes().filter(({checked}) => checked).slice(maximumCompared)) box.checked = false;
    settle();
    control.addEventListener("change", () => {
      settle();
      document.dispatchEvent(new Event(changed));
    });
  }
}

function chosenBefore(): readonly string[] {
  const named = new URL(location.href).searchParams.getAll(parameter);
  return named.length > 0 ? named : recall();
}

/** Unfolds what differs in the chosen runs, writes the choice where the visit keeps it, and lets no more be chosen than a figure can show. */
function settle(): void {
  const chosen = boxes().filter(({checked}) => checked).map(({value}) => value);
  const isFull = chosen.length >= maximumCompared;
  for (const box of boxes()) box.disabled = isFull && !box.checked;
  for (const part of document.querySelectorAll<HTMLDetailsElement>(`${block} [data-run]`)) {
    const isCompared = chosen.includes(part.dataset.run!);
    if (isCompared === part.hasAttribute("data-compared")) continue;
    part.toggleAttribute("data-compared", isCompared);
    part.open = isCompared;
  }
  const address = new URL(location.href);
  address.searchParams.delete(parameter);
  for (const name of chosen) address.searchParams.append(parameter, name);
  if (address.href !== location.href) history.replaceState(history.state, "", address);
  remember(chosen);
}

function recall(): readonly string[] {
  try {
    const names: unknown = JSON.parse(sessionStorage.getItem(remembered) ?? "[]");
    return Array.isArray(names) ? names.map(String) : [];
  } catch {
    return [];
  }
}

function remember(names: readonly string[]): void {
  try {
    sessionStorage.setItem(remembered, JSON.stringify(names));
  } catch {
    // A browser that keeps nothing still has the address.
  }
}
