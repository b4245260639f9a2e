/** Shows in a line at the foot of the page what the preview is doing; what is done fades. */
export function openStatusLine(): (state: string, text: string) => void {
  const line = document.createElement("p");
  line.className = "preview-status";
  line.setAttribute("role", "status");
  line.hidden = true;
  document.body.append(line);
  let fade: ReturnType<typeof setTimeout> | undefined;
  return (state, text) => {
    clearTimeout(fade);
    line.dataset.state = state;
    if (line.textContent !== text) line.textContent = text;
    line.hidden = text === "";
    if (state === "done") fade = setTimeout(() => (line.hidden = true), 6000);
  };
}
