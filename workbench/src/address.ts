/** What a reader chose, kept in the page's address so that the view can be sent to a colleague. */

export const chosen = (name: string): string => new URL(location.href).searchParams.get(name) ?? "";

export function remember(name: string, value: string): void {
  const address = new URL(location.href);
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  history.replaceState(history.state, "", address);
}
