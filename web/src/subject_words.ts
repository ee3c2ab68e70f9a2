// Keepers' requests in words.
import type { Ground, Part, SubjectState, Wish } from "./subject_api";

export const wishWords: Record<Wish, string> = {
  access: "To be told what is held (s.45)",
  erasure: "To have it erased (s.47)",
};

export const subjectStateWords: Record<SubjectState, string> = {
  open: "To be answered",
  answered: "Answered",
  refused: "Refused",
  neither: "Neither confirmed nor denied",
};

export const partWords: Record<Part, string> = {
  reads: "Records of it passing cameras",
  alerts: "Alerts about it",
  entries: "Entries of it on lists",
  held: "Records kept past their time, for a case",
};

// s.45(4) of the DPA 2018, in its order.
export const groundWords: [Ground, string][] = [
  ["inquiry", "(a) not to obstruct an inquiry, investigation or procedure"],
  ["crime", "(b) not to prejudice preventing, detecting or prosecuting crime"],
  ["public_security", "(c) to protect public security"],
  ["national_security", "(d) to protect national security"],
  ["others", "(e) to protect the rights and freedoms of others"],
];
