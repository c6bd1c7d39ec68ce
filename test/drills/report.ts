/** Prints what a drill measured, one block per drill, beside the test's own line. */
export function report(name: string, figures: Record<string, unknown>): void {
  const lines = Object.entries(figures).map(([label, value]) => `    ${label}: ${JSON.stringify(value)}`);
  process.stdout.write(`\n  drill: ${name}\n${lines.join('\n')}\n`);
}
