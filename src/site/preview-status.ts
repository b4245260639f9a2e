/** The style sheet of previews, which is an asset of each of their pages, so that Framework watches it for all of them. */
export const previewStyleSheet = "preview.css";

/** How the line of {@link previewStatusHead} looks, light and dark. */
export const previewStyle = `.preview-status {
  position: fixed;
  right: 1rem;
  bottom: 1rem;
  z-index: 10;
  max-width: min(34rem, calc(100vw - 2rem));
  max-height: 40vh;
  overflow: auto;
  margin: 0;
  padding: 0.45rem 0.8rem;
  border: 1px solid var(--theme-foreground-faint);
  border-left: 4px solid var(--theme-foreground-muted);
  border-radius: 4px;
  background: var(--theme-background);
  color: var(--theme-foreground);
  font: 0.85rem/1.4 var(--sans-serif);
  white-space: pre-line;
}

.preview-status[data-state="failed"] {
  border-left: 4px double var(--theme-red, #b3261e);
}

@media print {
  .preview-status {
    display: none;
  }
}
`;

/**
 * By this in its head a page of the preview says what the preview is doing:
 * that tables are recomputed, how far, how long it takes, what went wrong. It
 * hears of it as server-sent events from the address given, and is no part of
 * a built site.
 */
export function previewStatusHead(address: string): string {
  return `<link rel="stylesheet" href="/${previewStyleSheet}">
<script type="module">
const line = document.createElement("p");
line.className = "preview-status";
line.setAttribute("role", "status");
line.hidden = true;
document.body.append(line);
let fade;
const show = (state, text) => {
  clearTimeout(fade);
  line.dataset.state = state;
  if (line.textContent !== text) line.textContent = text;
  line.hidden = text === "";
  if (state === "done") fade = setTimeout(() => (line.hidden = true), 6000);
};
const events = new EventSource(${JSON.stringify(address)});
events.addEventListener("message", ({data}) => {
  const {state, text} = JSON.parse(data);
  show(state, text);
});
events.addEventListener("error", () => show("failed", "the preview has ended; npm run dev starts it again"));
addEventListener("pagehide", () => events.close());
</script>`;
}
