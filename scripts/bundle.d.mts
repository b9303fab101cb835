/**
 * Bundles entry points, by name, with the workspaces that they import into plain JavaScript for Node; npm packages stay
 * outside and are found from `outdir`.
 */
export function bundleForNode(entryPoints: Readonly<Record<string, string>>, outdir: string): Promise<void>;
