import { ruleBook } from '@offing/rules';

/** Prints the rules with their parameters. */
export function listRules(options: { readonly json: boolean }): void {
  const rules = ruleBook();
  if (options.json) {
    const rows = rules.map(({ id, version, params, docs }) => ({
      id,
      version,
      params,
      summary: docs.summary,
    }));
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  for (const rule of rules) {
    process.stdout.write(`${rule.id} (version ${rule.version}): ${rule.docs.summary}\n`);
    for (const [name, value] of Object.entries(rule.params))
      process.stdout.write(`  ${name} = ${String(value)}\n`);
  }
}
