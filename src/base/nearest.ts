/** How many letters must be put in, taken out, changed or swapped with a neighbour to make one word of the other. */
export const editDistance = (a: string, b: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const steps = [row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + (same ? 0 : 1)];
      row.push(Math.min(...steps, ...(swapped ? [before[j - 2]! + 1] : [])));
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
};

const LONGEST = 64;

/** The candidate that a misspelt word was probably meant to be, if one is near enough; the first of equals. */
export const nearest = (word: string, candidates: readonly string[]): string | undefined => {
  if (word.length > LONGEST) return undefined;
  const lower = word.toLowerCase();
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(lower, candidate.toLowerCase());
    const isNear = distance <= Math.max(1, Math.floor(candidate.length / 3)) && distance < candidate.length;
    if (isNear && (!best || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
};
