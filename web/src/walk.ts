// Walks a list by keys: j to the next of `ids`, k to the one before; `other` hears every other key.
// Gives what ends it.
export function walk(
  ids: () => string[],
  chosen: () => string | null,
  open: (id: string | null) => void,
  other: (event: KeyboardEvent) => void = () => {},
): () => void {
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    // Nobody loses by a key what they have begun to write.
    if ((event.target as HTMLElement).closest("form, .decision, .field, input, textarea, select")) return;
    const all = ids();
    const now = chosen();
    const at = now ? all.indexOf(now) : -1;
    if (event.key === "j") open(all[Math.min(all.length - 1, at + 1)] ?? null);
    else if (event.key === "k") open(all[Math.max(0, at - 1)] ?? null);
    else other(event);
  };
  document.addEventListener("keydown", keys);
  return () => document.removeEventListener("keydown", keys);
}
