/** Returns where the page of an alert is found, below the address of the server. */
export function alertPath(alertId: string): string {
  return `/alerts/${encodeURIComponent(alertId)}`;
}
