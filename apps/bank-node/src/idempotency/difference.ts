/**
 * Names of the fields in which two canonical requests differ, for the conflict's sentence
 * (law 3). Both are JSON objects.
 */
export function differingFields(first: string, second: string): string[] {
  const one = JSON.parse(first) as Record<string, unknown>;
  const other = JSON.parse(second) as Record<string, unknown>;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names]
    .filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
    .sort();
}
