// eslint-disable-next-line @typescript-eslint/no-unused-expressions -- the listener takes the text of an expression
async () => {
  const page = (window.gradio_config?.current_page ?? "").replace(/^\/+|\/+$/g, "");
  let root = location.pathname.replace(/\/+$/, "");
  if (page !== "" && root.endsWith(`/${page}`)) root = root.slice(0, -page.length - 1);
  const session = encodeURIComponent(window.__gradio_session_hash__ ?? "");
  const answer = await fetch(`${root}/gradio_api/deep_link?session_hash=${session}`);
  if (!answer.ok) throw new Error(`The link could not be made (${answer.status}).`);
  const id = await answer.json();
  const link = new URL(location.href);
  link.hash = "";
  if (id === "") link.searchParams.delete("deep_link");
  else link.searchParams.set("deep_link", id);
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    // Without TLS there is no clipboard; some browsers also forbid it so long after the click.
    return window.prompt("", link.href) === null ? VALUE : COPIED;
  }
  return COPIED;
}
