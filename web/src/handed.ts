// What one page hands to the next. Never by the address: browsers remember it, and it holds plates.
import type { Authority } from "./api";
import type { Question } from "./question";

interface Handed {
  "#/authority": { question: Question; kind: string; act?: Authority["act"] };
  "#/search": Authority;
}

let handed: Partial<Handed> = {};

export function handOver<Path extends keyof Handed>(path: Path, what: Handed[Path]): void {
  handed = { [path]: what };
  location.hash = path;
}

// Once: whoever comes back later finds an empty page.
export function take<Path extends keyof Handed>(path: Path): Handed[Path] | undefined {
  const what = handed[path];
  handed = {};
  return what;
}

export function forget(): void {
  handed = {};
}
