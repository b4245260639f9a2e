/** The style sheet of previews, which is an asset of each of their pages, so that Framework watches it for all of them. */
export const previewStyleSheet = "preview.css";

/** How the line looks in which a page says what the preview is doing, light and dark. */
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
